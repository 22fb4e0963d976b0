"""What facts about an object are read from: one inspect, asked for when the first of them is needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence


class Inspected:
    """An object of the engine, perhaps a missing one, and its inspect.

    Args:
        the: the evidence that it is part of.
        name: its name; for a container or an image also its id or the beginning of its id.

    Attributes:
        where: the path of its inspect in the engine's API, with {name}.
    """

    where: ClassVar[str]

    def __init__(self, the: Evidence, name: str) -> None:
        self.the = the
        self.name = name

    @cached_property
    def facts(self) -> dict[str, Any]:
        """All that `docker inspect` shows of it; empty where it does not exist."""
        return self.the.get(self.where.format(name=self.name)) or {}

    @property
    def exists(self) -> bool:
        """Whether there is such an object."""
        return bool(self.facts)

    @property
    def id(self) -> str:
        """Its full id, of an image with sha256: before it; "" where it is missing, and for a volume."""
        return str(self.facts.get("Id", ""))


class InspectedContainer(Inspected):
    """What all facts about a container start from."""

    where = "/containers/{name}/json"

    @property
    def image(self) -> str:
        """The image as it was named when the container was made."""
        return str(self.config.get("Image", ""))

    @property
    def image_id(self) -> str:
        """The id of the image that it was made from."""
        return str(self.facts.get("Image", ""))

    @property
    def pid(self) -> int:
        """The process id of its main process as the machine sees it; 0 when it does not run."""
        return int(self.facts.get("State", {}).get("Pid", 0))

    @property
    def config(self) -> dict[str, Any]:
        """The part of the inspect that an image could have set too."""
        return self.facts.get("Config") or {}

    @property
    def host_config(self) -> dict[str, Any]:
        """The part of the inspect that concerns the machine: limits, ports, mounts."""
        return self.facts.get("HostConfig") or {}
