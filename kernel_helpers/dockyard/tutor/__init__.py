"""The tutor: the one façade that kernel, server and command line call; it knows neither Jupyter nor a terminal."""

from dockyard.tutor.told import (
    ClaimVerdict,
    Feedback,
    Hint,
    Option,
    Question,
    Report,
    Solutions,
    Standing,
    Task,
    Way,
)
from dockyard.tutor.tutor import Tutor

__all__ = [
    "ClaimVerdict",
    "Feedback",
    "Hint",
    "Option",
    "Question",
    "Report",
    "Solutions",
    "Standing",
    "Task",
    "Tutor",
    "Way",
]
