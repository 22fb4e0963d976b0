"""What the tutor remembers of an attempt and reads off it again; it asks neither the machine nor the file."""

import os
import random
import time

from dockyard.claims import Claim
from dockyard.course import course_text
from dockyard.engine.sentences import fill
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


def is_drawn(exercise: Exercise, attempt: Attempt) -> bool:
    """Return whether an attempt's parameters are the exercise's: before it begins it has none, and courses change."""
    return set(attempt.parameters) == set(exercise.parameters)


def goal(exercise: Exercise, attempt: Attempt) -> str:
    """Return what is to be reached in an attempt, in Markdown."""
    return fill(course_text(exercise.goal), attempt.parameters)


def hints_taken(exercise: Exercise, attempt: Attempt) -> tuple[str, ...]:
    """Return the hints that were taken in an attempt, in Markdown, the first one first."""
    return tuple(fill(course_text(hint), attempt.parameters) for hint in exercise.hints[: attempt.hints])


def standing(exercise: Exercise, attempt: Attempt) -> Standing:
    """Return how far the learner is with an exercise."""
    drawn = is_drawn(exercise, attempt)
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
        started=attempt.started,
        goal=goal(exercise, attempt) if attempt.started and drawn else "",
        hints_taken=hints_taken(exercise, attempt) if drawn else (),
    )
