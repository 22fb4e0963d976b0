"""A course in miniature that lint finds nothing wrong with, for tests to break."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from dockyard.course import load
from dockyard.course.linting import lint
from dockyard.course.translating import extract, mark_translated

COURSE = """
id = "small"
title = { en = "Small", zh = "小课程" }
[[chapters]]
id = "boxes"
title = { en = "Boxes", zh = "盒子" }
[[chapters.lessons]]
id = "01-boxes"
title = { en = "Boxes", zh = "盒子" }
notes = ["1-9"]
status = "complete"
"""
EXERCISES = """
from dockyard.exercises import Answer, Evidence, Exercise, Mistake, Parameters, _, sentence

SAID = sentence("boxes.run.empty", found=_("The box {box} is empty."), wanted=_("Something in it."), look_at=_("`ls`"))


def _check_run(the, p):
    the.container(p["box"]).must_run("busybox")


run = Exercise(
    id="boxes.run",
    title=_("Run a box"),
    goal=_("Run `busybox` as `{box}`."),
    notes=("1-4",),
    parameters={"box": ("red", "blue")},
    setup="without_container red blue\\nwith_image busybox",
    check=_check_run,
    hints=(_("There is a command for it."), _("`docker run -d --name {box} busybox sleep 60`")),
    solution=Answer("docker run -d --name {box} busybox sleep 60", why=_("It sleeps, so it runs.")),
    others=(Answer("docker create --name {box} busybox sleep 60; docker start {box}", why=_("In two steps.")),),
    mistakes=(
        Mistake("docker run -d busybox sleep 60", gets="container.other_name",
                repair="docker rename $(docker ps -q) {box}"),
        Mistake("docker create --name {box} busybox sleep 60", gets="container.never_started",
                repair="docker start {box}"),
    ),
)
"""
CLAIMS = """
from dockyard.claims import Choice, Claim, Since
from dockyard.exercises import _

sleeps = Claim(
    id="boxes.sleeps",
    notes=("5",),
    statement=_("A box sleeps."),
    question=_("Does it?"),
    choices=(Choice("yes", _("It does"), notes=True), Choice("no", _("It does not"))),
    experiment="echo slept=1",
    outcome=lambda seen: "yes" if seen.value("slept") == "1" else "no",
    expected=(Since("20.10", "yes"),),
    why=_("Because it is told to."),
    today=_("Let it."),
)
"""


class SmallCourse:
    """The files of a course, and what lint says of them."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @property
    def exercises(self) -> Path:
        return self.directory / "exercises" / "boxes.py"

    @property
    def claims(self) -> Path:
        return self.directory / "claims" / "boxes.py"

    @property
    def toml(self) -> Path:
        return self.directory / "course.toml"

    @property
    def catalogue(self) -> Path:
        return self.directory / "locale" / "zh_CN" / "LC_MESSAGES" / "course.po"

    def change(self, path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def notebook(self, chosen: str):
        return nbformat.read(self.directory / chosen / "01-boxes.ipynb", as_version=4)

    def write(self, chosen: str, book) -> None:
        path = self.directory / chosen / "01-boxes.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(book, path)

    def translate(self) -> None:
        """Give every text some Chinese with the same places, and mark the Chinese cells as translated."""
        course = load(self.directory)
        path, _left = extract(course)
        text = path.read_text(encoding="utf-8")
        for one in {text for _path, thing in course.definitions() for text in thing.texts()}:
            quoted = one.replace('"', '\\"')
            text = text.replace(f'msgid "{quoted}"\nmsgstr ""', f'msgid "{quoted}"\nmsgstr "译：{quoted}"')
        path.write_text(text, encoding="utf-8")
        mark_translated(course, "01-boxes")

    def rules(self) -> list[str]:
        """Return the rules that are broken, those of the package's own catalogue apart."""
        return [found.rule for found in lint(self.directory) if found.path.name != "dockyard.po"]


def book(words: dict[str, str]):
    notes = {"dockyard": {"notes": ["6-9"]}}
    return new_notebook(
        cells=[
            new_markdown_cell(f"# {words['title']}", id="title", metadata=notes),
            new_code_cell("%exercise boxes.run", id="run"),
            new_code_cell(f"%%machine\n# {words['comment']}", id="run-attempt", metadata={"tags": ["attempt"]}),
            new_code_cell(
                "%%machine\ndocker run -d --name red busybox sleep 60",
                id="run-solution",
                metadata={"tags": ["solution"]},
            ),
            new_code_cell("%check boxes.run", id="run-check"),
            new_code_cell("%claim boxes.sleeps", id="sleeps"),
            new_code_cell("%verdict boxes.sleeps", id="sleeps-verdict"),
            new_markdown_cell(f"## {words['recap']}", id="recap"),
        ]
    )


@pytest.fixture
def small_course(tmp_path: Path) -> SmallCourse:
    course = SmallCourse(tmp_path / "notebooks")
    for path, text in ((course.toml, COURSE), (course.exercises, EXERCISES), (course.claims, CLAIMS)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    course.write("en", book({"title": "Boxes", "comment": "your turn", "recap": "What you have learned"}))
    course.write("zh", book({"title": "盒子", "comment": "轮到你了", "recap": "小结"}))
    course.translate()
    return course
