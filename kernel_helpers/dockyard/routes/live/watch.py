"""Follows the machine's engine while somebody looks and publishes what changes; how it is shown is not known here."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import asdict
from typing import Any

import aiohttp

from dockyard.errors import DockyardError
from dockyard.i18n import speak
from dockyard.machine import Machine
from dockyard.machine.health_checks import HealthChecks
from dockyard.routes.live import views
from dockyard.routes.live.engine import Engine, EngineError, connect
from dockyard.routes.live.feed import Feed, Message
from dockyard.routes.live.lessons import Lessons
from dockyard.tutor import Tutor

KINDS = ("containers", "images", "volumes", "networks")

# Seconds between two looks at the machine: while its engine answers, and while it does not.
_LOOK_CALMLY, _LOOK_EAGERLY = 2.0, 0.2
# Seconds for which the engine is followed after the last panel was closed: a reload of the page comes back.
_LINGER = 30.0
# How many events the engine remembers, and may tell once more after a new connection.
_TOLD_AGAIN = 256

_NO_ANSWER = (aiohttp.ClientError, EngineError, OSError)
# Events that change nothing of what a container's view holds.
_IDLE_ACTIONS = ("exec_", "attach", "detach", "resize", "top", "archive-path", "extract-to-dir", "export", "commit")

_log = logging.getLogger(__name__)


class Watch:
    """The state of the machine and its engine, kept up to date while there are readers.

    Everything happens on the server's event loop: between a change of the state and its message nothing else runs, so
    a snapshot and `feed.last` taken together fit each other.
    """

    def __init__(self, machine: Machine, tutor: Callable[[], Tutor]) -> None:
        self.feed = Feed()
        self.lessons = Lessons(tutor, self.feed)
        self._machine = machine
        self._status: dict[str, Any] = {"state": "unknown", "problem": ""}
        self._objects: dict[str, dict[str, views.View]] = {kind: {} for kind in KINDS}
        self._layers: dict[str, list[str]] = {}
        self._stale: dict[tuple[str, str], None] = {}
        self._news = asyncio.Event()
        self._seen = _Seen()
        self._health_checks = HealthChecks()
        self._readers = 0
        self._task: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Keep the state up to date while the block runs; it begins when the state is known."""
        self._readers += 1
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        try:
            await self._ready.wait()
            yield
        finally:
            self._readers -= 1
            if not self._readers:
                asyncio.get_running_loop().call_later(_LINGER, self._rest)

    def _rest(self) -> None:
        """Stop following where nobody reads; what is known then is looked at anew before anybody sees it."""
        if not self._readers and self._task is not None:
            self._task.cancel()
            self._task = None
            self._ready.clear()

    def snapshot(self) -> Message:
        """Return all that is known now, with the number of the message after which it goes on."""
        objects = {kind: list(known.values()) for kind, known in self._objects.items()}
        exercises = [feedback.to_json() for feedback in self.lessons.latest.values()]
        head = {"type": "snapshot", "run": self.feed.run, "seq": self.feed.last, "machine": self._status}
        return {**head, **objects, "exercises": exercises}

    # ------------------------------------------------------------------ following

    async def _run(self) -> None:
        with self.lessons.followed():
            while True:
                await self._look_and_follow()
                self._ready.set()
                await asyncio.sleep(_LOOK_EAGERLY)

    async def _look_and_follow(self) -> None:
        try:
            await self._look()
            if self._status["state"] == "running":
                await self._follow()
                self._tell_that_the_engine_is_gone()
        except _NO_ANSWER as error:
            _log.debug("The engine does not answer: %s", error)
            if not isinstance(error, EngineError):  # which is an answer
                self._tell_that_the_engine_is_gone()
        except Exception:  # noqa: BLE001 - the watch goes on for as long as there are readers
            _log.exception("The sidebar's view of the engine could not be brought up to date")

    async def _look(self) -> None:
        """Look at the machine, and publish its state, or why it cannot be told, where that has changed."""
        speak(self.lessons.language)
        try:
            status = await asyncio.to_thread(self._machine.status)
        except (DockyardError, OSError) as error:
            problem = str(error)
            if self._status.get("problem") != problem:
                _log.warning("The sidebar cannot show the machine: %s", problem)
            self._tell_status({"state": "unknown", "problem": problem})
        else:
            self._tell_status({**asdict(status), "workspace": str(status.workspace)})

    def _tell_that_the_engine_is_gone(self) -> None:
        """Publish it without a look.

        The engine may be back before there could be one, and a killed one can still be connected to until the kernel
        has closed all that it had open.
        """
        if self._status["state"] == "running":
            self._tell_status({**self._status, "state": "engine stopped"})

    def _tell_status(self, seen: dict[str, Any]) -> None:
        if seen != self._status:
            self._status = seen
            self.feed.publish({"type": "machine", "value": seen})

    async def _look_on(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_CALMLY)
            await self._look()

    async def _follow(self) -> None:
        """Publish the engine's events and what they change until the engine is gone."""
        async with connect(self._machine.socket) as engine, engine.events(self._seen.until) as events:
            # Events are being collected from here on: what changes while the state is read is read again.
            await self._read_all(engine)
            self._ready.set()
            await _first_end(self._take_all(engine, events), self._refresh(engine), self._look_on())

    async def _take_all(self, engine: Engine, events: AsyncIterator[dict[str, Any]]) -> None:
        """Take in what the engine tells, but what health checks run: it would soon be all that a page sees."""
        async for told in events:
            if self._seen.before(told):
                continue
            container = self._health_checks.unknown(told)
            if container:
                with suppress(EngineError):
                    self._health_checks.learn(container, await engine.get(f"/containers/{container}/json"))
            if not self._health_checks.made(told):
                self._take(told)

    def _take(self, told: dict[str, Any]) -> None:
        """Publish an event at once, and note what has to be looked at because of it."""
        event = views.event(told)
        self.feed.publish({"type": "event", "event": event})
        for stale in _touched(event):
            self._stale[stale] = None
            self._news.set()

    # ------------------------------------------------------------------ the state

    async def _refresh(self, engine: Engine) -> None:
        """Look at whatever events have touched; a burst of events about one object is one look."""
        while True:
            await self._news.wait()
            self._news.clear()
            stale, self._stale = self._stale, {}
            for kind, identity in stale:
                await self._read(engine, kind, identity)

    async def _read_all(self, engine: Engine) -> None:
        listed = await engine.get("/containers/json", all="true")
        there = {entry["Id"] for entry in listed}
        for identity in there | self._objects["containers"].keys():
            await self._read(engine, "containers", identity)
        for kind in KINDS[1:]:
            await self._read(engine, kind, "")

    async def _read(self, engine: Engine, kind: str, identity: str) -> None:
        """Look at a container, or at all objects of another kind."""
        if kind == "containers":
            with _one_of_many(kind, identity):
                inspect = await engine.get(f"/containers/{identity}/json")
                self._put(kind, identity, views.container(inspect) if inspect else None)
            return
        listed = await _list(engine, kind)
        for gone in self._objects[kind].keys() - listed.keys():
            self._put(kind, gone, None)
        for name, entry in listed.items():
            with _one_of_many(kind, name):
                self._put(kind, name, await self._view(engine, kind, entry))

    def _put(self, kind: str, identity: str, view: views.View | None) -> None:
        known = self._objects[kind]
        if known.get(identity) == view:
            return
        if view is None:
            del known[identity]
        else:
            known[identity] = view
        self.feed.publish({"type": "object", "kind": kind, "id": identity, "value": view})

    async def _view(self, engine: Engine, kind: str, entry: dict[str, Any]) -> views.View:
        if kind == "images":
            return views.image(entry, await self._layers_of(engine, entry["Id"]))
        return views.volume(entry) if kind == "volumes" else views.network(entry)

    async def _layers_of(self, engine: Engine, image: str) -> list[str]:
        if image not in self._layers:  # an image's layers are part of its id
            inspect = await engine.get(f"/images/{image}/json")
            self._layers[image] = (inspect or {}).get("RootFS", {}).get("Layers") or []
        return self._layers[image]


