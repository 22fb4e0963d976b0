"""A stamp holds as long as the content that it was made from."""

from pathlib import Path

import pytest

from stamps import Stamps, digest


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "src" / "node_modules").mkdir(parents=True)
    (tmp_path / "src" / "index.ts").write_text("one")
    (tmp_path / "src" / "node_modules" / "big.js").write_text("made")
    (tmp_path / "package.json").write_text("{}")
    return tmp_path


PATHS = ["package.json", "src", "absent"]


def test_the_digest_changes_with_content_names_and_words(tree: Path) -> None:
    first = digest(tree, PATHS)
    assert digest(tree, PATHS) == first
    assert digest(tree, PATHS, also=["3.12"]) != first
    (tree / "src" / "index.ts").rename(tree / "src" / "main.ts")
    renamed = digest(tree, PATHS)
    assert renamed != first
    (tree / "src" / "main.ts").write_text("two")
    assert digest(tree, PATHS) != renamed


def test_the_digest_leaves_out_what_is_made(tree: Path) -> None:
    first = digest(tree, PATHS)
    (tree / "src" / "node_modules" / "big.js").write_text("made again")
    assert digest(tree, PATHS) == first


def test_the_digest_does_not_depend_on_the_place(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "clone"
    tree.rename(other)
    moved = digest(other, PATHS)
    other.rename(tree)
    assert digest(tree, PATHS) == moved


def test_a_stamp_holds_for_what_was_done_last(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "done")
    assert not stamps.holds("python", "abc")
    stamps.write("python", "abc")
    assert stamps.holds("python", "abc")
    assert not stamps.holds("python", "def")
    stamps.write("python", "def")
    assert not stamps.holds("python", "abc")
    assert [path.name for path in (tmp_path / "done").iterdir()] == ["python"]
