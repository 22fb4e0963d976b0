"""A port of the machine as somebody at the network sees it: what answers, and why nothing does."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from dockyard.engine.container_ports import LOOPBACK
from dockyard.engine.containers import summaries
from dockyard.engine.probes import from_container
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, listing, short

if TYPE_CHECKING:
    from dockyard.engine.containers import Summary
    from dockyard.engine.evidence import Evidence
    from dockyard.engine.places import Place

_ANSWERS = N_("Port {port} of the machine answering, seen from {place}.")

CLOSED = sentence(
    "port.closed",
    settles=True,
    found=N_("Seen from {place}, nothing answers on port {port}. {others}"),
    wanted=_ANSWERS,
    look_at=N_("`docker ps` shows which ports are published, and where."),
)
SILENT = sentence(
    "port.silent",
    settles=True,
    found=N_("Port {port} leads to port {inner} of `{name}`, but nothing listens there. {others}"),
    wanted=_ANSWERS,
    look_at=N_("`docker logs {name}`, and the second number of `-p {port}:{inner}`."),
)
STOPPED = sentence(
    "port.stopped",
    found=N_("Port {port} belongs to `{name}`, which does not run: it is {state}."),
    wanted=_ANSWERS,
    look_at=N_("`docker logs {name}` says why; `docker start {name}` starts it again."),
)
STATUS = sentence(
    "http.status",
    settles=True,
    found=N_("Seen from {place}, {path} on port {port} answers with HTTP status {status}."),
    wanted=N_("HTTP status {wanted_status} for {path} on port {port}, seen from {place}."),
    look_at=N_("`curl -i http://127.0.0.1:{port}{path}`"),
)
BODY = sentence(
    "http.body",
    settles=True,
    found=N_("Seen from {place}, {path} on port {port} shows: {body}"),
    wanted=N_("`{text}` in {path} on port {port}, seen from {place}."),
    look_at=N_("`curl http://127.0.0.1:{port}{path}`"),
)
OPEN = sentence(
    "port.open",
    found=N_("Seen from {place}, port {port} answers."),
    wanted=N_("Port {port} of the machine out of reach, seen from {place}."),
    look_at=N_("`docker ps` shows which ports are published, and where."),
)
UDP_SILENT = sentence(
    "port.udp_silent",
    settles=True,
    found=N_("Seen from {place}, UDP port {port} gives no answer."),
    wanted=N_("UDP port {port} of the machine answering, seen from {place}."),
    look_at=N_("`docker ps` shows `/udp` behind a port that is published for UDP."),
)

_MARK = "\n--dockyard-status:"
_LISTENING = re.compile(r"^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) 0+:0000 0A ", re.MULTILINE)


class _Port:
    """A port of the machine, seen from a place."""

    def __init__(self, place: Place, port: int) -> None:
        self.place = place
        self.port = port

    @property
    def the(self) -> Evidence:
        """The evidence that it is part of."""
        return self.place.the

    def say_why_not(self) -> None:
        """Say why nothing answers: nothing published, loopback only, a stopped container, nothing listening in it."""
        facts = {"port": self.port, "place": self.place.label}
        everyone = summaries(self.the)
        for holder in everyone:
            for bound in holder.ports:
                if bound.get("PublicPort") == self.port and bound["Type"] == "tcp":
                    self._say_of_holder(holder, bound["PrivatePort"], bound.get("IP", ""))
        for stopped in everyone:
            ports = [] if stopped.state == "running" else self.the.container(stopped.name).ports
            if any(asked.host == self.port for asked in ports):
                raise NotYet(STOPPED, name=stopped.name, state=stopped.state, **facts)
        published = sorted({f"{h.name}: {b['PublicPort']}" for h in everyone for b in h.ports if b.get("PublicPort")})
        raise NotYet(CLOSED, others=listing(N_("Published are: {names}."), published), **facts)

    def _say_of_holder(self, holder: Summary, inner: int, address: str) -> None:
        name = holder.name
        if address.startswith("127.") and self.place.name == "world":
            others = as_code(address)
            raise NotYet(LOOPBACK, name=name, host=self.port, port=inner, protocol="tcp", others=others)
        listening = _listening(self.the, self.the.container(name).pid)
        if inner not in listening:
            others = listing(N_("It listens on: {names}."), map(str, listening))
            raise NotYet(SILENT, port=self.port, inner=inner, name=name, place=self.place.label, others=others)


class Tcp(_Port):
    """A TCP port of the machine."""

    @property
    def open(self) -> bool:
        """Whether it lets itself be connected to."""
        command = f"timeout 2 bash -c 'exec 3<>/dev/tcp/{self.place.address}/{self.port}'"
        return self.place.runs(command).exit_code == 0

    def must_be_open(self) -> None:
        """Demand that it lets itself be connected to."""
        if not self.open:
            self.say_why_not()
        self.the.require(self.open, CLOSED, port=self.port, place=self.place.label, others="")

    def must_be_closed(self) -> None:
        """Demand that it does not let itself be connected to. Prove first that something is there to be found."""
        self.the.require(not self.open, OPEN, port=self.port, place=self.place.label)


class Udp(_Port):
    """A UDP port of the machine.

    Args:
        place: where it is seen from.
        port: its number.
        send: what is sent to it.
    """

    def __init__(self, place: Place, port: int, send: str) -> None:
        super().__init__(place, port)
        self.send = send

    @property
    def answer(self) -> str:
        """What it answers within a second; "" for nothing."""
        inner = (
            f"exec 3<>/dev/udp/{self.place.address}/{self.port}; printf %s {shlex.quote(self.send)} >&3; head -n 1 <&3"
        )
        return self.place.runs(f"timeout 1 bash -c {shlex.quote(inner)}").output

    def must_answer(self) -> None:
        """Demand that it answers something."""
        self.the.require(self.answer, UDP_SILENT, port=self.port, place=self.place.label)


class Http(_Port):
    """What a port of the machine answers to GET.

    Args:
        place: where it is asked from.
        port: its number.
        path: the path that is asked for, with its query.
    """

    def __init__(self, place: Place, port: int, path: str) -> None:
        super().__init__(place, port)
        self.path = path

    def _reply(self) -> tuple[int, str]:
        url = shlex.quote(f"http://{self.place.address}:{self.port}{self.path}")
        found = self.place.runs(f"curl -sS --max-time 2 -w '{_MARK}%{{http_code}}' {url}")
        body, _mark, status = found.output.rpartition(_MARK)
        return int(status or 0), body

    @property
    def status(self) -> int:
        """The HTTP status; 0 when nothing answers."""
        return self._reply()[0]

    @property
    def body(self) -> str:
        """The body; "" when nothing answers."""
        return self._reply()[1]

    def must_answer(self, text: str = "", status: int = 200) -> None:
        """Demand an answer.

        Args:
            text: what its body must hold.
            status: the HTTP status that it must have.
        """
        have, body = self._reply()
        facts = {"port": self.port, "path": self.path, "place": self.place.label}
        if not have:
            self.say_why_not()
        self.the.require(have, CLOSED, others="", **facts)
        self.the.require(have == status, STATUS, status=have, wanted_status=status, **facts)
        if text:
            self.the.require(text in body, BODY, text=text, body=as_code(short(_visible(body))), **facts)

    def must_not_answer(self) -> None:
        """Demand that nothing answers. Prove first that something is there to be found."""
        self.the.require(not self.status, OPEN, port=self.port, place=self.place.label)


def _visible(body: str) -> str:
    """Return the text of a page without its markup."""
    return re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", body, flags=re.DOTALL)


def _listening(the: Evidence, pid: int) -> list[int]:
    """Return the TCP ports that a container listens on, from its /proc/net/tcp and tcp6 (proc(5))."""
    tables = from_container(the, pid, ["sh", "-c", "cat /proc/net/tcp /proc/net/tcp6"]).output
    return sorted({int(port, 16) for port in _LISTENING.findall(tables)})
