import pytest

from dockyard.engine import SENTENCES
from dockyard.engine.sentences import fill, places, render, sentence
from dockyard.errors import CourseError
from dockyard.exercises import Answer, Exercise, Mistake


def exercise(**values):
    given = {
        "id": "boxes.run",
        "title": "Run",
        "goal": "Run `{box}` on {port}.",
        "notes": ("1",),
        "check": lambda _the, _p: None,
        "hints": ("a", "`b`"),
        "solution": Answer("true"),
        "parameters": {"box": ("red", "blue", "green"), "port": ("80", "81", "82")},
    }
    return Exercise(**{**given, **values})


def test_a_seed_always_draws_the_same_values():
    assert exercise().draw(7) == exercise().draw(7)


def test_seeds_draw_different_values():
    assert len({tuple(exercise().draw(seed).values()) for seed in range(1, 300)}) == 9


def test_seed_0_draws_the_first_values():
    assert exercise().draw(0) == {"box": "red", "port": "80"}


def test_only_known_places_are_filled():
    text = "docker ps --format '{{.ID}}' ${name} {box} {other} 100%"
    assert fill(text, {"box": "red"}) == "docker ps --format '{{.ID}}' ${name} red {other} 100%"


def test_places_are_the_names_in_single_braces():
    assert places("{box} {{.Names}} {Box} {} ${x}") == {"box", "x"}


def test_code_stands_apart_from_chinese_characters():
    def translate(_domain, text):
        return text

    assert render("{a}中没有`x`和`y`。", {"a": "`web`"}, "", translate) == "`web` 中没有 `x` 和 `y`。"
    assert render("机器中的{a}（`x`）", {"a": "文件"}, "", translate) == "机器中的文件（`x`）"


def test_what_a_learner_wrote_is_not_translated_even_where_a_message_reads_like_it():
    def translate(_domain, text):
        return {"Holds {text}.": "内容里有{text}。", "Open": "打开"}[text]

    assert render("Holds {text}.", {"text": "Open"}, "", translate) == "内容里有Open。"


def test_texts_are_those_a_translator_meets():
    one = exercise(solution=Answer("s", "why"), others=(Answer("o", "also"), Answer("p")))
    assert one.texts() == ["Run", "Run `{box}` on {port}.", "a", "`b`", "why", "also"]


def test_a_mistake_may_leave_its_repair_to_the_solution():
    assert Mistake("x", gets="image.missing").repair == ""


@pytest.mark.parametrize(
    ("since", "engine", "can"),
    [("", "20.10", True), ("23.0", "20.10", False), ("23.0", "26.1", True), ("26.1", "26.1", True)],
)
def test_an_exercise_may_be_beyond_an_engine(since, engine, can):
    assert exercise(since=since).is_for(engine) is can


def test_sentences_have_unique_names():
    assert "container.exited" in SENTENCES
    with pytest.raises(CourseError):
        sentence("container.exited", found="a", wanted="b", look_at="c")


def test_every_sentence_is_named_after_its_noun_and_says_all_three():
    for name, said in SENTENCES.items():
        assert name.count(".") == 1
        assert said.found, name
        assert said.wanted, name
        assert said.look_at, name
