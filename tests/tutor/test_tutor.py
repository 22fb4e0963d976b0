import json

import pytest

from dockyard.errors import CourseError, MachineNotRunningError
from dockyard.exercises import scripts
from dockyard.machine import Machine
from dockyard.tutor import Tutor

pytestmark = pytest.mark.machine
RUN = "boxes.run"


def play(tutor):
    scripts.run(tutor.machine, tutor.solution(RUN).ways[0].script)


def test_an_exercise_goes_from_not_yet_to_passed(tutor):
    box = tutor.start(RUN).goal.split("`")[3]
    told = tutor.check(RUN)
    assert (told.outcome, told.name, told.passed) == ("not yet", "container.missing", False)
    assert box in told.found
    play(tutor)
    told = tutor.check(RUN)
    assert (told.outcome, told.passed) == ("passed", True)
    assert any(box in line for line in told.holds)


def test_repeated_failure_says_more_then_offers_a_hint(tutor):
    box = tutor.reset(RUN).goal.split("`")[3]
    scripts.run(tutor.machine, f"docker create --name {box} busybox sleep 60")
    first, second, third = (tutor.check(RUN) for _turn in range(3))
    assert (first.more, list(first.holds), first.offer) == ("", [], "")
    assert second.more
    assert second.holds
    assert not second.offer
    assert f"%hint {RUN}" in third.offer


def test_another_sentence_begins_anew(tutor):
    box = tutor.reset(RUN).goal.split("`")[3]
    assert [tutor.check(RUN).more for _turn in range(2)]
    scripts.run(tutor.machine, f"docker create --name {box} busybox sleep 60")
    assert tutor.check(RUN).more == ""


def test_hints_climb_and_stay_at_the_last(tutor):
    box = tutor.reset(RUN).goal.split("`")[3]
    hints = [tutor.hint(RUN) for _turn in range(3)]
    assert [hint.number for hint in hints] == [1, 2, 2]
    assert f"--name {box}" in hints[-1].text


def test_passed_stays_passed_and_reset_brings_the_start_back(tutor):
    tutor.start(RUN)
    play(tutor)
    tutor.check(RUN)
    tutor.reset(RUN)
    told = tutor.check(RUN)
    assert (told.outcome, told.passed) == ("not yet", True)
    assert tutor.progress().passed == 1


def test_parameters_are_stable_across_restarts_and_drawn_anew_by_reset(make_tutor):
    goal = make_tutor().reset(RUN).goal
    assert make_tutor().start(RUN).goal == goal
    assert any(make_tutor().reset(RUN).goal != goal for _turn in range(40)), "there are two to draw from"


def test_stored_lessons_draw_the_first_values(tutor, monkeypatch):
    monkeypatch.setenv("DOCKYARD_DRAW", "first")
    assert "`red`" in tutor.reset(RUN).goal


def test_starting_again_leaves_the_learners_work_alone(tutor):
    tutor.reset(RUN)
    play(tutor)
    tutor.start(RUN)
    assert tutor.check(RUN).outcome == "passed"


def test_work_done_before_the_exercise_was_opened_counts(tutor):
    scripts.run(tutor.machine, "docker rm -f red blue; docker pull -q busybox")
    for box in ("red", "blue"):
        scripts.run(tutor.machine, f"docker run -d --name {box} busybox sleep 60")
    assert tutor.check(RUN).outcome == "passed"


@pytest.mark.parametrize("ask", ["start", "reset", "check"])
def test_an_exercise_beyond_the_engine_says_so(tutor, small_course, make_tutor, ask):
    small_course.change(small_course.exercises, 'id="boxes.run",', 'id="boxes.run", since="99.0",')
    with pytest.raises(CourseError, match=r"for Docker Engine 99\.0 or later"):
        getattr(make_tutor(), ask)(RUN)


def test_a_broken_check_says_so_and_shows_no_traceback(tutor, small_course, make_tutor):
    small_course.change(small_course.exercises, 'the.container(p["box"]).must_run("busybox")', "1 / 0")
    told = make_tutor().check(RUN)
    assert told.outcome == "broken"
    assert "Traceback" not in json.dumps(told.to_json())
    assert told.look_at


def test_the_learner_is_told_in_chinese(tutor, monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", "zh")
    assert tutor.start(RUN).title == "译：Run a box"
    assert tutor.progress().title == "小课程"


def test_a_claim_is_predicted_then_judged_by_the_engine(tutor):
    question = tutor.question("boxes.sleeps")
    assert [option.key for option in question.options] == ["yes", "no"]
    assert tutor.predict("boxes.sleeps", "no").predicted == "no"
    verdict = tutor.verdict("boxes.sleeps")
    assert (verdict.observed, verdict.predicted) == ("It does", "It does not")
    assert (verdict.right, verdict.notes_hold) == (False, True)
    assert verdict.output == "slept=1\n"
    assert verdict.engine.count(".") == 2
    with pytest.raises(CourseError, match="none of the answers"):
        tutor.predict("boxes.sleeps", "maybe")


def test_progress_is_exported(tutor):
    assert tutor.export("csv").startswith("exercise,passed")
    assert json.loads(tutor.export("json"))[0]["exercise"] == RUN


def test_a_machine_that_does_not_run_is_said(tutor, tmp_path):
    stopped = Tutor(Machine("never-started"), tutor.course, tutor.store)
    with pytest.raises(MachineNotRunningError):
        stopped.check(RUN)


def test_a_check_that_only_reads_asks_the_engine_once_and_starts_nothing(tutor):
    """What makes it quick; how quick, `make bench` says."""
    tutor.reset(RUN)
    play(tutor)
    the = tutor._look(0.0)()
    tutor.course.exercise(RUN).check(the, tutor.store.read().exercise(RUN).parameters)
    assert [answer["kind"] for answer in the.to_json()["answers"]] == ["get"]
