"""%picture in a real kernel."""

import pytest

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module", autouse=True)
def _busybox(machine):
    machine.run(["docker", "pull", "-q", "busybox"], check=True, timeout=120)
    machine.run(["docker", "create", "--name", "box", "busybox", "true"], check=True)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("layers busybox", "Layers of busybox:latest"),
        ("changes box", "Container box"),
        ("network", "The machine's net"),
    ],
)
def test_a_picture_is_shown_drawn_and_in_words(kernel, line, title):
    cell = kernel.run(f"%picture {line}")
    assert cell.status == "ok"
    data = cell.outputs[-1]["data"]
    assert data["text/plain"].startswith(title)
    assert data["image/svg+xml"].startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert data["text/html"] == data["image/svg+xml"]


@pytest.mark.parametrize(
    ("line", "next_step"),
    [
        ("", "%picture layers nginx"),
        ("secrets", "%picture layers nginx"),
        ("layers", "%picture layers nginx"),
        ("changes a b", "%picture changes web"),
        ("network x", "%picture network"),
        ("layers nothing", "docker images"),
        ("changes nothing", "docker ps -a"),
    ],
)
def test_what_cannot_be_shown_is_said_with_the_next_step(kernel, line, next_step):
    cell = kernel.run(f"%picture {line}")
    assert cell.status == "error"
    assert cell.text.splitlines()[-1] == f"→ {next_step}"
    assert "Traceback" not in cell.text
