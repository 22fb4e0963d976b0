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
from dockyard.tutor.watch import Watch

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
    "Watch",
    "Way",
]
