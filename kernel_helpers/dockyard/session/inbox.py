"""What the thread that reads a bash hands to the thread that runs a command; it knows no file descriptor."""

import math
import threading
import time
from collections import deque
from dataclasses import dataclass
from queue import Empty, SimpleQueue

LIMIT = 1 << 20
"""Characters of output that wait at most. Beyond it a running command waits, and an idle session forgets."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What bash says when it is ready for the next command.

    Attributes:
        number: the command that has ended; 0 is the start.
        code: its exit code.
        pid: bash's process id as bash sees it.
        directory: bash's current directory.
    """

    number: int
    code: int
    pid: int
    directory: str


class Inbox:
    """Output, prompts and the end of a bash, in the order in which they were read."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._output: deque[str] = deque()
        self._size = 0
        self._running = False
        self._prompts: deque[Prompt] = deque()
        self._begun: int | None = None
        self._end: int | None = None
        # A queue and not the condition, because only its put() may be called from a signal handler.
        self._news: SimpleQueue[None] = SimpleQueue()

    @property
    def begun(self) -> int | None:
        """The number of the last command that bash has read to its end and begun to run."""
        return self._begun

    @property
    def end(self) -> int | None:
        """The exit code of bash, or None while it lives."""
        return self._end

    def command_runs(self, running: bool) -> None:  # noqa: FBT001 - a switch
        """Say whether somebody takes the output, so that a full inbox has to wait and not to forget."""
        with self._changed:
            self._running = running
            self._changed.notify_all()

    def add_output(self, text: str) -> None:
        """Add output; waits while the inbox is full and a command runs."""
        with self._changed:
            while self._running and self._size > LIMIT:
                self._changed.wait()
            self._output.append(text)
            self._size += len(text)
            while not self._running and self._size > LIMIT:
                self._size -= len(self._output.popleft())
            if self._running:
                self.wake()

    def add_prompt(self, prompt: Prompt) -> None:
        """Add a prompt, after all output that came before it."""
        with self._changed:
            self._prompts.append(prompt)
        self.wake()

    def set_begun(self, number: int) -> None:
        """Say that bash runs a command."""
        self._begun = number
        self.wake()

    def set_end(self, code: int) -> None:
        """Say that bash has ended, after all its output."""
        self._end = code
        self.wake()

    def wake(self) -> None:
        """Let wait() return; may be called from a signal handler."""
        self._news.put(None)

    def wait(self, until: float = math.inf) -> None:
        """Wait until something was added, somebody called wake(), or the time of time.monotonic() has come."""
        seconds = None if until == math.inf else max(0.0, until - time.monotonic())
        try:
            self._news.get(timeout=seconds)
            while True:
                self._news.get_nowait()
        except Empty:
            return

    def take_output(self) -> str:
        """Return the output that has come since the last call."""
        with self._changed:
            text = "".join(self._output)
            self._output.clear()
            self._size = 0
            self._changed.notify_all()
        return text

    def take_prompt(self, number: int) -> Prompt | None:
        """Return the prompt of a command if it has come; prompts of earlier commands are dropped."""
        with self._changed:
            while self._prompts:
                prompt = self._prompts.popleft()
                if prompt.number == number:
                    return prompt
        return None
