"""Watches containerd and dockerd in a running machine from outside and starts again what died; it boots no machine."""

import contextlib
import os
import select
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_RETRY_MILLISECONDS = 100
# How long to leave a service alone that could not be started: doubled each time, from the first to the second.
_PAUSES = (0.1, 30.0)


def peer(path: Path) -> int | None:
    """Return the process id, in our own PID namespace, of whoever listens on a Unix socket (SO_PEERCRED, unix(7))."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        directory = os.open(path.parent, os.O_PATH | os.O_CLOEXEC)
        try:
            client.connect(f"/proc/self/fd/{directory}/{path.name}")  # whose own path may be longer than a socket's
        finally:
            os.close(directory)
        credentials = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", credentials)[0])
    return None


@dataclass(slots=True)
class Service:
    """One service of the machine.

    Attributes:
        name: its name for `service NAME start`.
        socket: where it listens, as the host sees it.
        wanted: the file that says that it is meant to run.
    """

    name: str
    socket: Path
    wanted: Path
    _pidfd: int | None = field(default=None, init=False)
    _starter: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _pause: float = field(default=0.0, init=False)
    _rests_until: float = field(default=0.0, init=False)

    def find(self) -> bool:
        """Hold the process that listens now, if any."""
        pid = peer(self.socket)
        if pid:
            with contextlib.suppress(ProcessLookupError):
                self._pidfd = os.pidfd_open(pid)
                self._pause = self._rests_until = 0.0
        return self._pidfd is not None

    def start(self, start: Callable[[str], subprocess.Popen[bytes]]) -> bool:
        """Start the service where it is meant to run and nothing starts it yet.

        Returns:
            Whether this is the first start since it died; later ones are further and further apart.
        """
        busy = self._starter is not None and self._starter.poll() is None
        if busy or not self.wanted.exists() or time.monotonic() < self._rests_until:
            return False
        self._starter = start(self.name)
        is_first = not self._pause
        self._pause = min(max(_PAUSES[0], 2 * self._pause), _PAUSES[1])
        self._rests_until = time.monotonic() + self._pause
        return is_first

    def forget(self) -> None:
        """Let go of the process, which has ended."""
        if self._pidfd is not None:
            os.close(self._pidfd)
            self._pidfd = None

    @property
    def pidfd(self) -> int | None:
        """The descriptor of the running process, or None while the service is down."""
        return self._pidfd


def watch(
    services: list[Service],
    ends: list[int],
    start: Callable[[str], subprocess.Popen[bytes]],
    died: Callable[[str], None],
) -> int:
    """Keep services running until one of `ends` becomes readable; return that descriptor.

    A service that died while its `wanted` file stands is started again; one that was stopped on purpose is waited for.
    Nobody waits for a start to end: dockerd's own waits for a containerd that may have died with it.

    Args:
        services: containerd first, since dockerd needs it.
        ends: descriptors that end the watch, such as the pidfd of the machine.
        start: begins `service NAME start` in the machine.
        died: is told the name of each service that died and is started again.
    """
    while True:
        down = [service for service in services if service.pidfd is None and not service.find()]
        poll = select.poll()
        for descriptor in (*ends, *(service.pidfd for service in services if service.pidfd is not None)):
            poll.register(descriptor, select.POLLIN)
        readable = [descriptor for descriptor, _event in poll.poll(_RETRY_MILLISECONDS if down else None)]
        for descriptor in ends:
            if descriptor in readable:
                return descriptor
        for service in services:
            if service.pidfd in readable:
                service.forget()
        for service in down:
            if not service.find() and service.start(start):
                died(service.name)
