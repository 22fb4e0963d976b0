"""Runs commands one after the other in one bash, and interrupts them; it does not know how bash is kept."""

import contextlib
import math
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Literal

from dockyard.errors import CommandTimeoutError
from dockyard.i18n import gettext as _
from dockyard.session.shell import Command, Shell

Step = Literal["INT", "INT newcomers", "TERM", "KILL"]

ESCALATION: tuple[tuple[float, Step], ...] = (
    (0.0, "INT"),
    (0.1, "INT newcomers"),
    (1.0, "INT"),
    (2.0, "INT"),  # the docker client gives up at its third
    (3.0, "TERM"),
    (4.0, "KILL"),
)
"""Seconds after an interrupt, and what is sent then if the command still runs. The last is repeated."""

MINIMUM_SECONDS = 0.1
"""What lies between two steps at least."""

SETTLE_ATTEMPTS = 10
SETTLE_SECONDS = 0.2


class Session:
    """A bash whose directory, variables, functions and background jobs last from command to command.

    Bash is started with the first command, and again after it has ended.

    Args:
        command: turns an argv into one that runs where bash shall run, as `Machine.command` does; ``list`` for
            this very host.
    """

    def __init__(self, command: Command) -> None:
        self._command = command
        self._shell: Shell | None = None
        self._lock = threading.Lock()
        self._number = 0
        self._interrupts = 0
        self.directory: str | None = None
        """Bash's current directory after the last command; None before the first start."""

    def open(self) -> None:
        """Start bash now if it does not run, so that the next command need not wait for it.

        Raises:
            SessionError: bash could not be started.
        """
        with self._lock:
            self._living_shell(lambda _text: None)

    def run(self, script: str, on_output: Callable[[str], object], timeout: float | None = None) -> int:
        """Run a script in the session.

        The script is sourced: what it sets stays. `exit` ends the script and not the session, and the options -e, -u,
        -x, -v and pipefail last as long as the script. Commands read /dev/null. Standard output and standard error
        come through one pipe, because two could not be put into order again.

        Args:
            script: bash commands, of any number of lines.
            on_output: called in this thread with each piece of output as it comes.
            timeout: seconds after which the script is interrupted.

        Returns:
            The exit code of the last command, or of `exit`.

        Raises:
            SessionError: bash could not be started.
            CommandTimeoutError: the script took too long; it has ended, the session is still there.
            KeyboardInterrupt: SIGINT came (in the main thread) or interrupt() was called; the script has ended, the
                session is still there.
        """
        with self._lock:
            shell = self._living_shell(on_output)
            self._interrupts = 0
            shell.inbox.command_runs(running=True)
            try:
                with self._sigint_interrupts():
                    self._send(shell, script)
                    return self._follow(shell, on_output, timeout)
            finally:
                shell.inbox.command_runs(running=False)

    def interrupt(self) -> None:
        """Interrupt the running command; may be called from any thread, and again to be more forceful at once."""
        self._interrupts += 1
        if self._shell is not None:
            self._shell.inbox.wake()

    def close(self) -> None:
        """End bash and all that was started in it, also a running command. The next command starts a new one."""
        self.interrupt()
        with self._lock:
            if self._shell is not None:
                self._shell.close()
                self._shell = None

    def _living_shell(self, on_output: Callable[[str], object]) -> Shell:
        if self._shell is not None and self._shell.inbox.end is not None:
            self._shell.close()
            self._shell = None
            on_output(
                _("[The session had ended. This is a new one: directory, variables and background jobs are gone.]\n")
            )
        if self._shell is None:
            self._shell = Shell(self._command)
        return self._shell

    def _send(self, shell: Shell, script: str) -> None:
        self._number += 1
        end = f"DOCKYARD-{uuid.uuid4().hex}"
        shell.send(
            f"__dockyard_begin {self._number}; \\builtin . /dev/fd/60 60<<'{end}' </dev/null 61>&-\n{script}\n{end}\n"
        )

    def _follow(self, shell: Shell, on_output: Callable[[str], object], timeout: float | None) -> int:
        """Pass output on until the command has ended; interrupt it when asked to, or when its time is over."""
        deadline = math.inf if timeout is None else time.monotonic() + timeout
        interruption = _Interruption(shell)
        while True:
            prompt, end = shell.inbox.take_prompt(self._number), shell.inbox.end
            self._pass_on(shell, on_output)
            if prompt is not None or end is not None:
                break
            if not self._interrupts and time.monotonic() < deadline:
                shell.inbox.wait(deadline)
            elif shell.inbox.begun == self._number:
                shell.inbox.wait(interruption.proceed(self._interrupts))
            else:  # a bash that is interrupted while it reads a command takes the rest of it for the next one
                shell.inbox.wait()
        if interruption.begun:
            self._settle(shell)
            self._pass_on(shell, on_output)
        if prompt is not None:
            self.directory = prompt.directory
        if self._interrupts:
            raise KeyboardInterrupt
        if interruption.begun and timeout is not None:
            raise _too_slow(timeout)
        return prompt.code if prompt is not None else end or 0

    def _pass_on(self, shell: Shell, on_output: Callable[[str], object]) -> None:
        text = shell.inbox.take_output()
        if not text:
            return
        try:
            on_output(text)
        except BaseException:
            with contextlib.suppress(CommandTimeoutError, KeyboardInterrupt):
                self._follow(shell, lambda _text: None, timeout=0)
            raise

    def _settle(self, shell: Shell) -> None:
        """Let interrupts that are still under way arrive: bash forgets what it has read when one does.

        That is a blank of those that are sent for it.
        """
        for _attempt in range(SETTLE_ATTEMPTS):
            if shell.inbox.end is not None:
                return
            self._number += 1
            shell.send(f"        __dockyard_begin {self._number}\n")
            until = time.monotonic() + SETTLE_SECONDS
            while time.monotonic() < until:
                if shell.inbox.take_prompt(self._number) is not None:
                    return
                shell.inbox.wait(until)

    @contextlib.contextmanager
    def _sigint_interrupts(self) -> Iterator[None]:
        """Let SIGINT interrupt the command, and not this thread wherever it happens to be."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        previous = signal.signal(signal.SIGINT, lambda _number, _frame: self.interrupt())
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, previous or signal.default_int_handler)


class _Interruption:
    """Where the escalation stands."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._steps = list(ESCALATION)
        self._urged = 1
        self._began = 0.0
        self._next_at = 0.0
        self.begun = False

    def proceed(self, urged: int) -> float:
        """Take the next step if it is due or if somebody asked again.

        Args:
            urged: how often somebody asked so far.

        Returns:
            When the next step is due, on the clock of time.monotonic().
        """
        now = time.monotonic()
        if not self.begun:
            self.begun, self._began = True, now
        if now < self._next_at and urged <= self._urged:
            return self._next_at
        self._urged = max(urged, 1)
        step = self._steps.pop(0)[1] if len(self._steps) > 1 else self._steps[0][1]
        self._next_at = max(self._began + self._steps[0][0], now + MINIMUM_SECONDS)
        if step in ("TERM", "KILL"):
            self._shell.signal_foreground(step)
        elif step == "INT" or self._shell.foreground_is_new:
            self._shell.interrupt()
        return self._next_at


def _too_slow(seconds: float) -> CommandTimeoutError:
    return CommandTimeoutError(
        _("The command was still running after {seconds:g} s and was stopped.").format(seconds=seconds),
        _("If it needs longer, give it more time: %%machine --timeout {more:g}").format(more=seconds * 2),
    )
