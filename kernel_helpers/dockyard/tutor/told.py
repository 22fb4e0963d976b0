"""What the tutor tells: finished sentences in the learner's language, for any adapter to show; it decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dockyard.i18n import Language


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise as it is put to the learner.

    Args:
        id: the exercise's id.
        title: a few words.
        goal: what is to be reached, in Markdown.
        passed: whether it was passed before.
        hints: how many hints there are.
    """

    id: str
    title: str
    goal: str
    passed: bool
    hints: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a check came to. The texts are plain, with code between backquotes; facts from the machine are in them.

    Args:
        id: the exercise's id.
        title: its title.
        outcome: "passed", "not yet" or "broken".
        name: the name of the sentence that was said; the outcome where there is none.
        found: what is there.
        wanted: what should be there.
        look_at: one thing to look at or to try.
        more: what is added when the same is said a second time.
        holds: what already is as it should be, in the order in which it was checked.
        offer: from the third time on: that a hint is there, and how to get it.
        checks: how often the exercise was checked on request.
        passed: whether it is passed, now or before.
        language: the language of the texts.
        started: when the attempt that was judged was started or last reset, in seconds since the epoch; 0 for never.
    """

    id: str
    title: str
    outcome: str
    name: str
    found: str
    wanted: str
    look_at: str
    more: str
    holds: Sequence[str]
    offer: str
    checks: int
    passed: bool
    language: Language = "en"
    started: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Args:
        id: the exercise's id.
        text: the hint, in Markdown.
        number: which one it is, from 1.
        total: how many there are.
    """

    id: str
    text: str
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Way:
    """A script that reaches the goal, and why it does."""

    script: str
    why: str


@dataclass(frozen=True, slots=True)
class Solutions:
    """The ways to reach an exercise's goal; the first is the one to learn."""

    id: str
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the learner is with one exercise.

    Args:
        id: the exercise's id.
        title: its title.
        status: "passed", "started" or "new".
        checks: how often it was checked.
        hints: how many hints were taken.
        hints_total: how many there are.
        solution: whether the solution was shown.
        seconds: how long it took from the first start or check until it was passed, else until the last check.
        started: when it was started or last reset, in seconds since the epoch; 0 for never.
        goal: what is to be reached, in Markdown; "" where it was never started.
        hints_taken: the hints that were taken, in Markdown, the first one first.
    """

    id: str
    title: str
    status: str
    checks: int
    hints: int
    hints_total: int
    solution: bool
    seconds: int
    started: float = 0.0
    goal: str = ""
    hints_taken: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """How far the learner is.

    Args:
        title: the course's title.
        exercises: all exercises, in order.
        predicted: how many claims were predicted right.
        claims: how many claims there are.
        notice: something that must be said, such as a damaged file; "" for nothing.
    """

    title: str
    exercises: Sequence[Standing]
    predicted: int
    claims: int
    notice: str

    @property
    def passed(self) -> int:
        """How many exercises are passed."""
        return sum(standing.status == "passed" for standing in self.exercises)


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """A lesson, and how far the learner is with its exercises.

    Args:
        id: the lesson's id.
        title: its title.
        path: its notebook in the language in force, as it lies in the workspace.
        exercises: its exercises, in order.
        cells: the id of the cell that puts an exercise, by the exercise's id.
    """

    id: str
    title: str
    path: str
    exercises: Sequence[Standing]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChapterStanding:
    """A chapter and its lessons."""

    id: str
    title: str
    lessons: Sequence[LessonStanding]


@dataclass(frozen=True, slots=True)
class Syllabus:
    """The course as the learner goes through it.

    Args:
        report: how far the learner is.
        language: the language in force.
        chapters: the chapters, in order.
        next: the exercise to go on with: one that was started, else the first that is not passed; "" for none.
    """

    report: Report
    language: str
    chapters: Sequence[ChapterStanding]
    next: str


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a claim's question."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A claim as it is put to the learner.

    Args:
        id: the claim's id.
        statement: what the notes say.
        question: what is to be predicted.
        options: the choices.
        experiment: the script that will show it.
        predicted: the key that was chosen before; "" for none.
    """

    id: str
    statement: str
    question: str
    options: Sequence[Option]
    experiment: str
    predicted: str


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """What a claim's experiment showed on the engine in front of the learner.

    Args:
        id: the claim's id.
        statement: what the notes say.
        engine: the engine's version.
        output: what the experiment printed.
        observed: the text of the choice that it showed; "" where it fits none.
        predicted: the text of the choice that was predicted; "" for none.
        right: whether the prediction was right; None without one.
        notes_hold: whether the notes are right about this engine.
        why: why it is so.
        today: what to do today.
    """

    id: str
    statement: str
    engine: str
    output: str
    observed: str
    predicted: str
    right: bool | None
    notes_hold: bool
    why: str
    today: str
