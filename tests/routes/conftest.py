"""A real Jupyter server with Dockyard's routes, and a plain HTTP client for it."""

import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.testing import bind_unused_port
from tornado.websocket import WebSocketClientConnection, websocket_connect

import dockyard

BASE_URL = "/base/"


@dataclass
class Answer:
    status: int
    headers: dict[str, list[str]]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


class Page:
    """What one browser page sees."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.messages: list[dict] = []
        self._waiting: list[dict] = []

    async def next(self, seconds: float = 20) -> dict:
        if not self._waiting:
            frame = await asyncio.wait_for(self.socket.read_message(), seconds)
            assert frame is not None, "the server closed the connection"
            self._waiting = json.loads(frame)
        self.messages.append(self._waiting.pop(0))
        return self.messages[-1]

    async def until(self, **wanted) -> dict:
        while True:
            message = await self.next()
            if all(message.get(name) == value for name, value in wanted.items()):
                return message

    async def until_event(self, kind: str, action: str) -> dict:
        while True:
            event = (await self.until(type="event"))["event"]
            if (event["type"], event["action"]) == (kind, action):
                return event


@dataclass
class Jupyter:
    """A running Jupyter server: where it is, and how to be known to it."""

    port: int
    token: str
    home: Path
    process: subprocess.Popen = field(repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{BASE_URL}"

    def ask(self, path: str, *, method="GET", body=None, headers=None, known=True) -> Answer:
        sent = {"Authorization": f"token {self.token}"} if known else {}
        request = urllib.request.Request(self.url + path, data=body, method=method, headers={**sent, **(headers or {})})
        try:
            answer = urllib.request.build_opener(_NoRedirect).open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        names = {name.lower() for name in answer.headers}
        return Answer(answer.status, {n: answer.headers.get_all(n) for n in names}, answer.read())

    def log_in(self) -> str:
        """Return the cookie that a browser gets for the token."""
        answer = self.ask(f"login?token={self.token}", known=False)
        return "; ".join(cookie.partition(";")[0] for cookie in answer.headers["set-cookie"])

    async def visit(self, query: str = "", **headers: str) -> Page:
        """Open the sidebar's websocket."""
        url = self.url.replace("http:", "ws:") + f"dockyard/api/live?{query}"
        known = headers or {"Authorization": f"token {self.token}"}
        return Page(await websocket_connect(HTTPRequest(url, headers=known)))


def _wait_until_up(jupyter: Jupyter) -> None:
    deadline = time.monotonic() + 60
    while jupyter.process.poll() is None and time.monotonic() < deadline:
        try:
            jupyter.ask("api")
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("Jupyter Server does not start.")


@contextmanager
def _run_jupyter(home: Path, environment: dict[str, str], **settings: int) -> Iterator[Jupyter]:
    unused, port = bind_unused_port()
    unused.close()
    token = secrets.token_hex()
    options = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.base_url": BASE_URL,
        "ServerApp.root_dir": home,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "ServerApp.allow_unauthenticated_access": False,
        "ServerApp.jpserver_extensions": "dockyard.routes=True",
        "ServerApp.tornado_settings": settings,
    }
    variables = {
        **os.environ,
        "DOCKYARD_LANG": "en",
        "DOCKYARD_PROGRESS": str(home / "progress"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_TOKEN": token,
        "PYTHONPATH": str(Path(dockyard.__file__).parent.parent),
        **environment,
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *words], env=variables, stdout=log, stderr=log
        )
    running = Jupyter(port, token, home, process)
    try:
        _wait_until_up(running)
        yield running
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory) -> Iterator[Jupyter]:
    """A server whose machine has never been started, and which pings its websockets every 100 ms."""
    home = tmp_path_factory.mktemp("jupyter")
    environment = {"DOCKYARD_HOME": str(home / "dy"), "DOCKYARD_MACHINE": "default"}
    with _run_jupyter(home, environment, ws_ping_interval=100) as running:
        yield running


@pytest.fixture(scope="module")
def live_jupyter(machine, tmp_path_factory) -> Iterator[Jupyter]:
    """A server whose machine runs."""
    home = tmp_path_factory.mktemp("jupyter")
    with _run_jupyter(home, {"DOCKYARD_MACHINE": machine.name}) as running:
        yield running
