"""The engine itself as evidence: its version and options, and the options that are written down but not in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, codes, short

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence

_MIRROR = N_("The registry mirror {mirror} in force.")
_RUNS = N_("An engine that runs, with options that it understands.")

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
    wanted=_RUNS,
    look_at=N_("`cat /etc/docker/daemon.json`: double quotes, a comma between entries, none after the last."),
)
DOWN = sentence(
    "engine.down",
    found=N_("The engine does not run. The last that it said: {log}"),
    wanted=_RUNS,
    look_at=N_(
        "`service docker restart` says why. `service docker restore` goes back to the options that last worked."
    ),
    more=N_("An option may stand in one place only: on the command line (DOCKER_OPTS) or in daemon.json."),
)

_LOG = "/var/log/docker.log"
_JSON = "/etc/docker/daemon.json"
_DEFAULT = "/etc/default/docker"


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

    def say_down(self) -> None:
        """Say why the engine does not run; where it runs, return."""
        if self.the.machine.runs("service docker status").exit_code == 0:
            return
        self._say_bad_json()
        last = self.the.machine.runs(f"tail -n 1 {_LOG}").output
        raise NotYet(DOWN, log=as_code(short(last)))

    def _say_written(self, mirror: str) -> None:
        self._say_bad_json()
        for path in (_JSON, _DEFAULT):
            lines = self.the.machine.file(path).content.splitlines()
            if any(mirror in line for line in lines if not line.startswith("#")):
                raise NotYet(NOT_RESTARTED, mirror=mirror, file=path)

    def _say_bad_json(self) -> None:
        text = self.the.machine.file(_JSON).content
        try:
            json.loads(text or "{}")
        except json.JSONDecodeError as error:
            raise NotYet(BAD_JSON, error=short(str(error))) from error
