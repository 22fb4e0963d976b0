"""Live checking: judges the exercises that are under way again whenever the engine says that something changed."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import docker
import requests

from dockyard.engine import Connection
from dockyard.errors import DockyardError
from dockyard.i18n import language, speak
from dockyard.machine import health_checks
from dockyard.tutor.told import Feedback
from dockyard.tutor.tutor import Tutor

_log = logging.getLogger("dockyard.tutor")
# One command makes several events: the checks wait until it is quiet for so long, but never longer than the second.
_QUIET = 0.15
_PATIENCE = 0.6
# How long to wait before the engine is asked again when it does not answer, as while it restarts.
_AGAIN = 0.3
# What looking into a container causes itself; the checks would call themselves for ever.
_OWN = frozenset({"archive-path", "top"})


class Watch:
    """Judges the started exercises that are not passed yet, after every change in the machine.

    Use it as a context manager. The callback is called in a thread of the watch's own, with the first feedback on an
    exercise and with every feedback that differs from the one before, also where only its language or its attempt does;
    such checks don't count as tries.

    Args:
        tutor: who judges. Give the watch a tutor of its own.
        tell: what is called with each feedback.

    Attributes:
        language: the language of the feedback; it may be changed while the watch is at work.
    """

    def __init__(self, tutor: Tutor, tell: Callable[[Feedback], None]) -> None:
        self.language = language()
        self._tutor = tutor
        self._tell = tell
        self._changed = threading.Event()
        self._ended = threading.Event()
        self._last_change = 0.0
        self._stream: Any = None
        self._told: dict[str, tuple[object, ...]] = {}
        self._threads = [
            threading.Thread(target=self._listen, name="dockyard-watch-events", daemon=True),
            threading.Thread(target=self._judge_changes, name="dockyard-watch-checks", daemon=True),
        ]

    def __enter__(self) -> Self:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching; a check that is under way ends first."""
        self._ended.set()
        self._changed.set()
        self._close_stream()
        for thread in self._threads:
            thread.join(timeout=15)

    def look(self) -> None:
        """Judge once more, as for a change that the engine does not tell of."""
        self._last_change = time.monotonic()
        self._changed.set()

    # ------------------------------------------------------------------------------------------------ events

    def _listen(self) -> None:
        """Follow the engine's events, and come back to it when it was away."""
        while not self._ended.is_set():
            with contextlib.suppress(docker.errors.DockerException, requests.RequestException, OSError, ValueError):
                self._follow()
            self._ended.wait(_AGAIN)

    def _follow(self) -> None:
        with contextlib.closing(Connection(self._tutor.machine)) as connection:
            self._stream = connection.client.events(decode=True)
            self.look()  # something may have happened before the stream was open
            if self._ended.is_set():
                return
            checks = health_checks.HealthChecks()
            for event in self._stream:
                if event["Action"] not in _OWN and not health_checks.made(checks, event, connection.client):
                    self.look()

    def _close_stream(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError, AttributeError, docker.errors.DockerException):
                self._stream.close()

    # ------------------------------------------------------------------------------------------------ checks

    def _judge_changes(self) -> None:
        while not self._ended.is_set():
            self._changed.wait()
            self._wait_for_quiet()
            self._changed.clear()
            self._judge()

    def _wait_for_quiet(self) -> None:
        began = time.monotonic()
        while not self._ended.is_set():
            now = time.monotonic()
            quiet_at = min(self._last_change + _QUIET, began + _PATIENCE)
            if now >= quiet_at:
                return
            self._ended.wait(quiet_at - now)

    def _judge(self) -> None:
        speak(self.language)
        for name in self._tutor.under_way():
            if self._ended.is_set():
                return
            try:
                feedback = self._tutor.check(name, live=True)
            except DockyardError as error:  # the machine was stopped, or the course was changed: nothing to tell yet
                _log.info("no live check of %s: %s", name, error)
                continue
            said = (feedback.language, feedback.started, feedback.outcome, feedback.name, feedback.found)
            if self._told.get(name) != said:
                self._told[name] = said
                self._tell(feedback)
