"""Starts, enters and ends a machine's processes with util-linux's unshare and nsenter; it keeps no state of its own."""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from dockyard import world
from dockyard.errors import MachineError
from dockyard.i18n import _
from dockyard.machine import cgroups, ext4, mounts, paths
from dockyard.machine.userns import id_map, user_namespace

_FILES = Path(__file__).parent / "files" / "init"
# sh: leaves behind what the host's user has set, secrets and proxies of the host's own among it, and enters.
_ENTER_CLEAN = 'umask 022 && exec env --ignore-environment "$@"'
ENVIRONMENT = {
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "TERM": "dumb",
}


@dataclass(frozen=True, slots=True)
class Processes:
    """The host's process ids of a machine.

    Attributes:
        world: PID 1 of the outer PID namespace, which lives in the world's namespaces.
        machine: PID 1 of the machine itself.
        started: when `world` was started, in clock ticks since the host's boot; a later process with its id differs.
    """

    world: int
    machine: int
    started: int

    def alive(self) -> bool:
        """Tell whether these very processes still run."""
        return _started(self.world) == self.started


@dataclass(frozen=True, slots=True)
class Plan:
    """What a machine is started from.

    Attributes:
        name: the machine's name.
        directory: where it keeps everything that lasts.
        workspace: the learner's directory on the host.
        rootfs: the root filesystem.
        world: the world's content, or None for a machine without a world.
        limits: the most that it may use, where the host can hold it to that.
    """

    name: str
    directory: Path
    workspace: Path
    rootfs: Path
    world: Path | None
    limits: cgroups.Limits

    def as_line(self) -> str:
        """Return the plan as one line of JSON."""
        fields = asdict(self)
        for name in ("directory", "workspace", "rootfs", "world"):
            fields[name] = str(fields[name] or "")
        return json.dumps(fields) + "\n"

    @classmethod
    def from_line(cls, line: str) -> "Plan":
        """Return the plan that `as_line` wrote."""
        data = json.loads(line)
        return cls(
            name=data["name"],
            directory=Path(data["directory"]),
            workspace=Path(data["workspace"]),
            rootfs=Path(data["rootfs"]),
            world=Path(data["world"]) if data["world"] else None,
            limits=cgroups.Limits(**data["limits"]),
        )


class Launcher(Protocol):
    """A way to run machines."""

    def start(self, plan: Plan) -> tuple[Processes, bool]:
        """Start a machine; return its processes, before its engine answers, and whether limits hold it."""

    def command(
        self, processes: Processes, argv: Sequence[str], *, world: bool = False, env: Mapping[str, str] = ENVIRONMENT
    ) -> list[str]:
        """Return the argv that the host runs to run argv inside."""

    def kill(self, processes: Processes) -> None:
        """End every process of a machine."""


class UnshareLauncher:
    """Runs machines as namespaces of this host."""

    def start(self, plan: Plan) -> tuple[Processes, bool]:
        """Start a machine.

        Returns:
            Its processes, and whether cgroups hold it to its limits.

        Raises:
            HostError: this user cannot make a user namespace, or the workspace cannot be shared.
            MachineError: the processes ended at once.
        """
        ids = id_map()
        _lay_out(plan)
        with user_namespace(ids) as namespace:
            workspace = plan.directory / "workspace"
            if os.getuid() == 0:
                workspace.mkdir(exist_ok=True)
                mounts.own_mount_namespace()
                mounts.bind_with_ids(plan.workspace, workspace, namespace.pid)
            else:
                workspace.unlink(missing_ok=True)  # the link of the last start
                workspace.symlink_to(plan.workspace)
            directories = cgroups.create(plan.name, ids, plan.limits)
            environment = {
                "DIRECTORY": str(plan.directory),
                "ROOTFS": str(plan.rootfs),
                "WORLD": str(plan.world or ""),
                "CGROUPS": "\n".join(map(str, directories)),
            }
            outer = ["unshare", "--fork", "--pid", "--kill-child", "--mount", "--net", "--uts", "--ipc"]
            boot = [*outer, "bash", str(plan.directory / "files" / "boot")]
            with (plan.directory / "boot.log").open("w") as log:
                process = subprocess.Popen(
                    cgroups.joining(plan.name, namespace.command(boot)),
                    env=environment,
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            try:
                processes = self._wait_for_processes(process, plan)
                return processes, cgroups.holds(plan.name, processes.machine)
            except BaseException:
                process.kill()  # --kill-child takes the rest along
                process.wait()
                raise

    def _wait_for_processes(self, process: subprocess.Popen[bytes], plan: Plan) -> Processes:
        """Wait until the machine's own PID 1 calls itself init, which is when it can be entered."""
        while process.poll() is None:
            for outer in _children(process.pid):
                for inner in _children(outer):
                    for machine in _children(inner):
                        if _name(machine) == "init":
                            return Processes(outer, machine, _started(outer))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
        log = (plan.directory / "boot.log").read_text(errors="replace").strip()
        raise MachineError(
            _("The machine {name} ended while it started. Its last words:\n{words}").format(
                name=plan.name, words="\n".join(log.splitlines()[-5:])
            ),
            _("dockyard reset --name {name}; where that does not help: dockyard doctor").format(name=plan.name),
        )

    def command(
        self, processes: Processes, argv: Sequence[str], *, world: bool = False, env: Mapping[str, str] = ENVIRONMENT
    ) -> list[str]:
        """Return the argv that runs argv as root in the machine, or in its world, with `env` as its environment."""
        target = processes.world if world else processes.machine
        enter = ["nsenter", f"--target={target}", "--user", "--mount", "--net", "--pid", "--uts", "--ipc"]
        if not world:
            enter.append("--cgroup")
        variables = [f"{name}={value}" for name, value in env.items()]
        return ["sh", "-c", _ENTER_CLEAN, "sh", *variables, *enter, "--setuid=0", "--setgid=0", "--", *argv]

    def kill(self, processes: Processes) -> None:
        """Kill PID 1 of the outer PID namespace: the kernel takes everything else in it along (pid_namespaces(7))."""
        if not processes.alive():
            return
        descriptor = os.pidfd_open(processes.world)
        try:
            if processes.alive():  # still the same, now that the descriptor holds it
                signal.pidfd_send_signal(descriptor, signal.SIGKILL)
                _wait_for_end(descriptor)
        finally:
            os.close(descriptor)


def _lay_out(plan: Plan) -> None:
    """Make the machine's directory ready: the scripts are copied to where the machine's root can read them."""
    files = plan.directory / "files"
    shutil.rmtree(files, ignore_errors=True)
    paths.copy_for_all(_FILES, files)
    paths.copy_for_all(world.FILES, files / "world")
    ids = id_map()
    for name in ("machine", "world", "host"):
        directory = plan.directory / name
        if not directory.exists():
            ext4.make_apart(directory, plan.directory / "trash")
        if os.getuid() == 0:
            os.chown(directory, ids.root_uid, ids.root_gid)


def _wait_for_end(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    poll.poll()


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def _started(pid: int) -> int:
    """Return when a process started in clock ticks since boot, 0 where it is gone or a zombie (proc_pid_stat(5))."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] in "ZX" else int(fields[19])
