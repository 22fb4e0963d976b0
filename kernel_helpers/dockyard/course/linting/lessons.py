"""Lints lessons: both languages cell by cell, their references, and the lines of the notes that they cover."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from dockyard.course.linting.finding import Finding, lines, ranges
from dockyard.course.loading import Course, Lesson

_REFERENCE = re.compile(r"^%(exercise|check|hint|solution|reset|claim|verdict)\s+([\w.]+)", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# Comments may be translated; a parser directive of a Dockerfile looks like one and is code.
_COMMENT = re.compile(r"^\s*#(?!!|\s*(?:syntax|escape|check)\s*=).*\n?", re.MULTILINE)
_EXERCISES = frozenset({"exercise", "check", "hint", "solution", "reset"})


def check(course: Course) -> Iterator[Finding]:
    """Find what is wrong with the lessons of a course."""
    toml = course.directory / "course.toml"
    ids = [lesson.id for lesson in course.lessons]
    if ids != sorted(set(ids)):
        yield Finding(
            "lesson.order", toml, "lessons", f"the lessons stand in the order {ids}", "number them in their order"
        )
    titles = [(thing.id, thing.title) for thing in course.chapters] + [(one.id, one.title) for one in course.lessons]
    for name, title in titles:
        if not all(title.get(chosen) for chosen in ("en", "zh")):
            yield Finding("lesson.title", toml, name, "a title is missing", 'title = { en = "...", zh = "..." }')
    used: dict[str, str] = {}
    for lesson in course.lessons:
        yield from _lesson(course, lesson, used)
    for path, thing in course.definitions():
        name = getattr(thing, "id", "")
        if name and name not in used and _is_complete(course, name, used):
            yield Finding("lesson.unused", path, name, "no lesson uses it", "put it into its lesson, or take it away")


def _is_complete(course: Course, name: str, used: dict[str, str]) -> bool:
    """Return whether every lesson that uses something of the same topic is declared complete."""
    topic = name.partition(".")[0]
    homes = {home for other, home in used.items() if other.partition(".")[0] == topic}
    return bool(homes) and all(lesson.complete for lesson in course.lessons if lesson.id in homes)


def _lesson(course: Course, lesson: Lesson, used: dict[str, str]) -> Iterator[Finding]:
    books: dict[str, Any] = {}
    for chosen in ("en", "zh"):
        path = course.notebook(lesson.id, chosen)
        try:
            books[chosen] = nbformat.read(path, as_version=4)
        except FileNotFoundError:
            if lesson.complete:
                remedy = f"dockyard course new lesson {lesson.id}"
                yield Finding("lesson.missing", path, lesson.id, "the notebook is missing", remedy)
        except (ValueError, AttributeError, nbformat.ValidationError) as error:
            yield Finding(
                "lesson.format", path, lesson.id, f"it is no notebook: {error}", "save it again in JupyterLab"
            )
    if "en" in books:
        yield from _references(course, lesson, books["en"], used)
        yield from _coverage(course, lesson, books["en"])
    if len(books) == 2:
        yield from _parity(course.notebook(lesson.id, "zh"), books["en"], books["zh"])


def _parity(path: Path, english: Any, chinese: Any) -> Iterator[Finding]:
    """Compare the languages; what is wrong is said of the Chinese notebook."""
    ids, have = [cell.id for cell in english.cells], [cell.id for cell in chinese.cells]
    if ids != have:
        missing = [name for name in ids if name not in have]
        surplus = [name for name in have if name not in ids]
        found = f"missing {missing}, surplus {surplus}" if missing or surplus else "the cells stand in another order"
        yield Finding("parity.cells", path, "cells", found, "give both languages the same cells")
    other = {cell.id: cell for cell in chinese.cells}
    for cell in english.cells:
        if cell.id in other:
            yield from _pair(path, cell, other[cell.id])


def _pair(path: Path, english: Any, chinese: Any) -> Iterator[Finding]:
    def differ(rule: str, what: str, ours: object, theirs: object) -> Iterator[Finding]:
        if ours != theirs:
            yield Finding(
                rule, path, f"cell {english.id}", f"{what}: {theirs!r}, in English {ours!r}", "bring it up to date"
            )

    yield from differ("parity.type", "type", english.cell_type, chinese.cell_type)
    yield from differ("parity.tags", "tags", _tags(english), _tags(chinese))
    yield from differ("parity.notes", "notes", _own(english).get("notes"), _own(chinese).get("notes"))
    if english.cell_type == "code":
        yield from differ("parity.code", "code", _COMMENT.sub("", english.source), _COMMENT.sub("", chinese.source))
        return
    yield from differ("parity.headings", "headings", _headings(english), _headings(chinese))
    if _own(chinese).get("translates") != stamp(english.source):
        yield Finding(
            "parity.lags",
            path,
            f"cell {english.id}",
            "the English cell was changed since this one was translated",
            f"translate it again, then: dockyard course stamp {path.stem}",
        )


def stamp(english: str) -> str:
    """Return what a Chinese cell remembers of the English text that it translates."""
    return hashlib.sha256(english.strip().encode()).hexdigest()[:12]


def _headings(cell: Any) -> list[int]:
    return [len(mark) for mark in _HEADING.findall(_FENCE.sub("", cell.source))]


def _tags(cell: Any) -> list[str]:
    return sorted(cell.metadata.get("tags", []))


def _own(cell: Any) -> dict[str, Any]:
    return dict(cell.metadata.get("dockyard", {}))


def references(cell: Any) -> list[tuple[str, str]]:
    """Return the magics of a cell that name an exercise or a claim: [("check", "images.web")]."""
    return _REFERENCE.findall(cell.source) if cell.cell_type == "code" else []


def _references(course: Course, lesson: Lesson, book: Any, used: dict[str, str]) -> Iterator[Finding]:
    path = course.notebook(lesson.id, "en")
    seen: list[str] = []
    for cell in book.cells:
        for magic, name in references(cell):
            known = course.exercises if magic in _EXERCISES else course.claims
            if name not in known:
                yield Finding(
                    "lesson.reference", path, f"cell {cell.id}", f"%{magic} {name} leads nowhere", "correct the id"
                )
            if magic in ("exercise", "claim"):
                seen.append(name)
                if used.setdefault(name, lesson.id) != lesson.id or seen.count(name) > 1:
                    yield Finding("lesson.twice", path, f"cell {cell.id}", f"{name} is used twice", "once is enough")
            if magic == "check" and name not in seen:
                yield Finding(
                    "lesson.start", path, f"cell {cell.id}", f"%check {name} before %exercise {name}", "put it behind"
                )
    checked = {name for cell in book.cells for magic, name in references(cell) if magic in ("check", "verdict")}
    for name in seen:
        if name not in checked:
            yield Finding(
                "lesson.end", path, name, f"{name} is begun and never judged", "add %check, or %verdict for a claim"
            )


def _coverage(course: Course, lesson: Lesson, book: Any) -> Iterator[Finding]:
    """Find the lines of the notes that a complete lesson leaves out."""
    path = course.notebook(lesson.id, "en")
    try:
        wanted, covered = lines(lesson.notes), _covered(course, book)
    except ValueError as error:
        yield Finding("notes.form", path, lesson.id, f"{error} is no range of lines", 'write "16-22" or "44"')
        return
    left = wanted - covered
    if lesson.complete and left:
        yield Finding(
            "notes.uncovered",
            path,
            lesson.id,
            f"nothing covers the lines {ranges(left)} of the notes",
            'add {"dockyard": {"notes": ["..."]}} to the metadata of the cell that does, or write that cell',
        )


def _covered(course: Course, book: Any) -> set[int]:
    found: set[int] = set()
    for cell in book.cells:
        found |= lines(list(_own(cell).get("notes", [])))
        for _magic, name in references(cell):
            thing = course.exercises.get(name) or course.claims.get(name)
            if thing is not None:
                found |= lines(list(thing.notes))
    return found
