"""Runs a program in a terminal of its own where it would have the user's; it does not know what the program is for."""

import fcntl
import os
import pty
import signal
import sys
import termios
from types import FrameType


def run(argv: list[str]) -> int:
    """Run a program with our standard input and outputs and return its exit code, or become it.

    On a terminal it gets a pseudo-terminal instead, through which ours is relayed: root in a machine could otherwise
    put characters into the input of the shell that we came from (TIOCSTI, ioctl_tty(2)).
    """
    sys.stdout.flush()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        os.execvp(argv[0], argv)
    relayed: list[int] = []

    def resize(_signal: int = 0, _frame: FrameType | None = None) -> None:
        for descriptor in relayed:
            fcntl.ioctl(descriptor, termios.TIOCSWINSZ, fcntl.ioctl(sys.stdin, termios.TIOCGWINSZ, b"\0" * 8))

    def read(descriptor: int) -> bytes:
        if not relayed:
            relayed.append(descriptor)
            resize()
        return os.read(descriptor, 1 << 16)

    before = signal.signal(signal.SIGWINCH, resize)
    try:
        return os.waitstatus_to_exitcode(pty.spawn(argv, read)) % 256
    finally:
        signal.signal(signal.SIGWINCH, before)
