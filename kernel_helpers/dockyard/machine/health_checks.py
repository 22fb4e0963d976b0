"""Tells the commands that the engine runs in a container to see its health from those that people run there.

Both are execs and look alike; a health check is known by its command. Who runs the very same by hand is not told apart.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import docker


class HealthChecks:
    """Knows which of an engine's events are of health checks. One with an interval of a second makes three a second.

    It asks no engine: before `made`, whoever has the events looks at the container that is `unknown`.
    """

    def __init__(self) -> None:
        self._commands: dict[str, str] = {}
        self._under_way: set[str] = set()

    def unknown(self, event: Mapping[str, Any]) -> str | None:
        """Return the id of the container of which `made` has to learn first, None where it knows all that it needs."""
        if not event["Action"].startswith("exec_create"):
            return None
        container: str = event["Actor"]["ID"]
        return None if container in self._commands else container

    def learn(self, container: str, inspect: Mapping[str, Any] | None) -> None:
        """Take in a container as `docker inspect` shows it, or None for one that is gone."""
        self._commands[container] = _written(inspect["Config"]) if inspect else ""

    def made(self, event: Mapping[str, Any]) -> bool:
        """Return whether a health check made an event. It must be asked about every event, in their order."""
        number = (event["Actor"].get("Attributes") or {}).get("execID")
        if not number:
            return False
        action, _colon, command = event["Action"].partition(": ")
        known = self._commands.get(event["Actor"]["ID"])
        if action == "exec_create" and known and command.strip() == known:
            self._under_way.add(number)
        made = number in self._under_way
        if action == "exec_die":  # this one does not name the command
            self._under_way.discard(number)
        return made


def made(checks: HealthChecks, event: Mapping[str, Any], client: docker.APIClient) -> bool:
    """Return whether a health check made an event; a client of the engine's looks at the container where that helps."""
    from docker.errors import DockerException  # noqa: PLC0415 - as in journal.py

    container = checks.unknown(event)
    if container:
        with suppress(DockerException):
            checks.learn(container, client.inspect_container(container))
    return checks.made(event)


def _written(config: Mapping[str, Any]) -> str:
    """Return a container's health check as an event writes it, "" where it has none."""
    form, *words = (config.get("Healthcheck") or {}).get("Test") or ["NONE"]
    shell = (config.get("Shell") or ["/bin/sh", "-c"]) if form == "CMD-SHELL" else []
    return " ".join([*shell, *words]).strip()
