"""What lint says: what is wrong, where, and what to do; it finds nothing itself."""

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Args:
        rule: the rule's name: "exercise.mistakes".
        path: the file.
        place: where in it: a line, a cell's id, an exercise's id.
        found: what is there.
        remedy: what to do.
    """

    rule: str
    path: Path
    place: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.place}: {self.found} → {self.remedy} [{self.rule}]"


def line_of(path: Path, text: str) -> str:
    """Return "line N" for the first line of a file that holds a text, else "line 1"."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text in line:
            return f"line {number}"
    return "line 1"


def lines(ranges: tuple[str, ...] | list[str]) -> set[int]:
    """Return the lines that ranges such as "16-22" and "44" name.

    Raises:
        ValueError: a range is none.
    """
    found: set[int] = set()
    for text in ranges:
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
        if match is None or int(match[2] or match[1]) < int(match[1]):
            raise ValueError(text)
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return found


def ranges(numbers: set[int]) -> str:
    """Return lines as text: {1, 2, 3, 7} is "1-3, 7"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}-{last}" if first != last else str(first) for first, last in spans)
