"""What is inside a container as evidence: files, changes, processes, and the network as seen from it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from dockyard.engine.files import File
from dockyard.engine.inspected import InspectedContainer
from dockyard.engine.probes import Answer, from_container
from dockyard.engine.sentences import N_, sentence
from dockyard.engine.words import codes, short

PROCESS_MISSING = sentence(
    "container.process_missing",
    settles=True,
    found=N_("No process in `{name}` matches `{process}`. These run: {others}"),
    wanted=N_("The process `{process}` in the container `{name}`."),
    look_at=N_("`docker top {name}`; in a machine without cgroups, `docker exec {name} ps`"),
)
UNCHANGED = sentence(
    "container.unchanged",
    found=N_("In `{name}` the path {path} is as the image has it. Changed are: {others}"),
    wanted=N_("A change at {path} in the container `{name}`."),
    look_at=N_("`docker diff {name}` lists what was changed (C), added (A) and deleted (D)."),
)
CANNOT_REACH = sentence(
    "container.cannot_reach",
    settles=True,
    found=N_("From inside `{name}`, {target} does not answer: {reason}"),
    wanted=N_("{target} answering from inside the container `{name}`."),
    look_at=N_("`docker inspect {name}` shows the networks that it is on."),
)
REACHES = sentence(
    "container.reaches",
    found=N_("From inside `{name}`, {target} answers."),
    wanted=N_("{target} out of reach from inside the container `{name}`."),
    look_at=N_("`docker inspect {name}` shows the networks that it is on."),
)

# Where servers write by themselves.
_NOISE = ("/run", "/tmp", "/var/cache")  # noqa: S108 - paths in a container
_KINDS = {0: "C", 1: "A", 2: "D"}


@dataclass(frozen=True, slots=True)
class Process:
    """A process of a container, as the machine sees it."""

    pid: int
    uid: int
    command: str


class Inside(InspectedContainer):
    """The inside of a container."""

    def file(self, path: str) -> File:
        """Return a file of it, running or not; it may be missing."""
        return File(self.the, self.name, path)

    @property
    def changes(self) -> dict[str, str]:
        """What `docker diff` shows: for each path C (changed), A (added) or D (deleted)."""
        found = self.the.get(f"/containers/{self.name}/changes") or []
        return {change["Path"]: _KINDS[change["Kind"]] for change in found}

    @property
    def processes(self) -> list[Process]:
        """Its processes, the main one first; empty when it does not run.

        They are those of its PID namespace: `docker top` needs cgroups, which an ordinary user's machine may lack.
        """
        if not self.pid:
            return []
        listed = self.the.machine.runs("ps -eo pidns=,pid=,uid=,args= --sort=pid").output.splitlines()
        rows = [line.split(maxsplit=3) for line in listed]
        own = next((space for space, pid, *_rest in rows if pid == str(self.pid)), "")
        found = [Process(int(pid), int(uid), args) for space, pid, uid, args in rows if space == own]
        return sorted(found, key=lambda process: process.pid != self.pid)

    def must_have_process(self, text: str) -> None:
        """Demand a process whose command line holds a text."""
        running = [process.command for process in self.processes]
        facts = {"name": self.name, "process": text, "others": codes(running) or "-"}
        self.the.require(any(text in line for line in running), PROCESS_MISSING, **facts)

    def must_have_changed(self, path: str) -> None:
        """Demand that a path differs from the image, as `docker diff` shows it."""
        changed = [p for p in self.changes if not p.startswith(_NOISE)]
        self.the.require(path in self.changes, UNCHANGED, name=self.name, path=path, others=codes(changed) or "-")

    # ------------------------------------------------------------------------------- the view from inside

    def runs(self, command: str, timeout: float = 3.0) -> Answer:
        """Return what a shell command of the machine gives when it runs in this container's network, hosts and DNS."""
        return from_container(self.the, self.pid, ["sh", "-c", command], timeout)

    def must_reach(self, target: str, timeout: float = 2.0) -> None:
        """Demand that a URL, a host:port or a host (by ping) answers from inside."""
        answer = self.runs(_attempt(target, timeout), timeout + 1)
        reason = short(answer.errors) or short(answer.output) or "-"
        self.the.require(answer.exit_code == 0, CANNOT_REACH, name=self.name, target=target, reason=reason)

    def must_not_reach(self, target: str, timeout: float = 2.0) -> None:
        """Demand that a URL, a host:port or a host (by ping) does not answer from inside."""
        answer = self.runs(_attempt(target, timeout), timeout + 1)
        self.the.require(answer.exit_code != 0, REACHES, name=self.name, target=target)


def _attempt(target: str, timeout: float) -> str:
    """Return the shell command that tries to reach a target."""
    seconds = max(1, round(timeout))
    if "://" in target:
        return f"curl -sS -o /dev/null --max-time {seconds} {shlex.quote(target)}"
    host, colon, port = target.partition(":")
    if colon:
        return f"timeout {seconds} bash -c {shlex.quote(f'exec 3<>/dev/tcp/{host}/{port}')}"
    return f"ping -c 1 -W {seconds} {shlex.quote(host)}"
