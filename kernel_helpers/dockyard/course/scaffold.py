"""Begins lessons, exercises and claims for authors: files in the right form, with FILL where their words belong."""

import re
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from dockyard.course.edition import SOLUTION
from dockyard.course.linting.lessons import stamp
from dockyard.course.loading import Course
from dockyard.errors import CourseError
from dockyard.i18n import _

_NAME = "[a-z][a-z0-9_]*"
_KERNEL = {"name": "dockyard", "display_name": "Dockyard (Docker lessons)", "language": "python"}

_EXERCISES = '''\
"""The exercises on $topic."""

from dockyard.exercises import Answer, Evidence, Exercise, Mistake, Parameters, _
'''
_EXERCISE = """

def _check_$name(the: Evidence, _p: Parameters) -> None:
    the.container("FILL").must_run("FILL")


$name = Exercise(
    id="$topic.$name",
    title=_("FILL"),
    goal=_("FILL what is to be reached, not how."),
    notes=("FILL",),
    setup="without_container FILL",
    check=_check_$name,
    hints=(
        _("FILL a nudge."),
        _("FILL `the command`"),
    ),
    solution=Answer("FILL", why=_("FILL why this is the way.")),
    others=(Answer("FILL", why=_("FILL why this is as good.")),),
    mistakes=(
        Mistake("FILL", gets="container.missing"),
        Mistake("FILL", gets="container.exited"),
    ),
)
"""
_CLAIMS = '''\
"""The claims on $topic."""

from dockyard.claims import Choice, Claim, Since
from dockyard.exercises import _
'''
_CLAIM = '''

$name = Claim(
    id="$topic.$name",
    notes=("FILL",),
    statement=_("FILL what the notes say, in your words."),
    question=_("FILL what the learner is to predict?"),
    choices=(
        Choice("yes", _("FILL what the notes say"), notes=True),
        Choice("no", _("FILL the other answer")),
    ),
    experiment="""\\
echo "FILL=$$(true)"
""",
    outcome=lambda seen: {"1": "yes", "0": "no"}.get(seen.value("FILL"), ""),
    expected=(Since("20.10", "yes"),),
    why=_("FILL why it is so."),
    today=_("FILL what to do today."),
)
'''
_LESSON = """
[[chapters]]
id = "$topic"
title = { en = "FILL", zh = "FILL" }

[[chapters.lessons]]
id = "$id"
title = { en = "FILL", zh = "FILL" }
notes = ["FILL"]
status = "draft"
"""
_CELLS = {
    "title": (
        "# FILL\n\nFILL what you will be able to do, and how long it takes.",
        "# FILL\n\nFILL 学完能做什么，需要多长时间。",
    ),
    "first": ("## FILL\n\nFILL one idea.", "## FILL\n\nFILL 一个要点。"),
    "recap": (
        "## What you have learned\n\n| command | what it does |\n| --- | --- |\n| FILL | FILL |",
        "## 小结\n\n| 命令 | 作用 |\n| --- | --- |\n| FILL | FILL |",
    ),
}


def exercise(course: Course, name: str) -> list[Path]:
    """Begin an exercise at the end of its topic's file, and of its topic's lesson where there is one.

    Raises:
        CourseError: the id is none, or is taken.
    """
    file = _append(course.directory / "exercises", name, {*course.exercises}, _EXERCISES, _EXERCISE)
    return [file, *_into_lesson(course, name, _exercise_cells)]


def claim(course: Course, name: str) -> list[Path]:
    """Begin a claim at the end of its topic's file, and of its topic's lesson where there is one.

    Raises:
        CourseError: the id is none, or is taken.
    """
    file = _append(course.directory / "claims", name, {*course.claims}, _CLAIMS, _CLAIM)
    return [file, *_into_lesson(course, name, _claim_cells)]


