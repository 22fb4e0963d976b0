"""The tutor: the one façade that kernel, server and command line call; it knows neither Jupyter nor a terminal."""

from dockyard.tutor.told import (
    ChapterStanding,
    ClaimVerdict,
    Feedback,
    Hint,
    LessonStanding,
    Option,
    Question,
    Report,
    Solutions,
    Standing,
    Syllabus,
    Task,
    Way,
)
from dockyard.tutor.tutor import Tutor
from dockyard.tutor.watch import Watch

__all__ = [
    "ChapterStanding",
    "ClaimVerdict",
    "Feedback",
    "Hint",
    "LessonStanding",
    "Option",
    "Question",
    "Report",
    "Solutions",
    "Standing",
    "Syllabus",
    "Task",
    "Tutor",
    "Watch",
    "Way",
]
