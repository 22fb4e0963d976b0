"""Keeps what happened in a machine: the engine's events, with inspects taken at once, in SQLite; it judges nothing.

An object that is gone, such as a container run with --rm, is still known from the inspect beside its events. What
health checks run is left out: it would soon be all that there is.
Events: https://docs.docker.com/reference/cli/docker/system/events/
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dockyard.machine import health_checks

# Whoever opens a file of an earlier version adds what it lacks. `taken` has one row at most: when the engine's newest
# event that was looked at happened, recorded or left out.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY,
    time REAL NOT NULL,
    type TEXT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    attributes TEXT NOT NULL,
    inspect TEXT
);
CREATE INDEX IF NOT EXISTS events_time ON events (time);
CREATE TABLE IF NOT EXISTS taken (id INTEGER PRIMARY KEY, time REAL NOT NULL);
"""
_ENGINE_TIME = """
SELECT COALESCE(
    (SELECT time FROM taken),
    (SELECT time FROM events WHERE type != 'machine' ORDER BY id DESC LIMIT 1),
    0
)
"""
# Of a container the newest inspect tells all that an older one does, and most of the file are inspects.
_READ = """
SELECT id, time, type, action, actor, attributes, CASE WHEN :every_inspect OR id IN (
    SELECT MAX(id) FROM events WHERE time > :since AND type = 'container' AND inspect IS NOT NULL GROUP BY actor
) THEN inspect END
FROM events WHERE time > :since ORDER BY +id
"""
# How many of the newest events are kept, and after how many new ones the older ones are deleted.
_KEPT, _TRIMMED_EVERY = 20_000, 500
# Seconds without a record after one could not be written: a full disk tells nobody when there is room again.
_WAIT_FOR_ROOM = 1.0
# After these there is nothing left to look at.
_GONE = frozenset({"destroy", "delete", "untag", "remove"})
# These change nothing of what an inspect shows; before a colon.
_IDLE = frozenset(
    {
        *("exec_create", "exec_start", "exec_die", "exec_detach", "attach", "detach", "resize"),
        *("top", "archive-path", "extract-to-dir", "copy", "export"),
    }
)


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
        inspect: the object as `docker inspect` showed it right after, or None where it was gone or is as before.
    """

    id: int
    time: float
    type: str
    action: str
    actor: str
    attributes: dict[str, str]
    inspect: dict[str, Any] | None


def read(path: Path, since: float = 0, *, every_inspect: bool = True) -> list[Event]:
    """Return the events after a time (seconds since the epoch), in order; none without a journal.

    Args:
        path: the journal.
        since: only events after this time.
        every_inspect: whether all inspects are read; else of each container its newest one, beside its event.
    """
    if not path.exists():
        return []
    with closing(_open(path)) as database:
        rows = database.execute(_READ, {"since": since, "every_inspect": every_inspect})
        return [_event(row) for row in rows]


def _event(row: tuple[int, float, str, str, str, str, str | None]) -> Event:
    number, when, kind, action, actor, attributes, inspect = row
    return Event(number, when, kind, action, actor, json.loads(attributes), json.loads(inspect) if inspect else None)


def page(path: Path, *, before: int = 0, limit: int = 100, actor: str = "") -> list[Event]:
    """Return the newest events, newest first and without inspects; none without a journal.

    The file is only read, whoever writes it.

    Args:
        path: the journal.
        before: only events with a smaller id; 0 for all.
        limit: how many at most.
        actor: only events of this object, or of what belongs to it: its volumes as they are mounted, its networks as
            it is connected; "" for all.
    """
    if not path.exists():
        return []
    with closing(_open(path)) as database:
        database.execute("PRAGMA query_only = ON")
        rows = database.execute(
            "SELECT id, time, type, action, actor, attributes, NULL FROM events"
            " WHERE (:before = 0 OR id < :before)"
            " AND (:actor = '' OR actor = :actor OR json_extract(attributes, '$.container') = :actor)"
            " ORDER BY id DESC LIMIT :limit",
            {"before": before, "actor": actor, "limit": limit},
        )
        return [_event(row) for row in rows]


def engine_time(path: Path) -> float:
    """Return up to when the journal knows what the engine did, 0 where it knows nothing."""
    if not path.exists():
        return 0.0
    with closing(_open(path)) as database:
        return float(database.execute(_ENGINE_TIME).fetchone()[0])


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10, isolation_level=None)
    database.execute("PRAGMA busy_timeout = 10000")
    database.executescript(_SCHEMA)
    return database


def opened(path: Path) -> "Journal":
    """Return the journal; one that cannot be read, after a power cut for instance, is put aside.

    Raises:
        sqlite3.OperationalError: the file is whole but could not be opened, as on a full disk.
    """
    try:
        return Journal(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
        path.rename(aside)
        sys.stderr.write(f"the journal cannot be read ({error}); it is now {aside}\n")
        return Journal(path)


class Journal:
    """Writes the journal of one machine; only its supervisor does.

    All of it but `note` and `follow` raises sqlite3.Error where the file can't be read or written, as on a full disk.
    """

    def __init__(self, path: Path) -> None:
        self._database = _open(path)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("PRAGMA journal_size_limit = 10000000")  # what a VACUUM wrote beside the file goes too

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

    def note(self, action: str, actor: str = "") -> None:
        """Append an event of Dockyard's own; on a full disk, for instance, there is none, and the machine lives on."""
        try:
            self.add("machine", action, actor=actor)
        except sqlite3.Error as error:
            sys.stderr.write(f"the journal did not take {action} {actor}: {error}\n")

    def _trim(self) -> None:
        """Delete the oldest events; where they were most of the file, give their room back."""
        trimmed = self._database.execute(
            "DELETE FROM events WHERE id <= (SELECT MAX(id) FROM events) - ?", (_KEPT,)
        ).rowcount
        if trimmed >= _KEPT:
            self._database.execute("VACUUM")

    def follow(self, docker_host: str, booted: float) -> None:
        """Record the engine's events until its connection ends or they can't be written; call it again then.

        It goes on after the last event that was looked at, or from now on where that lies ahead because the clock was
        set back. The engine remembers its last 256.

        Args:
            docker_host: the engine's address.
            booted: when the machine was booted: what is older another boot's engine has told.
        """
        try:
            self._trim()
            last = float(self._database.execute(_ENGINE_TIME).fetchone()[0])
            self._follow(docker_host, min(max(last, booted), time.time()))
        except sqlite3.Error as error:
            sys.stderr.write(f"the journal could not be written: {error}\n")
            time.sleep(_WAIT_FOR_ROOM)

    def _follow(self, docker_host: str, since: float) -> None:
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
            checks = health_checks.HealthChecks()
            events = client.events(since=int(since), decode=True)  # whole seconds are all that docker-py sends
            for number, event in enumerate(events, 1):
                when = event["timeNano"] / 1e9
                left_out = health_checks.made(checks, event, client)
                if when > since:
                    if not left_out:
                        self._record(event, when, inspectors)
                    self._database.execute("INSERT OR REPLACE INTO taken VALUES (1, ?)", (when,))
                if number % _TRIMMED_EVERY == 0:
                    self._trim()

    def _record(
        self, event: dict[str, Any], when: float, inspectors: Mapping[str, Callable[[str], dict[str, Any]]]
    ) -> None:
        from docker.errors import DockerException  # noqa: PLC0415 - as above

        kind, action, actor = event["Type"], event["Action"], event["Actor"].get("ID", "")
        inspect = None
        if kind in inspectors and action not in _GONE and action.partition(":")[0] not in _IDLE:
            with suppress(DockerException):
                inspect = inspectors[kind](actor)
        self.add(
            kind,
            action,
            actor=actor,
            attributes=event["Actor"].get("Attributes") or {},
            when=when,
            inspect=inspect,
        )
