"""What a command finds, leaves behind and gives back."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dockyard.errors import SessionError
from dockyard.session import Session


def test_output_and_exit_code(run) -> None:
    assert run("echo hello") == (0, "hello\n")
    assert run("(exit 7)") == (7, "")


def test_state_stays(run, session, home) -> None:
    run("mkdir web; cd web; x='a  b'; declare -A m=([k]=v); f() { echo f:$1; }; alias hi='echo hi'; export E=1; false")
    assert run('echo $? $PWD; echo "$x ${m[k]}"; f 2; hi; env | grep ^E=') == (
        0,
        f"1 {home}/web\na  b v\nf:2\nhi\nE=1\n",
    )
    assert session.directory == f"{home}/web"


def test_standard_error_comes_in_order(run) -> None:
    script = "for i in 1 2 3; do echo out $i; echo err $i >&2; ls /nowhere-$i; done"
    lines = run(script)[1].splitlines()
    assert [line.split()[0] for line in lines] == ["out", "err", "ls:"] * 3


def test_output_streams(session) -> None:
    seen: list[tuple[str, bool]] = []
    go = Path(os.environ["HOME"]) / "go"
    os.mkfifo(go)

    def on_output(text: str) -> None:
        if not seen:
            go.write_text("now\n")  # the command waits for it, so the first output came while it ran
        seen.append(text)

    assert session.run(f"echo first; read x < {go}; echo $x", on_output) == 0
    assert "".join(seen) == "first\nnow\n"


def test_scripts_of_every_form(run) -> None:
    assert run("cat <<X\n$((1+1))\nX\ncat <<'Y'\n$x\nY") == (0, "2\n$x\n")
    assert run("for i in 1 2\ndo\n  echo $i\ndone | tac") == (0, "2\n1\n")
    assert run('echo \'DOCKYARD\'; echo "it\'s \\"quoted\\"" # ! comment') == (0, 'DOCKYARD\nit\'s "quoted"\n')
    assert run("") == (0, "")
    assert run("\n\n# nothing\n") == (0, "")
    assert run("printf 'no newline'") == (0, "no newline")
    assert run("echo one\\\n two") == (0, "one two\n")


def test_unicode(run) -> None:
    assert run("x=镜像; echo $x é 🐳; echo ${#x}") == (0, "镜像 é 🐳\n2\n")


def test_bytes_that_are_no_text(run) -> None:
    assert run(r"printf 'a\xffb\xe9'") == (0, "a�b�")


def test_a_character_in_two_writes(run) -> None:
    assert run(r"printf '\xe9\x95'; sleep 0.05; printf '\x9c\n'") == (0, "镜\n")


def test_long_scripts(run) -> None:
    assert run(f"x='{'é' * 300_000}'; echo ${{#x}}") == (0, "300000\n")


def test_huge_output_arrives_whole(session) -> None:
    size = 0

    def count(text: str) -> None:
        nonlocal size
        size += len(text)

    assert session.run("head -c 50000000 /dev/zero | tr '\\0' x", count) == 0
    assert size == 50_000_000


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("echo a; for; echo b", 2, "line 1: syntax error near unexpected token `;'"),
        ("echo a\necho 'never closed", 2, "line 2: unexpected EOF"),
        ("if true; then", 2, "syntax error: unexpected end of file"),
        ("nosuchcommand", 127, "nosuchcommand: command not found"),
        ("echo ${nothing?is not there}; echo no", 1, "nothing: is not there"),
        ("set -u; echo $nothing; echo no", 1, "nothing: unbound variable"),
        ("readonly r=1; r=2; echo no", 1, "r: readonly variable"),
    ],
)
def test_mistakes_end_the_command_only(run, script, code, said) -> None:
    got, output = run(script)
    assert (got, said in output) == (code, True), output
    assert "no\n" not in output
    assert run("echo on") == (0, "on\n")


@pytest.mark.parametrize(
    ("script", "code", "output"),
    [
        ("echo a; exit 3; echo b", 3, "a\n"),
        ("exit", 0, ""),
        ("false; exit", 1, ""),
        ("f() { exit 5; }; f; echo no", 5, ""),
        ("for i in 1 2; do while :; do exit 6; done; done", 6, ""),
        ("(exit 4); echo $?", 0, "4\n"),
        ("x=$(echo in; exit 9); echo $x $?", 0, "in 9\n"),
        ("echo a | exit 2; echo $?", 0, "2\n"),
        ("eval 'exit 7'; echo no", 7, ""),
        ("source <(echo exit 8); echo no", 8, ""),
        ("return 3; echo no", 3, ""),
        ("bash -c 'exit 3'; echo $?", 0, "3\n"),
        ("trap 'echo bye' INT; exit 2", 2, ""),
    ],
)
def test_exit_ends_the_command_and_not_the_session(run, script, code, output) -> None:
    run("kept=yes")
    assert run(script) == (code, output)
    assert run("echo $? $kept") == (0, f"{code} yes\n")


@pytest.mark.parametrize(
    ("script", "code", "output"),
    [
        ("set -e; echo a; false; echo no", 1, "a\n"),
        ("set -e; f() { (exit 9); echo no; }; f; echo no", 9, ""),
        ("set -e; if false; then :; fi; false || true; ! true; echo yes", 0, "yes\n"),
        ("set -e; (false; echo no); echo no", 1, ""),
        ("set -euo pipefail\nfalse | true\necho no", 1, ""),
        ("false; echo yes", 0, "yes\n"),
    ],
)
def test_errexit_ends_the_command_and_not_the_session(run, script, code, output) -> None:
    run("kept=yes")
    assert run(script) == (code, output)
    assert run("false; echo $nothing $kept; true | false | true") == (0, "yes\n")


def test_trace_ends_with_the_command(run) -> None:
    assert run("set -x; true") == (0, "++ true\n")
    assert run("echo on") == (0, "on\n")


def test_a_prompt_of_ones_own_is_not_seen(run) -> None:
    assert run("PS1='me> ' PS0=zero") == (0, "")
    assert run("echo on") == (0, "on\n")


def test_nobody_types(run) -> None:
    assert run("cat; read x; echo $?; tty") == (1, "1\nnot a tty\n")
    assert run("read -r x < /dev/tty; echo $?") == (0, "1\n")
    code, output = run("python3 -c 'import getpass; getpass.getpass()'", timeout=60)
    assert code == 1
    assert "Password: " in output


def test_commands_inherit_no_plumbing(run) -> None:
    targets = run("readlink /proc/self/fd/* 2>/dev/null")[1]
    assert "/dev/ptmx" not in targets
    assert run("{ echo 9 9 9 lies >&61; } 2>&1")[0] == 1  # the status pipe is out of reach
    assert "__dockyard" not in run("env; history")[1]


def test_background_jobs_go_on(run, session) -> None:
    run("sleep 1000 & echo $! > pid")
    assert "Running" in run("jobs")[1]
    assert run("kill %1; wait %1; echo $?")[1].endswith("143\n")


def test_background_output_is_shown_with_the_next_command(run, session) -> None:
    run("mkfifo go; (read x < go; echo late; echo end > done) & mkfifo done")
    said = run("echo > go; read x < done; echo now")[1].splitlines()
    assert said[:2] == ["late", "now"]  # bash itself may add that the job is done


def test_background_output_never_blocks_and_is_limited(run) -> None:
    run("mkfifo done; (head -c 5000000 /dev/zero | tr '\\0' x; echo end > done) &")
    code, output = run("read x < done; echo $x")
    assert code == 0
    assert "xend\n" in output


def test_a_dead_shell_is_replaced_with_one_line(run, session, home) -> None:
    run("x=1; cd /")
    assert run("kill -9 $$")[0] == 137 or True
    code, output = run("echo $x. $PWD")
    assert code == 0
    assert output.startswith("[The session had ended.")
    assert output.splitlines()[1:] == [f". {home}"]
    assert run("echo on") == (0, "on\n")


def test_exec_hands_its_exit_code_over(run) -> None:
    assert run("exec sh -c 'echo last; exit 4'") == (4, "last\n")
    assert run("echo on")[1].endswith("on\n")


def test_an_exception_of_the_listener_stops_the_command(session, run) -> None:
    def refuse(_text: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        session.run("while :; do echo x; sleep 0.01; done", refuse)
    assert run("echo on") == (0, "on\n")


def test_one_command_at_a_time(session) -> None:
    ended: list[str] = []

    def work(name: str) -> None:
        session.run(f"echo {name} >> order; sleep 0.05; echo {name} >> order", lambda _text: None)
        ended.append(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    order = (Path(os.environ["HOME"]) / "order").read_text().split()
    assert order[::2] == order[1::2]
    assert sorted(ended) == ["a", "b", "c"]


def test_closing_ends_everything_but_daemons(home, run, session) -> None:
    run("sleep 1000 & (sleep 1000 &); nohup sleep 1000 & sleep 1000 & disown; setsid sleep 0.5 &")
    pids = _sleeps(run, home, 4)
    session.close()
    _wait_until(lambda: not any(_alive(pid) for pid in pids))


@pytest.mark.parametrize("end", ["kill -9 $$", "trap - EXIT; exec true", "trap : EXIT; exec true"])
def test_a_shell_that_ends_takes_everything_but_daemons_along(home, run, end) -> None:
    run("(sleep 1000 &); nohup sleep 1000 &")
    pids = _sleeps(run, home, 2)
    run(end)
    _wait_until(lambda: not any(_alive(pid) for pid in pids))


def _sleeps(run, home: Path, count: int) -> list[int]:
    """Wait until so many sleeps run in the session; return their process ids and the shell's."""
    run(f"until [ $(pgrep -c -x -s $$ sleep) = {count} ]; do :; done; pgrep -x -s $$ sleep > pids; echo $$ >> pids")
    pids = [int(pid) for pid in (home / "pids").read_text().split()]
    assert len(pids) == count + 1
    return pids


