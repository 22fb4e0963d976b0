import errno
import io
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from dockyard.course import hand_out, load
from dockyard.errors import CourseError


@pytest.fixture
def workspace(small_course, tmp_path):
    hand_out(tmp_path / "workspace", load(small_course.directory))
    return tmp_path / "workspace"


def read(workspace, chosen="en"):
    return nbformat.read(workspace / chosen / "01-boxes.ipynb", as_version=4)


def sources(workspace):
    return {cell.id: cell.source for cell in read(workspace).cells}


def edit(workspace, change):
    book = read(workspace)
    change(book)
    nbformat.write(book, workspace / "en" / "01-boxes.ipynb")


def update(small_course, change):
    book = small_course.notebook("en")
    change(book)
    small_course.write("en", book)


def cell_of(book, name):
    return next(cell for cell in book.cells if cell.id == name)


def kept_beside(workspace):
    return sorted((workspace / "en").glob("*.before-*.ipynb"))


def test_learners_get_neither_solutions_nor_outputs_and_the_same_ids(small_course, tmp_path):
    def add_output(book):
        cell_of(book, "run-check").outputs = [nbformat.v4.new_output("stream", text="passed")]
        cell_of(book, "sleeps").outputs = [nbformat.v4.new_output("stream", text="keep me")]
        cell_of(book, "sleeps").metadata["tags"] = ["keep-output"]

    update(small_course, add_output)
    hand_out(tmp_path / "w", load(small_course.directory))
    book = read(tmp_path / "w")
    ids = [cell.id for cell in small_course.notebook("en").cells]
    assert [cell.id for cell in book.cells] == [name for name in ids if name != "run-solution"]
    assert cell_of(book, "run-check").outputs == []
    assert cell_of(book, "sleeps").outputs


