"""Makes a user namespace with an id mapping and runs commands in it; it knows nothing of what they do.

The namespace is held open by one sleeping process, its mapping is written from outside (newuidmap for an
ordinary user, the kernel's files for root), and commands enter it with nsenter. See user_namespaces(7).
"""

import contextlib
import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dockyard.errors import HostError
from dockyard.i18n import _

# Where root's machines get their ids when /etc/subuid has no line for root: far above what distributions
# hand out (100000 and up) and inside the range that systemd leaves to containers (524288-1879048191).
_ROOT_BASE = 1_500_000_000
_COUNT = 65_536
# Where distributions begin to hand out subordinate ids (SUB_UID_MIN of login.defs(5)).
_FIRST = 100_000
_SUBUID, _SUBGID = Path("/etc/subuid"), Path("/etc/subgid")


@dataclass(frozen=True, slots=True)
class IdMap:
    """What the ids 0-65535 of a namespace are on the host: root's own id, then a subordinate range."""

    root_uid: int
    root_gid: int
    base_uid: int
    base_gid: int
    count: int

    @property
    def key(self) -> str:
        """Return a short text that differs between mappings, for the names of caches that depend on it."""
        return f"{self.root_uid}.{self.root_gid}.{self.base_uid}.{self.base_gid}.{self.count}"


def _ranges(path: Path) -> Iterator[tuple[str, int, int]]:
    """Give owner, start and count of each range that a file like subuid(5) grants."""
    for line in path.read_text().splitlines() if path.exists() else ():
        owner, _sep, rest = line.partition(":")
        start, _sep, count = rest.partition(":")
        if start.isdigit() and count.isdigit():
            yield owner, int(start), int(count)


def _subordinate(path: Path, user: str, number: int) -> tuple[int, int] | None:
    """Return the first (start, count) that is large enough and a user's, or None."""
    for owner, start, count in _ranges(path):
        if owner in (user, str(number)) and count >= _COUNT:
            return start, count
    return None


def _grant(user: str) -> str:
    """Return the command that gives a user ids that are nobody's yet."""
    taken = [start + count for path in (_SUBUID, _SUBGID) for _owner, start, count in _ranges(path)]
    start = max([_FIRST, *taken])
    if user in (line.partition(":")[0] for line in Path("/etc/passwd").read_text().splitlines()):
        ids = f"{start}-{start + _COUNT - 1}"
        return f"sudo usermod --add-subuids {ids} --add-subgids {ids} {user}"
    # usermod(8) knows no user of a directory service
    return f"echo '{user}:{start}:{_COUNT}' | sudo tee -a {_SUBUID} {_SUBGID}"


def id_map() -> IdMap:
    """Return the mapping for whoever runs this.

    Raises:
        HostError: an ordinary user has no subordinate ids (subuid(5)).
    """
    uid, gid = os.getuid(), os.getgid()
    try:
        user = pwd.getpwuid(uid).pw_name
    except KeyError:
        user = str(uid)
    uids = _subordinate(_SUBUID, user, uid)
    gids = _subordinate(_SUBGID, user, uid)
    if uid == 0:
        base_uid = uids[0] if uids else _ROOT_BASE
        base_gid = gids[0] if gids else _ROOT_BASE
        return IdMap(base_uid, base_gid, base_uid + 1, base_gid + 1, _COUNT - 1)
    if uids is None or gids is None:
        raise HostError(
            _("{user} has no range of {count} subordinate ids in /etc/subuid and /etc/subgid.").format(
                user=user, count=_COUNT
            ),
            _grant(user),
        )
    return IdMap(uid, gid, uids[0], gids[0], _COUNT - 1)


def _write_map(pid: int, ids: IdMap) -> None:
    uid = ["0", str(ids.root_uid), "1", "1", str(ids.base_uid), str(ids.count)]
    gid = ["0", str(ids.root_gid), "1", "1", str(ids.base_gid), str(ids.count)]
    if os.getuid() == 0:
        Path(f"/proc/{pid}/uid_map").write_text(" ".join(uid[:3]) + "\n" + " ".join(uid[3:]))
        Path(f"/proc/{pid}/gid_map").write_text(" ".join(gid[:3]) + "\n" + " ".join(gid[3:]))
        return
    for program, words in (("newuidmap", uid), ("newgidmap", gid)):
        done = subprocess.run([program, str(pid), *words], capture_output=True, text=True, check=False)
        if done.returncode:
            raise HostError(
                _("{program} refused the mapping: {words}").format(program=program, words=done.stderr.strip()),
                "dockyard doctor",
            )


@dataclass(frozen=True, slots=True)
class UserNamespace:
    """A user namespace that a process holds open."""

    pid: int

    def command(self, argv: Sequence[str]) -> list[str]:
        """Return the host's argv that runs argv as root of this namespace, with all capabilities in it."""
        enter = ["nsenter", "--user", f"--target={self.pid}", "--setuid=0", "--setgid=0", "--"]
        return [*enter, *argv]


@contextlib.contextmanager
def user_namespace(ids: IdMap) -> Iterator[UserNamespace]:
    """Hold a user namespace open with a mapping while the block runs.

    Raises:
        HostError: the kernel or the distribution does not let this user make one.
    """
    # cat says that it runs inside (the namespace exists) and ends when its stdin closes, also when we are killed.
    holder = subprocess.Popen(
        ["unshare", "--user", "sh", "-c", "echo ready; exec cat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    with holder:
        if (
            holder.stdout is None or holder.stdin is None or holder.stderr is None
        ):  # pragma: no cover - pipes were asked for
            raise AssertionError
        try:
            if holder.stdout.readline() != "ready\n":
                raise HostError(
                    _("This host does not let you make a user namespace: {words}").format(
                        words=holder.stderr.read().strip()
                    ),
                    "dockyard doctor",
                )
            _write_map(holder.pid, ids)
            yield UserNamespace(holder.pid)
        finally:
            holder.kill()


def remove_tree(directory: Path) -> None:
    """Delete a directory with all in it, whichever of a namespace's users owns that; follows no link and no mount."""
    delete = ["find", str(directory), "-xdev", "-mindepth", "1", "-delete"]
    if os.getuid() == 0:
        subprocess.run(delete, check=True, cwd="/")
    else:
        with user_namespace(id_map()) as namespace:
            subprocess.run(namespace.command(delete), check=True, cwd="/")
    directory.rmdir()
