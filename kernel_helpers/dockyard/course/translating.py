"""Helps translators: brings the catalogue up to date with the texts, and marks Chinese cells as translated."""

from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from dockyard.course.linting.lessons import stamp
from dockyard.course.loading import Course
from dockyard.engine import Sentence

_HEADER = "# The texts of exercises and claims in Simplified Chinese; `dockyard course extract` keeps them up to date."


def extract(course: Course) -> tuple[Path, int]:
    """Bring the course's Chinese catalogue up to date: new texts get an empty entry, those that are gone go.

    Returns:
        The catalogue's path, and how many of its entries still lack their Chinese.
    """
    path = course.directory / "locale" / "zh_CN" / "LC_MESSAGES" / "course.po"
    wanted = Catalog("zh_CN", "course", _HEADER, "Dockyard", charset="utf-8", fuzzy=False)
    for source, thing in course.definitions():
        name = thing.name if isinstance(thing, Sentence) else thing.id
        for text in thing.texts():
            wanted.add(text, locations=[(str(source.relative_to(course.directory)), 0)], auto_comments=[name])
    if path.is_file():
        with path.open("rb") as file:
            kept = read_po(file, locale="zh_CN")
        wanted.creation_date = kept.creation_date
        for entry in wanted:
            old = kept.get(entry.id)
            if entry.id and old is not None:
                entry.string, entry.flags = old.string, old.flags
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, wanted, width=100, no_location=True, sort_output=False)
    return path, sum(not entry.string for entry in wanted if entry.id)


def mark_translated(course: Course, lesson: str) -> int:
    """Let every Chinese Markdown cell of a lesson remember the English text that it translates.

    Returns:
        How many cells were marked anew.
    """
    english = nbformat.read(course.notebook(lesson, "en"), as_version=4)
    path = course.notebook(lesson, "zh")
    chinese = nbformat.read(path, as_version=4)
    texts = {cell.id: cell.source for cell in english.cells if cell.cell_type == "markdown"}
    marked = 0
    for cell in chinese.cells:
        own = cell.metadata.setdefault("dockyard", {}) if cell.id in texts else {}
        if cell.id in texts and own.get("translates") != stamp(texts[cell.id]):
            own["translates"] = stamp(texts[cell.id])
            marked += 1
    if marked:
        nbformat.write(chinese, path)
    return marked
