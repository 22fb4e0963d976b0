"""Volumes as evidence: named and anonymous ones, who uses them, what they hold."""

from __future__ import annotations

import difflib

from dockyard.engine.files import File
from dockyard.engine.inspected import Inspected
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import codes, listing

MISSING = sentence(
    "volume.missing",
    found=N_("There is no volume named `{name}`. {others}"),
    wanted=N_("A volume named `{name}`."),
    look_at=N_("`docker volume ls`; `docker volume create {name}`"),
)
SIMILAR = sentence(
    "volume.similar_name",
    found=N_("There is no volume named `{name}`, but one named `{other}`."),
    wanted=N_("A volume named `{name}`."),
    look_at=N_("A volume can't be renamed: make a new one with `docker volume create {name}`."),
)
BIND = sentence(
    "volume.bind",
    found=N_("There is no volume named `{name}`; the container `{container}` mounts the directory {path} instead."),
    wanted=N_("A volume named `{name}`."),
    look_at=N_("`-v {name}:/...`: with a slash in front it is a path of the machine, without one a volume's name."),
)
PRESENT = sentence(
    "volume.present",
    found=N_("The volume `{name}` is still there."),
    wanted=N_("No volume named `{name}`."),
    look_at=N_("`docker volume rm {name}`"),
)
IN_USE = sentence(
    "volume.in_use",
    found=N_("The volume `{name}` is still there, and {others} uses it."),
    wanted=N_("No volume named `{name}`."),
    look_at=N_("Remove the container first (`docker rm`), then the volume (`docker volume rm {name}`)."),
)
UNUSED = sentence(
    "volume.unused",
    found=N_("The volume `{name}` is there, but `{container}` does not mount it."),
    wanted=N_("The volume `{name}` mounted in `{container}`."),
    look_at=N_("`docker run -v {name}:/place ...`"),
)


class Volume(Inspected):
    """One volume, perhaps a missing one."""

    where = "/volumes/{name}"

    @property
    def driver(self) -> str:
        """Its driver; "" where it is missing."""
        return str(self.facts.get("Driver", ""))

    @property
    def labels(self) -> dict[str, str]:
        """Its labels."""
        return self.facts.get("Labels") or {}

    @property
    def users(self) -> list[str]:
        """The names of the containers that mount it, running or not."""
        listed = self.the.get("/containers/json", all="true") or []
        using = [c for c in listed if any(m.get("Name") == self.name for m in c.get("Mounts") or [])]
        return [container["Names"][0].removeprefix("/") for container in using]

    def file(self, path: str) -> File:
        """Return a file in it, as the machine sees it.

        Args:
            path: the path below the volume's root, without a slash in front.
        """
        return File(self.the, "", f"{self.facts.get('Mountpoint', '/missing')}/{path}")

    def must_exist(self) -> None:
        """Demand that there is a volume of this name."""
        if not self.exists:
            self._say_missing()
        self.the.require(self.exists, MISSING, name=self.name)

    def must_be_gone(self) -> None:
        """Demand that there is none of this name. Ask the journal first whether there ever was one."""
        if self.exists and self.users:
            raise NotYet(IN_USE, name=self.name, others=codes(self.users))
        self.the.require(not self.exists, PRESENT, name=self.name)

    def must_be_used_by(self, container: str) -> None:
        """Demand that a container mounts it."""
        self.must_exist()
        self.the.container(container).must_exist()
        self.the.require(container in self.users, UNUSED, name=self.name, container=container)

    def _say_missing(self) -> None:
        for container in self.the.get("/containers/json", all="true") or []:
            for mount in container.get("Mounts") or []:
                if mount["Type"] == "bind" and mount["Source"].rpartition("/")[2] == self.name:
                    who = container["Names"][0].removeprefix("/")
                    raise NotYet(BIND, name=self.name, container=who, path=mount["Source"])
        listed = (self.the.get("/volumes") or {}).get("Volumes") or []
        names = [volume["Name"] for volume in listed]
        close = difflib.get_close_matches(self.name, names, 1, 0.7)
        if close:
            raise NotYet(SIMILAR, name=self.name, other=close[0])
        raise NotYet(MISSING, name=self.name, others=listing(N_("There are: {names}."), names))
