"""Runs tasks side by side, each after those it needs; it does not know what the tasks are for."""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import FrameType
from typing import NoReturn, Protocol

from dockyard.i18n import _

REDRAW_SECONDS = 0.1
GRACE_SECONDS = 10.0  # what a child gets to take away its temporary files before it is killed
TAIL_LINES = 15  # of a failed program's output, shown with the failure
# A line of a JavaScript error's stack: yarn's say nothing to people, and there are enough of them to hide what it met.
STACK_FRAME = re.compile(r"\s+at \S")


class State(Enum):
    """Where a task is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    KEPT = "kept"  # nothing to do: the result of an earlier run holds
    FAILED = "failed"
    STOPPED = "stopped"


class TaskError(Exception):
    """A task could not do its work: the text says what was found and what to do."""


class StoppedError(Exception):
    """The run was stopped while this task was at work."""


class Interrupted(BaseException):
    """A signal asked the whole run to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work.

    Args:
        name: what other tasks' `needs` and the log file call it.
        title: what people read.
        run: does the work, with a Job to report to.
        needs: the names of the tasks that must have ended well before.
    """

    name: str
    title: str
    run: Callable[["Job"], None]
    needs: tuple[str, ...] = ()


@dataclass(slots=True)
class Progress:
    """What is known of a task at this moment; the display draws it."""

    task: Task
    state: State = State.WAITING
    text: str = ""
    fraction: float | None = None
    started: float = 0.0
    seconds: float = 0.0

    def elapsed(self) -> float:
        """Return how many seconds the task has taken so far."""
        return time.monotonic() - self.started if self.state is State.RUNNING else self.seconds


class Display(Protocol):
    """Shows how far the tasks are."""

    def draw(self, progress: Sequence[Progress]) -> None:
        """Show the present state; called ten times a second."""

    def close(self, progress: Sequence[Progress]) -> None:
        """Show the last state, and leave the terminal as it was."""


@dataclass(slots=True)
class Children:
    """The process groups that are at work now."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    running: dict[int, tuple[subprocess.Popen[str], float]] = field(default_factory=dict)
    stopping: bool = False

    def start(self, argv: Sequence[str], *, cwd: Path, env: Mapping[str, str], grace: float) -> subprocess.Popen[str]:
        """Start a program in a process group of its own, its output in one pipe.

        Args:
            argv: the program and its arguments.
            cwd: where it runs.
            env: its whole environment.
            grace: how many seconds it gets to end by itself when the run is stopped.

        Raises:
            StoppedError: the run is being stopped.
        """
        with self.lock:
            if self.stopping:
                raise StoppedError
            child = subprocess.Popen(
                list(argv),
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            self.running[child.pid] = (child, grace)
        return child

    def ended(self, child: subprocess.Popen[str]) -> None:
        """Forget a child that has ended."""
        with self.lock:
            self.running.pop(child.pid, None)

    def stop(self) -> None:
        """End every group: first as Ctrl-C does, so that programs tidy up, after the grace with SIGKILL."""
        with self.lock:
            self.stopping = True
            running = list(self.running.values())
        for child, _grace in running:
            _signal_group(child, signal.SIGINT)
        start = time.monotonic()
        for child, grace in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.0, start + grace - time.monotonic()))
        for child, _grace in running:
            _signal_group(child, signal.SIGKILL)  # also what the child itself left running


