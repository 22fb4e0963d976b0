"""The sidebar's websocket against a real machine."""

import asyncio
import select
import socket
import time

import pytest
from tornado.httpclient import HTTPClientError

pytestmark = pytest.mark.machine


def in_machine(machine, script: str) -> None:
    machine.run(["bash", "-euc", script], timeout=120, check=True)


@pytest.fixture(autouse=True)
def _image(machine):
    in_machine(machine, "docker image inspect t:1 || tar -C / -c etc/hostname | docker import - t:1")


def test_a_page_sees_a_snapshot_and_then_what_changes(live_jupyter, machine):
    async def look():
        page = await live_jupyter.visit()
        snapshot = await page.next()
        await asyncio.to_thread(in_machine, machine, "docker create --name web t:1 true")
        created = await page.until_event("container", "create")
        shown = await page.until(type="object", kind="containers")
        await asyncio.to_thread(in_machine, machine, "docker rm web")
        gone = await page.until(type="object", kind="containers", value=None)
        return snapshot, created, shown, gone, page.messages

    snapshot, created, shown, gone, messages = asyncio.run(look())
    assert snapshot["type"] == "snapshot"
    assert snapshot["machine"]["state"] == "running"
    assert {network["name"] for network in snapshot["networks"]} >= {"bridge", "host", "none"}
    assert ["t:1"] in [image["tags"] for image in snapshot["images"]]
    assert shown["value"]["name"] == "web"
    assert shown["value"]["state"] == "created"
    assert created["actor"] == shown["id"] == gone["id"]
    numbers = [message["seq"] for message in messages]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_container_that_was_made_with_a_range_of_ports_is_shown_and_so_is_what_comes_after(live_jupyter, machine):
    async def look():
        page = await live_jupyter.visit()
        await page.next()
        await asyncio.to_thread(in_machine, machine, "docker create --name ranged -p 8080-8090:80 t:1 true")
        ranged = await page.until(type="object", kind="containers")
        await asyncio.to_thread(in_machine, machine, "docker rm ranged; docker volume create after")
        after = await page.until(type="object", kind="volumes")
        await asyncio.to_thread(in_machine, machine, "docker volume rm after")
        return ranged["value"], after["id"]

    ranged, after = asyncio.run(look())
    assert [(port["host"], port["container"]) for port in ranged["ports"]] == [(8080, 80)]
    assert after == "after"


def test_a_page_that_comes_back_misses_nothing(live_jupyter, machine):
    async def look():
        page = await live_jupyter.visit()
        snapshot = await page.next()
        page.socket.close()
        await asyncio.to_thread(in_machine, machine, "docker volume create missed; docker volume rm missed")
        again = await live_jupyter.visit(f"run={snapshot['run']}&seq={snapshot['seq']}")
        await again.until_event("volume", "destroy")
        return snapshot, again.messages

    snapshot, messages = asyncio.run(look())
    numbers = [message["seq"] for message in messages]
    assert numbers == list(range(snapshot["seq"] + 1, snapshot["seq"] + 1 + len(numbers)))
    events = [message["event"]["action"] for message in messages if message["type"] == "event"]
    assert events == ["create", "destroy"]


def test_health_checks_are_not_told_and_what_people_run_is(live_jupyter, machine):
    ill = "docker run -d --name ill --health-cmd 'echo ran >> /ran' --health-interval 50ms busybox sleep 600"
    some = "until docker exec ill grep -c ran /ran | grep '..'; do :; done"

    async def look():
        page = await live_jupyter.visit()
        await page.next()
        await asyncio.to_thread(in_machine, machine, f"docker pull -q busybox; {ill}; {some}; docker rm -f ill")
        await asyncio.to_thread(in_machine, machine, "docker volume create after; docker volume rm after")
        await page.until_event("volume", "destroy")
        return [message["event"]["action"] for message in page.messages if message["type"] == "event"]

    actions = asyncio.run(look())
    commands = {action for action in actions if action.startswith("exec_") and ":" in action}
    assert commands == {"exec_create: grep -c ran /ran", "exec_start: grep -c ran /ran"}
    count = {word: sum(action.startswith(word) for action in actions) for word in ("exec_create", "exec_die")}
    assert count["exec_create"] == count["exec_die"]
    assert "health_status: healthy" in actions


def test_of_containers_that_are_removed_at_once_none_stays(live_jupyter, machine):
    names = [f"c{number}" for number in range(20)]
    create = "; ".join(f"docker create --name {name} t:1 true" for name in names)

    async def look():
        page = await live_jupyter.visit()
        await page.next()
        await asyncio.to_thread(in_machine, machine, f"{create}; docker rm {' '.join(names)}")
        seen, gone = set(), set()
        while len(gone) < len(names):
            event = (await page.until(type="event"))["event"]
            if event["action"] == "create":
                seen.add(event["actor"])
            elif event["action"] == "destroy":
                gone.add(event["actor"])
        return seen, gone

    seen, gone = asyncio.run(look())
    assert seen == gone


