"""The engine itself as evidence: its version and options, and the options that are written down but not in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import codes, short

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence

_MIRROR = N_("The registry mirror {mirror} in force.")

NO_MIRROR = sentence(
    "engine.no_mirror",
    found=N_("The engine uses no registry mirror."),
    wanted=_MIRROR,
    look_at=N_("`registry-mirrors` in /etc/docker/daemon.json, then `service docker restart`."),
)
OTHER_MIRROR = sentence(
    "engine.other_mirror",
    found=N_("The engine uses another registry mirror: {others}"),
    wanted=_MIRROR,
    look_at=N_("`docker info -f '{{json .RegistryConfig.Mirrors}}'`"),
)
NOT_RESTARTED = sentence(
    "engine.not_restarted",
    found=N_("The mirror is written in {file}, but the engine that runs does not use it."),
    wanted=_MIRROR,
    look_at=N_("`service docker restart`"),
    more=N_("The engine reads its options when it starts."),
)
BAD_JSON = sentence(
    "engine.bad_json",
    found=N_("/etc/docker/daemon.json is not JSON: {error}"),
    wanted=_MIRROR,
    look_at=N_("`cat /etc/docker/daemon.json`: double quotes, a comma between entries, none after the last."),
)

_FILES = ("/etc/docker/daemon.json", "/etc/default/docker")


class Daemon:
    """The engine.

    Args:
        the: the evidence that it is part of.
    """

    def __init__(self, the: Evidence) -> None:
        self.the = the

    @property
    def info(self) -> dict[str, Any]:
        """All that `docker info` shows of the engine."""
        return self.the.get("/info") or {}

    @property
    def version(self) -> str:
        """Its version: "26.1.5"."""
        return str((self.the.get("/version") or {}).get("Version", "")).partition("+")[0]

    @property
    def mirrors(self) -> list[str]:
        """The registry mirrors in force, without a slash at their end."""
        found = (self.info.get("RegistryConfig") or {}).get("Mirrors") or []
        return [mirror.rstrip("/") for mirror in found]

    def must_use_mirror(self, mirror: str) -> None:
        """Demand that a registry mirror is in force."""
        wanted = mirror.rstrip("/")
        have = self.mirrors
        if wanted not in have:
            self._say_written(wanted)
            if have:
                raise NotYet(OTHER_MIRROR, mirror=wanted, others=codes(have))
        self.the.require(wanted in have, NO_MIRROR, mirror=wanted)

    def _say_written(self, mirror: str) -> None:
        for path in _FILES:
            lines = [line for line in self.the.machine.file(path).content.splitlines() if not line.startswith("#")]
            text = "\n".join(lines)
            if path.endswith(".json") and text.strip():
                try:
                    json.loads(text)
                except json.JSONDecodeError as error:
                    raise NotYet(BAD_JSON, mirror=mirror, error=short(str(error))) from error
            if mirror in text:
                raise NotYet(NOT_RESTARTED, mirror=mirror, file=path)
