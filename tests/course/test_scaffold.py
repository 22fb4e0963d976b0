import os
import subprocess
import sys

import pytest

from dockyard.course import load, scaffold
from dockyard.errors import CourseError


def test_what_is_scaffolded_lacks_nothing_but_what_the_author_must_write(small_course):
    course = load(small_course.directory)
    scaffold.lesson(course, "02-crates")
    scaffold.exercise(load(small_course.directory), "crates.stack")
    scaffold.claim(load(small_course.directory), "crates.heavy")
    scaffold.exercise(load(small_course.directory), "boxes.walk")
    # The notes' lines and the translations are the author's to write, as is everything marked.
    assert set(small_course.rules()) == {"fill", "notes.form", "text.untranslated"}


def test_what_is_filled_in_is_right(small_course):
    scaffold.exercise(load(small_course.directory), "boxes.walk")
    scaffold.claim(load(small_course.directory), "boxes.heavy")
    for path in (small_course.exercises, small_course.claims):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('("FILL",)', '("2",)').replace("FILL", "box"), encoding="utf-8")
    for chosen in ("en", "zh"):
        one = small_course.notebook(chosen)
        for cell in one.cells:
            cell.source = cell.source.replace("FILL", "box")
        small_course.write(chosen, one)
    small_course.translate()
    assert small_course.rules() == []


def test_cells_go_before_the_recap_in_both_languages(small_course):
    scaffold.exercise(load(small_course.directory), "boxes.walk_on")
    for chosen in ("en", "zh"):
        keys = [cell.id for cell in small_course.notebook(chosen).cells]
        assert keys[-6:-1] == [f"walk-on-{part}" for part in ("exercise", "goal", "attempt", "solution", "check")]
        assert keys[-1] == "recap"


@pytest.mark.parametrize("name", ["boxes", "Boxes.run", "boxes.run.more", "boxes.run"])
def test_an_id_that_is_none_or_taken_is_refused(small_course, name):
    with pytest.raises(CourseError):
        scaffold.exercise(load(small_course.directory), name)


@pytest.mark.parametrize("name", ["boxes", "1-boxes", "01-boxes"])
def test_a_lessons_id_that_is_none_or_taken_is_refused(small_course, name):
    with pytest.raises(CourseError):
        scaffold.lesson(load(small_course.directory), name)


@pytest.mark.parametrize(
    "words",
    [
        "new exercise boxes.walk",
        "new claim boxes.heavy",
        "new lesson 02-crates",
        "lint",
        "extract",
        "stamp 01-boxes",
        "sentences",
    ],
)
def test_each_command_of_authors_works_by_itself(small_course, words):
    environment = {**os.environ, "DOCKYARD_COURSE": str(small_course.directory)}
    command = [sys.executable, "-m", "dockyard", "course", *words.split()]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
