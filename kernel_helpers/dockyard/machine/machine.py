"""One machine as the rest of Dockyard sees it: start, stop, reset, delete, run something in it; no Jupyter here."""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dockyard.errors import DiskFullError, MachineNotRunningError
from dockyard.i18n import _
from dockyard.machine import cgroups, config, engine_services, launcher, locks, paths, rootfs, state
from dockyard.machine.progress import Progress, Report, silent
from dockyard.machine.supervisor_process import SupervisorProcess
from dockyard.machine.userns import remove_tree

_SPACE_NEEDED = 200_000_000
_REST_SECONDS = 90.0
_WHAT_A_RESET_MOVES = ("machine", "world")


@dataclass(frozen=True, slots=True)
class MachineStatus:
    """What a machine is doing.

    Attributes:
        name: its name.
        state: "running", "starting", "engine stopped", "unsupervised" (it runs, its supervisor died), "stopping" or
            "stopped".
        engine: the Docker engine's version line, such as "26.1".
        since: when it was booted, in seconds since the epoch, or None.
        limited: whether cgroups hold the machine and its containers to limits.
        workspace: the learner's directory.
        docker_host: the engine's address for Docker clients on this host.
    """

    name: str
    state: str
    engine: str
    since: float | None
    limited: bool
    workspace: Path
    docker_host: str


