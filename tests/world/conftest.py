"""What the tests of the world share: shells in the machine and in the world, and HTTP on the way to published ports."""

import http.client
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dockyard.machine import Machine


@pytest.fixture
def shell(machine: Machine) -> Callable[[str], str]:
    """Run a script in the machine; return what it printed, errors too; fail where it fails."""

    def run(script: str) -> str:
        done = machine.run(["bash", "-c", f"set -e; exec 2>&1; {script}"], timeout=120)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    return run


@pytest.fixture
def refused(machine: Machine) -> Callable[[str], tuple[str, float]]:
    """Run a script that must fail in the machine; return what it printed and the seconds that it took."""

    def run(script: str) -> tuple[str, float]:
        began = time.monotonic()
        done = machine.run(["bash", "-c", f"exec 2>&1; {script}"], timeout=120)
        assert done.returncode != 0, done.stdout
        return done.stdout.strip(), time.monotonic() - began

    return run


@pytest.fixture
def in_world(machine: Machine) -> Callable[[str], str]:
    """Run a script in the world; return what it printed."""

    def run(script: str) -> str:
        return machine.run(["bash", "-c", script], world=True, timeout=60, check=True).stdout.strip()

    return run


@pytest.fixture
def port_page(machine: Machine) -> Callable[..., http.client.HTTPResponse]:
    """Get a path from the world's way to published ports, as Jupyter's server does."""

    class Connection(http.client.HTTPConnection):
        def connect(self) -> None:
            self.sock = socket.socket(socket.AF_UNIX)
            # the socket's own path may be too long for a tmp_path below it; this one is not
            self.sock.connect(str(machine.ports_socket))

    def get(path: str, **headers: str) -> http.client.HTTPResponse:
        connection = Connection("localhost", timeout=30)
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    return get


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Wait until something holds, for as long as a busy computer may need."""

    def wait(holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.1)

    return wait


@pytest.fixture
def world_files() -> Path:
    """The files that make the world's services."""
    from dockyard import world

    return world.FILES
