"""Publishes what the tutor finds out while somebody looks; the tutor judges, and the engine is not known here."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dockyard.errors import DockyardError
from dockyard.i18n import Language, language
from dockyard.routes.live.feed import Feed
from dockyard.tutor import Feedback, Tutor, Watch

# Seconds between two looks at the progress file, which kernels and terminals write as well.
_LOOK = 0.5

_log = logging.getLogger(__name__)


class Lessons:
    """What pages are told about exercises.

    Args:
        tutor: returns a tutor for the watch alone; it is called in a thread.
        feed: where messages go.

    Attributes:
        latest: the last feedback on each exercise, by its id, for a page that comes later. Each names its language and
            its attempt: a page leaves out what was said in another language or before the exercise was started over,
            which any kernel or terminal may do at any time.
        language: the language in which a page last asked for the course.
    """

    def __init__(self, tutor: Callable[[], Tutor], feed: Feed) -> None:
        self.latest: dict[str, Feedback] = {}
        self._tutor = tutor
        self._feed = feed
        self.language = language()
        self._watch: Watch | None = None

    def speak(self, chosen: Language) -> None:
        """Tell from now on in the language in which a page last asked for the course."""
        if chosen == self.language:
            return
        self.language = chosen
        if self._watch is not None:
            self._watch.language = chosen
            self._watch.look()

    def tell(self, feedback: Feedback) -> None:
        """Tell all pages what a check came to."""
        self.latest[feedback.id] = feedback
        self._feed.publish({"type": "exercise", "value": feedback.to_json()})

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Check the exercises that are under way whenever the engine changes, in threads, while the block runs."""
        ended = threading.Event()
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._follow, args=(loop, ended), name="dockyard-lessons", daemon=True).start()
        try:
            yield
        finally:
            ended.set()

    def _follow(self, loop: asyncio.AbstractEventLoop, ended: threading.Event) -> None:
        try:
            tutor = self._tutor()
        except DockyardError as error:
            _log.warning("The sidebar shows no course: %s", error)
            return

        def tell(feedback: Feedback) -> None:
            loop.call_soon_threadsafe(self.tell, feedback)

        with Watch(tutor, tell) as watch:
            watch.language = self.language
            self._watch = watch
            seen = _modified(tutor.store.path)
            while not ended.wait(_LOOK):
                now = _modified(tutor.store.path)
                if now != seen:
                    seen = now
                    loop.call_soon_threadsafe(self._feed.publish, {"type": "course"})
                    watch.look()


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
