"""Cells in a real kernel, on a real machine with its engine."""

import re
import time

import pytest

pytestmark = pytest.mark.machine


def processes(machine) -> str:
    return machine.run(["ps", "-eo", "args"]).stdout


def runs(machine, what: str):
    """A condition: a process with this in its command line runs in the machine."""
    return lambda: what in processes(machine)


@pytest.fixture(scope="module", autouse=True)
def busybox(machine) -> None:
    machine.run(["docker", "pull", "-q", "busybox"], check=True)


def test_no_boilerplate_is_needed(kernel) -> None:
    cell = kernel.run("%machine hostname")
    assert (cell.status, cell.text) == ("ok", "machine\n")


def test_state_stays_from_cell_to_cell(kernel) -> None:
    kernel.run("%%machine\nmkdir -p /root/web; cd /root/web\nname=中文; hi() { echo hi $name; }\nsleep 1000 &")
    assert kernel.run("%machine pwd; hi; jobs").text.splitlines()[:2] == ["/root/web", "hi 中文"]
    assert "sleep 1000" in kernel.run("%machine jobs").text
    kernel.run("%machine kill %1; cd; wait")


def test_exit_code_is_a_quiet_line(kernel) -> None:
    cell = kernel.run("%%machine\necho out\necho err >&2\nexit 3")
    assert (cell.status, cell.text) == ("ok", "out\nerr\nexit code 3\n")
    assert "exit code" not in kernel.run("%machine true").text


def test_python_is_python(kernel) -> None:
    cell = kernel.run("import docker\ndocker.from_env().containers.run('busybox', 'echo hello', remove=True).decode()")
    assert cell.text == "'hello\\n'\n"


def test_braces_and_dollars_are_bash_s(kernel) -> None:
    kernel.run("x = 'python'")
    assert kernel.run("%machine x=bash; echo $x {x} '{{.Size}}' ~").text == "bash {x} {{.Size}} /root\n"


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("cat <<X\n$((6*7)) 'q' \"d\"\nX", "42 'q' \"d\"\n"),
        ("docker run --rm -i busybox cat <<'X'\n$not\nX", "$not\n"),
        ("printf '镜像 %s\\n' 🐳", "镜像 🐳\n"),
        ("printf 'no newline'", "no newline"),
        ("docker run --rm -t busybox printf 'a\\nb\\n'", "a\nb\n"),
    ],
)
def test_scripts(kernel, script, text) -> None:
    assert kernel.run(f"%%machine\n{script}").text == text


def test_a_syntax_error_is_bash_s_own(kernel) -> None:
    cell = kernel.run("%%machine\necho a\nfor x in; od")
    assert "line 2: syntax error" in cell.text
    assert cell.text.endswith("exit code 2\n")
    assert kernel.run("%machine echo on").text == "on\n"


def test_interrupting_a_container(kernel, machine) -> None:
    kernel.run("%machine kept=yes; sleep 1000 &")
    cell = kernel.run("%%machine\ndocker run --rm --name long busybox sleep 1234; echo no", runs(machine, "sleep 1234"))
    assert cell.status == "error"
    assert "no\n" not in cell.text
    assert cell.text.endswith("Interrupted.\n")
    assert "Traceback" not in cell.text
    assert "docker run" not in processes(machine)
    assert kernel.run("%machine echo $kept; jobs").text.startswith("yes\n[1]+  Running")
    kernel.run("%machine kill %1; docker rm -f long")


def test_interrupting_a_container_that_listens(kernel, machine) -> None:
    script = "docker run --rm busybox sh -c 'trap \"echo bye; exit 0\" INT; while :; do sleep 0.1; : 4321; done'"
    cell = kernel.run(f"%%machine\n{script}; echo no", runs(machine, "\nsh -c trap"))
    assert cell.text.split() == ["bye", "Interrupted."]


@pytest.mark.parametrize("loop", ["while true; do sleep 1; : 777; done", "while :; do :; done"])
def test_interrupting_a_loop(kernel, machine, loop) -> None:
    cell = kernel.run(f"%%machine\ntouch /tmp/loops\n{loop}", lambda: machine.run(["rm", "/tmp/loops"]).returncode == 0)
    assert cell.status == "error"
    assert cell.text.strip() == "Interrupted."
    assert kernel.run("%machine echo on").text == "on\n"


