"""Times how long an engine event takes until a page's websocket has it, in a burst of a thousand; it draws nothing."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.testing import bind_unused_port
from tornado.websocket import WebSocketClientConnection, websocket_connect

import dockyard
from dockyard.machine import Machine
from measure import median, p95

COUNT = 1000
# What is good enough, in seconds: the median and the 95th percentile.
_GOAL_MEDIAN, _GOAL_P95 = 0.05, 0.15
# An image to give a thousand names to: the fastest thing that the engine tells of.
_IMAGE = "tar -C / -c etc/hostname | docker import - burst:0"
_BURST = (
    "curl --silent --fail --output /dev/null --unix-socket /run/docker.sock --request POST "
    f"'http://engine/images/burst:0/tag?repo=burst&tag=[1-{COUNT}]'"
)
_CLEAN = "docker images -q burst | sort -u | xargs docker rmi -f"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Burst:
    """What became of a burst of events.

    Attributes:
        delays: seconds from each event to its message, by the clock that the machine and this host share.
        in_order: whether the messages came in the order of the events, with no number of theirs missing.
    """

    delays: Sequence[float]
    in_order: bool

    def __str__(self) -> str:
        lost = COUNT - len(self.delays)
        order = "in order" if self.in_order else "OUT OF ORDER"
        times = f"p50 {median(self.delays) * 1000:.0f} ms, p95 {p95(self.delays) * 1000:.0f} ms"
        fast = median(self.delays) <= _GOAL_MEDIAN and p95(self.delays) <= _GOAL_P95
        met = "met" if fast and self.in_order and not lost else "NOT MET"
        return f"engine event to message, {COUNT} in a burst: {times}, {lost} lost, {order} (goal 50 and 150 ms: {met})"


def burst(machine: Machine) -> Burst:
    """Measure one burst with a page looking.

    Args:
        machine: a running machine.
    """
    machine.run(["bash", "-c", _IMAGE], check=True)
    try:
        with _jupyter(machine) as (url, token):
            return asyncio.run(_look(machine, url, token))
    finally:
        machine.run(["bash", "-c", _CLEAN], check=True)


async def _look(machine: Machine, url: str, token: str) -> Burst:
    address = f"{url.replace('http:', 'ws:')}dockyard/api/live"
    page = await websocket_connect(HTTPRequest(address, headers={"Authorization": f"token {token}"}))
    messages = _messages(page)
    await anext(messages)  # the snapshot
    running = asyncio.create_task(asyncio.to_thread(machine.run, ["bash", "-c", _BURST], check=True))
    names, numbers, delays = [], [], []
    async for message in messages:
        numbers.append(message["seq"])
        event = message.get("event", {})
        if event.get("action") == "tag":
            delays.append(time.time() - event["time"])
            names.append(event["attributes"]["name"])
        if len(names) == COUNT:
            break
    await running
    in_order = names == [f"burst:{number}" for number in range(1, len(names) + 1)]
    return Burst(delays, in_order and numbers == list(range(numbers[0], numbers[0] + len(numbers))))


async def _messages(page: WebSocketClientConnection) -> AsyncIterator[dict[str, Any]]:
    """Give the messages for as long as a burst may take; a health check somewhere could make events for ever."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            frame = await asyncio.wait_for(page.read_message(), until - time.monotonic())
        except TimeoutError:
            return
        if frame is None:
            return
        for message in json.loads(frame):
            yield message


@contextmanager
def _jupyter(machine: Machine) -> Iterator[tuple[str, str]]:
    """Run a Jupyter server with Dockyard's routes; give its URL and its token once it answers."""
    unused, port = bind_unused_port()
    unused.close()
    token = secrets.token_hex()
    with tempfile.TemporaryDirectory() as home:
        variables = {
            "DOCKYARD_MACHINE": machine.name,
            "DOCKYARD_PROGRESS": home,
            "JUPYTER_CONFIG_DIR": home,
            "JUPYTER_TOKEN": token,
            "PYTHONPATH": str(Path(dockyard.__file__).parent.parent),
        }
        options = {
            "port": port,
            "port_retries": 0,
            "root_dir": home,
            "open_browser": False,
            "allow_root": True,
            "jpserver_extensions": "dockyard.routes=True",
            "log_level": "ERROR",
        }
        words = [f"--ServerApp.{name}={value}" for name, value in options.items()]
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *words],
            env={**os.environ, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        url = f"http://127.0.0.1:{port}/"
        try:
            _wait_until_up(url)
            yield url, token
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_up(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{url}api", timeout=_PATIENCE).close()  # noqa: S310 - an http: URL of our own
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)  # a server that starts tells nobody when it listens
        else:
            return
