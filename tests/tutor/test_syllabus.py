"""The course as the learner goes through it; no machine is needed to read it."""

import pytest

from dockyard.course import load
from dockyard.machine import Machine
from dockyard.progress import Store
from dockyard.tutor import Tutor

RUN = "boxes.run"


@pytest.fixture
def tutor(small_course, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", "en")
    monkeypatch.setenv("DOCKYARD_COURSE", str(small_course.directory))
    return Tutor(Machine("none"), load(small_course.directory), Store("small", tmp_path / "progress"))


def test_chapters_hold_lessons_and_lessons_their_exercises(tutor):
    syllabus = tutor.syllabus()
    (chapter,) = syllabus.chapters
    (lesson,) = chapter.lessons
    assert (chapter.id, chapter.title, lesson.id, lesson.title) == ("boxes", "Boxes", "01-boxes", "Boxes")
    assert lesson.path == "en/01-boxes.ipynb"
    assert lesson.cells == {RUN: "run"}
    (exercise,) = lesson.exercises
    assert (exercise.id, exercise.status, exercise.hints_total, exercise.seconds) == (RUN, "new", 2, 0)
    assert syllabus.next == RUN


def test_it_is_told_in_the_language_in_force(tutor, monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", "zh")
    syllabus = tutor.syllabus()
    assert syllabus.language == "zh"
    assert syllabus.chapters[0].title == "盒子"
    assert syllabus.chapters[0].lessons[0].path == "zh/01-boxes.ipynb"
    assert syllabus.chapters[0].lessons[0].exercises[0].title.startswith("译：")


def remember(tutor, **values) -> None:
    with tutor.store.change() as state:
        for name, value in values.items():
            setattr(state.exercise(RUN), name, value)


def test_what_an_attempt_wants_and_which_hints_were_taken_is_told_again_and_counts_nothing(tutor, monkeypatch):
    remember(tutor, started=100.25, parameters={"box": "red"}, hints=1)
    before = tutor.store.path.read_bytes()
    exercise = tutor.progress().exercises[0]
    assert (exercise.started, exercise.goal) == (100.25, "Run `busybox` as `red`.")
    assert exercise.hints_taken == ("There is a command for it.",)
    monkeypatch.setenv("DOCKYARD_LANG", "zh")
    exercise = tutor.syllabus().chapters[0].lessons[0].exercises[0]
    assert (exercise.goal, exercise.hints_taken) == ("译：Run `busybox` as `red`.", ("译：There is a command for it.",))
    assert tutor.store.path.read_bytes() == before


def test_of_an_exercise_that_was_not_begun_only_the_hints_are_told(tutor):
    hints = [tutor.hint(RUN).text for _turn in "ab"]
    exercise = tutor.progress().exercises[0]
    assert (exercise.goal, exercise.started, list(exercise.hints_taken)) == ("", 0, hints)


def test_nothing_is_told_with_the_parameters_of_an_earlier_course(tutor):
    remember(tutor, started=100.0, parameters={"bucket": "red"}, hints=2)
    exercise = tutor.progress().exercises[0]
    assert (exercise.goal, exercise.hints, exercise.hints_taken) == ("", 2, ())


def test_after_the_last_exercise_nothing_is_next(tutor):
    with tutor.store.change() as state:
        attempt = state.exercise(RUN)
        attempt.first, attempt.passed = 100.0, 161.6
    syllabus = tutor.syllabus()
    assert syllabus.next == ""
    assert syllabus.report.passed == 1
    assert syllabus.chapters[0].lessons[0].exercises[0].seconds == 62
