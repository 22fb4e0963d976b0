"""Times pairs of things in turn, A B A B, so that their ratio holds when the host's speed drifts; it judges nothing."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the performance table.

    Attributes:
        metric: what was measured.
        ours: its times in seconds.
        against: what it is compared with.
        theirs: the times of that, in seconds.
        goal: the largest ratio that is good enough.
    """

    metric: str
    ours: Sequence[float]
    against: str
    theirs: Sequence[float]
    goal: float

    @property
    def ratio(self) -> float:
        """The 95th percentile of ours over that of theirs."""
        return p95(self.ours) / p95(self.theirs)

    def __str__(self) -> str:
        mark = "met" if self.ratio <= self.goal else "NOT MET"
        return (
            f"{self.metric:38} {median(self.ours):8.3f} {p95(self.ours):8.3f}   {self.against:38} "
            f"{median(self.theirs):8.3f} {p95(self.theirs):8.3f}   {self.ratio:6.2f} (goal {self.goal:4.2f}: {mark})"
        )


HEADER = f"{'':38} {'p50 s':>8} {'p95 s':>8}   {'against':38} {'p50 s':>8} {'p95 s':>8}    ratio of the p95"


def median(times: Sequence[float]) -> float:
    """Return the middle of some times."""
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    """Return the 95th percentile of some times: for few of them, nearly the largest."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def in_turn(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> tuple[list[float], list[float]]:
    """Run two measurements in turn, after one of each that does not count."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
