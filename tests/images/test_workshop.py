"""Nothing outlives the build: what it starts ends with it, whatever way that is."""

import subprocess
import time
from pathlib import Path

import pytest

from dockyard.errors import ImagesError
from dockyard.images.workshop import FILES, Workshop
from dockyard.machine.userns import id_map, user_namespace

TETHER = ["bash", "-c", (FILES / "tethered").read_text(), "tethered"]


@pytest.fixture
def workshop(tmp_path):
    with user_namespace(id_map()) as namespace:
        workshop = Workshop(namespace, tmp_path)
        yield workshop
        workshop.stop()


def test_a_tethered_command_keeps_its_exit_code():
    with subprocess.Popen([*TETHER, "sh", "-c", "exit 7"], stdin=subprocess.PIPE) as process:
        assert process.wait(10) == 7


def test_a_tethered_command_ends_with_standard_input():
    with subprocess.Popen([*TETHER, "sleep", "60"], stdin=subprocess.PIPE) as process:
        process.stdin.close()
        assert process.wait(10) == 137


@pytest.mark.machine
def test_a_failure_shows_the_last_words_and_the_log(workshop):
    with pytest.raises(ImagesError, match="out of paint") as caught:
        workshop.run(["sh", "-c", "echo out of paint >&2; exit 3"], "painting")
    assert str(workshop.log("painting")) in caught.value.next_step


@pytest.mark.machine
def test_stop_ends_all_and_lets_nothing_new_start(workshop):
    process = workshop.start(["sh", "-c", "echo started; sleep 60 & sleep 60"], "sleeping")
    assert process.stdout.readline() == b"started\n"
    first = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]
    workshop.stop()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{first}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    with pytest.raises(ImagesError):
        workshop.start(["true"], "late")
