"""A lock between processes that the kernel gives back when its holder dies (flock(2)); not what it guards."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from dockyard.errors import LockTakenError
from dockyard.i18n import _

# Whoever asks for a lock's holder has it for a moment; whoever really has it keeps it for longer than this.
_MOMENT_SECONDS = 0.1
_PID_BYTES = 20


def try_lock(path: Path) -> int | None:
    """Take a lock without waiting for a process that keeps it.

    Returns:
        An open file descriptor that holds the lock until it is closed, or None where another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + _MOMENT_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                return None
            time.sleep(0.005)  # the lock tells nobody when it is given back
    os.pwrite(descriptor, str(os.getpid()).ljust(_PID_BYTES).encode(), 0)  # in its place: a full disk has no other
    return descriptor


def taken(path: Path) -> LockTakenError:
    """Return the error for a lock that somebody else holds."""
    return LockTakenError(
        _("Another process holds {path}.").format(path=path),
        _("Wait until it is done, or see who it is: fuser -v {path}").format(path=path),
    )


def holder(path: Path) -> int | None:
    """Return the process id of whoever took the lock with `try_lock` and still holds it, or None."""
    if not path.exists():
        return None
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(os.read(descriptor, _PID_BYTES) or 0) or None
    finally:
        os.close(descriptor)
    return None


def is_locked(path: Path) -> bool:
    """Tell whether a process holds the lock."""
    return holder(path) is not None


def abandoned(directory: Path) -> Iterator[Path]:
    """Yield what builds have left half-made in a directory, each while it is locked here; not what one still works on.

    A build of NAME holds the lock NAME.lock and works in NAME.partial.
    """
    for partial in directory.glob("*.partial"):
        descriptor = try_lock(partial.with_suffix(".lock"))
        if descriptor is not None:
            try:
                yield partial
            finally:
                os.close(descriptor)


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold a lock while the block runs, waiting for it first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
