"""What pages hear of exercises without asking, on a real machine."""

import asyncio

import pytest

from dockyard.progress import Store
from dockyard.tutor import Tutor

pytestmark = pytest.mark.machine
WEB, PRUNE = "images.web", "images.prune"


def act(jupyter, exercise: str, action: str) -> dict:
    answer = jupyter.ask(f"dockyard/api/exercises/{exercise}/{action}", method="POST", body=b"{}")
    assert answer.status == 200, answer.text
    return answer.json


def standing(jupyter, exercise: str) -> dict:
    course = jupyter.ask("dockyard/api/course").json
    lessons = [lesson for chapter in course["chapters"] for lesson in chapter["lessons"]]
    return next(one for lesson in lessons for one in lesson["exercises"] if one["id"] == exercise)


async def feedback(page, exercise: str, **wanted) -> dict:
    """Return the next feedback on an exercise in which some fields have some values."""
    while True:
        value = (await page.until(type="exercise"))["value"]
        if value["id"] == exercise and all(value[name] == wish for name, wish in wanted.items()):
            return value


@pytest.fixture
def kernel(live_jupyter, machine):
    """The tutor of a kernel beside the server, with the same learner's progress."""
    return Tutor(machine, store=Store("docker", live_jupyter.home / "progress"))


def test_an_exercise_is_judged_while_a_page_looks(live_jupyter, machine, kernel):
    task = act(live_jupyter, WEB, "start")
    assert task["id"] == WEB
    assert not task["passed"]
    assert standing(live_jupyter, WEB)["goal"] == task["goal"]

    async def look():
        page = await live_jupyter.visit()
        await page.next()
        first = await feedback(page, WEB, outcome="not yet")
        solution = kernel.solution(WEB).ways[0].script
        await asyncio.to_thread(machine.run, ["bash", "-c", solution], cwd="/workspace", timeout=120)
        passed = await feedback(page, WEB, outcome="passed")
        await page.until(type="course")
        return first, passed

    first, passed = asyncio.run(look())
    assert first["found"]
    assert passed["passed"]
    assert standing(live_jupyter, WEB)["status"] == "passed"
    assert live_jupyter.ask("dockyard/api/course").json["passed"] == 1


def test_a_check_in_a_kernel_and_one_in_the_panel_reach_every_page(live_jupyter, kernel):
    act(live_jupyter, WEB, "reset")

    async def look():
        pages = [await live_jupyter.visit() for _ in range(2)]
        for page in pages:
            await page.next()
        await asyncio.to_thread(kernel.check, WEB)
        for page in pages:
            await page.until(type="course")
        told = await asyncio.to_thread(act, live_jupyter, WEB, "check")
        return told, [await feedback(page, WEB, checks=told["checks"]) for page in pages]

    told, (first, second) = asyncio.run(look())
    assert told == first == second


def test_live_feedback_speaks_the_language_of_the_page_and_a_later_page_hears_it_too(live_jupyter):
    act(live_jupyter, PRUNE, "start")

    async def look():
        page = await live_jupyter.visit()
        await page.next()
        told = []
        for lang in ("zh", "en"):
            await asyncio.to_thread(live_jupyter.ask, f"dockyard/api/course?lang={lang}")
            told.append(await feedback(page, PRUNE, outcome="not yet", language=lang))
        later = await (await live_jupyter.visit()).next()
        return *told, later["exercises"]

    chinese, english, later = asyncio.run(look())
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese["title"])
    assert chinese["title"] != english["title"]
    assert english in later


def test_feedback_names_the_attempt_that_it_is_about_whoever_started_it_over(live_jupyter, kernel):
    """What was said of an earlier attempt can come in a snapshot: a page shows it for no other."""

    def start_over_in_a_cell() -> None:
        kernel.reset(PRUNE)

    async def look(start_over):
        page = await live_jupyter.visit()
        await page.next()
        before = standing(live_jupyter, PRUNE)["started"]
        await asyncio.to_thread(start_over)
        now = standing(live_jupyter, PRUNE)["started"]
        await feedback(page, PRUNE, started=now)
        later = await (await live_jupyter.visit()).next()
        return before, now, [said["started"] for said in later["exercises"] if said["id"] == PRUNE]

    act(live_jupyter, PRUNE, "start")
    for start_over in (start_over_in_a_cell, lambda: act(live_jupyter, PRUNE, "reset")):
        before, now, said = asyncio.run(look(start_over))
        assert before < now
        assert said == [now]
