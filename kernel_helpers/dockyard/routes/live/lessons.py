"""Publishes what the tutor finds out while somebody looks; the tutor judges, and the engine is not known here."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dockyard.errors import DockyardError
from dockyard.i18n import Language, language
from dockyard.routes.live.feed import Feed, Message
from dockyard.tutor import Feedback, Tutor, Watch

# Seconds between two looks at the progress file, which kernels and terminals write as well.
_LOOK = 0.5

_log = logging.getLogger(__name__)


class Lessons:
    """What pages are told about exercises.

    Args:
        tutor: returns a tutor for the watch alone; it is called in a thread.
        feed: where messages go.
    """

    def __init__(self, tutor: Callable[[], Tutor], feed: Feed) -> None:
        self._tutor = tutor
        self._feed = feed
        self._language = language()
        self._watch: Watch | None = None

    def speak(self, chosen: Language) -> None:
        """Tell from now on in the language in which a page last asked for the course."""
        self._language = chosen
        if self._watch is not None:
            self._watch.language = chosen

    def tell(self, feedback: Feedback) -> None:
        """Tell all pages what a check came to."""
        self._feed.publish(_told(feedback))

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Check the exercises that are under way whenever the engine changes, in threads, while the block runs."""
        loop = asyncio.get_running_loop()
        ended = threading.Event()

        def publish(message: Message) -> None:
            loop.call_soon_threadsafe(self._feed.publish, message)

        threading.Thread(target=self._follow, args=(publish, ended), name="dockyard-lessons", daemon=True).start()
        try:
            yield
        finally:
            ended.set()

    def _follow(self, publish: Callable[[Message], None], ended: threading.Event) -> None:
        try:
            tutor = self._tutor()
        except DockyardError as error:
            _log.warning("The sidebar shows no course: %s", error)
            return
        with Watch(tutor, lambda feedback: publish(_told(feedback))) as watch:
            watch.language = self._language
            self._watch = watch
            seen = _modified(tutor.store.path)
            while not ended.wait(_LOOK):
                now = _modified(tutor.store.path)
                if now != seen:
                    seen = now
                    publish({"type": "course"})
                    watch.look()


def _told(feedback: Feedback) -> Message:
    return {"type": "exercise", "value": feedback.to_json()}


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
