"""Measures what a machine uses of the host: memory, processes, disk, and how much it may; it limits nothing."""

import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dockyard.errors import MachineError
from dockyard.machine import cgroups, paths
from dockyard.machine.launcher import Processes
from dockyard.machine.machine import Machine

# Seconds for which the disk may be counted: it is 20 ms for 100 MB of images.
_COUNTING = 10.0


@dataclass(frozen=True, slots=True)
class Usage:
    """What a machine uses; None where it is not known, or where there is no limit.

    Attributes:
        memory: bytes in use, without what the kernel would give back at once (its cache of files).
        memory_limit: the most that it may use.
        pids: processes and threads; without cgroups, processes alone.
        pids_limit: the most that there may be.
        disk: bytes that the engine keeps: images, containers, volumes, build cache.
        disk_free: bytes that are left on the host where the machine lies.
        uptime: seconds since it was booted.
    """

    memory: int | None
    memory_limit: int | None
    pids: int | None
    pids_limit: int | None
    disk: int | None
    disk_free: int
    uptime: float | None


def usage(machine: Machine) -> Usage:
    """Return what a machine uses now; of one that does not run, hardly anything is known."""
    free = shutil.disk_usage(machine.directory if machine.exists else paths.home()).free
    since = machine.status().since
    if since is None:
        return Usage(None, None, None, None, None, free, None)
    memory, memory_limit, pids, pids_limit = _held(machine.name) or _counted(machine.processes())
    return Usage(memory, memory_limit, pids, pids_limit, _disk(machine), free, time.time() - since)


def memory_by_program(processes: Processes) -> Mapping[str, list[int]]:
    """Return the proportional set sizes of a machine's processes in bytes, by program (proc_pid_smaps(5))."""
    space = Path(f"/proc/{processes.world}/ns/user").readlink()
    sizes = defaultdict(list)
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, StopIteration):  # it has ended meanwhile
            if (process / "ns" / "user").readlink() == space:
                lines = (process / "smaps_rollup").read_text().splitlines()
                kilobytes = next(line.split()[1] for line in lines if line.startswith("Pss:"))
                sizes[(process / "comm").read_text().strip()].append(int(kilobytes) * 1024)
    return sizes


def _counted(processes: Processes) -> tuple[int | None, int | None, int | None, int | None]:
    """Return memory, its limit, processes and their limit where no cgroup counts them."""
    sizes = [size for program in memory_by_program(processes).values() for size in program]
    return sum(sizes), None, len(sizes), None


def _held(name: str, root: Path = cgroups.ROOT) -> tuple[int | None, int | None, int | None, int | None] | None:
    """Return memory, its limit, processes and their limit as a machine's cgroups count them; None without cgroups."""
    group = f"dockyard-{name}"
    if cgroups.version(root) == 1:
        memory, pids = root / "memory" / group, root / "pids" / group
        used, cache, limit = "memory.usage_in_bytes", "total_inactive_file", "memory.limit_in_bytes"
    else:
        memory = pids = (cgroups.delegated(root) or root) / group
        used, cache, limit = "memory.current", "inactive_file", "memory.max"
    try:
        reclaimable = dict(_pairs(memory / "memory.stat"))[cache]
        in_use = int((memory / used).read_text()) - int(reclaimable)
        return in_use, _limit(memory / limit), int((pids / "pids.current").read_text()), _limit(pids / "pids.max")
    except (OSError, KeyError):
        return None


def _pairs(path: Path) -> Iterator[list[str]]:
    return (line.split() for line in path.read_text().splitlines())


def _limit(path: Path) -> int | None:
    word = path.read_text().strip()
    return None if word == "max" else int(word)


def _disk(machine: Machine) -> int | None:
    """Return how much the engine keeps; its directory is the machine's own, and only the machine can look into it."""
    with suppress(MachineError, subprocess.SubprocessError, IndexError):
        done = machine.run(["du", "-sx", "--block-size=1", "/var/lib/docker"], timeout=_COUNTING)
        return int(done.stdout.split()[0])  # du's exit code is 1 where a file went away under its hands
    return None
