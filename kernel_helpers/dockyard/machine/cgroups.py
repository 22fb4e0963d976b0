"""Gives a machine its part of the host's cgroups, with limits, where the host lets us; starts no process.

Root gets a directory below each controller (version 1) or one in the unified tree (version 2). An ordinary user gets
one where systemd has delegated a subtree of version 2 (Delegate=, systemd.resource-control(5)). Elsewhere there is
none, and dockerd then runs without limits. See cgroups(7).

The directory `dockyard-NAME` carries the limits and stays the host's; only `machine` below it is handed to the machine.
"""

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dockyard.errors import HostError
from dockyard.machine.userns import IdMap, id_map

ROOT = Path("/sys/fs/cgroup")
# What runc needs to make a container's own cgroup in each hierarchy of version 1.
_V1 = ("blkio", "cpu", "cpuacct", "cpuset", "devices", "freezer", "memory", "pids")
_V2 = ("cpu", "memory", "pids")
_PERIOD = 100_000  # microseconds, the kernel's default for cpu.cfs_period_us and cpu.max
# sh: goes into the cgroups before the first "--" as far as it may, and becomes what comes after it. "0" is the writer.
_JOIN = 'while [ "$1" != -- ]; do { echo 0 > "$1"; } 2> /dev/null; shift; done; shift; exec "$@"'
# How long the processes of a machine that was ended may take to leave its cgroups.
_LEAVE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one machine may use.

    Attributes:
        memory: bytes.
        pids: processes and threads.
        cpus: processors' worth of time.
    """

    memory: int
    pids: int
    cpus: float

    @classmethod
    def of_host(cls) -> "Limits":
        """Return what a machine gets unless told otherwise: three quarters of memory, all processors."""
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        return cls(memory=pages * 3 // 4, pids=8192, cpus=float(os.cpu_count() or 1))


def version(root: Path = ROOT) -> int:
    """Return 2 where the unified hierarchy is mounted alone, 1 where controllers are mounted one by one, else 0."""
    if (root / "cgroup.controllers").exists():
        return 2
    return 1 if (root / "memory").is_dir() else 0


def delegated(root: Path = ROOT) -> Path | None:
    """Return the directory of version 2 below which this user may make cgroups, or None."""
    if version(root) != 2:
        return None
    if os.getuid() == 0:
        return root
    subtree = users_subtree(root)
    return subtree if subtree and set(_V2) <= set((subtree / "cgroup.controllers").read_text().split()) else None


def users_subtree(root: Path = ROOT) -> Path | None:
    """Return the subtree of version 2 that systemd hands to a user's own manager, if this process is in it."""
    own = Path("/proc/self/cgroup").read_text().strip().removeprefix("0::").lstrip("/")
    for directory in (root / own, *(root / own).parents):
        if directory.name.startswith("user@") and os.access(directory / "cgroup.procs", os.W_OK):
            return directory
    return None


def available(root: Path = ROOT) -> bool:
    """Tell whether machines of this user get cgroups of their own, and so limits; it is tried."""
    probe = f"probe-{os.getpid()}"
    try:
        return bool(create(probe, id_map(), Limits.of_host(), root))
    except HostError:  # without ids there is no machine at all
        return False
    finally:
        remove(probe, root)


def create(name: str, ids: IdMap, limits: Limits, root: Path = ROOT) -> list[Path]:
    """Make the cgroups of a machine and return the directories that it may manage, an empty list where none can be.

    None can be, for root too, where the hierarchy is read-only or its top is busy, as in most containers.
    """
    try:
        if version(root) == 1 and os.getuid() == 0:
            return [_create_v1(root / one, name, ids, limits) for one in _V1 if (root / one).is_dir()]
        parent = delegated(root)
        return [_create_v2(parent, name, ids, limits)] if parent else []
    except OSError:
        remove(name, root)
        return []


