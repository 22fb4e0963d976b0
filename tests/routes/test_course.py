"""The course and the tutor as the sidebar asks for them."""

import json

import pytest

from dockyard.course import load


@pytest.fixture
def course(jupyter):
    return jupyter.ask("dockyard/api/course").json


def exercises(course) -> list[dict]:
    return [one for chapter in course["chapters"] for lesson in chapter["lessons"] for one in lesson["exercises"]]


def test_the_course_lists_chapters_lessons_and_exercises_in_the_order_of_learning(course):
    ours = load()
    assert [chapter["id"] for chapter in course["chapters"]] == [chapter.id for chapter in ours.chapters]
    first = course["chapters"][0]["lessons"][0]
    assert (first["id"], first["path"]) == ("01-images", "en/01-images.ipynb")
    assert first["exercises"][0] == {
        "id": "images.mirror",
        "title": ours.exercise("images.mirror").title,
        "status": "new",
        "checks": 0,
        "hints": 0,
        "hintsTotal": len(ours.exercise("images.mirror").hints),
        "solution": False,
        "seconds": 0,
        "started": 0,
        "goal": "",
        "hintsTaken": [],
        "cell": "mirror-goal",
    }
    assert course["next"] == "images.mirror"
    assert (course["passed"], course["notice"]) == (0, "")
    assert course["total"] == len(exercises(course)) == len(ours.exercises)
    assert course["claims"] == len(ours.taught_claims)


def test_every_exercise_names_the_cell_that_puts_it(course):
    for chapter in course["chapters"]:
        for lesson in chapter["lessons"]:
            cells = json.loads(load().notebook(lesson["id"], "en").read_text())["cells"]
            sources = {cell["id"]: "".join(cell["source"]) for cell in cells}
            for exercise in lesson["exercises"]:
                assert sources[exercise["cell"]].startswith(f"%exercise {exercise['id']}")


def test_each_request_is_answered_in_its_own_language(jupyter):
    english, chinese, again = (jupyter.ask(f"dockyard/api/course?lang={lang}").json for lang in ("en", "zh", "xx"))
    assert (english["language"], chinese["language"], again["language"]) == ("en", "zh", "en")
    assert chinese["title"] == load().title["zh"]
    assert chinese["chapters"][0]["lessons"][0]["path"] == "zh/01-images.ipynb"
    assert exercises(chinese)[0]["title"] != exercises(english)[0]["title"]


def test_a_hint_counts_and_says_how_many_there_are(jupyter):
    answers = [jupyter.ask("dockyard/api/exercises/images.prune/hint?lang=zh", method="POST", body=b"{}") for _ in "ab"]
    assert [answer.json["number"] for answer in answers] == [1, 2]
    standing = next(one for one in exercises(jupyter.ask("dockyard/api/course").json) if one["id"] == "images.prune")
    assert standing["hints"] == 2
    assert answers[0].json["total"] == standing["hintsTotal"]
    assert answers[0].json["text"] != load().exercise("images.prune").hints[0]


def test_the_hints_that_were_taken_can_be_read_again_in_either_language_and_stay_as_many(jupyter):
    path = "dockyard/api/exercises/images.rmi/hint"
    taken = {lang: jupyter.ask(f"{path}?lang={lang}", method="POST", body=b"{}").json for lang in ("en", "zh")}
    for lang, number in (("en", 1), ("zh", 2), ("en", 1)):
        course = jupyter.ask(f"dockyard/api/course?lang={lang}").json
        standing = next(one for one in exercises(course) if one["id"] == "images.rmi")
        assert (standing["hints"], len(standing["hintsTaken"])) == (2, 2)
        assert taken[lang]["number"] == number
        assert standing["hintsTaken"][number - 1] == taken[lang]["text"]


@pytest.mark.parametrize("action", ["start", "check", "hint", "reset"])
def test_an_unknown_exercise_is_not_found(jupyter, action):
    answer = jupyter.ask(f"dockyard/api/exercises/images.nowhere/{action}?lang=zh", method="POST", body=b"{}")
    assert answer.status == 404
    assert "images.nowhere" in answer.json["found"]
    assert answer.json["next_step"]


@pytest.mark.parametrize("action", ["start", "check", "reset"])
def test_without_a_machine_the_answer_says_how_to_start_it(jupyter, action):
    answer = jupyter.ask(f"dockyard/api/exercises/images.web/{action}", method="POST", body=b"{}")
    assert answer.status == 409
    assert answer.json["next_step"] == "dockyard start"
