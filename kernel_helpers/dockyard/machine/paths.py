"""Where Dockyard keeps things on the host; it knows places and names, not what is in them."""

import contextlib
import os
import re
import shutil
from pathlib import Path

from dockyard.errors import HostError, MachineNameError
from dockyard.i18n import _

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
# A Unix socket's path holds 107 bytes (unix(7)); below a machine's directory, /host/ports.sock and /fs/run/docker.sock
# are what clients connect to by their paths.
_SOCKET_PATH_BYTES = 107
_LONGEST_SOCKET = "/fs/run/docker.sock"
# What the machine's root goes through, below `home()`.
_PARTS = ("machines", "rootfs", "world")


def home() -> Path:
    """Return the directory that holds all of Dockyard's data: $DOCKYARD_HOME, else what is usual for the user.

    That is a directory below the XDG data directory, and /var/lib/dockyard for root.
    """
    chosen = os.environ.get("DOCKYARD_HOME")
    if chosen:
        return Path(chosen).absolute()
    if os.getuid() == 0:
        return Path("/var/lib/dockyard")  # the machine's root is another user, who cannot look into /root
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "dockyard"


def check_reachable() -> None:
    """Make `home()`, and let the machine's root into it, who is another user when root starts machines.

    What is ours is opened, whatever umask it was made under; what was there before is only checked.

    Raises:
        HostError: its path cannot be part of an overlay, or a directory on the way lets only its owner through.
    """
    place = home()
    if set(str(place)) & set(":,\\\n"):  # what separates and escapes the options of mount(8)
        raise HostError(
            _("{directory} has a colon, a comma, a backslash or a line break in it, which no overlay can.").format(
                directory=place
            ),
            _("Choose another place: export DOCKYARD_HOME=/path/without/them"),
        )
    if os.getuid() != 0:
        place.mkdir(parents=True, exist_ok=True)
        return
    made = [directory for directory in (place, *place.parents) if not directory.exists()]
    place.mkdir(parents=True, exist_ok=True)
    for name in _PARTS:
        (place / name).mkdir(exist_ok=True)
    machines = [place / "machines" / name for name in machine_names()]
    for directory in (*made, *(place / name for name in _PARTS), *machines):
        with contextlib.suppress(FileNotFoundError):  # a machine that is deleted just now
            _let_through(directory)
    for directory in (place, *place.parents):
        if not directory.stat().st_mode & 0o001:
            raise HostError(
                _("{directory} lets only its owner through, and the machine's root is another user than yours.").format(
                    directory=directory
                ),
                _("chmod o+x {directory}, or choose another place: export DOCKYARD_HOME=/var/lib/dockyard").format(
                    directory=directory
                ),
            )


def _let_through(directory: Path) -> None:
    directory.chmod(directory.stat().st_mode | 0o001)


def copy_for_all(source: Path, target: Path) -> None:
    """Copy a directory of this package so that everybody may read it, whatever umask it was installed under."""
    shutil.copytree(source, target, copy_function=shutil.copy, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def machine_directory(name: str) -> Path:
    """Return the directory of one machine.

    Raises:
        MachineNameError: the name is not one, or its sockets' paths would be too long for the kernel.
    """
    if not _NAME.fullmatch(name):
        raise MachineNameError(
            _("{name!r} cannot be the name of a machine.").format(name=name),
            _("Use lower-case letters, digits and hyphens, at most 31 of them: dockyard start --name lab-2"),
        )
    directory = home() / "machines" / name
    if len(os.fsencode(directory)) + len(_LONGEST_SOCKET) > _SOCKET_PATH_BYTES:
        raise MachineNameError(
            _("The path {path} is too long: a socket below it would pass the kernel's 107 bytes.").format(
                path=directory
            ),
            _("Choose a shorter place: export DOCKYARD_HOME=$HOME/.dockyard"),
        )
    return directory


def make_machine_directory(name: str) -> None:
    """Make the directory of a machine where there is none, and let the machine's root through.

    Raises:
        MachineNameError: as `machine_directory`.
    """
    directory = machine_directory(name)
    directory.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:  # whatever the umask is
        _let_through(directory)


def machine_names() -> list[str]:
    """Return the names of the machines that exist, in order."""
    directory = home() / "machines"
    entries = directory.iterdir() if directory.is_dir() else ()
    return sorted(entry.name for entry in entries if _NAME.fullmatch(entry.name))  # people put copies beside them


def progress_directory() -> Path:
    """Return where learners' progress is kept: $DOCKYARD_PROGRESS, else below `home()`, beside the machines."""
    chosen = os.environ.get("DOCKYARD_PROGRESS")
    return Path(chosen).absolute() if chosen else home() / "progress"


def workspace_directory(name: str) -> Path:
    """Return where a new machine's workspace is to be: $DOCKYARD_WORKSPACE, else ~/dockyard, so that people find it."""
    chosen = os.environ.get("DOCKYARD_WORKSPACE")
    if chosen:
        return Path(chosen).absolute()
    return Path.home() / ("dockyard" if name == "default" else f"dockyard-{name}")
