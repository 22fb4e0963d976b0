"""Keeps what happened in a machine: every engine event with an inspect taken at once, in SQLite; it judges nothing.

An object that is gone, such as a container run with --rm, is still known from the inspect beside its events.
Events: https://docs.docker.com/reference/cli/docker/system/events/
"""

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY,
    time REAL NOT NULL,
    type TEXT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    attributes TEXT NOT NULL,
    inspect TEXT
)
"""
# After these there is nothing left to look at.
_GONE = frozenset({"destroy", "delete", "untag", "remove"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        id: its number, which only grows.
        time: seconds since the epoch, as the engine saw it.
        type: container, image, network, volume, builder, daemon, or machine for what Dockyard itself did.
        action: what happened: create, start, die, pull, tag, ... as the engine names it.
        actor: the id or name of the object.
        attributes: what the engine tells with the event (image, name, exitCode, ...).
        inspect: the object as `docker inspect` showed it right after, or None where it was gone.
    """

    id: int
    time: float
    type: str
    action: str
    actor: str
    attributes: dict[str, str]
    inspect: dict[str, Any] | None


def read(path: Path, since_id: int = 0, since_time: float = 0) -> list[Event]:
    """Return the events after an id and after a time (seconds since the epoch), in order; none without a journal."""
    if not path.exists():
        return []
    with closing(_open(path)) as database:
        rows = database.execute(
            "SELECT id, time, type, action, actor, attributes, inspect FROM events"
            " WHERE id > ? AND time > ? ORDER BY id",
            (since_id, since_time),
        )
        return [_event(row) for row in rows]


def _event(row: tuple[int, float, str, str, str, str, str | None]) -> Event:
    number, when, kind, action, actor, attributes, inspect = row
    return Event(number, when, kind, action, actor, json.loads(attributes), json.loads(inspect) if inspect else None)


def page(path: Path, *, before: int = 0, limit: int = 100, kind: str = "", actor: str = "") -> list[Event]:
    """Return the newest events, newest first; none without a journal. The file is only read, whoever writes it.

    Args:
        path: the journal.
        before: only events with a smaller id; 0 for all.
        limit: how many at most.
        kind: only events of this type; "" for all.
        actor: only events of this object, or of what belongs to it: its volumes as they are mounted, its networks as
            it is connected; "" for all.
    """
    if not path.exists():
        return []
    with closing(_open(path)) as database:
        database.execute("PRAGMA query_only = ON")
        rows = database.execute(
            "SELECT id, time, type, action, actor, attributes, inspect FROM events"
            " WHERE (:before = 0 OR id < :before) AND (:kind = '' OR type = :kind)"
            " AND (:actor = '' OR actor = :actor OR json_extract(attributes, '$.container') = :actor)"
            " ORDER BY id DESC LIMIT :limit",
            {"before": before, "kind": kind, "actor": actor, "limit": limit},
        )
        return [_event(row) for row in rows]


def last_id(path: Path) -> int:
    """Return the id of the newest event, 0 where there is none."""
    if not path.exists():
        return 0
    with closing(_open(path)) as database:
        return int(database.execute("SELECT COALESCE(MAX(id), 0) FROM events").fetchone()[0])


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10, isolation_level=None)
    database.execute("PRAGMA busy_timeout = 10000")
    return database


class Journal:
    """Writes the journal of one machine; only its supervisor does."""

    def __init__(self, path: Path) -> None:
        self._database = _open(path)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(  # noqa: PLR0913 - the columns of a row
        self,
        kind: str,
        action: str,
        *,
        actor: str = "",
        attributes: Mapping[str, str] | None = None,
        when: float = 0,
        inspect: Mapping[str, Any] | None = None,
    ) -> None:
        """Append one event; `when` is in seconds since the epoch, now where it is 0."""
        self._database.execute(
            "INSERT INTO events (time, type, action, actor, attributes, inspect) VALUES (?, ?, ?, ?, ?, ?)",
            (
                when or time.time(),
                kind,
                action,
                actor,
                json.dumps(dict(attributes or {})),
                json.dumps(inspect) if inspect is not None else None,
            ),
        )

    def last_engine_time(self) -> float:
        """Return when the newest event that came from the engine happened, 0 where there is none."""
        row = self._database.execute("SELECT COALESCE(MAX(time), 0) FROM events WHERE type != 'machine'").fetchone()
        return float(row[0])

    def follow(self, docker_host: str, since: float) -> None:
        """Record the engine's events until its connection ends.

        Args:
            docker_host: the engine's address.
            since: record events after this time; the engine remembers its last 256.
        """
        import docker  # noqa: PLC0415 - it takes 0.2 s, which the start of a machine does not wait for

        with (
            suppress(docker.errors.DockerException, OSError),
            closing(docker.APIClient(docker_host, timeout=30)) as client,
        ):
            inspectors: dict[str, Callable[[str], dict[str, Any]]] = {
                "container": client.inspect_container,
                "image": client.inspect_image,
                "network": client.inspect_network,
                "volume": client.inspect_volume,
            }
            for event in client.events(since=int(since), decode=True):  # whole seconds are all that docker-py sends
                if event["timeNano"] / 1e9 > since:
                    self._record(event, inspectors)

    def _record(self, event: dict[str, Any], inspectors: Mapping[str, Callable[[str], dict[str, Any]]]) -> None:
        from docker.errors import DockerException  # noqa: PLC0415 - as above

        kind, action, actor = event["Type"], event["Action"], event["Actor"].get("ID", "")
        inspect = None
        if kind in inspectors and action not in _GONE:
            with suppress(DockerException):
                inspect = inspectors[kind](actor)
        self.add(
            kind,
            action,
            actor=actor,
            attributes=event["Actor"].get("Attributes") or {},
            when=event["timeNano"] / 1e9,
            inspect=inspect,
        )
