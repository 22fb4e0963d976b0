import re

import pytest

from dockyard.course import load
from dockyard.course.linting import lint


def test_a_right_course_has_no_finding(small_course):
    assert small_course.rules() == []


BREAKS = [
    ("id.form", '"boxes.run"', '"boxes-run"'),
    ("id.topic", '"boxes.run"', '"crates.run"'),
    ("notes.form", '("1-4",)', '("4-1",)'),
    ("notes.none", '("1-4",)', "()"),
    (
        "exercise.others",
        'others=(Answer("docker create --name {box} busybox sleep 60; docker start {box}", why=_("In two steps.")),),',
        "",
    ),
    ("exercise.sentence", '"container.other_name"', '"container.another_name"'),
    ("form", '_("There is a command for it."), ', ""),
    ("form", '("1-4",)', '("1-4")'),
    ("exercise.hints", "`docker run -d --name {box} busybox sleep 60`", "run it"),
    ("exercise.text", '_("Run a box")', '_(" ")'),
    ("exercise.place", "as `{box}`", "as `{bax}`"),
    ("sentence.name", '"boxes.run.empty"', '"crates.empty"'),
    ("sentence.name", '"boxes.run.empty"', '"container.exited"'),
    ("sentence.text", 'look_at=_("`ls`")', 'look_at=""'),
    ("text.untranslated", "It sleeps, so it runs.", "It sleeps, and so it runs."),
    ("exercise.since", 'notes=("1-4",),', 'notes=("1-4",), since="23",'),
    ("fill", "It sleeps, so it runs.", "FILL why."),
    ("file.load", "def _check_run(the, p):", "def _check_run(the, p)"),
]


@pytest.mark.parametrize(("rule", "old", "new"), BREAKS)
def test_a_broken_exercise_is_found(small_course, rule, old, new):
    small_course.change(small_course.exercises, old, new)
    assert rule in small_course.rules()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("claim.choices", 'Choice("no"', 'Choice("yes"'),
        ("claim.notes", ", notes=True", ""),
        ("claim.expected", 'Since("20.10", "yes")', 'Since("20.10", "maybe")'),
        ("claim.expected", 'expected=(Since("20.10", "yes"),)', "expected=()"),
        ("claim.text", '_("Let it.")', '""'),
        ("id.unique", '"boxes.sleeps"', '"boxes.run"'),
    ],
)
def test_a_broken_claim_is_found(small_course, rule, old, new):
    small_course.change(small_course.claims, old, new)
    assert rule in small_course.rules()


def test_too_few_mistakes_are_found(small_course):
    text = small_course.exercises.read_text(encoding="utf-8")
    begin, end = text.rindex("        Mistake("), text.rindex("    ),\n)")
    small_course.exercises.write_text(text[:begin] + text[end:], encoding="utf-8")
    assert small_course.rules() == ["exercise.mistakes"]


def test_a_parameter_that_nobody_is_told_is_found(small_course):
    small_course.change(small_course.exercises, "parameters={", 'parameters={"size": ("1", "2"), ')
    assert "exercise.parameter" in small_course.rules()


def test_a_place_lost_in_translation_is_found(small_course):
    small_course.change(small_course.catalogue, "译：Run `busybox` as `{box}`.", "译：运行 `busybox`。")
    assert small_course.rules() == ["text.places"]


def test_a_fuzzy_translation_counts_as_none(small_course):
    small_course.change(small_course.catalogue, 'msgid "Run a box"', '#, fuzzy\nmsgid "Run a box"')
    assert small_course.rules() == ["text.untranslated"]


def test_uncovered_lines_of_a_complete_lesson_are_named(small_course):
    small_course.change(small_course.toml, '["1-9"]', '["1-12"]')
    found = [one for one in lint(small_course.directory) if one.rule == "notes.uncovered"]
    assert "10-12" in found[0].found


