"""Draws boxes, lines and texts as SVG in colours that follow the theme; it knows no Docker.

It builds elements, never text: what a learner wrote is escaped. Identifiers are not used, so that many pictures may
stand on one page. Colours are JupyterLab's own where there are any; outside of it a page that calls itself dark
(data-theme) or a dark system gets dark ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

from dockyard.pictures.words import fit, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

Tone = Literal["plain", "own", "shared", "writable", "gone", "quiet"]
# Width and height.
Size = tuple[float, float]
Face = Literal["title", "name", "plain", "label", "code", "small", "mark"]

MARGIN = 16
_SIZES: dict[Face, float] = {
    "title": 17,
    "name": 13.5,
    "plain": 12.5,
    "label": 11.5,
    "code": 12,
    "small": 11,
    "mark": 10.5,
}
_BOLD: frozenset[Face] = frozenset({"title", "name", "mark"})
# What JupyterLab calls a colour, then what takes its place on a light and on a dark page.
_COLOURS = {
    "text": ("--jp-ui-font-color1", "#1f2933", "#e4e7eb"),
    "soft": ("--jp-ui-font-color2", "#52606d", "#a6b0ba"),
    "ground": ("--jp-layout-color1", "#ffffff", "#16191d"),
    "raised": ("--jp-layout-color2", "#f4f6f8", "#22272d"),
    "rule": ("--jp-border-color1", "#c3ccd5", "#4c555f"),
    "own": ("--jp-brand-color1", "#1976d2", "#64b5f6"),
    "shared": ("--jp-success-color1", "#2e7d32", "#81c784"),
    "writable": ("--jp-warn-color1", "#b26a00", "#ffb74d"),
    "gone": ("--jp-error-color1", "#c62828", "#ef9a9a"),
}
_SANS = (
    "var(--jp-ui-font-family, system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif)"
)
_CODE = "var(--jp-code-font-family, ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace)"


def _palette(dark: int) -> str:
    return "".join(f"--dy-{name}:var({colours[0]},{colours[1 + dark]});" for name, colours in _COLOURS.items())


def _rules() -> str:
    toned = "".join(f".dy-{tone}{{--dy-tone:var(--dy-{tone})}}" for tone in ("own", "shared", "writable", "gone"))
    sizes = "".join(f".dy-text-{face}{{font-size:{size}px}}" for face, size in _SIZES.items())
    bold = ",".join(f".dy-text-{face}" for face in sorted(_BOLD))
    return (
        f".dy-picture{{{_palette(0)}font-family:{_SANS};max-width:100%;height:auto}}"
        f"[data-theme=dark] .dy-picture{{{_palette(1)}}}"
        f"@media (prefers-color-scheme:dark){{.dy-picture:root{{{_palette(1)}}}}}"
        f".dy-plain,.dy-quiet{{--dy-tone:var(--dy-rule)}}{toned}"
        ".dy-ground{fill:var(--dy-ground)}"
        ".dy-box{fill:var(--dy-raised);stroke:var(--dy-rule)}"
        ".dy-box.dy-quiet{fill:none;stroke-dasharray:3 3}"
        ".dy-box.dy-writable{fill:var(--dy-tone);fill-opacity:.1;stroke:var(--dy-tone);stroke-width:1.5}"
        ".dy-box.dy-writable{stroke-dasharray:6 4}"
        ".dy-bar{fill:var(--dy-tone)}.dy-pill{fill:var(--dy-ground);stroke:var(--dy-tone);stroke-width:1.5}"
        ".dy-line{fill:none;stroke:var(--dy-tone);stroke-width:1.5}.dy-line.dy-quiet{stroke-dasharray:2 3}"
        ".dy-picture text{fill:var(--dy-text);unicode-bidi:isolate;white-space:pre}"
        f".dy-picture .dy-text-code,.dy-picture .dy-text-mark{{font-family:{_CODE}}}"
        f"{sizes}{bold}{{font-weight:600}}"
        ".dy-picture .dy-text-small,.dy-picture .dy-soft{fill:var(--dy-soft)}"
        ".dy-picture .dy-text-mark{fill:var(--dy-tone)}"
        ".dy-item{outline:none}.dy-item:hover>.dy-box,.dy-item:hover>.dy-pill{stroke:var(--dy-own)}"
        ".dy-item:focus-visible>.dy-box,.dy-item:focus-visible>.dy-pill"
        "{stroke:var(--dy-own);stroke-width:2.5;stroke-dasharray:none}"
        ".dy-item:focus-visible:not(:has(>.dy-box,>.dy-pill))>text{text-decoration:underline}"
    )


_STYLE = _rules()


class Group:
    """A part of a drawing, to which shapes are added in the order in which they cover each other."""

    def __init__(self, element: ET.Element) -> None:
        self._element = element

    def item(self, label: str) -> Group:
        """Add a part that the keyboard can go to; the label is what is read aloud, and what shows under the pointer."""
        element = ET.SubElement(
            self._element, "g", {"class": "dy-item", "role": "img", "tabindex": "0", "aria-label": whole(label)}
        )
        ET.SubElement(element, "title").text = whole(label)
        return Group(element)

    def box(self, x: float, y: float, size: Size, tone: Tone = "plain") -> None:
        """Add a box with round corners."""
        self._rect(x, y, size, f"dy-box dy-{tone}", 6)

    def pill(self, x: float, y: float, size: Size, tone: Tone) -> None:
        """Add a box whose ends are round."""
        self._rect(x, y, size, f"dy-pill dy-{tone}", size[1] / 2)

    def bar(self, x: float, y: float, size: Size, tone: Tone) -> None:
        """Add a bar in full colour."""
        self._rect(x, y, size, f"dy-bar dy-{tone}", min(size) / 2)

    def line(self, points: Sequence[tuple[float, float]], tone: Tone, *, arrow: bool = False) -> None:
        """Add a line through some points, with an arrow's head at its end where it is horizontal there."""
        path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        ET.SubElement(self._element, "polyline", {"points": path, "class": f"dy-line dy-{tone}"})
        if arrow:
            x, y = points[-1]
            head = f"{_number(x)},{_number(y)} {_number(x - 7)},{_number(y - 4)} {_number(x - 7)},{_number(y + 4)}"
            ET.SubElement(self._element, "polygon", {"points": head, "class": f"dy-bar dy-{tone}"})

    def text(  # noqa: PLR0913 - where it stands, and how
        self,
        x: float,
        y: float,
        words: str,
        *,
        room: float,
        face: Face = "plain",
        tone: Tone = "plain",
        soft: bool = False,
        end: bool = False,
    ) -> None:
        """Add a text on one line, cut where there is no more room; the whole of it then shows under the pointer.

        Args:
            x: where it begins; with `end`, where it ends.
            y: the line that its letters stand on.
            words: the text.
            room: how wide it may be.
            face: its font.
            tone: its colour, for marks.
            soft: whether it stands back.
            end: whether x is its end.
        """
        shown = fit(words, room, _SIZES[face], code=face in ("code", "mark"), bold=face in _BOLD)
        kinds = ["dy-text-" + face, f"dy-{tone}", *(["dy-soft"] if soft else [])]
        placed = {"x": _number(x), "y": _number(y), "class": " ".join(kinds)}
        element = ET.SubElement(self._element, "text", placed | ({"text-anchor": "end"} if end else {}))
        element.text = shown
        if shown.endswith("…"):
            ET.SubElement(element, "title").text = whole(words)

    def _rect(self, x: float, y: float, size: Size, kind: str, radius: float) -> None:
        numbers = {"x": x, "y": y, "width": size[0], "height": size[1], "rx": radius}
        ET.SubElement(self._element, "rect", {**{n: _number(v) for n, v in numbers.items()}, "class": kind})


class Drawing(Group):
    """A whole drawing; its height is known when all of it is drawn.

    Args:
        title: what it shows.
        width: in units that are pixels where there is room.
    """

    def __init__(self, title: str, width: float) -> None:
        super().__init__(ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "dy-picture"}))
        self.width = width
        self._element.set("role", "group")
        self._element.set("aria-label", whole(title))
        ET.SubElement(self._element, "style").text = _STYLE
        self._ground = ET.SubElement(self._element, "rect", {"class": "dy-ground"})

    def svg(self, height: float) -> str:
        """Return the drawing as text."""
        sizes = {"width": _number(self.width), "height": _number(height)}
        self._element.set("viewBox", f"0 0 {sizes['width']} {sizes['height']}")
        for element in (self._element, self._ground):
            for name, value in sizes.items():
                element.set(name, value)
        return ET.tostring(self._element, encoding="unicode")


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
