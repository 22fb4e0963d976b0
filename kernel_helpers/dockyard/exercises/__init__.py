"""Exercises: what one is, where they are found, how one is judged; it knows no learner and no progress."""

from dockyard.engine import Evidence, NotYet, Sentence
from dockyard.exercises.exercise import Answer, Check, Exercise, Mistake, Parameters, _, sentence
from dockyard.exercises.judge import Outcome, Verdict, judge, judge_settled

__all__ = [
    "Answer",
    "Check",
    "Evidence",
    "Exercise",
    "Mistake",
    "NotYet",
    "Outcome",
    "Parameters",
    "Sentence",
    "Verdict",
    "_",
    "judge",
    "judge_settled",
    "sentence",
]
