"""The watch on a real machine, where something of the engine cannot be understood."""

import asyncio

import pytest

from dockyard.errors import CourseError
from dockyard.routes.live import views
from dockyard.routes.live.watch import Watch

pytestmark = pytest.mark.machine


def no_tutor():
    raise CourseError("no course is taught here", "")


def docker(machine, line: str) -> None:
    machine.run(["bash", "-euc", f"docker {line}"], timeout=120, check=True)


def all_but_the_odd(read):
    def read_it(told):
        if told["Name"] in {"odd", "/odd"}:
            raise ValueError(told["Name"])
        return read(told)

    return read_it


def names(watch: Watch, kind: str) -> set[str]:
    return {view["name"] for view in watch.snapshot()[kind]}


async def until(watch: Watch, kind: str, wanted: set[str]) -> None:
    position = watch.feed.last
    while names(watch, kind) != wanted:
        position = (await asyncio.wait_for(watch.feed.after(position), 20))[-1]["seq"]


def test_an_object_that_cannot_be_read_takes_no_other_out_of_sight(machine, monkeypatch):
    monkeypatch.setattr(views, "container", all_but_the_odd(views.container))
    monkeypatch.setattr(views, "volume", all_but_the_odd(views.volume))

    async def look() -> None:
        watch = Watch(machine, no_tutor)
        async with watch.reading():
            await until(watch, "containers", {"even"})
            await until(watch, "volumes", {"even"})
            assert names(watch, "networks") >= {"bridge", "host", "none"}
            assert watch.snapshot()["images"]
            await asyncio.to_thread(docker, machine, "rename odd better")
            await until(watch, "containers", {"even", "better"})
            await asyncio.to_thread(docker, machine, "volume create later")
            await until(watch, "volumes", {"even", "later"})

    docker(machine, "pull -q busybox; docker create --name odd busybox true; docker create --name even busybox true")
    docker(machine, "volume create odd; docker volume create even")
    asyncio.run(look())
    docker(machine, "rm better even; docker volume rm odd even later")
