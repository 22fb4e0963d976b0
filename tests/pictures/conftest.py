"""Facts to draw, and what a drawing says to a reader of its elements."""

from xml.etree import ElementTree as ET

import pytest

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("x")</script>\x1b[31m\x1b]0;t\x07\u202egnp.\u2066 &amp; ' + "名" * 50 + "x" * 5000


class Drawn:
    """A drawing, parsed as a browser would."""

    def __init__(self, svg: str) -> None:
        self.svg = svg
        self.root = ET.fromstring(svg)

    @property
    def names(self) -> set[str]:
        return {element.tag.removeprefix(SVG) for element in self.root.iter()}

    @property
    def texts(self) -> list[str]:
        return [element.text for element in self.root.iter(f"{SVG}text")]

    @property
    def labels(self) -> list[str]:
        """What the keyboard can go to, in order."""
        return [element.get("aria-label") for element in self.root.iter() if element.get("tabindex") == "0"]

    @property
    def boxes(self) -> list[tuple[float, ...]]:
        rects = [rect for rect in self.root.iter(f"{SVG}rect") if rect.get("class").startswith("dy-box")]
        return [tuple(float(rect.get(name)) for name in ("x", "y", "width", "height")) for rect in rects]


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", "en")


@pytest.fixture
def drawn():
    return Drawn


@pytest.fixture
def evil() -> str:
    return EVIL


@pytest.fixture
def harmless(evil):
    """Check that nothing of a learner's text is anything but text, and that all of it is bounded."""

    def check(picture) -> None:
        seen = Drawn(picture.svg)
        assert seen.names <= {"svg", "style", "g", "title", "rect", "text", "polyline", "polygon"}
        attributes = {name for element in seen.root.iter() for name in element.attrib}
        assert not [name for name in attributes if name.startswith("on") or "href" in name or name == "id"]
        told = [*seen.texts, *seen.labels, *picture.text, picture.title]
        assert any("<script>" in text for text in told)
        assert not [text for text in told if any(one in text for one in "\x1b\x07\u202e\u2066\n")]
        assert max(map(len, told)) <= 320
        assert 'role="group"' in picture.svg
        assert len(picture.svg) < 60_000

    return check