def test_the_first_lesson_is_returned_in_the_language_in_force(small_course, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", "zh")
    assert hand_out(tmp_path / "w", load(small_course.directory)) == tmp_path / "w" / "zh" / "01-boxes.ipynb"


def test_what_a_learner_wrote_stays(small_course, workspace):
    edit(workspace, lambda book: setattr(cell_of(book, "run-attempt"), "source", "%%machine\ndocker ps"))
    hand_out(workspace, load(small_course.directory))
    assert sources(workspace)["run-attempt"] == "%%machine\ndocker ps"


def test_a_new_edition_brings_new_cells_and_keeps_the_learners(small_course, workspace):
    edit(workspace, lambda book: setattr(cell_of(book, "run-attempt"), "source", "mine"))
    edit(workspace, lambda book: book.cells.insert(2, new_code_cell("my own", id="own")))
    edit(workspace, lambda book: book.cells.remove(cell_of(book, "sleeps-verdict")))
    update(small_course, lambda book: book.cells.insert(1, new_markdown_cell("news", id="news")))
    update(small_course, lambda book: setattr(cell_of(book, "recap"), "source", "## Recap, revised"))
    update(small_course, lambda book: setattr(cell_of(book, "run-attempt"), "source", "theirs, revised"))
    hand_out(workspace, load(small_course.directory))
    ids = [cell.id for cell in read(workspace).cells]
    assert ids == ["title", "news", "run", "own", "run-attempt", "run-check", "sleeps", "recap"]
    assert sources(workspace)["run-attempt"] == "mine"
    assert sources(workspace)["recap"] == "## Recap, revised"


def test_the_old_copy_is_kept_beside(small_course, workspace):
    edit(workspace, lambda book: setattr(cell_of(book, "run-attempt"), "source", "mine"))
    before = (workspace / "en" / "01-boxes.ipynb").read_bytes()
    update(small_course, lambda book: setattr(cell_of(book, "recap"), "source", "## Recap, revised"))
    hand_out(workspace, load(small_course.directory))
    assert [path.read_bytes() for path in kept_beside(workspace)] == [before]


def test_a_lesson_that_was_only_run_is_brought_up_to_date_without_a_copy(small_course, workspace):
    edit(workspace, lambda book: cell_of(book, "run").update(outputs=[nbformat.v4.new_output("stream", text="hi")]))
    update(small_course, lambda book: setattr(cell_of(book, "recap"), "source", "## Recap, revised"))
    hand_out(workspace, load(small_course.directory))
    assert kept_beside(workspace) == []
    assert cell_of(read(workspace), "run").outputs


def test_a_file_that_is_no_notebook_any_more_is_kept_and_replaced(small_course, workspace):
    (workspace / "en" / "01-boxes.ipynb").write_text("half of a", encoding="utf-8")
    update(small_course, lambda book: setattr(cell_of(book, "recap"), "source", "## Recap, revised"))
    hand_out(workspace, load(small_course.directory))
    assert [path.read_text(encoding="utf-8") for path in kept_beside(workspace)] == ["half of a"]
    assert "recap" in sources(workspace)


def test_a_deleted_lesson_comes_back(small_course, workspace):
    (workspace / "en" / "01-boxes.ipynb").unlink()
    hand_out(workspace, load(small_course.directory))
    assert "recap" in sources(workspace)


def test_pictures_come_along_and_a_learners_own_is_kept_beside(small_course, workspace):
    picture = small_course.directory / "assets" / "box.svg"
    picture.parent.mkdir()
    picture.write_text("<svg/>", encoding="utf-8")
    hand_out(workspace, load(small_course.directory))
    (workspace / "assets" / "box.svg").write_text("<svg>mine</svg>", encoding="utf-8")
    picture.write_text("<svg>second</svg>", encoding="utf-8")
    hand_out(workspace, load(small_course.directory))
    assert (workspace / "assets" / "box.svg").read_text(encoding="utf-8") == "<svg>second</svg>"
    assert [path.read_text(encoding="utf-8") for path in (workspace / "assets").glob("box.before-*")] == [
        "<svg>mine</svg>"
    ]


def test_nothing_is_written_when_nothing_is_new(small_course, workspace):
    path = workspace / "en" / "01-boxes.ipynb"
    before = path.stat().st_mtime_ns
    hand_out(workspace, load(small_course.directory))
    assert path.stat().st_mtime_ns == before


def test_a_workspace_that_cannot_be_written_is_said(small_course, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CourseError, match="could not be put"):
        hand_out(tmp_path / "file", load(small_course.directory))


def test_a_course_without_a_lesson_says_how_one_is_begun(small_course, tmp_path):
    for chosen in ("en", "zh"):
        (small_course.directory / chosen / "01-boxes.ipynb").unlink()
    with pytest.raises(CourseError) as caught:
        hand_out(tmp_path / "w", load(small_course.directory))
    assert caught.value.next_step == "dockyard course new lesson 01-name"


@pytest.fixture
def outside(tmp_path):
    """A file of the user's that is none of the course's, in a directory like a lesson's."""
    path = tmp_path / "outside" / "01-boxes.ipynb"
    path.parent.mkdir()
    path.write_text("secret", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["en/01-boxes.ipynb", "en", ".dockyard", ".dockyard/course/stamps.json"])
def test_a_link_out_of_the_workspace_is_moved_aside_and_not_followed(small_course, workspace, outside, name):
    edit(workspace, lambda book: setattr(cell_of(book, "run-attempt"), "source", "mine"))
    (workspace / ".dockyard" / "course" / "stamps.json").unlink()
    link = workspace / name
    if link.exists():
        link.rename(workspace / "moved")
    link.symlink_to(outside.parent if link.suffix == "" else outside)
    hand_out(workspace, load(small_course.directory))
    assert [path.read_text(encoding="utf-8") for path in outside.parent.iterdir()] == ["secret"]
    assert not link.is_symlink()
    assert not any("secret" in path.read_text(encoding="utf-8") for path in workspace.rglob("*") if _is_plain(path))
    assert "recap" in sources(workspace)
    assert any(path.is_symlink() for path in link.parent.iterdir()), "the link is not lost"


def _is_plain(path):
    return path.is_file() and not path.is_symlink()


def test_what_is_no_file_is_moved_aside(small_course, workspace):
    (workspace / "en" / "01-boxes.ipynb").unlink()
    os.mkfifo(workspace / "en" / "01-boxes.ipynb")  # whoever reads it waits for ever
    (workspace / ".dockyard" / "course" / "stamps.json").write_text("[1]", encoding="utf-8")
    hand_out(workspace, load(small_course.directory))
    assert "recap" in sources(workspace)
    assert [path.is_fifo() for path in kept_beside(workspace)] == [True]


@pytest.mark.parametrize("ending", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_an_end_in_the_middle_leaves_whole_files(small_course, workspace, monkeypatch, ending):
    def open_and_fail(path, mode="r", *arguments, **options):
        file = opened(path, mode, *arguments, **options)
        if mode != "r":
            file.write(b"{" if "b" in mode else "{")
            file.flush()
            raise ending
        return file

    before = {path: path.read_bytes() for path in sorted(workspace.rglob("*")) if path.is_file()}
    update(small_course, lambda book: setattr(cell_of(book, "recap"), "source", "## Recap, revised"))
    opened = io.open
    monkeypatch.setattr("io.open", open_and_fail)
    monkeypatch.setattr("builtins.open", open_and_fail)
    with pytest.raises((KeyboardInterrupt, CourseError)):
        hand_out(workspace, load(small_course.directory))
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in sorted(workspace.rglob("*")) if path.is_file()} == before
    hand_out(workspace, load(small_course.directory))
    assert sources(workspace)["recap"] == "## Recap, revised"
