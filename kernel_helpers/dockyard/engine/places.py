"""The machine and the world as evidence: files and processes of the one, and the network as seen from either."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from dockyard.engine.files import File
from dockyard.engine.ports import Http, Tcp, Udp
from dockyard.engine.probes import MACHINE_ADDRESS, Answer, probe
from dockyard.engine.sentences import N_, sentence
from dockyard.engine.words import as_code, codes, short
from dockyard.i18n import _

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence

PROCESS_MISSING = sentence(
    "machine.process_missing",
    settles=True,
    found=N_("In the machine no process matches `{process}`."),
    wanted=N_("The process `{process}` in the machine."),
    look_at=N_("`ps aux`"),
)
COMMAND = sentence(
    "machine.command",
    found=N_("In the machine `{command}` gives: {output}"),
    wanted=N_("`{text}` in what `{command}` gives in the machine."),
    look_at=N_("`{command}`"),
)
DNS = sentence(
    "dns.other",
    found=N_("Seen from {place}, the name {host} leads to: {others}"),
    wanted=N_("The name {host} leading to {address}, seen from {place}."),
    look_at=N_("`getent hosts {host}`"),
)


class Place:
    """The machine or the world.

    Args:
        the: the evidence that it is part of.
        name: "machine" or "world".
    """

    def __init__(self, the: Evidence, name: str) -> None:
        self.the = the
        self.name = name

    @property
    def label(self) -> str:
        """What a sentence calls it."""
        return _("the machine") if self.name == "machine" else _("the world")

    @property
    def address(self) -> str:
        """The machine's address as seen from here."""
        return "127.0.0.1" if self.name == "machine" else MACHINE_ADDRESS

    # ------------------------------------------------------------------------------------------------ the network

    def http(self, port: int | str, path: str = "/") -> Http:
        """Return what a port of the machine answers to GET when it is asked from here."""
        return Http(self, int(port), path)

    def tcp(self, port: int | str) -> Tcp:
        """Return whether a TCP port of the machine lets itself be connected to from here."""
        return Tcp(self, int(port))

    def udp(self, port: int | str, send: str = "\n") -> Udp:
        """Return what a UDP port of the machine answers when something is sent to it from here."""
        return Udp(self, int(port), send)

    def pings(self, host: str) -> bool:
        """Return whether a host answers a ping from here."""
        return self.runs(f"ping -c 1 -W 1 {shlex.quote(host)}").exit_code == 0

    def addresses(self, host: str) -> list[str]:
        """Return the addresses that a name leads to from here."""
        found = self.runs(f"getent ahostsv4 {shlex.quote(host)}").output
        return sorted({line.split()[0] for line in found.splitlines() if line.strip()})

    def must_resolve(self, host: str, address: str) -> None:
        """Demand that a name leads to an address from here."""
        have = self.addresses(host)
        facts = {"place": self.label, "host": host, "address": address, "others": codes(have) or "-"}
        self.the.require(address in have, DNS, **facts)

    # ------------------------------------------------------------------------------- files and processes

    def runs(self, command: str, timeout: float = 3.0) -> Answer:
        """Return what a shell command gives here. It must only look; it is killed when its time is up."""
        return probe(self.the, self.name, ["sh", "-c", command], timeout)

    def file(self, path: str) -> File:
        """Return a file of the machine; it may be missing."""
        return File(self.the, "", path)

    @property
    def processes(self) -> list[str]:
        """The command lines of the processes here, those in containers among them."""
        return [line.strip() for line in self.runs("ps -eo args=").output.splitlines() if line.strip()]

    def must_have_process(self, text: str) -> None:
        """Demand a process whose command line holds a text."""
        self.the.require(any(text in line for line in self.processes), PROCESS_MISSING, process=text)

    def must_say(self, command: str, text: str) -> None:
        """Demand a text in what a shell command prints here."""
        answer = self.runs(command)
        output = as_code(short(answer.output or answer.errors)) if answer.output or answer.errors else "-"
        self.the.require(text in answer.output, COMMAND, command=command, text=text, output=output)
