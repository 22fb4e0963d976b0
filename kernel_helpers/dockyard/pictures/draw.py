"""Finds out what a picture is to show, and has it drawn; how it looks, the drawings know."""

import re
from collections.abc import Callable, Mapping

from dockyard.engine import Evidence, LiveSource, NotYet
from dockyard.engine.references import parse
from dockyard.errors import EvidenceError, NotThereError
from dockyard.i18n import _
from dockyard.machine import Machine
from dockyard.pictures import changes, container_facts, image_facts, layers, network, network_facts
from dockyard.pictures.picture import Picture
from dockyard.pictures.words import whole

# Nothing else can be a container's name or id; so nothing climbs out of a URL's path.
_CONTAINER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_ID = re.compile(r"(?:sha256:)?([0-9a-f]{4,64})")


def _layers(the: Evidence, name: str) -> Picture:
    identity = _image_id(the, name)
    if not identity:
        raise NotThereError(_("There is no image {name}.").format(name=whole(name) or "?"), "docker images")
    return layers.picture(image_facts.read(the, identity, name))


def _image_id(the: Evidence, name: str) -> str:
    """Return the id of an image by a name or the beginning of its id, "" for none.

    The engine calls many a name that it cannot read a bad request, so it is looked for in the list of images.
    """
    reference, beginning = parse(name).name, _ID.fullmatch(name)
    for image in the.images():
        if reference in image.tags or name in image.digests:
            return image.id
        if beginning and image.id.startswith(f"sha256:{beginning[1]}"):
            return image.id
    return ""


def _changes(the: Evidence, name: str) -> Picture:
    if not _CONTAINER.fullmatch(name) or not the.container(name).exists:
        raise NotThereError(_("There is no container {name}.").format(name=whole(name) or "?"), "docker ps -a")
    return changes.picture(container_facts.read(the, name))


def _network(the: Evidence, _name: str) -> Picture:
    return network.picture(network_facts.read(the))


KINDS: Mapping[str, Callable[[Evidence, str], Picture]] = {
    "layers": _layers,
    "changes": _changes,
    "network": _network,
}


def draw(machine: Machine, kind: str, name: str = "") -> Picture:
    """Return a picture of what a machine's engine holds now.

    Args:
        machine: the machine.
        kind: one of KINDS: "layers" of an image, "changes" of a container, "network".
        name: the image or the container.

    Raises:
        MachineNotRunningError: the machine is not running.
        EvidenceError: its engine does not answer.
        NotThereError: there is no such image or container.
    """
    machine.processes()  # raises where the machine is not running
    try:
        return KINDS[kind](Evidence(LiveSource(machine)), name)
    except NotYet as down:  # evidence says so in its own way when the engine has been stopped
        raise EvidenceError(_("The engine does not run."), "service docker start") from down
