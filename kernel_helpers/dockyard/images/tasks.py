"""Runs functions in threads, each as soon as those before it are done; it does not know what they do."""

import concurrent.futures
from collections.abc import Callable


class Tasks:
    """Functions that wait for each other. Used once: `add` them all, then `run`."""

    def __init__(self) -> None:
        self._work: dict[str, Callable[[], None]] = {}
        self._after: dict[str, tuple[str, ...]] = {}

    def add(self, name: str, work: Callable[[], None], *after: str) -> None:
        """Add a function.

        Args:
            name: what others call it.
            work: does it.
            after: the names of those that must be done before; they have been added before.
        """
        missing = [one for one in after if one not in self._work]
        if missing:
            raise KeyError(missing[0])
        self._work[name] = work
        self._after[name] = after

    def run(self, stop: Callable[[], None]) -> None:
        """Run them all; where one fails, or this thread is interrupted, call `stop`, which must make the others end."""
        futures: dict[str, concurrent.futures.Future[None]] = {}
        # a thread for each: most of them wait
        with concurrent.futures.ThreadPoolExecutor(len(self._work)) as pool:
            for name, work in self._work.items():
                futures[name] = pool.submit(self._run_after, work, [futures[one] for one in self._after[name]])
            try:
                for future in concurrent.futures.as_completed(futures.values()):
                    future.result()
            except BaseException:
                stop()
                raise

    @staticmethod
    def _run_after(work: Callable[[], None], before: list["concurrent.futures.Future[None]"]) -> None:
        for future in before:
            future.result()
        work()
