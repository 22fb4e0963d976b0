"""A stored notebook says everything without a kernel: as HTML, as Markdown, as plain text."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter
from nbformat import v4

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def stored(machine, kernel_environment) -> nbformat.NotebookNode:
    """A notebook that was run without a browser."""
    sources = ["%exercise images.pull_tag", "%check", "%%machine\necho '<b>bold</b>'; exit 3", "%check nosuch"]
    cells = [v4.new_code_cell(source, metadata={"tags": ["raises-exception"]}) for source in sources]
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "dockyard", "display_name": "D"}})
    environment = {**kernel_environment, "DOCKYARD_MACHINE": machine.name}
    NotebookClient(notebook, timeout=60).execute(env=environment)
    return notebook


def test_every_output_has_plain_text(stored) -> None:
    for cell in stored.cells:
        for output in cell.outputs:
            if output.output_type == "display_data":
                assert output.data["text/plain"]
                assert "HBox" not in output.data["text/plain"]


def test_as_html(stored) -> None:
    body, _resources = HTMLExporter().from_notebook_node(stored)
    assert 'role="status"' in body
    assert "Not yet: Pull one tag" in body
    assert "exit code 3" in body
    assert "&lt;b&gt;bold&lt;/b&gt;" in body
    assert "There is no exercise nosuch." in body
    assert "Traceback" not in body


def test_as_markdown(stored) -> None:
    exporter = MarkdownExporter()
    body, _resources = exporter.from_notebook_node(stored)
    assert "Not yet: Pull one tag" in body
    assert "exit code 3" in body
