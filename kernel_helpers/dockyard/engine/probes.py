"""Commands that look: HTTP, TCP, UDP, ping and DNS from the machine, the world or a container; each ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockyard.engine.evidence import Evidence

# The machine's address as the world sees it.
MACHINE_ADDRESS = "198.51.100.10"

# Gives a command the container's network and its view of names, without anything from its image: the machine's own
# programs run, so that an image needs neither curl nor ping. The two files are copied, because the kernel binds no
# mount of another mount namespace. See nsenter(1), unshare(1), mount_namespaces(7).
_BORROW = """
pid=$1; shift
exec nsenter --target "$pid" --net unshare --mount sh -c '
  mount -t tmpfs tmpfs /mnt
  for file in hosts resolv.conf; do
    cp "/proc/$0/root/etc/$file" "/mnt/$file" 2>/dev/null && mount --bind "/mnt/$file" "/etc/$file"
  done
  exec "$@"' "$pid" "$@"
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a probe gave.

    Args:
        exit_code: the command's exit code; 124 when it ran out of time (timeout(1)).
        output: its standard output, the last 64 KiB.
        errors: its standard error, the last 64 KiB.
    """

    exit_code: int
    output: str
    errors: str


def probe(the: Evidence, place: str, argv: Sequence[str], timeout: float = 3.0) -> Answer:
    """Run a command in the machine or in the world and return what it gave.

    Args:
        the: the evidence that it becomes part of.
        place: "machine" or "world".
        argv: the command.
        timeout: its time in seconds; then it is killed, where it runs.
    """
    found = the.ask("probe", place, argv=list(argv), timeout=timeout)
    return Answer(found["exit_code"], found["output"], found["errors"])


def from_container(the: Evidence, pid: int, argv: Sequence[str], timeout: float = 3.0) -> Answer:
    """Run a command of the machine in a container's network, with the container's hosts file and DNS.

    Args:
        the: the evidence that it becomes part of.
        pid: the container's main process as the machine sees it; 0 for one that does not run.
        argv: the command.
        timeout: its time in seconds.
    """
    if not pid:
        return Answer(1, "", "the container does not run")
    return probe(the, "machine", ["sh", "-c", _BORROW, "sh", str(pid), *argv], timeout)
