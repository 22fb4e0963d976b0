"""One bash process, its controlling terminal and the thread that reads it; it does not know what commands are for.

An *interactive* bash returns to its prompt when it is interrupted, loops and all, so bash runs with ``-i``. It reads
commands from a pipe and writes output to a pipe. Its controlling terminal is a pseudo-terminal that no command has as
input or output: it is there because the kernel then knows which processes are in the foreground, sends them the
SIGINT of a Ctrl-C whatever namespace or user they are in, and ends the session when this process dies, however it
dies (credentials(7), termios(3), pty(7)).
"""

import codecs
import contextlib
import fcntl
import os
import selectors
import signal
import subprocess
import termios
import threading
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from dockyard.errors import SessionError
from dockyard.i18n import gettext as _
from dockyard.session.inbox import Inbox, Prompt

START_SECONDS = 15.0
END_SECONDS = 2.0
NEW_SECONDS = 0.5
CHUNK = 1 << 16
"""Bytes read at once, and what a pipe holds by default (pipe(7))."""
FIRST_DESCRIPTOR = 100
"""What bash inherits lies above the descriptors that rc.bash uses."""
TIOCSIG = 0x40045436
"""Asks a pseudo-terminal's master side to signal the foreground processes, whatever their user (linux/tty_ioctl.h).

A Ctrl-C written to it would do the same a moment later, when a kernel thread gets to it, and then perhaps hit the
next command.
"""

SIGNAL_FOREGROUND = r"""
read -r stat < "/proc/$1/stat" && set -- "$2" ${stat##*) } && kill -s "$1" -- "-$7"
"""
"""Signals the foreground processes of a session's terminal (tpgid, the eighth field of proc_pid_stat(5))."""

LEAD_SESSION = """
exec 3<&0
setsid --ctty env --default-signal=INT,QUIT "$@" <&3 3<&- &
session=$!
exec 3<&-
wait "$session"
code=$?
pkill -KILL --session "$session"
exit "$code"
"""
"""Becomes a program that leads a session, and takes along, when it has ended in whatever way, all that it started.

setsid(1) gets away, as it does when a terminal's window is closed. --ctty makes standard input the controlling
terminal. A kernel that waits for a cell ignores SIGINT, as sh makes its background jobs do, and what is ignored stays
so in every program that is started.
"""

Command = Callable[[list[str]], list[str]]
"""Turns the argv of a program into the argv that runs it where the session lives."""


