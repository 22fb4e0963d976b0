"""Draws how far tasks are: bars on a terminal, plain lines anywhere else; it starts and stops nothing."""

import shutil
import sys
import time
import unicodedata
from collections.abc import Sequence
from typing import TextIO

from dockyard.i18n import _

from lanes import Display, Progress, State

TITLE_WIDTH = 18
BAR_WIDTH = 20
PLAIN_SECONDS = 5.0  # a line without a terminal (in a CI log) at most this often for each task


class Bars:
    """One line for each task, drawn over again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn = 0

    def draw(self, progress: Sequence[Progress]) -> None:
        """Draw all lines over the last ones."""
        width = shutil.get_terminal_size().columns - 1
        lines = [_cut(bar_line(one), width) for one in progress]
        up = f"\x1b[{self._drawn}A" if self._drawn else ""
        self._stream.write(up + "".join(f"\x1b[2K{line}\n" for line in lines))
        self._stream.flush()
        self._drawn = len(lines)

    def close(self, progress: Sequence[Progress]) -> None:
        """Draw the last state."""
        self.draw(progress)


class Lines:
    """A line when a task starts, says something new (not too often) and ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._said: dict[str, tuple[State, str, float]] = {}

    def draw(self, progress: Sequence[Progress]) -> None:
        """Write what is new."""
        now = time.monotonic()
        for one in progress:
            state, text, when = self._said.get(one.task.name, (State.WAITING, "", 0.0))
            begun = one.state is State.RUNNING and not one.text  # it may turn out that there is nothing to do
            news = one.state is not state or (one.text != text and now - when >= PLAIN_SECONDS)
            if news and not begun and one.state is not State.KEPT:
                self._said[one.task.name] = (one.state, one.text, now)
                print(plain_line(one), file=self._stream, flush=True)

    def close(self, progress: Sequence[Progress]) -> None:
        """Write what was not said yet."""
        self.draw(progress)


def choose(stream: TextIO = sys.stdout) -> Display:
    """Return bars for a terminal, lines for anything else."""
    return Bars(stream) if stream.isatty() else Lines(stream)


def bar_line(one: Progress) -> str:
    """Return a task's line of the bars."""
    title = _padded(one.task.title)
    if one.state is State.RUNNING:
        filled = round(BAR_WIDTH * (one.fraction or 0.0))
        share = "   " if one.fraction is None else f"{one.fraction:3.0%}"
        bar = "#" * filled + "." * (BAR_WIDTH - filled)
        return f"  {title} [{bar}] {share:>4} {one.elapsed():4.0f} s  {one.text}"
    if one.state is State.WAITING:
        return f"  {title} {_('waits')}"
    return f"  {title} {_ending(one)}"


def plain_line(one: Progress) -> str:
    """Return a task's line for a log."""
    if one.state is State.RUNNING:
        share = "" if one.fraction is None else f" ({one.fraction:.0%})"
        return f"{one.task.title}: {one.text}{share}"
    return f"{one.task.title}: {_ending(one)}"


def timings(progress: Sequence[Progress], whole: float) -> str:
    """Return the table of what each task took, in seconds, and the time of it all."""
    rows = [f"  {_padded(one.task.title)} {_ending(one)}" for one in progress]
    return "\n".join([*rows, f"  {_padded(_('all together'))} {whole:.1f} s"])


def _ending(one: Progress) -> str:
    if one.state is State.DONE:
        return _("done, {seconds:.1f} s").format(seconds=one.seconds)
    words = {State.KEPT: _("nothing to do"), State.FAILED: _("failed"), State.STOPPED: _("stopped")}
    return words.get(one.state, str(one.state.value))


def _padded(title: str) -> str:
    return title + " " * (TITLE_WIDTH - sum(map(_width, title)))


def _width(character: str) -> int:
    """Return how many columns a character takes on a terminal."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(line: str, width: int) -> str:
    """Cut a line so that it never wraps: a wrapped line would not be drawn over."""
    used = 0
    for place, character in enumerate(line):
        used += _width(character)
        if used > width:
            return line[:place]
    return line
