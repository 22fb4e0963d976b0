"""Copies the course into a learner's workspace and brings it up to date there; nothing of theirs is ever lost."""

import filecmp
import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dockyard.course.loading import Course, load
from dockyard.errors import CourseError
from dockyard.i18n import _

_LANGUAGES = ("en", "zh")
# Where the workspace remembers which edition it was given: a copy of every file as it was handed out.
_GIVEN = ".dockyard/course"
_STAMPS = "stamps.json"


def hand_out(workspace: Path, course: Course | None = None) -> Path:
    """Put the learner's edition of every lesson, in both languages, and the pictures into a workspace.

    A file that is there stays as the learner left it. When the course has a new edition, new cells arrive, the
    learner's stay, and the file as it was is kept beside. Whatever runs in the machine can write to the workspace: a
    link, or anything else that is no plain file, is moved aside and never followed.

    Args:
        workspace: the learner's directory.
        course: the course; without one, the installed one.

    Returns:
        The first lesson, in the language in force.

    Raises:
        CourseError: the workspace cannot be written, or there is no lesson.
    """
    chosen = course or load()
    try:
        remembered = _place(workspace, f"{_GIVEN}/{_STAMPS}")
        stamps = _read_stamps(remembered)
        fresh = {}
        for source in _files(chosen):
            name = str(source.relative_to(chosen.directory))
            fresh[name] = _stamp(source)
            target = _place(workspace, name)
            if stamps.get(name) != fresh[name] or not target.exists():
                _bring(source, target, _place(workspace, f"{_GIVEN}/{name}"))
        if fresh != stamps:
            _write(remembered, json.dumps(fresh, indent=1).encode())
    except OSError as error:
        raise CourseError(
            _("The lessons could not be put into {place}: {error}").format(place=workspace, error=error.strerror),
            f"ls -ld {workspace}",
        ) from error
    return _first(chosen, workspace)


def _first(course: Course, workspace: Path) -> Path:
    for lesson in course.lessons:
        source = course.notebook(lesson.id)
        if source.is_file():
            return workspace / source.relative_to(course.directory)
    raise CourseError(_("The course has no lesson yet."), "dockyard course new lesson 01-name")


def _files(course: Course) -> Iterator[Path]:
    for chosen in _LANGUAGES:
        for lesson in course.lessons:
            source = course.notebook(lesson.id, chosen)
            if source.is_file():
                yield source
    yield from (path for path in sorted(course.directory.glob("assets/**/*")) if path.is_file())


def _stamp(source: Path) -> str:
    status = source.stat()
    return f"{status.st_mtime_ns}:{status.st_size}"


def _read_stamps(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return {}


def _place(workspace: Path, name: str) -> Path:
    """Return where a file of the workspace lies, after moving aside what is in its way."""
    path = workspace
    *directories, last = Path(name).parts
    for part in directories:
        path /= part
        _move_aside_unless(stat.S_ISDIR, path)
    _move_aside_unless(stat.S_ISREG, path / last)
    return path / last


def _move_aside_unless(fits: Callable[[int], bool], path: Path) -> None:
    if os.path.lexists(path) and not fits(path.lstat().st_mode):
        path.rename(_beside(path))


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step: after Ctrl-C or on a full disk the old one is still whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    try:
        with new.open("xb") as file:  # which follows no link
            file.write(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _bring(source: Path, target: Path, given: Path) -> None:
    """Bring one file of the workspace up to date."""
    if source.suffix == ".ipynb":
        _bring_lesson(source, target, given)
        return
    if target.exists() and not (given.exists() and filecmp.cmp(target, given, shallow=False)):
        _keep_beside(target)
    _write(target, source.read_bytes())
    _write(given, source.read_bytes())


def _bring_lesson(source: Path, target: Path, given: Path) -> None:
    import nbformat  # noqa: PLC0415 - takes 0.3 s, and most days no lesson is new

    from dockyard.course import edition  # noqa: PLC0415 - likewise

    ours = edition.learners(source)
    result = ours
    if target.exists():
        theirs = _read(target)
        base = _read(given) if given.exists() else None
        if theirs is not None and base is not None:
            result = edition.merge(base, theirs, ours)
        if theirs is None or base is None or edition.changed(base, theirs):
            _keep_beside(target)
    _write(target, f"{nbformat.writes(result)}\n".encode())
    _write(given, f"{nbformat.writes(ours)}\n".encode())


def _read(path: Path) -> Any:
    """Return a notebook, or None for a file that is none."""
    import nbformat  # noqa: PLC0415 - takes 0.3 s, and most days no lesson is new

    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError, AttributeError):
        return None


def _keep_beside(target: Path) -> None:
    """Keep a copy of a file beside it."""
    _write(_beside(target), target.read_bytes())


def _beside(target: Path) -> Path:
    """Return a name beside a file's that is not taken."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    beside = target.with_name(f"{target.stem}.before-{stamp}{target.suffix}")
    while os.path.lexists(beside):
        beside = beside.with_name(f"{beside.stem}-more{beside.suffix}")
    return beside
