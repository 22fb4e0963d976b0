"""Interrupts end the command and nothing else."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dockyard.errors import CommandTimeoutError
from dockyard.session import Session

IGNORES_INT = "bash -c 'trap \"\" INT; echo $$ > ready; while :; do sleep 0.1; done'"
IGNORES_INT_AND_TERM = IGNORES_INT.replace("INT;", "INT TERM;")
EXITS_WITH_ITS_OWN_CODE = """python3 -c '
import signal, time
signal.signal(signal.SIGINT, lambda *_: exit(1))
open("ready", "w").close()
time.sleep(60)
'"""


@pytest.fixture
def interrupted(session: Session, home: Path) -> Callable[[str], tuple[str, float]]:
    """Run a script, interrupt it once it has made the file `ready`; return its output and how long it took to end."""

    def interrupted(script: str) -> tuple[str, float]:
        (home / "ready").unlink(missing_ok=True)
        output: list[str] = []
        when: list[float] = []

        def interrupt() -> None:
            _wait_for(home / "ready")
            when.append(time.monotonic())
            session.interrupt()

        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            session.run(script, output.append)
        seconds = time.monotonic() - when[0]
        thread.join()
        return "".join(output), seconds

    return interrupted


@pytest.mark.parametrize(
    "script",
    [
        "echo 1 > ready; sleep 1000; echo no",
        "while true; do echo 1 > ready; sleep 1; done; echo no",
        "echo 1 > ready; while :; do :; done; echo no",
        "sleep 1000 & echo 1 > ready; wait; echo no",
        "f() { echo 1 > ready; sleep 1000; echo no; }; f; echo no",
        "x=$(echo 1 > ready; sleep 1000); echo no",
        "(echo 1 > ready; while :; do sleep 1; done) | cat; echo no",
        "mkfifo pipe; echo 1 > ready; read x < pipe; echo no",
        "echo 1 > ready; yes > /dev/null; echo no",
        f"for i in 1 2 3; do {EXITS_WITH_ITS_OWN_CODE}; done; echo no",
        f"{EXITS_WITH_ITS_OWN_CODE}; echo no",
    ],
)
def test_interrupt_gives_up_the_whole_command(run, interrupted, script) -> None:
    run("kept=yes; sleep 1000 &")
    output, seconds = interrupted(script)
    assert "no\n" not in output
    assert seconds < 2.9  # before anything but SIGINT is tried
    code, output = run("echo $? $kept; jobs")
    assert code == 0
    assert output.startswith("130 yes\n")
    assert "sleep 1000" in output


def test_who_ignores_the_interrupt_gets_another_signal(run, interrupted) -> None:
    run("kept=yes")
    _output, seconds = interrupted(f"{IGNORES_INT}; echo no")
    assert seconds > 2.9
    _output, seconds = interrupted(f"{IGNORES_INT_AND_TERM}; echo no")
    assert seconds > 3.9
    assert run("echo $kept") == (0, "yes\n")


def test_a_shell_that_ignores_everything_is_given_up(run, interrupted) -> None:
    interrupted("trap '' INT; echo 1 > ready; while :; do :; done")
    code, output = run("echo on")
    assert (code, output.splitlines()[-1]) == (0, "on")
    assert output.startswith("[The session had ended.")


def test_asking_again_is_more_forceful_at_once(session, home) -> None:
    def ask() -> None:
        _wait_for(home / "ready")
        for _turn in range(8):
            session.interrupt()
            time.sleep(0.05)

    threading.Thread(target=ask).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        session.run(IGNORES_INT_AND_TERM, lambda _text: None)
    assert time.monotonic() - began < 3


def test_a_trap_of_ones_own_is_run(run, interrupted) -> None:
    output, _seconds = interrupted("trap 'echo caught' INT; echo 1 > ready; sleep 1000; trap - INT; echo after")
    assert "caught" in output


def test_sigint_of_the_main_thread(session, home) -> None:
    before = signal.getsignal(signal.SIGINT)

    def ctrl_c() -> None:
        _wait_for(home / "ready")
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=ctrl_c).start()
    with pytest.raises(KeyboardInterrupt):
        session.run("echo 1 > ready; sleep 1000", lambda _text: None)
    assert signal.getsignal(signal.SIGINT) is before
    assert session.run("true", lambda _text: None) == 0


def test_an_ignored_sigint_is_not_inherited(home) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        session = Session(list)
        session.open()
    finally:
        signal.signal(signal.SIGINT, before)
    began = time.monotonic()
    with pytest.raises(CommandTimeoutError):
        session.run("sleep 1000", lambda _text: None, timeout=0.1)
    assert time.monotonic() - began < 2.9
    session.close()


def test_timeout(run) -> None:
    began = time.monotonic()
    with pytest.raises(CommandTimeoutError, match=r"0\.3 s") as caught:
        run("echo a; sleep 1000", timeout=0.3)
    assert time.monotonic() - began < 2.9
    assert "--timeout" in caught.value.next_step
    assert run("echo on", timeout=10) == (0, "on\n")


def test_timeout_of_endless_output(session, run) -> None:
    with pytest.raises(CommandTimeoutError):
        session.run("yes", lambda _text: None, timeout=0.3)
    assert run("echo on") == (0, "on\n")


@pytest.mark.slow
def test_interrupts_at_any_moment_lose_nothing(session, run) -> None:
    scripts = [
        "while true; do sleep 1; done",
        "sleep .01; sleep .01",
        "for i in {1..2000}; do :; done",
        "x=$(sleep .01; echo a); (sleep .01; true) | cat",
        "exit 3",
        "set -e; sleep .01; false",
    ]
    for turn in range(120):
        timer = threading.Timer(turn % 20 / 1000, session.interrupt)
        timer.start()
        with contextlib.suppress(KeyboardInterrupt, CommandTimeoutError):  # the timer may be too early
            session.run(scripts[turn % len(scripts)], lambda _text: None, timeout=1)
        timer.join()
        assert run("echo on", timeout=5) == (0, "on\n"), f"turn {turn}"


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
