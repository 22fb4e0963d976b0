"""The course as its authors wrote it: where it is, what is in it, whether it is right; it knows no learner."""

from dockyard.course.contents import exercise_cells
from dockyard.course.handout import hand_out
from dockyard.course.loading import Chapter, Course, Lesson, load
from dockyard.course.place import course_text, root, translate

__all__ = ["Chapter", "Course", "Lesson", "course_text", "exercise_cells", "hand_out", "load", "root", "translate"]
