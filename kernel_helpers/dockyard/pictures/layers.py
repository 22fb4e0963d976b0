"""Draws the layers of an image as a stack, newest on top: how each was made, how large it is, who shares it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dockyard.i18n import _, ngettext
from dockyard.pictures.drawing import MARGIN, Drawing, Group, Tone
from dockyard.pictures.image_facts import ImageFacts, Step
from dockyard.pictures.picture import Picture
from dockyard.pictures.words import amount, lines, more, whole

WIDTH = 560
_INSIDE = WIDTH - 2 * MARGIN
_HEAD, _LAYER, _SETTING, _GAP, _FOOT = 66, 48, 17, 4, 36
# Settings in a row, and names, of which no more than these are shown.
_MOST_SETTINGS, _MOST_NAMES = 8, 3


def picture(image: ImageFacts) -> Picture:
    """Return the picture of an image's layers."""
    title = _("Layers of {image}").format(image=whole(image.name))
    drawing = Drawing(title, WIDTH)
    drawing.text(MARGIN, 30, title, room=_INSIDE, face="title")
    drawing.text(MARGIN, 51, summary(image), room=_INSIDE, soft=True)
    y = float(_HEAD)
    for is_layer, run in groupby(image.steps, key=lambda step: bool(step.digest)):
        steps = list(run)
        y = _layers(drawing, y, steps, image) if is_layer else _settings(drawing, y, steps)
    _legend(drawing, y + 14)
    return Picture(title, drawing.svg(y + _FOOT), (summary(image), *lines(list(_lines(image)))))


def summary(image: ImageFacts) -> str:
    """Return how large an image is, and how much of it is shared."""
    count = len(image.layers)
    shared = sum(step.size for step in image.layers if step.shared)
    line = ngettext("{size} in {count} layer", "{size} in {count} layers", count)
    told = line.format(size=amount(image.size), count=count)
    return (
        _("{told}; {shared} of it are shared with other images").format(told=told, shared=amount(shared))
        if shared
        else told
    )


def _layers(drawing: Drawing, y: float, layers: Sequence[Step], image: ImageFacts) -> float:
    largest = max(step.size for step in image.layers)
    for step in layers:
        _layer(drawing.item(describe(step)), y, step, step.size / largest if largest else 0.0)
        y += _LAYER + _GAP
    return y


def _layer(part: Group, y: float, step: Step, share: float) -> None:
    tone: Tone = "shared" if step.shared else "own"
    part.box(MARGIN, y, (_INSIDE, _LAYER))
    part.bar(MARGIN + 8, y + 8, (4, _LAYER - 16), tone)
    left, right = MARGIN + 22, WIDTH - MARGIN - 12
    part.text(left, y + 19, step.instruction or _("an unknown step"), room=right - left - 78, face="code")
    part.text(right, y + 19, amount(step.size), room=74, face="name", end=True)
    part.text(left, y + 36, step.digest.removeprefix("sha256:")[:12], room=100, face="code", soft=True)
    if step.shared:
        part.text(left + 108, y + 36, _shared_with(step.shared, _MOST_NAMES), room=right - left - 178, face="small")
    part.bar(right - 60, y + 31, (60, 5), "quiet")
    if share:
        part.bar(right - 60, y + 31, (max(60 * share, 3), 5), tone)


def _settings(drawing: Drawing, y: float, settings: Sequence[Step]) -> float:
    """Draw steps that left no layer as thin lines."""
    shown = settings if len(settings) <= _MOST_SETTINGS else settings[: _MOST_SETTINGS - 1]
    for step in shown:
        part = drawing.item(describe(step))
        part.bar(MARGIN + 9, y + 3, (2, _SETTING - 6), "quiet")
        part.text(MARGIN + 22, y + 12.5, step.instruction, room=_INSIDE - 34, face="code", soft=True)
        y += _SETTING
    if len(shown) < len(settings):
        drawing.text(MARGIN + 22, y + 12.5, more(len(settings) - len(shown)), room=_INSIDE - 34, face="small")
        y += _SETTING
    return y + _GAP


def _legend(drawing: Drawing, y: float) -> None:
    entries: tuple[tuple[Tone, str], ...] = (
        ("own", _("this image's own")),
        ("shared", _("stored once, shared")),
        ("quiet", _("a setting: no layer")),
    )
    for number, (tone, words) in enumerate(entries):
        x = MARGIN + number * 176.0
        drawing.bar(x, y - 9, (4, 12), tone)
        drawing.text(x + 10, y, words, room=160, face="small")


def describe(step: Step) -> str:
    """Return a step in words."""
    made = step.instruction or _("an unknown step")
    if not step.digest:
        return _("{instruction}: sets something and leaves no layer").format(instruction=made)
    told = f"{made}: {amount(step.size)}"
    return f"{told}, {_shared_with(step.shared, len(step.shared))}" if step.shared else told


def _shared_with(names: Sequence[str], most: int) -> str:
    shown = ", ".join(map(whole, names[:most]))
    left = len(names) - most
    return _("shared with {names}").format(names=f"{shown} +{left}" if left > 0 else shown)


def _lines(image: ImageFacts) -> Iterator[str]:
    number = len(image.layers)
    for step in image.steps:
        if step.digest:
            yield f"{number}. {describe(step)}"
            number -= 1
        else:
            yield f"- {describe(step)}"
