"""Tells the commands that the engine runs in a container to see its health from those that people run there.

Both are execs and look alike; a health check is known by its command. Who runs the very same by hand is not told apart.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import docker


class HealthChecks:
    """Knows which of an engine's events are of health checks. One with an interval of a second makes three a second.

    Args:
        client: the engine's.
    """

    def __init__(self, client: docker.APIClient) -> None:
        self._client = client
        self._commands: dict[str, str] = {}
        self._under_way: set[str] = set()

    def made(self, event: dict[str, Any]) -> bool:
        """Return whether a health check made an event. It must be asked about every event, in their order."""
        number = (event["Actor"].get("Attributes") or {}).get("execID")
        if not number:
            return False
        action, _colon, command = event["Action"].partition(": ")
        if action == "exec_create" and command.strip() == self._command(event["Actor"]["ID"]):
            self._under_way.add(number)
        made = number in self._under_way
        if action == "exec_die":  # this one does not name the command
            self._under_way.discard(number)
        return made

    def _command(self, container: str) -> str | None:
        """Return a container's health check as an event writes it, None where it has none or is gone."""
        from docker.errors import DockerException  # noqa: PLC0415 - as in journal.py

        if container not in self._commands:
            with suppress(DockerException):
                self._commands[container] = _written(self._client.inspect_container(container)["Config"])
        return self._commands.get(container) or None


def _written(config: dict[str, Any]) -> str:
    form, *words = (config.get("Healthcheck") or {}).get("Test") or ["NONE"]
    shell = (config.get("Shell") or ["/bin/sh", "-c"]) if form == "CMD-SHELL" else []
    return " ".join([*shell, *words]).strip()
