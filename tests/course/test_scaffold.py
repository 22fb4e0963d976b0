import os
import subprocess
import sys

import pytest

from dockyard.course import load, scaffold
from dockyard.course.linting import lint
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


@pytest.mark.parametrize("name", ["boxes", "1-boxes", "01-boxes", "02-data-boxes"])
def test_a_lessons_id_that_is_none_or_taken_is_refused(small_course, name):
    with pytest.raises(CourseError):
        scaffold.lesson(load(small_course.directory), name)


def test_every_topic_can_have_an_exercise(small_course):
    scaffold.lesson(load(small_course.directory), "02-data_crates")
    file, *notebooks = scaffold.exercise(load(small_course.directory), "data_crates.stack")
    assert (file.name, [path.name for path in notebooks]) == ("data_crates.py", ["02-data_crates.ipynb"] * 2)


def test_a_listed_lesson_gets_the_notebooks_that_it_lacks(small_course):
    (small_course.directory / "zh" / "01-boxes.ipynb").unlink()
    toml, english = small_course.toml.read_bytes(), small_course.notebook("en")
    [missing] = [finding for finding in lint(small_course.directory) if finding.rule == "lesson.missing"]
    assert missing.remedy == "dockyard course new lesson 01-boxes"
    assert scaffold.lesson(load(small_course.directory), "01-boxes") == [missing.path]
    assert (small_course.toml.read_bytes(), small_course.notebook("en")) == (toml, english)
    assert "lesson.missing" not in small_course.rules()


def course_command(small_course, words):
    environment = {**os.environ, "DOCKYARD_COURSE": str(small_course.directory)}
    command = [sys.executable, "-m", "dockyard", *words.split()]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_an_exercise_without_a_lesson_says_what_its_lesson_is_called(small_course):
    done = course_command(small_course, "course new exercise crates.stack")
    assert "dockyard course new lesson NN-crates" in done.stdout
    assert "new lesson" not in course_command(small_course, "course new exercise boxes.walk").stdout


def test_a_mistyped_lesson_cannot_be_stamped_and_the_right_one_is_named(small_course):
    done = course_command(small_course, "course stamp 01-boxez")
    assert done.returncode == 1
    assert "There is no lesson 01-boxez." in done.stderr
    assert "01-boxes" in done.stderr


def test_a_course_without_claims_has_none_to_put(small_course):
    small_course.claims.unlink()
    done = course_command(small_course, "claims --store")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 0 claims hold" in done.stdout


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
    done = course_command(small_course, f"course {words}")
    assert (done.returncode, done.stderr) == (0, "")
