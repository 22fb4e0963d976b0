"""Loads what authors wrote: course.toml and the Python files of exercises and claims; it does not judge them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, TypeVar

from dockyard.claims import Claim
from dockyard.course.place import root
from dockyard.engine import Sentence
from dockyard.errors import CourseError
from dockyard.exercises import Exercise
from dockyard.i18n import _, language

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One notebook: its id is its file's name without .ipynb."""

    id: str
    title: Mapping[str, str]
    notes: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A topic of the notes and its lessons."""

    id: str
    title: Mapping[str, str]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Course:
    """The course as its authors wrote it.

    Args:
        directory: what holds course.toml, exercises/, claims/, en/ and zh/.
        id: its name in file names.
        title: by language.
        chapters: in the order in which they are learned.
    """

    directory: Path
    id: str
    title: Mapping[str, str]
    chapters: tuple[Chapter, ...] = field(default_factory=tuple)

    @property
    def lessons(self) -> list[Lesson]:
        """All lessons, in order."""
        return [lesson for chapter in self.chapters for lesson in chapter.lessons]

    def lesson(self, name: str) -> Lesson:
        """Return a lesson.

        Raises:
            CourseError: there is none with this id.
        """
        lessons = {lesson.id: lesson for lesson in self.lessons}
        if name not in lessons:
            raise CourseError(_("There is no lesson {id}.").format(id=name), _nearest(name, lessons))
        return lessons[name]

    def notebook(self, lesson: str, chosen: str = "") -> Path:
        """Return the place of a lesson's notebook, in a language or in the one in force."""
        return self.directory / (chosen or language()) / f"{lesson}.ipynb"

    @cached_property
    def modules(self) -> dict[Path, ModuleType]:
        """The files of exercises and claims, executed, by their paths."""
        paths = [*sorted(self.directory.glob("exercises/*.py")), *sorted(self.directory.glob("claims/*.py"))]
        return {path: _execute(path) for path in paths}

    def definitions(self) -> Iterator[tuple[Path, Exercise | Claim | Sentence]]:
        """Give every exercise, claim and sentence with the file that defines it, in order."""
        for path, module in self.modules.items():
            for value in vars(module).values():
                if isinstance(value, Exercise | Claim | Sentence):
                    yield path, value

    def _all(self, kind: type[_Kind]) -> Iterator[_Kind]:
        return (value for _path, value in self.definitions() if isinstance(value, kind))

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """All exercises by id, in the order of their files."""
        return {exercise.id: exercise for exercise in self._all(Exercise)}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """All claims by id, in the order of their files."""
        return {claim.id: claim for claim in self._all(Claim)}

    @property
    def taught_claims(self) -> list[str]:
        """The ids of the claims whose topic has a chapter; others may wait for their lesson, already proven."""
        topics = {chapter.id for chapter in self.chapters}
        return [name for name in self.claims if name.partition(".")[0] in topics]

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        """The sentences that exercises define for themselves, by name."""
        return {said.name: said for said in self._all(Sentence)}

    def exercise(self, name: str) -> Exercise:
        """Return an exercise.

        Raises:
            CourseError: there is none with this id.
        """
        if name not in self.exercises:
            raise CourseError(_("There is no exercise {id}.").format(id=name), _nearest(name, self.exercises))
        return self.exercises[name]

    def claim(self, name: str) -> Claim:
        """Return a claim.

        Raises:
            CourseError: there is none with this id.
        """
        if name not in self.claims:
            raise CourseError(_("There is no claim {id}.").format(id=name), _nearest(name, self.claims))
        return self.claims[name]


def _nearest(name: str, known: Mapping[str, object]) -> str:
    import difflib  # noqa: PLC0415 - only needed for a mistyped name

    close = difflib.get_close_matches(name, known, 3, 0.4) or list(known)[:3]
    return _("Did you mean {names}?").format(names=", ".join(close))


class _Fresh(SourceFileLoader):
    """Loads a file as it stands, and leaves no compiled copy beside it: the course may be in a read-only place."""

    def get_code(self, _name: str) -> CodeType:
        """Return the code of the file."""
        return self.source_to_code(self.get_data(self.path), self.path)


def _execute(path: Path) -> ModuleType:
    name = f"dockyard_course_{path.parent.name}_{path.stem}"
    module = ModuleType(name)
    module.__file__ = str(path)
    try:
        _Fresh(name, str(path)).exec_module(module)
    except Exception as error:
        raise CourseError(
            _("{path} cannot be loaded: {error}").format(path=path, error=f"{type(error).__name__}: {error}"),
            f"python {path}",
        ) from error
    return module


def load(directory: Path | None = None) -> Course:
    """Return the course in a directory, or the one that is installed.

    Raises:
        CourseError: course.toml is missing or wrong.
    """
    place = directory or root()
    source = place / "course.toml"
    try:
        written = tomllib.loads(source.read_text(encoding="utf-8"))
        chapters = tuple(_chapter(entry) for entry in written["chapters"])
        return Course(place, written["id"], written["title"], chapters)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseError(
            _("{path} is not a course: {error}").format(path=source, error=f"{type(error).__name__}: {error}"),
            _("AUTHORING.md shows what it holds."),
        ) from error


def _chapter(written: Mapping[str, Any]) -> Chapter:
    return Chapter(written["id"], written["title"], tuple(_lesson(entry) for entry in written["lessons"]))


def _lesson(written: Mapping[str, Any]) -> Lesson:
    return Lesson(written["id"], written["title"], tuple(written["notes"]), written["status"] == "complete")