@pytest.mark.parametrize("query", ["run=another&seq=1", "seq=1", "run=x&seq=-1", "run=x&seq=<script>"])
def test_a_page_of_another_server_begins_anew(live_jupyter, query):
    async def look():
        return await (await live_jupyter.visit(query)).next()

    assert asyncio.run(look())["type"] == "snapshot"


def test_two_pages_see_the_same(live_jupyter, machine):
    async def look():
        pages = [await live_jupyter.visit() for _ in range(2)]
        for page in pages:
            await page.next()
        await asyncio.to_thread(in_machine, machine, "docker volume create shared; docker volume rm shared")
        for page in pages:
            await page.until_event("volume", "destroy")
        return [[message["event"] for message in page.messages if message["type"] == "event"] for page in pages]

    first, second = asyncio.run(look())
    assert first == second


def test_a_thousand_events_in_a_burst_all_come_in_order_and_soon(live_jupyter, machine):
    burst = (
        "curl --silent --fail --output /dev/null --unix-socket /run/docker.sock --request POST "
        "'http://engine/images/t:1/tag?repo=burst&tag=[1-1000]'"
    )

    async def look():
        page = await live_jupyter.visit()
        await page.next()
        running = asyncio.create_task(asyncio.to_thread(in_machine, machine, burst))
        names, delays = [], []
        while len(names) < 1000:
            event = (await page.until(type="event"))["event"]
            if event["action"] == "tag" and event["attributes"]["name"].startswith("burst:"):
                names.append(event["attributes"]["name"])
                delays.append(time.time() - event["time"])
        await running
        return names, sorted(delays)

    names, delays = asyncio.run(look())
    assert names == [f"burst:{number}" for number in range(1, 1001)]
    assert delays[500] < 0.05
    assert delays[950] < 0.15


def test_a_killed_engine_shows_at_once_and_so_does_its_return(live_jupyter, machine):
    async def look():
        page = await live_jupyter.visit()
        await page.next()
        began = time.monotonic()
        await asyncio.to_thread(in_machine, machine, "pkill -9 -x dockerd")
        while (await page.until(type="machine"))["value"]["state"] == "running":
            pass
        seen = time.monotonic() - began
        while (await page.until(type="machine"))["value"]["state"] != "running":
            pass
        await asyncio.to_thread(in_machine, machine, "docker volume create after; docker volume rm after")
        await page.until_event("volume", "destroy")
        return seen

    assert asyncio.run(look()) < 2


def _visit_and_never_read(jupyter) -> socket.socket:
    """Open the websocket (RFC 6455, 4.1) with as small a window as the kernel grants."""
    lazy = socket.socket()
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lazy.connect(("127.0.0.1", jupyter.port))
    lines = [
        "GET /base/dockyard/api/live HTTP/1.1",
        f"Host: 127.0.0.1:{jupyter.port}",
        f"Authorization: token {jupyter.token}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]
    lazy.sendall("\r\n".join([*lines, "", ""]).encode())
    assert lazy.recv(12) == b"HTTP/1.1 101"
    return lazy


@pytest.mark.slow
def test_a_page_that_does_not_read_is_dropped_and_holds_up_nobody(live_jupyter, machine):
    labels = " ".join(f"--label l{number}={'x' * 200}" for number in range(30))
    look_into_it = (
        "curl --silent --output /dev/null --unix-socket /run/docker.sock "
        "'http://engine/containers/big/archive?path=/etc/hostname&again=[1-1500]'"
    )

    async def look() -> int:
        page = await live_jupyter.visit()
        await page.next()
        running = asyncio.create_task(asyncio.to_thread(in_machine, machine, look_into_it))
        for _ in range(1500):
            await page.until_event("container", "archive-path")
        await running
        return len(page.messages)

    in_machine(machine, f"docker create --name big {labels} t:1 true")
    with _visit_and_never_read(live_jupyter) as lazy:
        assert asyncio.run(look()) >= 1500
        lazy.settimeout(30)
        with pytest.raises(ConnectionResetError):
            _wait_for_the_end(lazy)
    in_machine(machine, "docker rm big")


def _wait_for_the_end(lazy: socket.socket) -> None:
    """Wait without reading: data that is sent to a closed connection is answered with a reset."""
    poll = select.poll()
    poll.register(lazy, select.POLLHUP | select.POLLERR)
    poll.poll(30_000)
    lazy.sendall(b"x")
    time.sleep(0.2)
    lazy.sendall(b"x")


@pytest.mark.parametrize("headers", [{"X-Nobody": "1"}, {"Origin": "https://evil.example.com"}])
def test_strangers_are_refused(live_jupyter, headers):
    if "Origin" in headers:
        headers = {**headers, "Cookie": live_jupyter.log_in()}
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(live_jupyter.visit(**headers))
    assert refused.value.code == 403