def test_interrupting_another_user_s_process(kernel, machine) -> None:
    script = "su nobody -s /bin/bash -c 'trap \"\" INT TERM; while :; do sleep 0.1; : 888; done'"
    cell = kernel.run(f"%%machine\n{script}", runs(machine, ": 888;"))
    assert cell.text.strip().endswith("Interrupted.")
    assert ": 888" not in processes(machine)


def test_timeout(kernel) -> None:
    cell = kernel.run("%%machine --timeout 0.5\necho begun\nsleep 1000")
    assert cell.status == "error"
    assert "after 0.5 s" in cell.text
    assert "--timeout" in cell.text
    assert "Traceback" not in cell.text


def test_huge_output(kernel) -> None:
    cell = kernel.run("%machine yes docker | head -c 20000000")
    assert cell.status == "ok"
    assert len(cell.text) < 1_100_000
    assert re.search(r"\[… [\d,]+ lines \([\d.]+ MB\) left out …\]", cell.text)


def test_progress_is_stored_once(kernel) -> None:
    cell = kernel.run('%%machine\nfor i in 1 2 3; do printf "\\r$i of 3"; sleep 0.15; done; echo; echo done')
    assert [output["kind"] for output in cell.outputs] == ["display_data", "stream"]
    assert cell.text == "3 of 3\ndone\n"


def test_what_wants_a_terminal_is_sent_to_one(kernel) -> None:
    kernel.run("%machine cd /tmp")
    cell = kernel.run("%%machine\ndocker run -it --rm busybox sh")
    kernel.run("%machine cd")
    assert "the input device is not a TTY" in cell.text
    assert "wants a terminal" in cell.text
    assert "cd /tmp && docker run -it --rm busybox sh" in cell.text
    assert 'data-commandlinker-command="dockyard:open-terminal"' in cell.outputs[-1]["data"]["text/html"]


@pytest.mark.parametrize("command", ["docker login -u me", "nano notes", "top", "docker exec -it web sh"])
def test_other_things_that_want_a_terminal(kernel, command) -> None:
    kernel.run("%machine docker rm -f web; docker run -d --name web busybox sleep 1000")
    assert "wants a terminal" in kernel.run(f"%machine {command}").text


def test_the_world(kernel) -> None:
    assert "198.51.100.1" in kernel.run("%%machine --world\nip -br addr").text
    kernel.run("%machine --world place=there")
    assert kernel.run("%machine echo .$place").text == ".\n"
    assert kernel.run("%machine --world echo $place").text == "there\n"


def test_file(kernel, machine) -> None:
    kernel.run("%machine mkdir -p /srv/w; cd /srv/w")
    text = "FROM busybox\nRUN echo \"$HOME\" {x} 'y' \\\n  && true\n# 中文 🐳\n"
    assert kernel.run(f"%%file deep/er/Dockerfile\n{text}").text == "Wrote /srv/w/deep/er/Dockerfile: 4 lines.\n"
    assert machine.run(["cat", "/srv/w/deep/er/Dockerfile"]).stdout == text
    assert kernel.run("%%file -a deep/er/Dockerfile\nCMD true").text == "Added 1 line to /srv/w/deep/er/Dockerfile.\n"
    assert machine.run(["tail", "-n1", "/srv/w/deep/er/Dockerfile"]).stdout == "CMD true\n"
    kernel.run("%%file '~/a b'\nx\n")
    assert machine.run(["cat", "/root/a b"]).stdout == "x\n"
    kernel.run("%machine cd")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%%file /root\nx", "/root is a directory."),
        ("%%file\nx", "%%file needs one path."),
        ("%%file a b\nx", "%%file needs one path."),
        ("%%file /proc/x/y\nx", "could not be written"),
        ("%machine", "There is no command to run."),
        ("%machine --wold ls", "There is no option --wold."),
        ("%%machine ls\nls", "After %%machine on the same line there is: ls"),
        ("%machine --timeout soon ls", "soon is no number of seconds."),
        ("%machine --name No/such ls", "No/such"),
        ("%machine --name nosuch ls", "There is no machine nosuch."),
        ("%port x", "%port needs a port"),
        ("%port 99999", "%port needs a port"),
        ("%check nosuch", "There is no exercise nosuch."),
        ("%verdict nosuch", "There is no claim nosuch."),
        ("%predict", "%predict needs the key of an answer."),
        ("%progress now", "%progress takes nothing after it."),
    ],
)
def test_mistakes_are_told_without_a_traceback(kernel, line, said) -> None:
    cell = kernel.run(line)
    assert cell.status == "error"
    assert said in cell.text
    assert "\n→ " in cell.text
    assert "Traceback" not in cell.text
    assert "line 1" not in cell.text


