"""Turns what programs write for a terminal into text for a notebook: colours stay, all other control goes."""

import re

_SEQUENCE = re.compile(
    r"(?P<colour>\x1b\[[0-9;:]*m)"
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: cursor moves, erasing
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\|(?=[\x1b\n]))"  # OSC and other strings: titles, links
    r"|\x1b[ -/]*[0-~]"  # the other escape sequences
    r"|[^\n\r]\x08"  # a backspace and what it takes back
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
"""Control functions as in ECMA-48, chapter 5."""

_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\n]{0,4096}\x1b?|[ -/]*)?\Z")


def unfinished(text: str) -> int:
    """Return where a control sequence begins that ends in later text, or the length of the text."""
    found = _UNFINISHED.search(text)
    return found.start() if found else len(text)


def plain(text: str) -> str:
    """Return a text without control characters and sequences, but with line ends, tabs, colours and returns."""
    return _SEQUENCE.sub(lambda found: found["colour"] or "", text)


def last_state(line: str) -> str:
    """Return what a line with carriage returns shows in the end."""
    return next((part for part in reversed(line.split("\r")) if part.strip()), "").rstrip()
