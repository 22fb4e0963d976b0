import logging
import time

from dockyard.engine import Evidence, NotYet, RecordedSource
from dockyard.errors import EvidenceError
from dockyard.exercises import Answer, Exercise, Outcome, judge, judge_settled, sentence

SAID = sentence("boxes.run.empty", found="{box} is empty", wanted="a full {box}", look_at="`ls`")
SETTLES = sentence("boxes.run.slow", found="not there", wanted="there", look_at="`ls`", settles=True)


def exercise(check):
    return Exercise("boxes.run", "t", "g", ("1",), check, ("a", "`b`"), Answer("true"))


def events(age):
    event = {"time": time.time() - age, "type": "container", "action": "start", "actor": "x", "attributes": {}}
    answer = {"kind": "events", "subject": "", "options": {}, "answer": [event]}
    return Evidence(RecordedSource({"answers": [answer]}))


def nothing():
    return Evidence(RecordedSource({"answers": []}))


def test_a_check_that_returns_has_passed():
    assert judge(exercise(lambda _the, _p: None), nothing(), {}).outcome is Outcome.PASSED


def test_not_yet_carries_its_sentence_and_its_facts():
    def check(the, p):
        the.require(p["full"], SAID, box="red")

    verdict = judge(exercise(check), nothing(), {"full": ""})
    assert (verdict.outcome, verdict.says, verdict.facts) == (Outcome.NOT_YET, "boxes.run.empty", {"box": "red"})


def test_what_holds_is_remembered_in_order():
    def check(the, _p):
        the.require(1, SAID, box="red")
        the.require(1, SAID, box="blue")
        raise NotYet(SAID, box="green")

    verdict = judge(exercise(check), nothing(), {})
    assert [holding.facts["box"] for holding in verdict.holdings] == ["red", "blue"]


def test_an_unexpected_exception_is_broken_and_logged(caplog):
    with caplog.at_level(logging.ERROR):
        verdict = judge(exercise(lambda _the, _p: 1 / 0), nothing(), {})
    assert verdict.outcome is Outcome.BROKEN
    assert isinstance(verdict.error, ZeroDivisionError)
    assert "boxes.run" in caplog.text


def test_evidence_that_cannot_be_had_is_broken_and_keeps_its_next_step():
    verdict = judge(exercise(lambda the, _p: the.machine.runs("true")), nothing(), {})
    assert verdict.outcome is Outcome.BROKEN
    assert isinstance(verdict.error, EvidenceError)


def test_what_settles_is_asked_again_while_the_engine_has_just_done_something():
    asked = []

    def check(_the, _p):
        asked.append(1)
        if len(asked) < 3:
            raise NotYet(SETTLES)

    assert judge_settled(exercise(check), lambda: events(0), {}).outcome is Outcome.PASSED
    assert len(asked) == 3


def test_what_settles_is_asked_once_when_nothing_happened_lately():
    asked = []

    def check(_the, _p):
        asked.append(1)
        raise NotYet(SETTLES)

    assert judge_settled(exercise(check), lambda: events(60), {}).says == "boxes.run.slow"
    assert len(asked) == 1


def test_what_does_not_settle_is_asked_once():
    asked = []

    def check(_the, _p):
        asked.append(1)
        raise NotYet(SAID, box="red")

    judge_settled(exercise(check), lambda: events(0), {})
    assert len(asked) == 1


def test_patience_ends_though_events_go_on():
    began = time.monotonic()

    def check(_the, _p):
        raise NotYet(SETTLES)

    assert judge_settled(exercise(check), lambda: events(0), {}).says == "boxes.run.slow"
    assert 4 < time.monotonic() - began < 9


def test_patience_ends():
    began = time.monotonic()
    stamp = events(0)

    def check(_the, _p):
        raise NotYet(SETTLES)

    judge_settled(exercise(check), lambda: stamp, {}, patience=0.3)
    assert time.monotonic() - began < 2