def joining(name: str, argv: Sequence[str], root: Path = ROOT) -> list[str]:
    """Return the argv that enters a machine's cgroups on the host and becomes argv, so that its limits hold it too.

    It must be run before the user namespace is entered: only who may write above both cgroups may move a process there.
    Where a machine has no cgroups it is argv itself. An ordinary user's processes stay outside where they were not
    started below the delegated subtree: the kernel lets nobody move them there ("Delegation", cgroups(7)).
    """
    # A thread that moves itself keeps nobody from forking; a process that moves has to, which takes milliseconds.
    inside = "machine/tasks" if version(root) == 1 else "machine/init/cgroup.procs"
    doors = [str(top / inside) for top in _tops(name, root) if (top / inside).exists()]
    return ["sh", "-c", _JOIN, "sh", *doors, "--", *argv] if doors else list(argv)


def holds(name: str, pid: int) -> bool:
    """Tell whether a process is in a machine's cgroups, as everything in a machine is where it has any."""
    with contextlib.suppress(OSError):
        return f"/dockyard-{name}/machine" in Path(f"/proc/{pid}/cgroup").read_text()
    return False


def remove(name: str, root: Path = ROOT) -> None:
    """Remove the cgroups of a machine whose processes have gone; what is still busy is left for the next start."""
    deadline = time.monotonic() + _LEAVE_SECONDS
    for top in _tops(name, root):
        while not _removed(top) and time.monotonic() < deadline:
            time.sleep(0.01)  # whoever had entered the machine is about to end; no cgroup of version 1 tells when


def _tops(name: str, root: Path) -> Iterator[Path]:
    """Yield the directories of a machine, one for each hierarchy."""
    parents = [root / controller for controller in _V1] if version(root) == 1 else [delegated(root) or root]
    return (top for parent in parents if (top := parent / f"dockyard-{name}").is_dir())


def _removed(top: Path) -> bool:
    for directory, _names, _files in os.walk(top, topdown=False):
        with contextlib.suppress(OSError):
            Path(directory).rmdir()
    return not top.exists()


def _hand_over(directory: Path, ids: IdMap) -> None:
    if os.getuid() != 0:
        return
    os.chown(directory, ids.root_uid, ids.root_gid)
    for name in ("cgroup.procs", "tasks", "cgroup.threads", "cgroup.subtree_control"):
        if (directory / name).exists():
            os.chown(directory / name, ids.root_uid, ids.root_gid)


def _create_v1(hierarchy: Path, name: str, ids: IdMap, limits: Limits) -> Path:
    top = hierarchy / f"dockyard-{name}"
    inner = top / "machine"
    for directory in (top, inner):
        directory.mkdir(exist_ok=True)
        if hierarchy.name == "cpuset":  # a new one is empty, and then takes no process (cpuset(7))
            for setting in ("cpuset.cpus", "cpuset.mems"):
                (directory / setting).write_text((directory.parent / setting).read_text())
    if hierarchy.name == "memory":
        (top / "memory.limit_in_bytes").write_text(str(limits.memory))
    elif hierarchy.name == "pids":
        (top / "pids.max").write_text(str(limits.pids))
    elif hierarchy.name == "cpu":
        (top / "cpu.cfs_quota_us").write_text(str(int(limits.cpus * _PERIOD)))
    _hand_over(inner, ids)
    return inner


def _create_v2(parent: Path, name: str, ids: IdMap, limits: Limits) -> Path:
    wanted = " ".join(f"+{controller}" for controller in _V2)
    top = parent / f"dockyard-{name}"
    inner = top / "machine"
    _removed(top)  # in what a killed machine left, controllers may be handed on already, and then nobody may enter
    with contextlib.suppress(OSError):  # the parent's own manager may hand these on already
        (parent / "cgroup.subtree_control").write_text(wanted)
    top.mkdir(exist_ok=True)
    (top / "memory.max").write_text(str(limits.memory))
    (top / "pids.max").write_text(str(limits.pids))
    (top / "cpu.max").write_text(f"{int(limits.cpus * _PERIOD)} {_PERIOD}")
    (top / "cgroup.subtree_control").write_text(wanted)
    for directory in (inner, inner / "init"):  # no process may be in a cgroup that hands controllers on
        directory.mkdir(exist_ok=True)
        _hand_over(directory, ids)
    return inner