class _Seen:
    """The engine's latest events, of which a new connection may tell some once more.

    Their times do not tell which: of things done at once the later one may be told first, and a clock may be set back.
    """

    def __init__(self) -> None:
        self._latest: deque[tuple[int, str, str, str]] = deque(maxlen=_TOLD_AGAIN)
        self._known: set[tuple[int, str, str, str]] = set()

    @property
    def until(self) -> float:
        """The time after which the engine has more to tell, in seconds, 0 where it has told nothing yet."""
        return min(self._latest[-1][0] / 1e9, time.time()) if self._latest else 0.0

    def before(self, told: Mapping[str, Any]) -> bool:
        """Return whether an event was seen before, and remember it."""
        event = (told["timeNano"], told["Type"], told["Action"], told["Actor"].get("ID", ""))
        if event in self._known:
            return True
        if len(self._latest) == _TOLD_AGAIN:
            self._known.discard(self._latest[0])
        self._latest.append(event)
        self._known.add(event)
        return False


async def _list(engine: Engine, kind: str) -> dict[str, dict[str, Any]]:
    """Return what the engine lists of a kind, by what the objects' views have as their id."""
    if kind == "volumes":
        return {entry["Name"]: entry for entry in (await engine.get("/volumes"))["Volumes"] or []}
    return {entry["Id"]: entry for entry in await engine.get("/images/json" if kind == "images" else "/networks")}


@contextmanager
def _one_of_many(kind: str, identity: str) -> Iterator[None]:
    """Let an object that cannot be read stay as it was last seen: it must not end the view of all others."""
    try:
        yield
    except (aiohttp.ClientError, OSError):  # no answer at all is about every object
        raise
    except Exception:  # noqa: BLE001 - whatever is odd about it
        _log.exception("The sidebar cannot show %s of the %s", identity, kind)


def _touched(event: views.View) -> Iterable[tuple[str, str]]:
    """Return the kinds and ids of what has to be looked at after an event; no id means the whole list."""
    kind, action = event["type"], event["action"]
    if kind == "container":
        return [] if action.startswith(_IDLE_ACTIONS) else [("containers", event["actor"])]
    if kind == "network":
        container = event["attributes"].get("container")
        return [("networks", ""), *([("containers", container)] if container else [])]
    if kind == "volume":
        return [("volumes", "")]
    if kind in ("image", "builder"):
        return [("images", "")]
    return []


async def _first_end(*coroutines: Any) -> None:
    """Run coroutines side by side until one of them ends or fails, and end the others."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        done, _pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, *_NO_ANSWER):
                await task
