"""Turns verdicts into finished sentences in the learner's language; it decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dockyard.course import translate
from dockyard.engine.sentences import render
from dockyard.errors import DockyardError
from dockyard.exercises import Outcome, Verdict
from dockyard.i18n import _, language

__all__ = ["Explained", "damaged", "explain", "language", "offer"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A verdict in words."""

    found: str = ""
    wanted: str = ""
    look_at: str = ""
    more: str = ""
    holds: Sequence[str] = ()


def explain(verdict: Verdict) -> Explained:
    """Return a verdict in words."""
    holds = tuple(dict.fromkeys(holding.text(translate) for holding in verdict.holdings))
    if verdict.outcome is Outcome.PASSED:
        return Explained(holds=holds)
    said = verdict.sentence
    if said is None:
        return _broken(verdict.error, holds)
    found, wanted, look_at, more = (
        render(text, verdict.facts, said.domain, translate)
        for text in (said.found, said.wanted, said.look_at, said.more)
    )
    return Explained(found, wanted, look_at, more, holds)


def _broken(error: Exception | None, holds: Sequence[str]) -> Explained:
    if isinstance(error, DockyardError):
        return Explained(found=error.found, look_at=error.next_step, holds=holds)
    return Explained(
        found=_("This check is broken. That is our fault, not yours; what you did may well be right."),
        look_at=_("Go on with the next exercise. The log says what happened: {error}").format(
            error=type(error).__name__
        ),
        holds=holds,
    )


def offer(exercise: str, number: int, total: int) -> str:
    """Return the offer of the next hint."""
    return _("Hint {number} of {total} is there for you: `%hint {exercise}`").format(
        number=number, total=total, exercise=exercise
    )


def damaged(backup: Path) -> str:
    """Return what is said when the progress could not be understood."""
    return _("The file with your progress was damaged. It is kept as {path}; a new one was begun.").format(path=backup)
