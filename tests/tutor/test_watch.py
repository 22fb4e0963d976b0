import queue
import threading
import time

import pytest

from dockyard.exercises import scripts
from dockyard.tutor import Watch

pytestmark = pytest.mark.machine
RUN = "boxes.run"


@pytest.fixture
def told(make_tutor):
    """What a watch tells, one after the other."""
    make_tutor().reset(RUN)
    feedback = queue.Queue()
    with Watch(make_tutor(), feedback.put):
        assert feedback.get(timeout=10).name == "container.missing"
        yield feedback


def test_what_the_learner_does_is_judged_without_a_button(told, tutor):
    box = tutor.start(RUN).goal.split("`")[3]
    scripts.run(tutor.machine, f"docker create --name {box} busybox sleep 60")
    assert told.get(timeout=10).name == "container.never_started"
    scripts.run(tutor.machine, f"docker start {box}")
    assert told.get(timeout=10).outcome == "passed"
    assert tutor.progress().passed == 1


def test_live_checks_do_not_count_as_tries(told, tutor):
    box = tutor.start(RUN).goal.split("`")[3]
    scripts.run(tutor.machine, f"docker create --name {box} busybox sleep 60")
    told.get(timeout=10)
    assert tutor.progress().exercises[0].checks == 0


def test_the_same_feedback_is_told_once(told, tutor):
    scripts.run(tutor.machine, "docker volume create a; docker volume create b; docker volume rm a b")
    with pytest.raises(queue.Empty):
        told.get(timeout=2)


def test_the_same_feedback_is_told_again_of_another_attempt_and_in_another_language(make_tutor, monkeypatch):
    monkeypatch.setenv("DOCKYARD_DRAW", "first")
    tutor, told = make_tutor(), queue.Queue()
    tutor.reset(RUN)
    with Watch(make_tutor(), told.put) as watch:
        first = told.get(timeout=10)
        tutor.reset(RUN)
        watch.look()
        again = told.get(timeout=10)
        watch.language = "zh"
        watch.look()
        chinese = told.get(timeout=10)
    assert again.found == first.found
    assert again.started > first.started
    assert (first.language, chinese.language) == ("en", "zh")
    assert chinese.started == again.started == tutor.progress().exercises[0].started


def test_health_checks_wake_nobody_and_docker_exec_does(make_tutor, machine, monkeypatch):
    box = (
        "docker run -d --name ill --health-cmd 'echo ran >> /ran' --health-interval 50ms --health-retries 1000 busybox"
    )
    scripts.run(machine, f"docker pull -q busybox; {box} sleep 600")
    scripts.run(machine, "until docker exec ill cat /ran; do :; done")
    tutor, judged = make_tutor(), queue.Queue()
    monkeypatch.setattr(tutor, "under_way", lambda: judged.put("judged") or [])
    with Watch(tutor, lambda _feedback: None):
        judged.get(timeout=10)  # at its beginning
        with pytest.raises(queue.Empty):
            judged.get(timeout=2)
        scripts.run(machine, "docker exec ill sh -c 'date > /people'")
        assert judged.get(timeout=10)
    scripts.run(machine, "docker rm -f ill")


def test_a_restart_of_the_engine_is_survived(told, tutor):
    box = tutor.start(RUN).goal.split("`")[3]
    scripts.run(tutor.machine, "service docker restart")
    scripts.run(tutor.machine, f"docker run -d --name {box} busybox sleep 60")
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        if told.get(timeout=20).outcome == "passed":
            return
    pytest.fail("the watch did not come back")


def test_a_watch_that_ends_while_it_waits_for_quiet_ends_at_once(make_tutor):
    before = threading.active_count()
    watch = Watch(make_tutor(), lambda _feedback: None)
    with watch:
        watch.look()
        time.sleep(0.05)  # into the time of quiet, of which nothing tells outside
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert threading.active_count() == before


def test_a_watch_leaves_no_thread_and_no_probe(make_tutor, machine):
    before = threading.active_count()
    with Watch(make_tutor(), lambda _feedback: None) as watch:
        watch.look()
    assert threading.active_count() == before
    assert "curl" not in scripts.run(machine, "ps -eo args").output