def _signal_group(child: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


class Job:
    """What a running task sees: a place to report to, and a way to run programs."""

    def __init__(self, progress: Progress, children: Children, *, cwd: Path, log: Path) -> None:
        self._progress = progress
        self._children = children
        self._cwd = cwd
        self.log = log

    def report(self, text: str, fraction: float | None = None) -> None:
        """Say what is happening, and how far it is (0 to 1, None where nobody knows)."""
        self._progress.text = text
        self._progress.fraction = fraction

    def where_the_log_is(self) -> str:
        """Return the line that ends an error: the next thing to read."""
        return _("→ the whole log: {path}").format(path=self.log)

    def kept(self) -> None:
        """Say that there was nothing to do."""
        self._progress.state = State.KEPT

    def call(
        self,
        argv: Sequence[str],
        *,
        on_line: Callable[[str], None] | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        grace: float = GRACE_SECONDS,
    ) -> None:
        """Run a program to its end; each line of its output goes to the log and to on_line.

        Args:
            argv: the program and its arguments.
            on_line: gets each line of its output, standard error included.
            cwd: where it runs; the repository if not given.
            env: its whole environment; ours if not given.
            grace: how many seconds it gets to end by itself when the run is stopped.

        Raises:
            TaskError: the program was not found, or failed; the text holds the end of its output.
            StoppedError: the run was stopped meanwhile.
        """
        try:
            child = self._children.start(argv, cwd=cwd or self._cwd, env=env or os.environ, grace=grace)
        except (FileNotFoundError, PermissionError) as error:  # the latter too where PATH has unreadable directories
            raise TaskError(_("{program} was not found: {error}").format(program=argv[0], error=error)) from error
        try:
            tail = self._follow(child, argv, on_line)
        finally:
            self._children.ended(child)
        if self._children.stopping:
            raise StoppedError
        if child.returncode:
            ended = _("{program} ended with {code}:").format(program=argv[0], code=child.returncode)
            raise TaskError("\n".join([ended, *tail, self.where_the_log_is()]))

    def _follow(
        self, child: subprocess.Popen[str], argv: Sequence[str], on_line: Callable[[str], None] | None
    ) -> list[str]:
        """Hand on a program's output until it ends; return the last lines."""
        tail: list[str] = []
        with child, self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(argv)}\n")
            for raw in child.stdout or ():
                line = raw.rstrip()
                log.write(line + "\n")
                log.flush()
                if not line or STACK_FRAME.match(line):
                    continue
                tail = [*tail[1 - TAIL_LINES :], line]
                if on_line:
                    on_line(line)
        return tail


class Runner:
    """Runs tasks side by side, in threads that mostly wait for programs.

    Args:
        tasks: what to run.
        display: where people see how far it is.
        root: the directory in which programs run.
        logs: the directory for one log file per task.
        keep_going: whether the others go on after a failure.
    """

    def __init__(
        self, tasks: Sequence[Task], display: Display, *, root: Path, logs: Path, keep_going: bool = False
    ) -> None:
        self.progress = {task.name: Progress(task) for task in tasks}
        self.failures: list[str] = []
        self._display = display
        self._root = root
        self._logs = logs
        self._keep_going = keep_going
        self._children = Children()
        self._threads: list[threading.Thread] = []

    def run(self) -> bool:
        """Run all tasks; return whether all ended well.

        Raises:
            Interrupted: a signal asked to stop; every child has ended by then.
        """
        previous = {number: signal.signal(number, _raise_interrupted) for number in _STOP_SIGNALS}
        try:
            self._loop()
        except Interrupted:
            self._stop()
            raise
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
            self._display.close(list(self.progress.values()))
        return not self.failures

    def _loop(self) -> None:
        self._logs.mkdir(parents=True, exist_ok=True)
        while not self._over():
            for progress in self.progress.values():
                if progress.state is State.WAITING and self._ready(progress.task):
                    self._start(progress)
            self._display.draw(list(self.progress.values()))
            running = next((thread for thread in self._threads if thread.is_alive()), None)
            if running:
                running.join(REDRAW_SECONDS)
            if self.failures and not self._keep_going:
                self._stop()

    def _over(self) -> bool:
        return all(one.state not in (State.WAITING, State.RUNNING) for one in self.progress.values())

    def _ready(self, task: Task) -> bool:
        ended = (State.DONE, State.KEPT, State.FAILED) if self._keep_going else (State.DONE, State.KEPT)
        return all(self.progress[name].state in ended for name in task.needs)

    def _start(self, progress: Progress) -> None:
        progress.state = State.RUNNING
        progress.started = time.monotonic()
        log = self._logs / f"{progress.task.name}.log"
        log.write_text("", encoding="utf-8")
        job = Job(progress, self._children, cwd=self._root, log=log)
        thread = threading.Thread(target=self._work, args=(progress, job), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, progress: Progress, job: Job) -> None:
        state = State.DONE
        try:
            progress.task.run(job)
        except StoppedError:
            state = State.STOPPED
        except (TaskError, OSError) as error:
            state = State.FAILED
            self.failures.append(f"{progress.task.title}: {error}")
        except Exception:  # noqa: BLE001 - a bug in a task must end the run, not leave it waiting for ever
            state = State.FAILED
            self.failures.append(f"{progress.task.title}: {traceback.format_exc()}")
        progress.seconds = time.monotonic() - progress.started
        if progress.state is State.RUNNING:
            progress.state = state

    def _stop(self) -> None:
        for progress in self.progress.values():
            if progress.state is State.WAITING:
                progress.state = State.STOPPED
        self._children.stop()
        for thread in self._threads:
            thread.join(GRACE_SECONDS)


_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _raise_interrupted(number: int, _frame: FrameType | None) -> NoReturn:
    raise Interrupted(number)
