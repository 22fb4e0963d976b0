"""Draws a container: the layer that it writes to, with what it changed, on top of its image's layers."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from dockyard.i18n import _, ngettext
from dockyard.pictures.container_facts import ContainerFacts
from dockyard.pictures.drawing import MARGIN, Drawing, Group, Tone
from dockyard.pictures.image_facts import Step
from dockyard.pictures.layers import WIDTH, describe
from dockyard.pictures.picture import Picture
from dockyard.pictures.words import amount, lines, more, whole

_INSIDE = WIDTH - 2 * MARGIN
_LEFT, _RIGHT = MARGIN + 14, WIDTH - MARGIN - 12
_ROW, _LAYER, _GAP = 19, 28, 4
_MOST_CHANGES, _MOST_MOUNTS = 14, 4
_TONES: Mapping[str, Tone] = {"A": "shared", "C": "own", "D": "gone"}


def picture(container: ContainerFacts) -> Picture:
    """Return the picture of a container's layers."""
    title = _("Container {name}").format(name=whole(container.name))
    drawing = Drawing(title, WIDTH)
    drawing.text(MARGIN, 30, title, room=_INSIDE, face="title")
    made = _("{state}, made from {image}").format(state=container.state, image=container.image.name)
    drawing.text(MARGIN, 51, made, room=_INSIDE, soft=True)
    y = _writable(drawing, 66, container)
    y = _mounts(drawing, y, container)
    drawing.text(MARGIN, y + 22, _read_only(container), room=_INSIDE, face="name")
    y += 34
    for step in container.image.layers:
        _layer(drawing.item(describe(step)), y, step)
        y += _LAYER + _GAP
    return Picture(title, drawing.svg(y + MARGIN - _GAP), (whole(made), *_lines(container)))


def _read_only(container: ContainerFacts) -> str:
    return _("Below it, read-only: the layers of {image}").format(image=whole(container.image.name))


def own_changes(changes: Mapping[str, str]) -> dict[str, str]:
    """Return changes without the directories that are listed only because of what is in them."""
    above = {str(parent) for path in changes for parent in PurePosixPath(path).parents}
    return {path: kind for path, kind in sorted(changes.items()) if path not in above}


def _writable(drawing: Drawing, y: float, container: ContainerFacts) -> float:
    changes = own_changes(container.changes)
    shown = list(changes.items())[: _MOST_CHANGES if len(changes) <= _MOST_CHANGES else _MOST_CHANGES - 1]
    rows = max(len(shown) + (len(shown) < len(changes)), 1)
    height = 40 + rows * _ROW + 28
    part = drawing.item(_writable_in_words(container))
    part.box(MARGIN, y, (_INSIDE, height), "writable")
    part.text(_LEFT, y + 22, _("Its own layer, writable"), room=_RIGHT - _LEFT - 80, face="name")
    part.text(_RIGHT, y + 22, amount(container.size), room=76, face="name", end=True)
    below = y + 44
    for path, kind in shown:
        part.text(_LEFT, below, kind, room=16, face="mark", tone=_TONES[kind])
        part.text(_LEFT + 18, below, path, room=_RIGHT - _LEFT - 18, face="code")
        below += _ROW
    if not changes:
        part.text(_LEFT, below, _("Nothing has been changed yet."), room=_RIGHT - _LEFT, soft=True)
    elif len(shown) < len(changes):
        part.text(_LEFT + 18, below, more(len(changes) - len(shown)), room=_RIGHT - _LEFT, face="small")
    legend = _("A added · C changed · D deleted; docker rm throws this layer away")
    part.text(_LEFT, y + height - 12, legend, room=_RIGHT - _LEFT, face="small")
    return y + height


def _mounts(drawing: Drawing, y: float, container: ContainerFacts) -> float:
    if not container.mounts:
        return y
    drawing.text(MARGIN, y + 24, _("Mounted: in no layer, and kept when it is removed"), room=_INSIDE, face="name")
    y += 36
    for mount in container.mounts[:_MOST_MOUNTS]:
        part = drawing.item(f"{mount.target} ← {mount.source}")
        part.box(MARGIN, y, (_INSIDE, _LAYER))
        part.bar(MARGIN + 8, y + 7, (4, _LAYER - 14), "shared")
        part.text(_LEFT + 8, y + 18, mount.target, room=190, face="code")
        part.text(_LEFT + 206, y + 18, f"← {mount.source}", room=_RIGHT - _LEFT - 206, face="code", soft=True)
        y += _LAYER + _GAP
    left = len(container.mounts) - _MOST_MOUNTS
    if left > 0:
        drawing.text(_LEFT, y + 12, more(left), room=_INSIDE, face="small")
        y += 18
    return y


def _layer(part: Group, y: float, step: Step) -> None:
    part.box(MARGIN, y, (_INSIDE, _LAYER))
    part.bar(MARGIN + 8, y + 7, (4, _LAYER - 14), "shared" if step.shared else "own")
    part.text(_LEFT + 8, y + 18, step.instruction or _("an unknown step"), room=_RIGHT - _LEFT - 88, face="code")
    part.text(_RIGHT, y + 18, amount(step.size), room=74, soft=True, end=True)


def _writable_in_words(container: ContainerFacts) -> str:
    count = len(own_changes(container.changes))
    told = ngettext("{size} in {count} change", "{size} in {count} changes", count)
    return _("Its own layer, writable: {told}").format(told=told.format(size=amount(container.size), count=count))


def _lines(container: ContainerFacts) -> Iterator[str]:
    yield _writable_in_words(container)
    yield from lines([f"{kind} {path}" for path, kind in sorted(container.changes.items())])
    if container.mounts:
        yield _("Mounted: in no layer, and kept when it is removed")
    yield from lines([f"- {mount.target} ← {mount.source}" for mount in container.mounts])
    yield _read_only(container)
    yield from lines([f"- {describe(step)}" for step in container.image.layers])
