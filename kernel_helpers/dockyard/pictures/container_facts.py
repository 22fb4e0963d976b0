"""Reads from evidence what a container is made of: its image's layers, and what it changed on top of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dockyard.pictures import image_facts

if TYPE_CHECKING:
    from dockyard.engine import Evidence


@dataclass(frozen=True, slots=True)
class Mount:
    """Something that is mounted into a container, and so in none of its layers.

    Args:
        target: where it is in the container.
        source: the volume's name, or the machine's directory.
    """

    target: str
    source: str


@dataclass(frozen=True, slots=True)
class ContainerFacts:
    """A container.

    Args:
        name: its name.
        state: running, exited, ...
        size: how many bytes its writable layer holds.
        changes: what `docker diff` shows: for each path A (added), C (changed) or D (deleted).
        mounts: what is mounted into it.
        image: what it was made from.
    """

    name: str
    state: str
    size: int
    changes: dict[str, str]
    mounts: tuple[Mount, ...]
    image: image_facts.ImageFacts


def read(the: Evidence, name: str) -> ContainerFacts:
    """Return what a container is made of; it must be there."""
    facts: dict[str, Any] = the.get(f"/containers/{name}/json", size="true")
    container = the.container(facts["Id"])
    image = the.image(facts["Image"])
    return ContainerFacts(
        name=facts["Name"].removeprefix("/"),
        state=facts["State"]["Status"],
        size=facts.get("SizeRw") or 0,
        changes=container.changes,
        mounts=tuple(
            Mount(mount["Destination"], mount.get("Name") or mount.get("Source") or mount["Type"])
            for mount in sorted(facts["Mounts"], key=lambda mount: str(mount["Destination"]))
        ),
        image=image_facts.read(the, image.id),
    )