def lesson(course: Course, name: str) -> list[Path]:
    """Begin a chapter with one lesson: its entry in course.toml and its notebook in both languages.

    Of a lesson that course.toml names already, only the notebooks that are missing.

    Raises:
        CourseError: the id is none, or the lesson is there.
    """
    notebooks = [(column, course.notebook(name, chosen)) for column, chosen in enumerate(("en", "zh"))]
    missing = [(column, path) for column, path in notebooks if not path.exists()]
    written = []
    if all(there.id != name for there in course.lessons):
        written.append(_list_lesson(course, name))
    elif not missing:
        raise CourseError(_("There is a lesson {id} already.").format(id=name), str(notebooks[0][1]))
    for column, path in missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(_notebook(column), path)
        written.append(path)
    return written


def _list_lesson(course: Course, name: str) -> Path:
    """Put a lesson into course.toml, in a chapter of its own."""
    topic = re.fullmatch(rf"\d\d-({_NAME})", name)
    if topic is None:
        raise CourseError(_("{id} is no id of a lesson.").format(id=name), "dockyard course new lesson 04-volumes")
    toml = course.directory / "course.toml"
    entry = Template(_LESSON).substitute(topic=topic[1], id=name)
    toml.write_text(toml.read_text(encoding="utf-8") + entry, encoding="utf-8")
    return toml


def _markdown(key: str, texts: tuple[str, str], column: int) -> Any:
    own = {"dockyard": {"translates": stamp(texts[0])}} if column else {}
    return new_markdown_cell(texts[column], id=key, metadata=own)


def _exercise_cells(name: str, column: int) -> list[Any]:
    key = name.partition(".")[2].replace("_", "-")
    comment = ("# your commands", "# 在这里写你的命令")[column]
    return [
        _markdown(f"{key}-exercise", ("### Your turn: FILL", "### 练一练：FILL"), column),
        new_code_cell(f"%exercise {name}", id=f"{key}-goal"),
        new_code_cell(f"%%machine\n{comment}", id=f"{key}-attempt", metadata={"tags": ["attempt"]}),
        new_code_cell("%%machine\nFILL", id=f"{key}-solution", metadata={"tags": [SOLUTION]}),
        new_code_cell(f"%check {name}", id=f"{key}-check"),
    ]


def _claim_cells(name: str, _column: int) -> list[Any]:
    key = name.partition(".")[2].replace("_", "-")
    return [
        new_code_cell(f"%claim {name}", id=f"{key}-predict"),
        new_code_cell(f"%verdict {name}", id=f"{key}-verdict"),
    ]


def _into_lesson(course: Course, name: str, cells: Callable[[str, int], list[Any]]) -> list[Path]:
    """Put cells before the recap of the last lesson of a topic, in both languages; return what was written."""
    lessons = [one for chapter in course.chapters if chapter.id == name.partition(".")[0] for one in chapter.lessons]
    written = []
    for lesson_ in lessons[-1:]:
        for column, chosen in enumerate(("en", "zh")):
            path = course.notebook(lesson_.id, chosen)
            if not path.exists():
                continue
            book = nbformat.read(path, as_version=4)
            at = next((place for place, cell in enumerate(book.cells) if cell.id == "recap"), len(book.cells))
            book.cells[at:at] = cells(name, column)
            nbformat.write(book, path)
            written.append(path)
    return written


def _notebook(column: int) -> Any:
    cells = []
    for key, texts in _CELLS.items():
        cells.append(_markdown(key, texts, column))
        if key == "first":
            cells.append(new_code_cell("%%machine\ndocker version", id="first-command"))
    return new_notebook(cells=cells, metadata={"kernelspec": _KERNEL})


def _append(directory: Path, name: str, taken: set[str], head: str, body: str) -> Path:
    match = re.fullmatch(rf"({_NAME})\.({_NAME})", name)
    if match is None:
        raise CourseError(_("{id} is no id.").format(id=name), _("Write topic.name, in lower case: volumes.keep"))
    if name in taken:
        raise CourseError(_("{id} is taken.").format(id=name), _("Choose another name."))
    path = directory / f"{match[1]}.py"
    words = {"topic": match[1], "name": match[2]}
    there = path.read_text(encoding="utf-8") if path.is_file() else Template(head).substitute(words)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(there + Template(body).substitute(words), encoding="utf-8")
    return path