def test_uncovered_lines_of_a_draft_may_wait(small_course):
    small_course.change(small_course.toml, '["1-9"]', '["1-12"]')
    small_course.change(small_course.toml, "complete", "draft")
    assert small_course.rules() == []


def change_cell(small_course, chosen, name, **values):
    book = small_course.notebook(chosen)
    cell = next(one for one in book.cells if one.id == name)
    for key, value in values.items():
        setattr(cell, key, value)
    small_course.write(chosen, book)


@pytest.mark.parametrize(
    ("rule", "cell", "values"),
    [
        ("parity.code", "run-solution", {"source": "%%machine\ndocker run -d --name blue busybox sleep 60"}),
        ("parity.headings", "recap", {"source": "### 小结"}),
        ("parity.tags", "run-attempt", {"metadata": {"tags": []}}),
        ("parity.cells", "recap", {"id": "summary"}),
        ("parity.code", "run-check", {"source": "%check boxes.other"}),
    ],
)
def test_a_chinese_cell_that_differs_is_found(small_course, rule, cell, values):
    change_cell(small_course, "zh", cell, **values)
    assert rule in small_course.rules()


def test_a_chinese_cell_that_lags_behind_the_english_text_is_found(small_course):
    change_cell(small_course, "en", "recap", source="## What you have learned\n\nAnd one thing more.")
    assert small_course.rules() == ["parity.lags"]


def test_comments_may_differ_between_the_languages_but_directives_may_not(small_course):
    for chosen, comment in (("en", "a box"), ("zh", "一个盒子")):
        change_cell(small_course, chosen, "run-attempt", source=f"%%machine\n# {comment}\necho 1")
    assert small_course.rules() == []
    for chosen, version in (("en", "1"), ("zh", "2")):
        change_cell(small_course, chosen, "run-attempt", source=f"%%file /x\n# syntax=docker/dockerfile:{version}\n")
    assert small_course.rules() == ["parity.code"]


def test_cells_in_another_order_are_found(small_course):
    book = small_course.notebook("zh")
    book.cells.reverse()
    small_course.write("zh", book)
    assert "parity.cells" in small_course.rules()


@pytest.mark.parametrize(
    ("rule", "cell", "source"),
    [
        ("lesson.reference", "sleeps", "%claim boxes.dreams"),
        ("lesson.end", "run-check", "1 + 1"),
        ("lesson.start", "run", "1 + 1"),
        ("lesson.twice", "run-attempt", "%exercise boxes.run"),
    ],
)
def test_a_broken_reference_is_found(small_course, rule, cell, source):
    for chosen in ("en", "zh"):
        change_cell(small_course, chosen, cell, source=source)
    assert rule in small_course.rules()


def test_an_exercise_that_no_complete_lesson_uses_is_found(small_course):
    text = small_course.exercises.read_text(encoding="utf-8")
    small_course.exercises.write_text(
        text
        + text[text.index("run = Exercise(") :].replace("run = ", "walk = ").replace('"boxes.run"', '"boxes.walk"'),
        encoding="utf-8",
    )
    assert small_course.rules() == ["lesson.unused"]


def test_a_missing_notebook_is_found(small_course):
    (small_course.directory / "zh" / "01-boxes.ipynb").unlink()
    assert small_course.rules() == ["lesson.missing"]


def test_a_finding_names_file_place_and_remedy(small_course):
    small_course.change(small_course.exercises, '"container.other_name"', '"container.another_name"')
    line = str(next(one for one in lint(small_course.directory) if one.rule == "exercise.sentence"))
    assert re.search(r"boxes\.py: line \d+: .*container\.another_name.* → .*sentences", line)


def test_the_course_itself_is_right():
    assert [str(found) for found in lint()] == []


def test_every_lesson_of_the_course_is_there_in_both_languages():
    course = load()
    assert all(course.notebook(one.id, chosen).is_file() for one in course.lessons for chosen in ("en", "zh"))
