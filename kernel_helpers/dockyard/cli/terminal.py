"""Runs a program away from the user's terminal, which it could type into; it does not know what the program is for.

Whoever has a terminal as its controlling terminal can put characters into its input (TIOCSTI, ioctl_tty(2)), and the
shell that we came from would read what root in a machine has put there.
"""

import fcntl
import os
import pty
import signal
import sys
import termios
from types import FrameType


def run(argv: list[str]) -> int:
    """Run a program with our standard input and outputs and return its exit code, or become it.

    On a terminal it gets a pseudo-terminal of its own, through which ours is relayed. In a pipeline it is a part of
    that, and keeps the terminal whose Ctrl-C ends the pipeline.
    """
    sys.stdout.flush()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        os.execvp(argv[0], argv)
    code = _on_a_terminal(argv)
    return code if code >= 0 else 128 - code


def _on_a_terminal(argv: list[str]) -> int:
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
        return os.waitstatus_to_exitcode(pty.spawn(argv, read))
    finally:
        signal.signal(signal.SIGWINCH, before)
