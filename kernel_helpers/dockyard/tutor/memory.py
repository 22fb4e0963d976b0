"""What the tutor remembers of an attempt and reads off it again; it asks neither the machine nor the file."""

import os
import random
import time

from dockyard.claims import Claim
from dockyard.course import course_text
from dockyard.exercises import Exercise, Outcome, Verdict
from dockyard.progress import Attempt
from dockyard.tutor.told import Standing


def remember(attempt: Attempt, verdict: Verdict, *, live: bool) -> None:
    """Bring what is remembered of an exercise up to date with a verdict; what was passed stays passed."""
    now = time.time()
    attempt.first = attempt.first or now
    attempt.last = now
    if verdict.outcome is Outcome.PASSED:
        attempt.passed = attempt.passed or now
    if live:
        return
    attempt.checks += 1
    again = verdict.outcome is Outcome.NOT_YET and attempt.said == verdict.says
    attempt.repeats = attempt.repeats + 1 if again else 1
    attempt.said = verdict.says


def next_seed(seed: int) -> int:
    """Return another seed; 0, the first of all values, where $DOCKYARD_DRAW is "first", as stored lessons need it."""
    if os.environ.get("DOCKYARD_DRAW") == "first":
        return 0
    return random.Random(seed).randrange(1, 2**32)  # noqa: S311 - variety, not secrecy


def choice_text(claim: Claim, key: str) -> str:
    """Return the text of one of a claim's choices; "" for a key that it does not have."""
    return next((course_text(choice.text) for choice in claim.choices if choice.key == key), "")


def standing(exercise: Exercise, attempt: Attempt) -> Standing:
    """Return how far the learner is with an exercise."""
    touched = attempt.started or attempt.checks
    status = "passed" if attempt.passed else "started" if touched else "new"
    return Standing(
        id=exercise.id,
        title=course_text(exercise.title),
        status=status,
        checks=attempt.checks,
        hints=attempt.hints,
        hints_total=len(exercise.hints),
        solution=attempt.solution,
        seconds=attempt.seconds or 0,
    )
