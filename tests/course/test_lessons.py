"""Every lesson, in both languages, runs on a new machine, and every check and verdict says what is stored."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from pytest_notebook.nb_regression import NBRegressionFixture

from dockyard.course import root

pytestmark = [pytest.mark.machine, pytest.mark.lesson, pytest.mark.slow, pytest.mark.timeout(1800)]

LESSONS = sorted(root().glob("??/[0-9]*.ipynb"))

# What differs from run to run, or with the next Debian update, and teaches nothing by its value: (what, stands for it).
VOLATILE = (
    # a pull's layers come in any order, and a quick one skips some of its states
    (r"^[0-9a-f]{12}: (Pull\w*|Waiting|Verifying|Download|Already)[\w ]*\n", ""),
    (r"sha256:[0-9a-f]{12,64}", "DIGEST"),
    (r"\b[0-9a-f]{64}\b", "ID"),
    (r"\b(?=[0-9a-f]*[0-9])[0-9a-f]{12}\b", "SHORT-ID"),
    (r"\b[0-9a-f]{25}\b|\b[a-z0-9]{25}\b", "BUILD-ID"),
    (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?[+-]\d\d:?\d\d| UTC|Z)?( UTC)?", "TIME"),
    (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", "TIME"),
    (r"\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}|\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", "TIME"),
    (r"\w{3} \w{3} +\d+ \d\d:\d\d:\d\d( \w+)? \d{4}|\w{3} +\d+ \d\d:\d\d", "TIME"),
    (r"(About (a|an)|Less than a|\d+) (second|minute|hour|day|week|month|year)s?( ago)?", "A-WHILE"),
    (r"\b\d+(\.\d+)? ?(ms|s|sec|seconds)\b", "A-WHILE"),
    (r"\b\d+(\.\d+)? ?([kKMG]i?)?B(/s)?\b", "SIZE"),
    (r"\b[a-z]+_[a-z]+\d?\b", "A-NAME"),  # what Docker calls a container that has no name
    (r"\b\d+\.\d+(\.\d+)?([.~+-][\w.~+-]+)?\b(?!\.\d)", "NUMBER"),  # versions; addresses have four parts
    (r"(^#\d+ .*\n|^\n(?=#\d))*^#\d+ .*$", "BUILD-STEPS"),  # as many lines as the clock happens to make them
    (r"(?<=[:\s])(3[2-9]|4\d|5\d|60)\d{3}\b", "A-FREE-PORT"),
    (r"/tmp/[\w.-]+", "TEMPORARY"),
    (r"[ \t]{2,}", "  "),
    (r"-{3,}", "---"),
)


def said(notebook: NotebookNode) -> dict[str, list[str]]:
    """What each cell says, by its id: its lines without what is volatile, sorted.

    Sorted, and no matter in how many pieces they came, because what runs side by side says it in any order.
    """
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            text = "\n".join(_text(output).strip("\n") for output in cell.outputs)
            for pattern, word in VOLATILE:
                text = re.sub(pattern, word, text, flags=re.MULTILINE)
            found[cell.id] = sorted({line.strip() for line in text.splitlines()} - {""})
    return found


def _text(output: NotebookNode) -> str:
    """The plain text of an output; a widget's and a page's are what they show."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return str(output.data.get("text/plain", ""))


def answers(notebook: NotebookNode) -> dict[str, str]:
    """The first line of each answer of the tutor to a check or a verdict, by the id of its cell."""
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith(("%check", "%verdict")):
            texts = [output.data.get("text/plain", "") for output in cell.outputs if "data" in output]
            found[cell.id] = next((text.splitlines()[0] for text in texts if text), "")
    return found


def errors(notebook: NotebookNode) -> dict[str, str]:
    """What each cell says that ended in a Python error, by its id."""
    return {
        cell.id: "\n".join([_text(output), *output.traceback])
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    }


@pytest.mark.parametrize("lesson", LESSONS, ids=[f"{path.parent.name}-{path.stem}" for path in LESSONS])
def test_a_lesson_runs_as_it_is_stored(lesson: Path, fresh_machine, monkeypatch, tmp_path, table):
    stored = nbformat.read(lesson, as_version=4)
    assert answers(stored)
    monkeypatch.setenv("DOCKYARD_MACHINE", fresh_machine.name)
    monkeypatch.setenv("DOCKYARD_LANG", lesson.parent.name)
    monkeypatch.setenv("DOCKYARD_DRAW", "first")  # the stored solutions are for the first of each parameter's values
    # Once more where it differs: an engine on a host that is too busy for two seconds gives up a container's last
    # output (handleContainerExit in moby's daemon/monitor.go), and then a cell says nothing.
    different = ""
    for attempt in ("first", "second"):
        monkeypatch.setenv("DOCKYARD_PROGRESS", str(tmp_path / attempt))
        check = NBRegressionFixture(exec_timeout=300, exec_cwd=str(fresh_machine.workspace))
        different = difference(check.check(str(lesson), raise_errors=False).nb_final, stored)
        if not different:
            return
        table(f"{attempt} run of {lesson.parent.name}/{lesson.name}", different)
        fresh_machine.reset()
    pytest.fail(different)


def difference(now: NotebookNode, stored: NotebookNode) -> str:
    """Where a lesson says something else than is stored, cell by cell; nothing where it does not."""
    failed = {name: text for name, text in errors(now).items() if name not in errors(stored)}
    told, then = said(now), said(stored)
    changed = {name: f"stored {then[name]}\nnow    {lines}" for name, lines in told.items() if lines != then[name]}
    was = answers(stored)
    judged = {name: f"stored {was[name]}\nnow    {line}" for name, line in answers(now).items() if line != was[name]}
    return "\n".join(f"{name}\n{text}" for found in (failed, judged, changed) for name, text in found.items())


def test_there_is_a_lesson_in_each_language():
    names = {language: [path.name for path in LESSONS if path.parent.name == language] for language in ("en", "zh")}
    assert names["en"] == names["zh"] != []
