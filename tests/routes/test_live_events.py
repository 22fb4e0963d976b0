"""What the watch makes of what it is told, without an engine."""

import asyncio
import logging
import time

import pytest

from dockyard.errors import CourseError, MachineError
from dockyard.machine import MachineStatus
from dockyard.routes.live.watch import Watch

NOW = 1_795_473_099_500_000_000
CHECK = {"Config": {"Healthcheck": {"Test": ["CMD-SHELL", "curl -f localhost"]}}}


class Machine:
    """A machine whose status is what a test makes it, one after the other and then the last."""

    def __init__(self, *statuses) -> None:
        self.statuses = list(statuses)

    def status(self):
        told = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if isinstance(told, Exception):
            raise told
        return told


class Engine:
    """An engine that has some containers."""

    def __init__(self, **containers) -> None:
        self.containers = containers
        self.asked = []

    async def get(self, path: str):
        self.asked.append(path)
        return self.containers.get(path.split("/")[2])


def no_tutor():
    raise CourseError("no course is taught here", "")


def watch_of(*statuses) -> Watch:
    return Watch(Machine(*statuses), no_tutor)


def event(action: str, actor: str, nanoseconds: int = NOW, kind: str = "container", **attributes: str) -> dict:
    return {
        "Type": kind,
        "Action": action,
        "Actor": {"ID": actor, "Attributes": attributes},
        "timeNano": nanoseconds,
    }


def run(actor: str, command: str, number: str, nanoseconds: int = NOW) -> list[dict]:
    """What the engine tells of a command that is run in a container."""
    actions = (f"exec_create: {command}", f"exec_start: {command}", "exec_die")
    return [event(action, actor, nanoseconds + after, execID=number) for after, action in enumerate(actions)]


def take(watch: Watch, events: list[dict], engine: Engine | None = None) -> list[tuple[str, str]]:
    """Return what is published of events that arrive over one connection."""

    async def arriving():
        for told in events:
            yield told

    async def taking() -> list[tuple[str, str]]:
        before = watch.feed.last
        await watch._take_all(engine or Engine(), arriving())
        if watch.feed.last == before:
            return []
        told = await watch.feed.after(before)
        return [(message["event"]["action"], message["event"]["actor"]) for message in told]

    return asyncio.run(taking())


def test_an_event_that_comes_late_is_told_and_its_object_is_looked_at():
    watch = watch_of(None)
    told = take(watch, [event("destroy", "b", NOW + 2000), event("destroy", "a", NOW), event("destroy", "c", NOW)])
    assert told == [("destroy", "b"), ("destroy", "a"), ("destroy", "c")]
    assert set(watch._stale) == {("containers", "a"), ("containers", "b"), ("containers", "c")}


def test_after_a_clock_was_set_back_events_are_told_and_are_asked_for_from_then_on():
    watch, day = watch_of(None), 86_400 * 10**9
    tomorrow = time.time_ns() + day
    assert take(watch, [event("start", "a", tomorrow)]) == [("start", "a")]
    assert watch._seen.until <= time.time()
    assert take(watch, [event("die", "a", tomorrow - day)]) == [("die", "a")]
    assert watch._seen.until == pytest.approx((tomorrow - day) / 1e9)


def test_what_a_new_connection_tells_once_more_is_told_once():
    watch = watch_of(None)
    events = [event("tag", f"sha256:{number}", NOW + number, kind="image") for number in range(1000)]
    assert len(take(watch, events)) == 1000
    assert take(watch, [*events[-256:], event("tag", "sha256:new", NOW + 999, kind="image")]) == [("tag", "sha256:new")]
    assert len(watch._seen._known) == len(watch._seen._latest) == 256


def test_without_an_event_the_engine_is_asked_for_none_of_earlier():
    assert watch_of(None)._seen.until == 0


def test_health_checks_are_not_told_and_what_people_run_is():
    watch, engine = watch_of(None), Engine(web=CHECK)
    for number in range(3):
        checked = run("web", "/bin/sh -c curl -f localhost", f"check {number}", NOW + 10 * number)
        assert take(watch, checked, engine) == []
    assert [action for action, _actor in take(watch, run("web", "sh -c date", "people", NOW + 100), engine)] == [
        "exec_create: sh -c date",
        "exec_start: sh -c date",
        "exec_die",
    ]
    assert take(watch, [event("health_status: healthy", "web", NOW + 200)], engine)
    assert engine.asked == ["/containers/web/json"]


def test_a_health_check_over_a_new_connection_is_still_one():
    watch, engine = watch_of(None), Engine(web=CHECK)
    created, *rest = run("web", "/bin/sh -c curl -f localhost", "check")
    assert take(watch, [created], engine) == []
    assert take(watch, [created, *rest], engine) == []


def test_a_container_that_is_gone_by_then_hides_nothing_that_comes_after():
    told = take(watch_of(None), [*run("gone", "sh -c date", "people"), event("destroy", "gone", NOW + 10)])
    assert told[-1] == ("destroy", "gone")
    assert len(told) == 4


# ------------------------------------------------------------------------------------------------ the machine


def looks(watch: Watch, count: int) -> list[dict]:
    """Return what is published of the machine while it is looked at some times."""

    async def look() -> list[dict]:
        for _ in range(count):
            await watch._look_and_follow()
        return [message["value"] for message in await watch.feed.after(0)]

    return asyncio.run(look())


STOPPED = MachineStatus("m", "stopped", "26.1", None, limited=False, workspace="/w", docker_host="unix:///s")
DAMAGED = MachineError("machine.json cannot be read.", "dockyard delete --name m")
DENIED = PermissionError(13, "Permission denied", "/state")


def test_a_machine_that_cannot_be_looked_at_says_why_and_what_to_do_and_once(caplog):
    with caplog.at_level(logging.WARNING):
        told = looks(watch_of(DAMAGED), 5)
    assert told == [
        {"state": "unknown", "problem": "machine.json cannot be read.\n→ dockyard delete --name m"},
    ]
    assert len(caplog.records) == 1
    assert "machine.json cannot be read." in caplog.text
    assert caplog.records[0].exc_info is None


def test_what_is_wrong_and_then_something_else_and_then_nothing_is_each_told_once(caplog):
    with caplog.at_level(logging.WARNING):
        told = looks(watch_of(DENIED, DENIED, DAMAGED, STOPPED), 5)
    assert [value["state"] for value in told] == ["unknown", "unknown", "stopped"]
    assert "Permission denied" in told[0]["problem"]
    assert "problem" not in told[2]
    assert len(caplog.records) == 2


@pytest.mark.parametrize("wrong", [DAMAGED, DENIED, RuntimeError("a mistake of Dockyard's")])
def test_a_page_gets_its_snapshot_whatever_is_wrong_with_the_machine(wrong):
    async def look() -> dict:
        watch = watch_of(wrong)
        async with asyncio.timeout(10), watch.reading():
            snapshot = watch.snapshot()
        watch._rest()
        return snapshot

    assert asyncio.run(look())["machine"]["state"] == "unknown"


def test_what_is_wrong_is_told_in_the_language_of_the_page():
    watch = watch_of(MachineError("unused", ""))

    class Speaking:
        def status(self):
            from dockyard.i18n import language

            raise MachineError(language(), "")

    watch._machine = Speaking()

    async def look() -> list[str]:
        for chosen in ("en", "zh"):
            watch.lessons.speak(chosen)
            await watch._look()
        return [message["value"]["problem"][:2] for message in await watch.feed.after(0)]

    assert asyncio.run(look()) == ["en", "zh"]
