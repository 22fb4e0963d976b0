"""Everything about a course that can be wrong without an engine; `check` finds it, each with a place and a remedy."""

from collections.abc import Iterator
from pathlib import Path

from dockyard.course.linting import catalogue, definitions, lessons, unfilled
from dockyard.course.linting.finding import Finding
from dockyard.course.loading import Course, load
from dockyard.errors import CourseError

__all__ = ["Finding", "check", "lint"]


def check(course: Course) -> Iterator[Finding]:
    """Find what is wrong with a course."""
    yield from unfilled.check(course)
    try:
        course.modules  # noqa: B018 - executes the files of exercises and claims, which is what may fail
    except CourseError as error:
        yield Finding("file.load", course.directory, "exercises/, claims/", error.found, error.next_step)
        return
    yield from definitions.check(course)
    yield from lessons.check(course)
    yield from catalogue.check(course)


def lint(directory: Path | None = None) -> list[Finding]:
    """Find what is wrong with the course in a directory, or with the installed one."""
    return list(check(load(directory)))
