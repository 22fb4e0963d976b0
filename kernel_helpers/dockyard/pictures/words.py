"""Makes texts fit for a drawing: on one line, without control characters, as long as there is room; it draws none."""

import unicodedata
from collections.abc import Iterator, Sequence

from dockyard.i18n import ngettext

# The width of a character in ems, in DejaVu Sans: hardly any font is wider, so that what fits here fits there.
_CODE, _PLAIN, _NARROW, _WIDE, _CAPITAL, _FULL = 0.61, 0.61, 0.37, 0.98, 0.72, 1.0
_NARROW_ONES, _WIDE_ONES = frozenset("fijltrI.,:;'|!()[]/ -"), frozenset("mwMW@%")
_BOLD = 1.14
# How many characters of a text are looked at, how many a tooltip has, and how many lines stand for a drawing.
_LONGEST, _LONGEST_TITLE, _MOST_LINES = 1000, 300, 100
_UNITS = ("B", "kB", "MB", "GB", "TB")


def clean(text: str) -> str:
    """Return a text on one line; what would move the cursor, colour, or turn the direction of writing is shown as �."""
    line = " ".join(text.split())
    return "".join("�" if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn") else one for one in line)


def fit(text: str, room: float, size: float, *, code: bool = False, bold: bool = False) -> str:
    """Return a clean text, cut so that it is not wider than the room there is.

    Args:
        text: the text.
        room: the width, in the drawing's units.
        size: the font's size, in the same.
        code: whether it is set in a font of equal widths.
        bold: whether it is set in bold.
    """
    line = clean(text[:_LONGEST])
    ems = room / size / (_BOLD if bold else 1.0)
    if _ems(line, code=code) <= ems:
        return line
    while line and _ems(line, code=code) + _FULL > ems:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _ems(text: str, *, code: bool) -> float:
    return sum(_em(one, code=code) for one in text)


def _em(character: str, *, code: bool) -> float:
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return _FULL
    if code:
        return _CODE
    if character in _NARROW_ONES:
        return _NARROW
    if character in _WIDE_ONES:
        return _WIDE
    return _CAPITAL if character.isupper() else _PLAIN


def whole(text: str) -> str:
    """Return a clean text for a tooltip: whole, unless it is without end."""
    line = clean(text[: _LONGEST_TITLE + 1])
    return line if len(line) <= _LONGEST_TITLE else f"{line[:_LONGEST_TITLE]}…"


def amount(size: int) -> str:
    """Return a size in bytes as Docker prints sizes, in units of a thousand: 87.1 MB."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.3g} {_UNITS[unit]}"


def more(count: int) -> str:
    """Return that there are some more than are shown."""
    return ngettext("and {count} more", "and {count} more", count).format(count=count)


def lines(texts: Sequence[str]) -> Iterator[str]:
    """Give texts as lines for whoever cannot see the drawing: each of them clean, and not all where there is no end."""
    yield from map(whole, texts[:_MOST_LINES])
    if len(texts) > _MOST_LINES:
        yield more(len(texts) - _MOST_LINES)
