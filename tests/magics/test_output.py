"""What of a command's output is kept, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockyard.magics import output as module
from dockyard.magics.output import Output


class Notebook:
    """A sink that keeps what a stored notebook would hold: text, and each display's last state."""

    def __init__(self) -> None:
        self.outputs: list[list[str]] = []
        self.updates = 0

    def write(self, text: str) -> None:
        if self.outputs and self.outputs[-1][0] == "text":
            self.outputs[-1][1] += text
        elif text:
            self.outputs.append(["text", text])

    def display(self, text: str) -> "Notebook.Shown":
        self.outputs.append(["display", text])
        return Notebook.Shown(self, self.outputs[-1])

    class Shown:
        def __init__(self, notebook: "Notebook", output: list[str]) -> None:
            self.notebook = notebook
            self.output = output

        def update(self, text: str) -> None:
            self.notebook.updates += 1
            self.output[1] = text


def stored(*chunks: str) -> list[tuple[str, str]]:
    notebook = Notebook()
    output = Output(notebook)
    for chunk in chunks:
        output.feed(chunk)
    output.finish()
    return [(kind, text) for kind, text in notebook.outputs]


def test_lines_and_parts_of_lines() -> None:
    assert stored("one\ntw", "o\nthree") == [("text", "one\ntwo\nthree")]
    assert stored() == []
    assert stored("") == []


def test_what_is_written_is_shown_at_once() -> None:
    notebook = Notebook()
    output = Output(notebook)
    output.feed("waiting ...")
    assert notebook.outputs == [["text", "waiting ..."]]


def test_line_ends_of_a_terminal() -> None:
    assert stored("a\r\nb\r\r\nc\r", "\nd") == [("text", "a\nb\nc\nd")]


@pytest.mark.parametrize(
    "chunks",
    [
        ["10%\r20%\r30%\n"],
        ["\r10%", "\r20%", "\r30%", "\n"],
        ["10%\r", "20%\r", "30%\r\n"],
        ["10%\r", "20%", "\r30%"],
    ],
)
def test_only_the_last_state_of_progress_is_stored(chunks: list[str]) -> None:
    assert stored(*chunks) == [("display", "30%")]


def test_progress_between_lines() -> None:
    assert stored("start\n10%\r20%\n1/2\r2/2\nend\n30%\r40%\n") == [
        ("text", "start\n"),
        ("display", "20%\n2/2"),
        ("text", "end\n"),
        ("display", "40%"),
    ]


def test_progress_is_updated_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UPDATE_SECONDS", 0)
    notebook = Notebook()
    output = Output(notebook)
    shown = []
    for percent in range(5):
        output.feed(f"\r{percent}%")
        shown.append(notebook.outputs[-1][1])
    assert shown == ["0%", "1%", "2%", "3%", "4%"]


def test_progress_does_not_flood_the_notebook() -> None:
    notebook = Notebook()
    output = Output(notebook)
    for number in range(20_000):
        output.feed(f"\r{number}")
    output.finish()
    assert notebook.outputs == [["display", "19999"]]
    assert notebook.updates < 100


def test_colours_in_two_pieces() -> None:
    assert stored("a\x1b[3", "1mred\x1b", "[0m\n") == [("text", "a\x1b[31mred\x1b[0m\n")]


def test_other_line_separators_are_no_line_ends() -> None:
    assert stored("a\u2028b\x85c\n") == [("text", "a\u2028bc\n")]


def test_beginning_and_end_of_many_lines_are_kept() -> None:
    text = "".join(f"{number}\n" for number in range(1, 100_001))
    (_kind, beginning), (kind, between), (_kind, end) = stored(
        *[text[at : at + 999] for at in range(0, len(text), 999)]
    )
    assert (beginning.split()[0], beginning.split()[-1]) == ("1", str(module.KEPT_LINES))
    assert (end.split()[0], end.split()[-1]) == (str(100_000 - module.KEPT_LINES + 1), "100000")
    assert kind == "display"
    assert "95,000 lines" in between


def test_one_endless_line_is_cut_too() -> None:
    (_kind, beginning), (_kind, between), *end = stored(*["x" * 100_000] * 100)
    assert len(beginning) == module.KEPT_CHARACTERS
    assert "MB" in between
    assert sum(len(text) for _kind, text in end) <= module.KEPT_CHARACTERS


def test_a_little_too_much_is_kept_whole() -> None:
    text = "".join(f"{number}\n" for number in range(module.KEPT_LINES + 10))
    assert stored(text) == [("text", text)]
    assert stored(text, "last") == [("text", f"{text}last")]


def test_progress_in_the_end_of_very_long_output() -> None:
    text = "x\n" * 10_000 + "10%\r20%\n\x1b]0;t\x07end\r\n"
    assert stored(text)[-1][1].endswith("x\n20%\nend\n")


def test_what_is_kept_does_not_grow() -> None:
    notebook = Notebook()
    output = Output(notebook)
    for _turn in range(2000):
        output.feed("y\n" * 50_000)  # 200 MB
    output.finish()
    assert sum(len(text) for _kind, text in notebook.outputs) < 2.1 * module.KEPT_CHARACTERS
    assert notebook.updates < 500


@given(
    st.lists(st.sampled_from(["a", "bc\n", "10%\r", "20%", "\r", "\r\n", "\x1b[1m", "\x1b[", "2K", "\n"]), max_size=30),
    st.integers(1, 7),
)
def test_where_chunks_end_makes_no_difference_to_the_text(parts: list[str], size: int) -> None:
    """Progress aside: what is on the way to being progress is printed where nothing follows for now."""
    text = "".join(part for part in parts if part not in {"10%\r", "\r"})
    chunks = [text[at : at + size] for at in range(0, len(text), size)]
    assert stored(*chunks) == stored(text)
