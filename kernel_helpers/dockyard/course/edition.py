"""Makes the learner's edition of a lesson and merges a new one into what the learner wrote; it knows no directories."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import Preprocessor, TagRemovePreprocessor

# A cell with this tag holds an answer: learners get the lesson without it.
SOLUTION = "solution"
# A cell with this tag keeps its stored output in the learner's edition.
KEEP_OUTPUT = "keep-output"


class ClearOutputs(Preprocessor):
    """Takes the outputs out of every code cell that does not ask to keep them."""

    def preprocess_cell(self, cell: Any, resources: Any, _index: int) -> tuple[Any, Any]:
        """Return the cell without its outputs and its number."""
        if cell.cell_type == "code" and KEEP_OUTPUT not in cell.metadata.get("tags", []):
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("execution", None)
        return cell, resources


def learners(lesson: Path) -> nbformat.NotebookNode:
    """Return the learner's edition of a lesson: without solutions and outputs, every id as it is."""
    remove = TagRemovePreprocessor(remove_cell_tags={SOLUTION}, enabled=True)
    clear = ClearOutputs()  # type: ignore[no-untyped-call] # inherited from nbconvert, which has no types
    exporter = NotebookExporter(preprocessors=[remove, clear])
    text, _resources = exporter.from_filename(str(lesson))
    edition: nbformat.NotebookNode = nbformat.reads(text, as_version=4)
    return edition


def merge(base: Any, theirs: Any, ours: Any) -> Any:
    """Return the new edition with the learner's work in it.

    A cell that the learner changed stays as they left it; a cell of their own stays behind the cell that it followed;
    a cell that they deleted stays away; everything else is the new edition's.

    Args:
        base: the edition that the learner was given.
        theirs: what they made of it.
        ours: the new edition.
    """
    given = {cell.id: cell for cell in base.cells}
    have = {cell.id: cell for cell in theirs.cells}
    merged = ours.copy()
    merged.cells = [
        _cell(given.get(cell.id), have.get(cell.id), cell)
        for cell in ours.cells
        if cell.id in have or cell.id not in given
    ]
    new = {cell.id for cell in ours.cells}
    kept = [cell for cell in theirs.cells if cell.id not in new and _is_work(given.get(cell.id), cell)]
    for cell in kept:
        merged.cells.insert(_place(merged.cells, theirs.cells, cell), cell)
    return merged


def changed(base: Any, theirs: Any) -> bool:
    """Return whether a learner changed, added or removed anything, outputs apart."""
    return _sources(base.cells) != _sources(theirs.cells)


def _sources(cells: Sequence[Any]) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in cells]


def _is_work(given: Any | None, have: Any) -> bool:
    """Return whether a cell holds work of the learner's: their own cell, or one of ours that they changed."""
    return given is None or given.source != have.source


def _cell(given: Any | None, have: Any | None, ours: Any) -> Any:
    if have is None:
        return ours
    if given is not None and _is_work(given, have):
        return have
    return have if have.source == ours.source and have.cell_type == ours.cell_type else ours


def _place(cells: Sequence[Any], theirs: Sequence[Any], cell: Any) -> int:
    """Return where a cell goes: behind the nearest cell before it that is there."""
    at = {there.id: index for index, there in enumerate(cells)}
    before = theirs[: next(index for index, there in enumerate(theirs) if there.id == cell.id)]
    return next((at[one.id] + 1 for one in reversed(before) if one.id in at), 0)
