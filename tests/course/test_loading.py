import pytest

from dockyard.course import course_text, load, root
from dockyard.errors import CourseError


def test_the_repositorys_course_is_found():
    assert (root() / "course.toml").is_file()


def test_another_course_can_be_named(small_course, monkeypatch):
    monkeypatch.setenv("DOCKYARD_COURSE", str(small_course.directory))
    assert load().id == "small"


def test_a_directory_without_a_course_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKYARD_COURSE", str(tmp_path))
    with pytest.raises(CourseError, match=r"no course\.toml"):
        load()


def test_a_wrong_course_toml_is_said(small_course):
    small_course.change(small_course.toml, "[[chapters]]", "[chapters")
    with pytest.raises(CourseError, match="not a course"):
        load(small_course.directory)


def test_an_unknown_exercise_names_the_nearest(small_course):
    with pytest.raises(CourseError, match=r"boxes\.run"):
        load(small_course.directory).exercise("boxes.rum")


def test_a_file_that_cannot_be_loaded_is_named(small_course):
    small_course.exercises.write_text("1 +", encoding="utf-8")
    with pytest.raises(CourseError, match=r"boxes\.py cannot be loaded: SyntaxError"):
        _ = load(small_course.directory).exercises


def test_claims_may_wait_for_their_lesson(small_course):
    waiting = small_course.claims.with_name("crates.py")
    waiting.write_text(small_course.claims.read_text(encoding="utf-8").replace('"boxes.', '"crates.'), encoding="utf-8")
    course = load(small_course.directory)
    assert list(course.claims) == ["boxes.sleeps", "crates.sleeps"]
    assert course.taught_claims == ["boxes.sleeps"]
    assert small_course.rules() == []


def test_texts_are_translated_from_the_catalogue_as_it_stands(small_course, monkeypatch):
    monkeypatch.setenv("DOCKYARD_COURSE", str(small_course.directory))
    monkeypatch.setenv("DOCKYARD_LANG", "zh")
    assert course_text("Run a box") == "译：Run a box"
    small_course.change(small_course.catalogue, "译：Run a box", "运行一个盒子")
    assert course_text("Run a box") == "运行一个盒子"
    monkeypatch.setenv("DOCKYARD_LANG", "en")
    assert course_text("Run a box") == "Run a box"