def test_closing_ends_a_shell_that_ignores_it(home, run, session) -> None:
    run("trap '' HUP; trap 'sleep 1000' EXIT; echo $$ > pid; sleep 1000 & echo $! >> pid")
    session.close()
    _wait_until(lambda: not any(_alive(int(pid)) for pid in (home / "pid").read_text().split()))


def test_closing_while_a_command_runs(home, session) -> None:
    def work() -> None:
        with pytest.raises(KeyboardInterrupt):
            session.run("echo $$ > pid; sleep 1000", lambda _text: None)

    thread = threading.Thread(target=work)
    thread.start()
    _wait_for(home / "pid")
    session.close()
    thread.join()
    assert not _alive(int((home / "pid").read_text()))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.parametrize("then", ["exit", "sleep 1000", "while :; do :; done"])
def test_everything_ends_with_the_process_that_holds_the_session(home, how, then) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, then], cwd=home, env=environment)
    _wait_for(home / "ready")
    holder.send_signal(how)
    holder.wait()
    pids = [int(pid) for pid in (home / "pids").read_text().split()]
    assert len(pids) == 4
    _wait_until(lambda: not any(_alive(pid) for pid in pids))


HOLDER = """
import sys, time
from dockyard.session import Session
session = Session(list)
background = "sleep 1000 & nohup sleep 1000 & (sleep 1000 &)"
all_run = "until [ $(pgrep -c -s $$ sleep) = 3 ]; do :; done"
session.run(f"{background}; {all_run}; pgrep -s $$ sleep > pids; echo $$ >> pids", print)
session.run(f"echo 1 > ready; {sys.argv[1]}", print)
time.sleep(1000)
"""


def test_no_bash_to_start() -> None:
    session = Session(lambda argv: ["sh", "-c", "echo cannot enter >&2; exit 1", *argv])
    with pytest.raises(SessionError, match="cannot enter") as caught:
        session.open()
    assert caught.value.next_step
    missing = Session(lambda argv: ["/no/such/program", *argv])
    with pytest.raises(SessionError, match="/no/such/program"):
        missing.open()


def test_descriptors_and_threads_do_not_pile_up(home) -> None:
    def used() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    Session(list).open()  # the first one imports what it needs
    before = used()
    for _turn in range(5):
        session = Session(list)
        session.run("true", lambda _text: None)
        session.close()
    assert used() == before


def test_a_command_costs_next_to_nothing(session) -> None:
    session.open()
    began = time.perf_counter()
    for _turn in range(100):
        session.run("true", lambda _text: None)
    assert (time.perf_counter() - began) / 100 < 0.02


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def _wait_for(path: Path) -> None:
    _wait_until(lambda: path.exists() and path.read_text().strip() != "")


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
