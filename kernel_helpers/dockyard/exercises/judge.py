"""Judges one exercise by evidence: passed, not yet, or broken; it neither stores nor shows the verdict."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dockyard.engine import Evidence, NotYet, Sentence
from dockyard.engine.sentences import Facts, Holding
from dockyard.errors import DockyardError
from dockyard.exercises.exercise import Exercise, Parameters

_log = logging.getLogger("dockyard.exercises")
# What has just happened may still be going on: a server needs a moment to listen. Seconds.
_SETTLES = 0.1
# A container that is restarted again and again makes events for ever. Seconds.
_LONGEST = 5.0


class Outcome(StrEnum):
    """What a check can come to."""

    PASSED = "passed"
    NOT_YET = "not yet"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check came to.

    Args:
        outcome: passed, not yet or broken.
        sentence: why not yet.
        facts: what fills the sentence.
        holdings: what the check wanted and found, in order.
        error: why it is broken.
        evidence: what was read.
    """

    outcome: Outcome
    sentence: Sentence | None = None
    facts: Facts = field(default_factory=dict)
    holdings: Sequence[Holding] = ()
    error: Exception | None = None
    evidence: Evidence | None = None

    @property
    def says(self) -> str:
        """The name of the sentence, or the outcome where there is none."""
        return self.sentence.name if self.sentence else str(self.outcome)


def judge(exercise: Exercise, evidence: Evidence, parameters: Parameters) -> Verdict:
    """Return what evidence says of an exercise. An exception that a check did not mean is broken, and is logged."""
    try:
        exercise.check(evidence, parameters)
    except NotYet as unmet:
        return Verdict(Outcome.NOT_YET, unmet.sentence, unmet.facts, tuple(evidence.holdings), evidence=evidence)
    except DockyardError as error:
        _log.warning("the check of %s could not read what it needs: %s", exercise.id, error)
        return Verdict(Outcome.BROKEN, error=error, holdings=tuple(evidence.holdings), evidence=evidence)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is our fault, and the learner goes on
        _log.exception("the check of %s is broken", exercise.id)
        return Verdict(Outcome.BROKEN, error=error, holdings=tuple(evidence.holdings), evidence=evidence)
    return Verdict(Outcome.PASSED, holdings=tuple(evidence.holdings), evidence=evidence)


def judge_settled(
    exercise: Exercise, look: Callable[[], Evidence], parameters: Parameters, patience: float = 1.5
) -> Verdict:
    """Return the verdict once it no longer comes right by itself.

    Args:
        exercise: what to judge.
        look: returns fresh evidence.
        parameters: the attempt's parameters.
        patience: for how long after the engine's last event a sentence that settles is asked again, in seconds; five
            seconds after the first question it stands, whatever happens.
    """
    ends = time.monotonic() + _LONGEST
    while True:
        verdict = judge(exercise, look(), parameters)
        if verdict.sentence is None or not verdict.sentence.settles or not _just_changed(verdict, patience):
            return verdict
        if time.monotonic() > ends:
            return verdict
        time.sleep(_SETTLES)


def _just_changed(verdict: Verdict, seconds: float) -> bool:
    """Return whether the newest event is so young that its consequences may not all be there."""
    events = verdict.evidence.journal.events if verdict.evidence else []
    return time.time() - max((event["time"] for event in events), default=0.0) < seconds