class Shell:
    """One bash.

    Args:
        command: turns an argv into one that runs there; ``list`` for this very host.

    Raises:
        SessionError: bash could not be started.
    """

    def __init__(self, command: Command) -> None:
        self.inbox = Inbox()
        self._command = command
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._unread_status = b""
        self._chatter = bytearray()
        self._ready = False
        self._interrupted = 0
        self._pid = self._leader = 0
        try:
            self._start()
        except OSError as error:
            raise _not_started(error) from error
        self._thread = threading.Thread(target=self._read, name="dockyard-session", daemon=True)
        self._thread.start()
        self.send(resources.files("dockyard.session").joinpath("rc.bash").read_text(encoding="utf-8"))
        try:
            self._pid = self._wait_until_ready().pid
            self._leader = os.tcgetpgrp(self._terminal)  # bash at its prompt, as this process sees it
        except BaseException:
            self._process.kill()
            self.close()
            raise

    def _start(self) -> None:
        self._terminal, slave = os.openpty()
        _let_reads_end(slave)
        commands, writer = os.pipe()
        self._status, status = os.pipe()
        self._output, output = os.pipe()
        for descriptor in (self._terminal, self._status, self._output):
            os.set_blocking(descriptor, False)
        self._commands = os.fdopen(writer, "wb")
        commands, status = _move_up(commands), _move_up(status)
        plumbing = f"0<&{commands} 61>&{status} {commands}<&- {status}>&-"
        program = ["bash", "-c", f"PS1= PS2= exec bash --norc --noprofile --noediting -i {plumbing}"]
        try:
            self._process = subprocess.Popen(
                self._command(["sh", "-c", LEAD_SESSION, "sh", *program]),
                stdin=slave,
                stdout=output,
                stderr=slave,
                pass_fds=(commands, status),
                process_group=0,  # the SIGINT that a kernel's process group gets is not for the session
            )
        finally:
            for descriptor in (slave, commands, status, output):
                os.close(descriptor)

    def _wait_until_ready(self) -> Prompt:
        deadline = time.monotonic() + START_SECONDS
        while (prompt := self.inbox.take_prompt(0)) is None:
            if self.inbox.end is not None or time.monotonic() >= deadline:
                said = self._chatter.decode(errors="replace").strip() or self.inbox.take_output().strip()
                raise _not_started(said or _("no answer"))
            self.inbox.wait(deadline)
        self._ready = True
        return prompt

    def send(self, text: str) -> None:
        """Give bash lines to read. If bash has ended, the inbox says so and nothing is raised."""
        with contextlib.suppress(BrokenPipeError):
            self._commands.write(text.encode(errors="surrogateescape"))
            self._commands.flush()

    def interrupt(self) -> None:
        """Do what Ctrl-C does, and let bash give up the rest of the command too.

        A terminal's Ctrl-C reaches the foreground processes only. bash gives up as well if one of them *died* of it,
        but ``docker run`` exits with a code of its own, and the next command of a loop would start.
        """
        with contextlib.suppress(OSError):
            self._interrupted = os.tcgetpgrp(self._terminal)
            fcntl.ioctl(self._terminal, TIOCSIG, signal.SIGINT)
            if self._interrupted != self._leader:
                os.kill(self._leader, signal.SIGINT)

    @property
    def foreground_is_new(self) -> bool:
        """Whether the foreground program was only being started when it was interrupted, and may not have noticed."""
        with contextlib.suppress(OSError):
            group = os.tcgetpgrp(self._terminal)
            return group != self._interrupted or _age(group) < NEW_SECONDS
        return False

    def signal_foreground(self, name: str) -> None:
        """Send a signal to the foreground processes; to bash itself if it runs none.

        It is sent from inside, because there root may signal processes of every user.

        Args:
            name: the signal, such as "TERM".
        """
        self._run_beside(["bash", "-c", SIGNAL_FOREGROUND, "bash", str(self._pid), name])

    def close(self) -> None:
        """End bash and everything that was started in it."""
        self.inbox.command_runs(running=False)
        if self._leader and self._process.poll() is None:  # else its process id may be another process's by now
            with contextlib.suppress(OSError):
                os.kill(self._leader, signal.SIGHUP)
        with contextlib.suppress(BrokenPipeError):
            self._commands.close()
        self._thread.join(END_SECONDS)
        if self._thread.is_alive():
            self._run_beside(["pkill", "-KILL", "--session", str(self._pid)])
            self._thread.join()
        for descriptor in (self._terminal, self._status, self._output):
            os.close(descriptor)

    def _run_beside(self, argv: list[str]) -> None:
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(self._command(argv), check=False, capture_output=True, timeout=5, process_group=0)

    # ------------------------------------------------------------------------------------- in the reading thread

    def _read(self) -> None:
        exit_descriptor = os.pidfd_open(self._process.pid)
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ, self._read_output)
            selector.register(self._status, selectors.EVENT_READ, self._read_status)
            selector.register(self._terminal, selectors.EVENT_READ, self._read_terminal)
            selector.register(exit_descriptor, selectors.EVENT_READ)
            while True:
                keys = [key for key, _events in selector.select()]
                ended = any(key.fd == exit_descriptor for key in keys)
                for key in keys:
                    if key.fd != exit_descriptor and not key.data():
                        selector.unregister(key.fd)
                if ended:
                    break
        os.close(exit_descriptor)
        self._drain_output()
        code = self._process.wait()
        self.inbox.set_end(code if code >= 0 else 128 - code)

    def _read_output(self) -> bool:
        data = _read_available(self._output)
        if data:
            self.inbox.add_output(self._decoder.decode(data))
        return data != b""

    def _read_status(self) -> bool:
        """Read what bash says about commands."""
        data = _read_available(self._status)
        if data:
            *complete, self._unread_status = (self._unread_status + data).split(b"\0")
            for record in complete:
                self._take_status(record.decode(errors="surrogateescape"))
        return data != b""

    def _take_status(self, record: str) -> None:
        number, *ended = record.split(" ", 3)
        if not ended:
            self.inbox.set_begun(int(number))
        else:
            self._drain_output()  # what the command wrote is in the pipe by now, and comes first
            code, pid, directory = ended
            self.inbox.add_prompt(Prompt(int(number), int(code), int(pid), directory))

    def _read_terminal(self) -> bool:
        """Read what goes to /dev/tty: bash's greetings, later what a program that wants a terminal asks."""
        data = _read_available(self._terminal)
        if not self._ready:
            self._chatter += data or b""
        elif data:
            self.inbox.add_output(data.decode(errors="replace"))
        return data != b""

    def _drain_output(self) -> None:
        """Take what the pipe holds now; no more, or a background job that never stops talking would hold us here."""
        left = fcntl.fcntl(self._output, fcntl.F_GETPIPE_SZ)
        while left > 0 and (data := _read_available(self._output)):
            left -= len(data)
            self.inbox.add_output(self._decoder.decode(data))
        if rest := self._decoder.decode(b"", final=True):
            self.inbox.add_output(rest)


def _read_available(descriptor: int) -> bytes | None:
    """Return what can be read now; None if there is nothing, no bytes at the end."""
    try:
        return os.read(descriptor, CHUNK)
    except BlockingIOError:
        return None
    except OSError:  # a terminal that nobody has open any more: EIO
        return b""


def _age(pid: int) -> float:
    """Return for how many seconds a process has run (starttime in proc_pid_stat(5))."""
    ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def _not_started(reason: object) -> SessionError:
    return SessionError(
        _("No shell could be started in the machine: {reason}").format(reason=reason),
        _("See how the machine is: dockyard status"),
    )


def _let_reads_end(terminal: int) -> None:
    """Make reads from a terminal return at once with nothing, as /dev/null does: nobody sits there to type."""
    attributes = termios.tcgetattr(terminal)
    attributes[3] &= ~(termios.ICANON | termios.ECHO)
    attributes[6][termios.VMIN] = attributes[6][termios.VTIME] = 0
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)


def _move_up(descriptor: int) -> int:
    """Return a copy of a descriptor above those that rc.bash uses; the descriptor itself is closed."""
    moved: int = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR)
    os.close(descriptor)
    return moved
