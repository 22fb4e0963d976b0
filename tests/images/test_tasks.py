"""Tasks wait for each other, run side by side where they need not, and stop together."""

import threading

import pytest

from dockyard.images.tasks import Tasks


def test_a_task_runs_after_those_before_it():
    order: list[str] = []
    tasks = Tasks()
    tasks.add("base", lambda: order.append("base"))
    tasks.add("image", lambda: order.append("image"), "base")
    tasks.add("push", lambda: order.append("push"), "base", "image")
    tasks.run(stop=lambda: None)
    assert order == ["base", "image", "push"]


def test_tasks_that_do_not_wait_run_side_by_side():
    meeting = threading.Barrier(2, timeout=10)
    tasks = Tasks()
    tasks.add("one", meeting.wait)
    tasks.add("other", meeting.wait)
    tasks.run(stop=lambda: None)


def test_a_failure_stops_the_others_and_comes_out():
    stopped = threading.Event()
    after: list[str] = []
    tasks = Tasks()
    tasks.add("long", lambda: stopped.wait(10) or after.append("was not stopped"))
    tasks.add("fails", lambda: 1 / 0)
    tasks.add("never", lambda: after.append("ran after a failure"), "fails")
    with pytest.raises(ZeroDivisionError):
        tasks.run(stop=stopped.set)
    assert stopped.is_set()
    assert after == []


def test_a_task_waits_only_for_what_is_known():
    tasks = Tasks()
    with pytest.raises(KeyError, match="unheard-of"):
        tasks.add("one", lambda: None, "unheard-of")