class Machine:
    """A machine by its name, whether it exists yet or not."""

    def __init__(self, name: str = "default") -> None:
        self.name = name
        self.directory = paths.machine_directory(name)
        self._files = state.MachineFiles(self.directory)
        self._launcher: launcher.Launcher = launcher.UnshareLauncher()

    @property
    def workspace(self) -> Path:
        """The learner's directory on the host, which is /workspace in the machine."""
        return config.read(self.name).workspace

    @property
    def engine(self) -> str:
        """The Docker engine's version line, such as "26.1"."""
        return config.read(self.name).engine

    @property
    def socket(self) -> Path:
        """The engine's API socket on the host; the path stays the same over restarts and resets."""
        return self._files.socket

    @property
    def docker_host(self) -> str:
        """The engine's address, for DOCKER_HOST."""
        return f"unix://{self.socket}"

    @property
    def journal(self) -> Path:
        """The journal's file; see `dockyard.machine.journal`."""
        return self._files.journal

    @property
    def ports_socket(self) -> Path:
        """The Unix socket on which GET /8080/path reaches what the machine publishes on port 8080."""
        return self._files.ports_socket

    @property
    def exists(self) -> bool:
        """Whether the machine has ever been started."""
        return self._files.config.exists()

    def processes(self) -> launcher.Processes:
        """Return the running machine's processes.

        Raises:
            MachineNotRunningError: it does not run.
        """
        current = state.read(self._files)
        if current is None or not current.processes.alive():
            raise MachineNotRunningError(
                _("The machine {name} is not running.").format(name=self.name),
                f"dockyard start{self.option}",
            )
        return current.processes

    @property
    def option(self) -> str:
        """What `dockyard` commands that mean this machine have behind them: nothing, or its name."""
        return "" if self.name == "default" else f" --name {self.name}"

    def status(self) -> MachineStatus:
        """Return what the machine is doing now."""
        self.forget_dead_root()
        current = state.read(self._files)
        alive = current is not None and current.processes.alive()
        supervised = locks.is_locked(self._files.lock)
        return MachineStatus(
            name=self.name,
            state=self._word(current if alive else None, supervised=supervised),
            engine=self.engine,
            since=current.since if alive and current else None,
            limited=bool(alive and current and current.limited),
            workspace=self.workspace,
            docker_host=self.docker_host,
        )

    @property
    def is_stopped(self) -> bool:
        """Whether it neither runs nor starts; unlike `status` it needs no readable configuration to tell."""
        current = state.read(self._files)
        return not (current and current.processes.alive()) and not locks.is_locked(self._files.lock)

    def forget_dead_root(self) -> None:
        """Take away the link to the root of a machine that no supervisor saw end, as when the host lost power.

        The process id in it may be another process's by now, and the host's own Docker would answer on `docker_host`.
        """
        if not self._files.root.is_symlink() or not self.is_stopped:
            return
        descriptor = locks.try_lock(self._operation_lock)
        if descriptor is None:  # it is being started
            return
        try:
            if self.is_stopped:
                self._files.root.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def _word(self, alive: state.State | None, *, supervised: bool) -> str:
        if alive is None:
            return "starting" if supervised else "stopped"
        if alive.stopping:
            return "stopping"
        if not supervised:
            return "unsupervised"
        if not alive.ready:
            return "starting"
        return "engine stopped" if engine_services.peer(self.socket) is None else "running"

    def start(self, engine: str | None = None, report: Report = silent) -> None:
        """Start the machine, or do nothing where it runs; return when its engine and its world answer.

        Args:
            engine: the engine's version, for a machine that does not exist yet.
            report: is told what happens meanwhile.

        Raises:
            RootfsError, HostError, MachineError: it could not be started.
        """
        with self._operation():
            self._start(engine, report)

    @property
    def _operation_lock(self) -> Path:
        return paths.home() / "locks" / f"{self.name}.lock"  # not among what a deletion takes away

    def _operation(self) -> contextlib.AbstractContextManager[None]:
        """Hold off other starts, stops, resets and deletions of this machine, waiting for one under way."""
        return locks.lock(self._operation_lock)

    def _start(self, engine: str | None, report: Report, supervisor: SupervisorProcess | None = None) -> None:
        config.create(self.name, engine)
        self._wait_for_the_supervisor()
        plan = config.plan(self.name)
        rootfs.verify(plan.rootfs)
        self.workspace.mkdir(parents=True, exist_ok=True)
        if self.status().state not in ("running", "engine stopped"):
            self._check_space()
            (supervisor or SupervisorProcess(self.name, self._files)).boot(plan, report)

    def _wait_for_the_supervisor(self) -> None:
        """Wait until a machine whose start or stop was interrupted has come to rest.

        Raises:
            LockTakenError: that takes too long.
        """
        deadline = time.monotonic() + _REST_SECONDS
        while self.status().state in ("starting", "stopping"):
            if time.monotonic() > deadline:
                raise locks.taken(self._files.lock)
            time.sleep(0.05)  # a lock of another process tells nobody when it is given back

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.directory).free
        if free < _SPACE_NEEDED:
            raise DiskFullError(
                _("{path} has {free} MB left; a machine needs {needed} MB to work in.").format(
                    path=self.directory, free=free // 1_000_000, needed=_SPACE_NEEDED // 1_000_000
                ),
                _("Free some space there; `dockyard reset{option}` throws away what the machine holds.").format(
                    option=self.option
                ),
            )

    def stop(self) -> None:
        """Stop the machine: containers get SIGTERM and a few seconds, then everything in it ends. Its data stays."""
        with self._operation():
            self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        """End the supervisor and the machine, and wait until both have gone."""
        current = state.read(self._files)
        supervisor = locks.holder(self._files.lock)
        if supervisor:
            with contextlib.suppress(ProcessLookupError):
                descriptor = os.pidfd_open(supervisor)
                try:
                    # a supervisor that has not written the state yet is the only one to know which processes to end
                    told = how if current and current.supervisor == supervisor else signal.SIGTERM
                    signal.pidfd_send_signal(descriptor, told)
                    if current and how == signal.SIGKILL:
                        self._launcher.kill(current.processes)
                    _wait_readable(descriptor, 30)
                finally:
                    os.close(descriptor)
        if current:
            self._launcher.kill(current.processes)
        cgroups.remove(self.name)
        self._files.state.unlink(missing_ok=True)
        self._files.root.unlink(missing_ok=True)

    def reset(self, report: Report = silent) -> None:
        """Throw away everything in the machine and its world and start it anew; the workspace and the journal stay."""
        with self._operation():
            config.create(self.name)
            report(Progress("machine", 0, _("throwing away what the machine holds")))
            with contextlib.closing(SupervisorProcess(self.name, self._files)) as supervisor:
                self._end(signal.SIGKILL)
                self._throw_away()
                self._start(None, report, supervisor)

    def _throw_away(self) -> None:
        """Move aside what the machine holds, for the supervisor to delete; where space is short, delete it at once."""
        held = [self.directory / name for name in _WHAT_A_RESET_MOVES]
        if shutil.disk_usage(self.directory).free < _SPACE_NEEDED:
            for directory in filter(Path.is_dir, (*held, self._files.trash)):
                remove_tree(directory)
            return
        self._files.trash.mkdir(exist_ok=True)
        for directory in held:
            with contextlib.suppress(FileNotFoundError):
                directory.rename(self._files.trash / f"{directory.name}-{time.time_ns()}")

    def delete(self) -> None:
        """Stop the machine and delete it with all it holds; the workspace stays."""
        with self._operation():
            self._end(signal.SIGKILL)
            if self.directory.is_dir():
                with contextlib.suppress(OSError):
                    (self.directory / "workspace").rmdir()  # never what is mounted there
                _delete_all_or_nothing(self.directory)

    def command(
        self,
        argv: Sequence[str],
        *,
        world: bool = False,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Return the argv that the host runs to run argv as root in the machine, or in its world.

        Args:
            argv: the program and its arguments.
            world: run it in the world instead.
            cwd: the directory inside, root's home unless given.
            env: variables to add to the machine's own.

        Raises:
            MachineNotRunningError: it does not run.
        """
        variables = {**launcher.ENVIRONMENT, **(env or {})}
        there = ["env", f"--chdir={cwd or '/root'}", *argv]
        entering = self._launcher.command(self.processes(), there, world=world, env=variables)
        return entering if world else cgroups.joining(self.name, entering)

    def run(  # noqa: PLR0913 - subprocess.run's own arguments
        self,
        argv: Sequence[str],
        *,
        world: bool = False,
        cwd: str | None = None,
        input: str | None = None,  # noqa: A002 - subprocess.run's own name for it
        timeout: float | None = None,
        check: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the machine, or in its world, and return what subprocess.run would.

        Raises:
            MachineNotRunningError: it does not run.
            subprocess.TimeoutExpired: it took longer than `timeout` seconds; it was killed.
            subprocess.CalledProcessError: with `check`, it ended with another exit code than 0.
        """
        began = time.monotonic()
        bounded = argv if timeout is None else ["timeout", "--kill-after=1", str(timeout), *argv]
        done = subprocess.run(
            self.command(bounded, world=world, cwd=cwd),
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=None if timeout is None else timeout + 5,
            check=check,
        )
        if timeout is not None and time.monotonic() - began >= timeout and done.returncode in (124, 137):  # timeout(1)
            raise subprocess.TimeoutExpired(list(argv), timeout, done.stdout, done.stderr)
        return done


def _delete_all_or_nothing(directory: Path) -> None:
    """Delete a machine's directory so that an interrupted deletion leaves no half of a machine to start from."""
    trash = paths.home() / "trash"
    trash.mkdir(exist_ok=True)
    directory.rename(trash / f"{directory.name}-{time.time_ns()}")
    with locks.lock(paths.home() / "locks" / "_trash.lock"):  # which is no machine's name
        for entry in trash.iterdir():  # those of interrupted deletions, too
            remove_tree(entry)


def _wait_readable(descriptor: int, seconds: float) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    poll.poll(seconds * 1000)