def test_port(kernel) -> None:
    cell = kernel.run("%port 8080 /about?x=<1>")
    assert "/port/8080/about?x=<1>" in cell.text
    assert "<1>" not in cell.outputs[0]["data"]["text/html"]


def test_an_exercise_from_not_yet_to_passed(kernel, machine) -> None:
    machine.run(["docker", "rmi", "-f", "debian:12", "debian:bookworm"])
    task = kernel.run("%exercise images.pull_tag")
    tag = re.search(r"tag `(\w+)`", task.text)[1]
    assert "Not yet" in kernel.run("%check").text
    assert "Hint 1 of 3" in kernel.run("%hint").text
    assert "Hint 2 of 3" in kernel.run("%hint images.pull_tag").text
    assert f"docker pull debian:{tag}" in kernel.run("%solution").text
    kernel.run(f"%machine docker pull -q debian:{tag}")
    assert "✓ Passed" in kernel.run("%check").text
    assert re.search(r"passed +images\.pull_tag", kernel.run("%progress").text)
    assert "passed before" in kernel.run("%reset").text
    assert "Not yet" in kernel.run("%check").text


def test_a_claim_from_prediction_to_verdict(kernel) -> None:
    question = kernel.run("%claim images.no_tag")
    keys = re.findall(r"- `(\w+)`", question.text)
    assert "You predict" not in question.text
    assert "You predict" in kernel.run(f"%predict {keys[0]}").text
    verdict = kernel.run("%verdict").text
    assert "Docker Engine 26.1" in verdict
    assert "You predicted" in verdict


def test_ipython_s_own_reset_is_still_there(kernel) -> None:
    kernel.run("gone = 1")
    kernel.run("%reset -f")
    assert "NameError" in kernel.run("gone").text


def test_a_reset_machine_gets_a_new_session(kernel, machine) -> None:
    kernel.run("%machine x=1")
    machine.reset()
    cell = kernel.run("%machine echo .$x")
    assert cell.text.splitlines()[1:] == ["."]
    assert "The session had ended" in cell.text


def test_a_stopped_machine_is_started_by_the_first_cell(kernel, machine) -> None:
    machine.stop()
    cell = kernel.run("%machine echo here")
    assert cell.status == "ok"
    assert "The machine was not running; it has been started." in cell.text
    assert cell.text.endswith("here\n")
    assert kernel.run("%machine echo here").text == "here\n"


def test_kernels_end_without_a_trace(machine, start_kernel) -> None:
    kernel = start_kernel(DOCKYARD_MACHINE=machine.name)
    kernel.run("%machine sleep 4444 & nohup sleep 4444 & (sleep 4444 &)")
    kernel.run("%machine --world sleep 4444 &")
    assert "sleep 4444" in processes(machine)
    kernel.manager.shutdown_kernel()
    _wait_until(lambda: "sleep 4444" not in machine.run(["ps", "-eo", "args"], world=True).stdout)
    # one may be that of the kernel which the other tests share
    assert len(re.findall("^bash --norc", processes(machine), re.MULTILINE)) <= 1


def test_killed_kernels_end_without_a_trace(machine, start_kernel) -> None:
    kernel = start_kernel(DOCKYARD_MACHINE=machine.name)
    kernel.run("%machine sleep 5555 & (sleep 5555 &)")
    kernel.client.execute("%machine sleep 6666")
    _wait_until(runs(machine, "sleep 6666"))
    kernel.manager.shutdown_kernel(now=True)
    _wait_until(lambda: not re.search(r"sleep (5555|6666)", processes(machine)))


def test_a_file_of_the_learner_s_stands_for_no_module_of_ours(machine, start_kernel, tmp_path, monkeypatch):
    (tmp_path / "docker.py").write_text("raise SystemExit('the learner's own')")
    (tmp_path / "mine.py").write_text("x = 'imported'")
    monkeypatch.chdir(tmp_path)
    kernel = start_kernel(DOCKYARD_MACHINE=machine.name)
    assert kernel.run("import docker, mine; docker.from_env().ping(), mine.x").text == "(True, 'imported')\n"


def test_the_notebook_s_folder_chooses_the_language(machine, start_kernel) -> None:
    kernel = start_kernel(DOCKYARD_MACHINE=machine.name, JPY_SESSION_NAME="course/zh/01-images.ipynb")
    assert "没有" in kernel.run("%check nosuch").text


def _wait_until(condition) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
