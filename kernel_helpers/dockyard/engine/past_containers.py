"""What the journal tells of one container, there or gone: put together from its events; it demands nothing."""

import shlex
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class PastContainer:
    """A container that the journal knows, there or gone."""

    id: str
    name: str = ""
    image: str = ""
    inspect: dict[str, Any] = field(default_factory=dict)
    started: bool = False
    removed: bool = False
    exit_code: int | None = None
    execs: list[str] = field(default_factory=list)

    @property
    def config(self) -> dict[str, Any]:
        """Its configuration when it was last inspected."""
        return self.inspect.get("Config") or {}

    @property
    def command(self) -> str:
        """The command line of its main process."""
        return shlex.join([*(self.config.get("Entrypoint") or []), *(self.config.get("Cmd") or [])])

    @property
    def tty(self) -> bool:
        """Whether it had a terminal (-t)."""
        return bool(self.config.get("Tty"))

    @property
    def interactive(self) -> bool:
        """Whether its standard input was kept open (-i)."""
        return bool(self.config.get("OpenStdin"))

    @property
    def auto_remove(self) -> bool:
        """Whether it was to be removed at its end (--rm)."""
        return bool((self.inspect.get("HostConfig") or {}).get("AutoRemove"))


def apply(event: dict[str, Any], container: PastContainer) -> None:
    """Bring what is known of a container up to date with an event of it."""
    attributes = event["attributes"]
    container.name = attributes.get("name", container.name)
    container.image = attributes.get("image", container.image)
    if event["inspect"]:
        container.inspect = event["inspect"]
    action, _colon, rest = event["action"].partition(": ")
    if action == "start":
        container.started, container.exit_code = True, None
    elif action == "die":
        container.exit_code = int(attributes.get("exitCode", 0))
    elif action == "destroy":
        container.removed = True
    elif action == "exec_create":
        container.execs.append(rest)
    elif action == "rename":
        container.name = attributes.get("name", container.name).removeprefix("/")
