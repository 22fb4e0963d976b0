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
    with tempfile.TemporaryDirectory(prefix="dockyard-") as directory:
        environment = {
            **os.environ,
            "DOCKYARD_MACHINE": machine.name,
            "DOCKYARD_LANG": language,
            "DOCKYARD_PROGRESS": directory,
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
        kernel = client.create_kernel_manager()
        kernel.transport = "ipc"  # no TCP port
        kernel.connection_file = f"{directory}/kernel.json"
        client.execute(env=environment)


def store(path: Path, machine: Machine) -> list[str]:
    """Run a lesson and store it with what it showed.

    Args:
        path: the notebook; the directory that it is in names its language.
        machine: a running machine; everything in it is thrown away.

    Returns:
        The ids of the cells that ended in a Python error; a lesson should have none.
    """
    ran = nbformat.read(path, as_version=4)
    machine.reset()
    execute(ran, machine, path.parent.name)
    cells = {cell.id: cell for cell in ran.cells if cell.cell_type == "code"}
    lesson = nbformat.read(path, as_version=4)  # its author may have gone on writing meanwhile
    for cell in lesson.cells:
        done = cells.get(cell.id)
        if done and done.source == cell.source:
            cell.outputs, cell.execution_count = done.outputs, done.execution_count
    draft = path.with_name(f".{path.name}.new")
    nbformat.write(lesson, draft)
    draft.replace(path)
    return [name for name, cell in cells.items() if any(output.output_type == "error" for output in cell.outputs)]
