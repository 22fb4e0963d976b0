"""The process that owns a running machine: holds its lock, boots it, brings back what dies, keeps its journal.

`SupervisorProcess` starts it and gives it a line, the plan, when it may boot the machine; it writes one JSON object a
line on standard output until that is ready, after which nobody needs to listen. It ends when the machine ends, and ends
the machine on SIGTERM.
"""

import contextlib
import dataclasses
import functools
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dockyard.errors import DockyardError, MachineError
from dockyard.i18n import _
from dockyard.machine import cgroups, engine_services, locks, state
from dockyard.machine.launcher import Launcher, Plan, Processes, UnshareLauncher
from dockyard.machine.userns import remove_tree

if TYPE_CHECKING:
    from dockyard.machine.journal import Journal

_READY_SECONDS = 120.0  # somewhat longer than the service script waits for a dockerd with many containers
_STOP_SECONDS = 15.0


class Supervisor:
    """Looks after one machine from its start to its end."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.files = state.MachineFiles(plan.directory)
        self.launcher: Launcher = UnshareLauncher()
        self.stop_asked, self._ask = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)

    def ask_to_stop(self, *_signal: object) -> None:
        """Make the machine stop; safe in a signal handler."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._ask, b"x")

    def run(self, say: Callable[..., None]) -> None:
        """Boot the machine, tell when it is ready, and stay until it ends."""
        now = self._adopted() or self._boot(say)
        processes = now.processes
        try:
            if not now.ready:
                self._wait_until_ready(processes, say)
            state.write(self.files, dataclasses.replace(now, ready=True))
        except BaseException:
            self._end(processes)
            raise
        say(ready=True)
        threading.Thread(target=self._keep_journal, args=(processes,), name="journal", daemon=True).start()
        threading.Thread(target=self._empty_trash, name="trash", daemon=True).start()
        self._watch(dataclasses.replace(now, ready=True))
        self._end(processes)
        self._journal.note("stop")
        self._journal.close()

    def _end(self, processes: Processes) -> None:
        self.launcher.kill(processes)
        cgroups.remove(self.plan.name)
        self.files.root.unlink(missing_ok=True)  # the process id may be another process's one day

    @functools.cached_property
    def _journal(self) -> "Journal":
        """The journal, opened at its first note, when the machine boots already."""
        return self._open_journal()

    def _open_journal(self) -> "Journal":
        from dockyard.machine import journal  # noqa: PLC0415 - a machine need not wait until SQLite is loaded

        return journal.opened(self.files.journal)

    def _adopted(self) -> state.State | None:
        """Return the machine that a dead supervisor left running, with what died since started again, or None."""
        before = state.read(self.files)
        if before is None or not before.processes.alive():
            return None
        self._journal.note("adopt")
        now = dataclasses.replace(before, supervisor=os.getpid())
        state.write(self.files, now)
        for name in ("containerd", "docker"):
            if self._wanted(name).exists():
                with contextlib.suppress(subprocess.TimeoutExpired):  # the watch goes on trying
                    self._service(now.processes, name, "start").wait(_READY_SECONDS)
        return now

    def _boot(self, say: Callable[..., None]) -> state.State:
        say(fraction=0.1, doing=_("starting the machine"))
        processes, limited = self.launcher.start(self.plan)
        try:
            now = state.State(os.getpid(), processes, time.time(), limited)
            state.write(self.files, now)
            self.files.link_root(processes.machine)
            self._journal.note("boot")
        except BaseException:
            self._end(processes)
            raise
        return now

    def _wanted(self, service: str) -> Path:
        """Return the file that stands from the end of a service's start on until it is stopped on purpose."""
        return self.files.root / "run" / "dockyard" / f"{service}.wanted"

    def _wait_until_ready(self, processes: Processes, say: Callable[..., None]) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        say(fraction=0.3, doing=_("waiting for the Docker engine"))
        # It is there also where the engine could not start: its configuration can be mended from inside.
        booted = self.files.root / "run" / "dockyard" / "booted"
        self._wait(booted.exists, processes, deadline, lambda: self._boot_log(processes))
        if self.plan.world is not None:
            say(fraction=0.8, doing=_("waiting for the world around it"))
            ready = Path(f"/proc/{processes.world}/root/run/world/ready")
            log = self.plan.directory / "world" / "state" / "services.log"
            self._wait(ready.exists, processes, deadline, lambda: _tail(log))

    def _wait(
        self, done: Callable[[], bool], processes: Processes, deadline: float, last_words: Callable[[], str]
    ) -> None:
        while not done():
            if not processes.alive() or time.monotonic() > deadline:
                words = last_words() or _tail(self.plan.directory / "boot.log")
                raise MachineError(
                    _("The machine {name} did not become ready. Its last words:\n{words}").format(
                        name=self.plan.name, words=words
                    ),
                    f"dockyard reset --name {self.plan.name}",
                )
            # a socket that nobody listens on yet tells nobody when that changes
            if select.select([self.stop_asked], [], [], 0.005)[0]:
                raise MachineError(
                    _("The machine {name} was stopped while it started.").format(name=self.plan.name),
                    f"dockyard start --name {self.plan.name}",
                )

    def _boot_log(self, processes: Processes) -> str:
        """Return the end of the machine's log, read from inside: out here a link could lead to a file of the host's."""
        argv = self.launcher.command(processes, ["tail", "--bytes=1000", "/var/log/boot.log"])
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            return subprocess.run(argv, capture_output=True, text=True, errors="replace", timeout=5, check=False).stdout
        return ""

    def _keep_journal(self, processes: Processes) -> None:
        """Follow the engine's events, also those of an engine that was started again, until the machine ends."""
        journal = self._open_journal()
        booted = state.read(self.files)
        while processes.alive():
            journal.follow(f"unix://{self.files.socket}", booted.since if booted else 0)
            time.sleep(0.05)  # the engine is down; the watch brings it back

    def _empty_trash(self) -> None:
        if self.files.trash.is_dir():
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)  # the learner's work comes first
            for entry in self.files.trash.iterdir():
                remove_tree(entry)

    def _watch(self, now: state.State) -> None:
        containerd = self.files.root / "run" / "containerd" / "containerd.sock"
        services = [
            engine_services.Service("containerd", containerd, self._wanted("containerd")),
            engine_services.Service("docker", self.files.socket, self._wanted("docker")),
        ]
        processes = now.processes
        machine = os.pidfd_open(processes.world)
        ended = engine_services.watch(
            services,
            [machine, self.stop_asked],
            start=lambda name: self._service(processes, name, "start"),
            died=lambda name: self._journal.note("restart", name),
        )
        if ended == machine:
            words = _tail(self.plan.directory / "boot.log") or "  (nothing)"
            sys.stderr.write(f"the machine {self.plan.name} ended by itself; its first process said:\n{words}\n")
        if ended == self.stop_asked:
            with contextlib.suppress(OSError):  # a full disk must not keep it from being stopped
                state.write(self.files, dataclasses.replace(now, stopping=True))
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._service(processes, "docker", "stop").wait(_STOP_SECONDS)

    def _service(self, processes: Processes, name: str, verb: str) -> subprocess.Popen[bytes]:
        """Begin `service NAME VERB` in the machine; what it says goes to the supervisor's log."""
        return subprocess.Popen(
            cgroups.joining(self.plan.name, self.launcher.command(processes, [f"/etc/init.d/{name}", verb])),
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            stderr=sys.stderr,
        )


def _tail(log: Path, lines: int = 8) -> str:
    with contextlib.suppress(OSError):
        return "\n".join("  " + line for line in log.read_text(errors="replace").splitlines()[-lines:])
    return ""


def _say(**what: object) -> None:
    """Tell whoever started this process; it is fine if they have gone."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()


def main() -> int:
    """Run the supervisor of the machine that it is told of; return the process's exit code."""
    told = sys.stdin.readline()
    if not told:  # whoever started this has thought better of it
        return 1
    plan = Plan.from_line(told)
    files = state.MachineFiles(plan.directory)
    with contextlib.ExitStack() as stack:
        descriptor = locks.try_lock(files.lock)
        if descriptor is None:
            error = locks.taken(files.lock)
            _say(error=[type(error).__name__, error.found, error.next_step])
            return 1
        stack.callback(os.close, descriptor)
        supervisor = Supervisor(plan)
        signal.signal(signal.SIGTERM, supervisor.ask_to_stop)
        try:
            supervisor.run(_say)
        except DockyardError as caught:
            _say(error=[type(caught).__name__, caught.found, caught.next_step])
            sys.stderr.write(f"{caught}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
