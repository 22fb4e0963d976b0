"""Mounts a directory with other ids than those on the disk, which only root may; it knows nothing of machines.

With root on the host, the machine's root is another user. An id-mapped mount (mount_setattr(2), Linux 5.12) lets
both own the same files: what the machine's root writes belongs to the host's root on the disk, and vice versa.
"""

import ctypes
import os
import platform
from pathlib import Path

from dockyard.errors import HostError
from dockyard.i18n import _

# System call numbers; these three are the same on every architecture but alpha.
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_AT_EMPTY_PATH = 0x1000
_OPEN_TREE_CLONE = 1
_MOVE_MOUNT_F_EMPTY_PATH = 4
_MOUNT_ATTR_IDMAP = 0x00100000
_CLONE_NEWNS = 0x00020000
_MS_REC, _MS_SLAVE = 0x4000, 0x80000

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttr(ctypes.Structure):
    _fields_ = (
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def own_mount_namespace() -> None:
    """Move this process into a mount namespace of its own, in which the host's later mounts still appear.

    Raises:
        OSError: this process is not privileged enough.
    """
    _checked(_libc.unshare(_CLONE_NEWNS))
    _checked(_libc.mount(b"none", b"/", None, _MS_REC | _MS_SLAVE, None))


def bind_with_ids(source: Path, target: Path, user_namespace: int) -> None:
    """Mount source at target with the ids of a user namespace.

    Args:
        source: a directory.
        target: an existing directory.
        user_namespace: the process id of somebody in the user namespace.

    Raises:
        HostError: the kernel or the file system cannot do it.
    """
    namespace = os.open(f"/proc/{user_namespace}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    try:
        attributes = _MountAttr(attr_set=_MOUNT_ATTR_IDMAP, userns_fd=namespace)
        tree = _checked(_libc.syscall(_OPEN_TREE, -100, os.fsencode(source), _OPEN_TREE_CLONE | os.O_CLOEXEC))
        try:
            _checked(
                _libc.syscall(
                    _MOUNT_SETATTR,
                    tree,
                    b"",
                    _AT_EMPTY_PATH,
                    ctypes.byref(attributes),
                    ctypes.sizeof(attributes),
                )
            )
            _checked(_libc.syscall(_MOVE_MOUNT, tree, b"", -100, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH))
        finally:
            os.close(tree)
    except OSError as error:
        raise HostError(
            _("The workspace {path} cannot be shared with the machine: {error} (kernel {kernel}).").format(
                path=source, error=error.strerror, kernel=platform.release()
            ),
            _("Put it on ext4, xfs or btrfs with Linux 5.12 or later, or use Dockyard as an ordinary user."),
        ) from error
    finally:
        os.close(namespace)
