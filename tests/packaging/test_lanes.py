"""Tasks run side by side and in order; failure and interruption leave no process behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from lanes import Interrupted, Job, Progress, Runner, State, Task, TaskError


class Silent:
    def draw(self, progress: Sequence[Progress]) -> None: ...

    def close(self, progress: Sequence[Progress]) -> None: ...


def runner(tmp_path: Path, *tasks: Task, keep_going: bool = False) -> Runner:
    return Runner(tasks, Silent(), root=tmp_path, logs=tmp_path / "logs", keep_going=keep_going)


def nothing(_job: Job) -> None: ...


def fails(_job: Job) -> None:
    raise TaskError("the cable is loose\n→ plug it in")


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    return state != "Z"


def ends(pid: int) -> bool:
    """Wait until a process has ended: SIGKILL takes a moment on a busy host."""
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not alive(pid)


def test_a_task_waits_for_what_it_needs(tmp_path: Path) -> None:
    order: list[str] = []
    tasks = [
        Task("roof", "Roof", lambda _job: order.append("roof"), needs=("walls",)),
        Task("walls", "Walls", lambda _job: order.append("walls")),
    ]
    assert runner(tmp_path, *tasks).run()
    assert order == ["walls", "roof"]


def test_tasks_run_side_by_side(tmp_path: Path) -> None:
    meet = threading.Barrier(2, timeout=20)
    tasks = [Task(name, name, lambda _job: (meet.wait(), None)[1]) for name in ("a", "b")]
    assert runner(tmp_path, *tasks).run()


def test_a_failure_stops_the_others_and_says_why(tmp_path: Path) -> None:
    pids: list[int] = []

    def long(job: Job) -> None:
        code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
        job.call(python(code), on_line=lambda line: pids.append(int(line)) if line.isdigit() else None)

    def fails_later(_job: Job) -> None:
        while not pids:
            time.sleep(0.01)
        fails(_job)

    tasks = [Task("a", "A", fails_later), Task("b", "B", long), Task("c", "C", nothing, needs=("b",))]
    run = runner(tmp_path, *tasks)
    began = time.monotonic()
    assert not run.run()
    assert time.monotonic() - began < 10
    assert run.failures == ["A: the cable is loose\n→ plug it in"]
    assert run.progress["c"].state is State.STOPPED
    assert ends(pids[0])


def test_checks_go_on_after_a_failure(tmp_path: Path) -> None:
    seen: list[str] = []
    tasks = [Task("a", "A", fails), Task("b", "B", lambda _job: seen.append("b"), needs=("a",))]
    assert not runner(tmp_path, *tasks, keep_going=True).run()
    assert seen == ["b"]


def test_a_failing_program_leaves_its_last_words_and_a_log(tmp_path: Path) -> None:
    code = "import sys; print('first'); print('no space left', file=sys.stderr); sys.exit(3)"
    run = runner(tmp_path, Task("disk", "Disk", lambda job: job.call(python(code))))
    assert not run.run()
    assert "ended with 3" in run.failures[0]
    assert "no space left" in run.failures[0]
    assert "first" in (tmp_path / "logs" / "disk.log").read_text(encoding="utf-8")


def test_a_javascript_stack_does_not_hide_what_was_met(tmp_path: Path) -> None:
    code = "print('no certificate'); print('    at onEnd (tls.js:1:2)\\n' * 30); raise SystemExit(3)"
    tasks = runner(tmp_path, Task("yarn", "Yarn", lambda job: job.call(python(code))))
    assert not tasks.run()
    [failure] = tasks.failures
    assert "no certificate" in failure
    assert "onEnd" not in failure
    assert "onEnd" in (tmp_path / "logs" / "yarn.log").read_text(encoding="utf-8")


def test_a_bug_in_a_task_ends_the_run(tmp_path: Path) -> None:
    run = runner(tmp_path, Task("x", "X", lambda _job: {}["wanted"]))
    assert not run.run()
    assert "KeyError: 'wanted'" in run.failures[0]


def test_a_missing_program_is_a_failure_with_its_name(tmp_path: Path) -> None:
    run = runner(tmp_path, Task("x", "X", lambda job: job.call(["no-such-program"])))
    assert not run.run()
    assert "no-such-program was not found" in run.failures[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_ends_children_and_their_children(tmp_path: Path, number: signal.Signals) -> None:
    pids: list[int] = []
    # a program that tidies up on Ctrl-C, with a child that does not care
    code = """
import os, subprocess, sys, time
deaf = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"
child = subprocess.Popen([sys.executable, "-c", deaf])
try:
    print(child.pid, flush=True)
    time.sleep(60)
finally:
    open("tidied", "w").close()
"""

    def work(job: Job) -> None:
        job.call(python(code), on_line=heard)

    def heard(line: str) -> None:
        if line.isdigit():
            pids.append(int(line))
            os.kill(os.getpid(), number)

    with pytest.raises(Interrupted):
        runner(tmp_path, Task("a", "A", work)).run()
    assert (tmp_path / "tidied").exists()
    assert ends(pids[0])


def test_signals_are_as_before_afterwards(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    runner(tmp_path, Task("a", "A", nothing)).run()
    assert signal.getsignal(signal.SIGINT) is before


def test_output_that_is_not_text_does_no_harm(tmp_path: Path) -> None:
    code = "import sys; sys.stdout.buffer.write(bytes([0xff, 0xfe, 10]))"
    assert runner(tmp_path, Task("a", "A", lambda job: job.call(python(code)))).run()


def test_an_old_python_is_told_so(root: Path) -> None:
    """The version check comes before anything that an old Python could not read."""
    program = (
        "import sys, runpy; sys.version_info = (3, 9, 2, 'final', 0); "
        f"runpy.run_path({str(root / 'tools' / 'bootstrap.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "This is Python 3.9; Dockyard needs 3.11 or newer." in done.stderr
    assert "PYTHON=" in done.stderr
