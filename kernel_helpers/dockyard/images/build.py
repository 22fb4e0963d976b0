"""Has the world's content made once, keeps what an interrupted build had finished, and puts it in place in one step."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from dockyard.errors import DiskFullError
from dockyard.i18n import _
from dockyard.images import store
from dockyard.images.workshop import Workshop
from dockyard.images.world import World
from dockyard.machine import paths
from dockyard.machine.locks import abandoned, lock
from dockyard.machine.progress import Progress, Report, silent
from dockyard.machine.userns import id_map, user_namespace

_PACKAGE = Path(__file__).parent
_SPACE_NEEDED = 3_000_000_000


def build(rootfs: Path, report: Report = silent) -> Path:
    """Return the world's content, building it first where it is missing.

    It is built once however many ask for it at the same time: the others wait. What an interrupted build had finished,
    the next one keeps.

    Args:
        rootfs: the machine's root filesystem, with an engine that has BuildKit and runs without cgroups.
        report: is told what happens meanwhile.

    Raises:
        ImagesError: something could not be built.
        HostError: this user cannot make a user namespace.
        DiskFullError: too little space is left.
    """
    paths.check_reachable()
    target = store.directory() / store.content_hash()
    with lock(target.with_name(f"{target.name}.lock")):
        if store.installed() != target:
            _build(rootfs, target, report)
        use(target)
    report(Progress("images", 1, _("the course images are ready")))
    return target


def use(content: Path) -> None:
    """Have machines start with a content from now on: another version of Dockyard may have used its own meanwhile."""
    current = content.with_name("current")
    if current.is_symlink() and current.readlink() == Path(content.name):
        return
    with lock(current.with_suffix(".lock")):
        new = current.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.symlink_to(content.name)
        new.rename(current)


def _build(rootfs: Path, target: Path, report: Report) -> None:
    free = shutil.disk_usage(target.parent).free
    if free < _SPACE_NEEDED:
        raise DiskFullError(
            _("{path} has {free} MB left; building the course images needs {needed} MB.").format(
                path=target.parent, free=free // 1_000_000, needed=_SPACE_NEEDED // 1_000_000
            ),
            _("Free some space, or choose another disk: export DOCKYARD_HOME=/path/with/space"),
        )
    store.remove(*target.parent.glob("*.trash"))
    for leftover in abandoned(target.parent):
        store.remove(leftover)
    ids = id_map()
    staging = target.with_name(f"{target.name}.partial")
    with _plain_umask(), user_namespace(ids) as namespace:
        for name in ("", "content", "packages", "done", "log"):
            (staging / name).mkdir(parents=True, exist_ok=True)
        workshop = Workshop(namespace, staging / "log")
        store.remove(staging / "engine", staging / "sources", staging / "apt")
        for name in ("engine", "apt"):
            (staging / name).mkdir()
        _copy_sources(staging)
        keys = store.keys()
        keys.mkdir(mode=0o700, exist_ok=True)
        if os.getuid() == 0:
            given = [staging / name for name in ("content", "packages", "engine", "apt", "sources")]
            if keys.stat().st_uid != ids.root_uid:  # they are new, or root's subordinate ids have changed
                given += [*keys.iterdir(), keys]
            for path in given:
                os.chown(path, ids.root_uid, ids.root_gid)
        try:
            World(workshop, rootfs, staging, report).make()
        except BaseException:
            workshop.stop()
            store.remove(staging / "engine")
            raise
        workshop.stop()
    store.seal(staging / "content")
    store.remove(target)
    (staging / "content").rename(target)
    store.discard(staging)


@contextlib.contextmanager
def _plain_umask() -> Iterator[None]:
    """Let others read what is made meanwhile: with root on the host, the namespace's root is somebody else."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _copy_sources(staging: Path) -> None:
    """Copy this package's files to where the namespace's root can read them."""
    for name in ("content", "dockerfiles", "files"):
        paths.copy_for_all(_PACKAGE / name, staging / "sources" / name)
