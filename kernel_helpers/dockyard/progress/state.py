"""What is remembered of a learner: plain values and their form in JSON; it neither reads nor writes a file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

# The version of the file's form; a file of a later version is not touched.
VERSION = 1


@dataclass(slots=True)
class Attempt:
    """What is remembered of an exercise.

    Attributes:
        started: when the attempt was started or last reset, in seconds since the epoch; 0 for never. The journal counts
            from here.
        parameters: what was drawn for this attempt.
        checks: how often it was checked on request.
        repeats: how often in a row the same sentence was said.
        said: the name of the last sentence, or the last outcome.
        hints: how many hints were taken.
        solution: whether the solution was shown.
        first: when it was first started or checked.
        last: when it was last checked.
        passed: when it was first passed; 0 for never.
    """

    started: float = 0.0
    parameters: dict[str, str] = field(default_factory=dict)
    checks: int = 0
    repeats: int = 0
    said: str = ""
    hints: int = 0
    solution: bool = False
    first: float = 0.0
    last: float = 0.0
    passed: float = 0.0

    @property
    def seconds(self) -> int | None:
        """How long it took from the first start or check until it was passed, else until the last check."""
        ended = self.passed or self.last
        return round(ended - self.first) if ended and self.first else None


@dataclass(slots=True)
class Prediction:
    """What is remembered of a claim.

    Attributes:
        predicted: the key of the choice that was made before the experiment; "" for none.
        observed: the key of the choice that the experiment showed; "" before it ran.
        engine: the engine's version then.
        time: when it ran.
    """

    predicted: str = ""
    observed: str = ""
    engine: str = ""
    time: float = 0.0


@dataclass(slots=True)
class State:
    """All that is remembered."""

    seed: int = 0
    exercises: dict[str, Attempt] = field(default_factory=dict)
    claims: dict[str, Prediction] = field(default_factory=dict)

    def exercise(self, name: str) -> Attempt:
        """Return what is remembered of an exercise; a new entry where there was none."""
        return self.exercises.setdefault(name, Attempt())

    def claim(self, name: str) -> Prediction:
        """Return what is remembered of a claim; a new entry where there was none."""
        return self.claims.setdefault(name, Prediction())


def to_json(state: State) -> dict[str, Any]:
    """Return the form in which a state is stored."""
    return {"version": VERSION, **asdict(state)}


def from_json(stored: Mapping[str, Any]) -> State:
    """Return the state in its stored form.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it has another form.
    """
    if stored["version"] != VERSION:
        raise ValueError(stored["version"])
    return State(
        seed=int(stored["seed"]),
        exercises={name: Attempt(**entry) for name, entry in stored["exercises"].items()},
        claims={name: Prediction(**entry) for name, entry in stored["claims"].items()},
    )
