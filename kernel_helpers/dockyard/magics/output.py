"""Decides what of a command's output a notebook keeps, and where; how it is shown, the sink knows.

Whole lines are printed as they come. A line that a program writes again and again, after a carriage return, lives in
one display that is updated, so that its last state is all that is stored. Of very long output the beginning and the
end are kept.
"""

import re
import time
from collections import deque
from typing import Protocol

from dockyard.i18n import ngettext
from dockyard.magics.plain import last_state, plain, unfinished

KEPT_LINES = 2500
KEPT_CHARACTERS = 500_000
"""What is kept at the beginning of very long output, and again at its end."""

UPDATE_SECONDS = 0.1

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LINE_END = re.compile(r"\r+\n")


class Display(Protocol):
    """A piece of text in the notebook that can be replaced."""

    def update(self, text: str) -> None:
        """Show another text instead."""


class Sink(Protocol):
    """Where output goes."""

    def write(self, text: str) -> None:
        """Show text after what was written before."""

    def display(self, text: str) -> Display:
        """Show text that can be replaced."""


class Output:
    """The output of one command.

    Args:
        sink: where it goes.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._lines_left = KEPT_LINES
        self._characters_left = KEPT_CHARACTERS
        self._unfinished = ""
        self._progress: _Progress | None = None
        self._rest: _Rest | None = None

    def feed(self, text: str) -> None:
        """Take more output."""
        if self._rest is None:
            beginning, text = self._cut(text)
            self._show(beginning)
            if text:
                self._show("", last=True)
                self._rest = _Rest(self._sink)
        if self._rest is not None:
            self._rest.add(text)

    def finish(self) -> None:
        """Show what was held back, at the end of the command."""
        if self._rest is None:
            self._show("", last=True)
        else:
            self._rest.finish()

    def _cut(self, text: str) -> tuple[str, str]:
        """Divide text where the beginning is full."""
        if 0 in (self._lines_left, self._characters_left):
            return "", text
        end = min(len(text), self._characters_left)
        lines = text.count("\n", 0, end)
        if lines >= self._lines_left:
            newlines = re.finditer("\n", text)
            end = next(found.end() for number, found in enumerate(newlines, 1) if number == self._lines_left)
            lines = self._lines_left
        self._lines_left -= lines
        self._characters_left -= end
        return text[:end], text[end:]

    def _show(self, text: str, *, last: bool = False) -> None:
        text = self._unfinished + text
        end = len(text) if last else self._decided(text)
        self._unfinished = text[end:]
        text = text[:end].rstrip("\r") if last else text[:end]
        for line in _LINE.findall(plain(_LINE_END.sub("\n", text))):
            self._show_line(line)
        if last and self._progress is not None:
            self._progress.flush()

    def _decided(self, text: str) -> int:
        """Return how much of a text can be shown; of the rest, only what comes next tells what it is."""
        end = unfinished(text)
        if end and text[end - 1] == "\r":  # of a line end, or is the line written again?
            inside = self._progress is not None and self._progress.inside_line
            return len(text[:end].rstrip("\r")) if inside else text.rfind("\n", 0, end) + 1
        return end

    def _show_line(self, line: str) -> None:
        inside = self._progress is not None and self._progress.inside_line
        if not inside and "\r" not in line:
            if self._progress is not None:
                self._progress.flush()
                self._progress = None
            self._sink.write(line)
            return
        if self._progress is None:
            self._progress = _Progress(self._sink)
        self._progress.add(line)


class _Throttled:
    """A display that is made with the first text and updated at most every UPDATE_SECONDS."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._display: Display | None = None
        self._shown = ""
        self._wanted = ""
        self._next = 0.0

    def update(self, text: str) -> None:
        self._wanted = text
        if time.monotonic() >= self._next:
            self.flush()

    def flush(self) -> None:
        """Show the last text now."""
        if self._wanted == self._shown:
            return
        if self._display is None:
            self._display = self._sink.display(self._wanted)
        else:
            self._display.update(self._wanted)
        self._shown = self._wanted
        self._next = time.monotonic() + UPDATE_SECONDS


class _Progress:
    """Lines that are written again and again, one below the other."""

    def __init__(self, sink: Sink) -> None:
        self._display = _Throttled(sink)
        self._done = ""
        self._line = ""
        self.inside_line = False

    def add(self, line: str) -> None:
        """Add more of the line, or the beginning of the next."""
        self._line = last_state(self._line + line)
        self.inside_line = not line.endswith("\n")
        if not self.inside_line:
            self._done, self._line = f"{self._done}{self._line}\n", ""
        self._display.update((self._done + self._line).rstrip("\n"))

    def flush(self) -> None:
        self._display.flush()


class _Rest:
    """What comes after the beginning of very long output; its end is shown when the command has ended."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._display = _Throttled(sink)
        self._parts: deque[str] = deque()
        self._size = 0
        self._dropped_lines = 0
        self._dropped = 0

    def add(self, text: str) -> None:
        self._parts.append(text)
        self._size += len(text)
        while self._size - len(self._parts[0]) >= KEPT_CHARACTERS:
            self._drop(self._parts.popleft())
        if self._dropped:
            self._display.update(self._left_out())

    def finish(self) -> None:
        text = "".join(self._parts)
        end = text[-KEPT_CHARACTERS:]
        if len(end) < len(text) or self._dropped:
            end = end[end.find("\n") + 1 :]
        lines = _LINE.findall(end)[-KEPT_LINES:]
        end = "".join(lines)
        self._drop(text[: len(text) - len(end)])
        if self._dropped:
            self._display.update(self._left_out())
            self._display.flush()
        self._sink.write("".join(_settled(line) for line in lines))

    def _drop(self, text: str) -> None:
        self._size -= len(text)
        self._dropped += len(text)
        self._dropped_lines += text.count("\n")

    def _left_out(self) -> str:
        return ngettext(
            "[… {lines:,} line ({size:.1f} MB) left out …]",
            "[… {lines:,} lines ({size:.1f} MB) left out …]",
            self._dropped_lines,
        ).format(lines=self._dropped_lines, size=self._dropped / 1_000_000)


def _settled(line: str) -> str:
    line = plain(_LINE_END.sub("\n", line))
    if "\r" not in line:
        return line
    return last_state(line) + "\n" * line.endswith("\n")
