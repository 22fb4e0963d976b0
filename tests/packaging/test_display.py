"""Progress is drawn as bars on a terminal and as plain lines elsewhere."""

import io

import pytest

import display
from lanes import Job, Progress, State, Task


def nothing(_job: Job) -> None: ...


@pytest.fixture
def progress() -> Progress:
    return Progress(Task("python", "Python packages", nothing))


def test_a_bar_shows_how_far_it_is_and_what_happens(progress: Progress) -> None:
    progress.state, progress.fraction, progress.text = State.RUNNING, 0.5, "jupyterlab==4"
    line = display.bar_line(progress)
    assert "[##########..........]" in line
    assert "50%" in line
    assert line.endswith("jupyterlab==4")


def test_bars_never_wrap(progress: Progress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    progress.state, progress.text = State.RUNNING, "正在构建镜像" * 10
    stream = io.StringIO()
    display.Bars(stream).draw([progress])
    line = stream.getvalue().removeprefix("\x1b[2K").rstrip("\n")
    wide = sum(ord(character) > 0x2E80 for character in line)
    assert wide
    assert len(line) + wide <= 79


def test_bars_are_drawn_over_the_last_ones(progress: Progress) -> None:
    stream = io.StringIO()
    bars = display.Bars(stream)
    bars.draw([progress, progress])
    bars.draw([progress, progress])
    assert stream.getvalue().count("\x1b[2A") == 1


def test_lines_say_each_thing_once(progress: Progress) -> None:
    stream = io.StringIO()
    lines = display.Lines(stream)
    progress.state, progress.text = State.RUNNING, "making .venv"
    for _again in range(5):
        lines.draw([progress])
    progress.state, progress.seconds = State.DONE, 2.26
    lines.close([progress])
    assert stream.getvalue().splitlines() == ["Python packages: making .venv", "Python packages: done, 2.3 s"]


def test_lines_are_few(progress: Progress) -> None:
    stream = io.StringIO()
    lines = display.Lines(stream)
    progress.state = State.RUNNING
    for number in range(100):
        progress.text = f"package {number}"
        lines.draw([progress])
    assert len(stream.getvalue().splitlines()) == 1


def test_a_pipe_gets_no_escape_codes() -> None:
    assert isinstance(display.choose(io.StringIO()), display.Lines)


def test_timings_name_what_was_kept(progress: Progress) -> None:
    progress.state = State.KEPT
    assert display.timings([progress], 0.31).splitlines() == [
        "  Python packages    nothing to do",
        "  all together       0.3 s",
    ]
