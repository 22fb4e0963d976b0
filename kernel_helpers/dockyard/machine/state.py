"""Where one machine's files lie and what its supervisor wrote about it; it starts and ends nothing."""

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from dockyard.machine.launcher import Processes


@dataclass(frozen=True, slots=True)
class MachineFiles:
    """The paths below a machine's directory."""

    directory: Path

    @property
    def lock(self) -> Path:
        """The lock that the supervisor holds while the machine runs."""
        return self.directory / "lock"

    @property
    def state(self) -> Path:
        """What the supervisor tells about the running machine."""
        return self.directory / "state.json"

    @property
    def config(self) -> Path:
        """What was chosen when the machine was made."""
        return self.directory / "machine.json"

    @property
    def journal(self) -> Path:
        """The SQLite file of everything that happened."""
        return self.directory / "journal.sqlite"

    @property
    def log(self) -> Path:
        """What the supervisor has to say."""
        return self.directory / "supervisor.log"

    @property
    def root(self) -> Path:
        """A link to the running machine's root directory; there is none while the machine is stopped."""
        return self.directory / "fs"

    @property
    def socket(self) -> Path:
        """The engine's API socket."""
        return self.root / "run" / "docker.sock"

    @property
    def ports_socket(self) -> Path:
        """The socket on which the world passes HTTP on to published ports."""
        return self.directory / "host" / "ports.sock"

    @property
    def trash(self) -> Path:
        """What a reset has moved aside and the supervisor deletes in the background."""
        return self.directory / "trash"

    def link_root(self, pid: int) -> None:
        """Point `root` at the root directory of a process."""
        new = self.directory / "fs.new"
        new.unlink(missing_ok=True)
        new.symlink_to(f"/proc/{pid}/root")
        new.rename(self.root)


@dataclass(frozen=True, slots=True)
class State:
    """What the supervisor knows about its running machine.

    Attributes:
        supervisor: the supervisor's process id.
        processes: the machine's processes.
        since: when it was booted, in seconds since the epoch.
        limited: whether cgroups hold the machine and its containers to limits.
        ready: whether its engine and its world have answered.
        stopping: whether it is being stopped.
    """

    supervisor: int
    processes: Processes
    since: float
    limited: bool
    ready: bool = False
    stopping: bool = False


def write(files: MachineFiles, state: State) -> None:
    """Replace the state file in one step."""
    new = files.state.with_suffix(".new")
    new.write_text(json.dumps(asdict(state)))
    new.replace(files.state)


def read(files: MachineFiles) -> State | None:
    """Return what the last supervisor wrote, or None where there is nothing that can be read."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        data = json.loads(files.state.read_text())
        return State(**{**data, "processes": Processes(**data["processes"])})
    return None
