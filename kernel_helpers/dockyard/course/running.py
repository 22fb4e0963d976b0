"""Runs a lesson on a machine as a learner would and stores what it showed; it judges nothing."""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from dockyard.machine import Machine

# The longest that one cell may take, in seconds.
_LONGEST = 600


def execute(book: NotebookNode, machine: Machine, language: str = "en") -> None:
    """Run a notebook's cells in order, by a new kernel; the outputs are put into it.

    Nothing is known of the learner's progress, and each parameter has its first value, for which the lessons' own
    solutions are written.

    Args:
        book: the notebook; it is changed.
        machine: a running machine.
        language: "en" or "zh".
    """
    with tempfile.TemporaryDirectory() as progress:
        environment = {
            **os.environ,
            "DOCKYARD_MACHINE": machine.name,
            "DOCKYARD_LANG": language,
            "DOCKYARD_PROGRESS": progress,
            "DOCKYARD_DRAW": "first",
        }
        client = NotebookClient(
            book,
            kernel_name="dockyard",
            timeout=_LONGEST,
            allow_errors=True,
            coalesce_streams=True,
            record_timing=False,
            store_widget_state=False,
            resources={"metadata": {"path": str(machine.workspace)}},
        )
        client.execute(env=environment)


def store(path: Path, machine: Machine) -> list[str]:
    """Run a lesson and store it with what it showed.

    Args:
        path: the notebook; the directory that it is in names its language.
        machine: a running machine; everything in it is thrown away.

    Returns:
        The ids of the cells that ended in a Python error; a lesson should have none.
    """
    book = nbformat.read(path, as_version=4)
    known = book.metadata.language_info
    machine.reset()
    execute(book, machine, path.parent.name)
    book.metadata.language_info = known  # not the version of this very Python
    draft = path.with_name(f".{path.name}.new")
    nbformat.write(book, draft)
    draft.replace(path)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    return [cell.id for cell in cells if any(output.output_type == "error" for output in cell.outputs)]
