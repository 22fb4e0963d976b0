"""Has ext4 lay unrelated directories apart on the disk; it knows nothing of what is in them.

ext4 keeps what is in a directory near it, so a machine that was reset gets the very inodes that its predecessor gave
back a moment ago. Without a journal, as on many small virtual machines, ext4 steps around each inode that was deleted
in the last minutes (`recently_deleted` in the kernel's fs/ext4/ialloc.c), and the pull of an image takes three times
as long.
"""

import contextlib
import fcntl
import os
import struct
import time
from pathlib import Path

_LONG = struct.calcsize("l")
# ioctl_iflags(2); the numbers of asm-generic/ioctl.h, which Debian's processors but MIPS, PowerPC and SPARC have
_GET_FLAGS = 2 << 30 | _LONG << 16 | ord("f") << 8 | 1
_SET_FLAGS = 1 << 30 | _LONG << 16 | ord("f") << 8 | 2
_TOP_OF_HIERARCHY = 0x00020000  # FS_TOPDIR_FL, chattr +T: what is made in such a directory has nothing in common


def make_apart(directory: Path, nursery: Path) -> None:
    """Make a directory that lies elsewhere on the disk than the last one of its name; just make it where that can't be.

    Args:
        directory: the directory, which does not exist.
        nursery: a directory of the same file system to make it in, for ext4 chooses the place by the parent's flag and
            by the first name. What an interruption leaves there may be deleted.
    """
    nursery.mkdir(exist_ok=True)
    _mark(nursery)
    made = nursery / f"{directory.name}-{time.time_ns()}"
    made.mkdir()
    made.rename(directory)


def _mark(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # a file system without such a flag
            (flags,) = struct.unpack("I", fcntl.ioctl(descriptor, _GET_FLAGS, bytes(4)))
            fcntl.ioctl(descriptor, _SET_FLAGS, struct.pack("I", flags | _TOP_OF_HIERARCHY))
    finally:
        os.close(descriptor)
