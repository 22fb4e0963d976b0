"""Writes a learner's progress for other programs: JSON and CSV; it changes nothing."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from dockyard.progress.state import State

COLUMNS = ("exercise", "passed", "checks", "hints", "solution", "first", "last", "seconds")


def rows(state: State, exercises: Iterable[str]) -> list[dict[str, Any]]:
    """Return a row for each exercise, in order; times are ISO 8601 in UTC, empty for never.

    Args:
        state: the progress.
        exercises: the ids of the course's exercises.
    """
    found = []
    for name in exercises:
        attempt = state.exercises.get(name)
        if attempt is None:
            found.append(dict.fromkeys(COLUMNS, "") | {"exercise": name, "checks": 0, "hints": 0})
            continue
        found.append(
            {
                "exercise": name,
                "passed": _iso(attempt.passed),
                "checks": attempt.checks,
                "hints": attempt.hints,
                "solution": "yes" if attempt.solution else "",
                "first": _iso(attempt.first),
                "last": _iso(attempt.last),
                "seconds": "" if attempt.seconds is None else attempt.seconds,
            }
        )
    return found


def to_csv(state: State, exercises: Iterable[str]) -> str:
    """Return the rows as CSV with a heading."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(state, exercises))
    return written.getvalue()


def to_json(state: State, exercises: Iterable[str]) -> str:
    """Return the rows as JSON."""
    return json.dumps(rows(state, exercises), indent=1, ensure_ascii=False)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else ""
