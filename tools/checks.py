"""Runs what must hold before a change goes in: style, types, and all tests; mends style; it sets nothing up."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import display
import extension
from lanes import Job, Runner, State, Task, TaskError

SLOWEST = 25


def run(root: Path, *, only_lint: bool, pytest_arguments: Sequence[str]) -> int:
    """Run the checks; return 0 if all hold.

    Args:
        root: the repository, set up for tests.
        only_lint: leave the tests out.
        pytest_arguments: what pytest gets besides our own, such as `-k NAME`.
    """
    began = time.monotonic()
    runner = Runner(static_checks(root), display.choose(), root=root, logs=root / ".cache" / "logs", keep_going=True)
    well = runner.run()
    for progress in runner.progress.values():
        if progress.state is State.FAILED:
            title, log = progress.task.title, root / ".cache" / "logs" / f"{progress.task.name}.log"
            why = next(failure for failure in runner.failures if failure.startswith(f"{title}: "))
            print(f"\n---- {title}\n{log.read_text(encoding='utf-8') or why}", flush=True)
    table = display.timings(list(runner.progress.values()), time.monotonic() - began)
    if only_lint:
        print(table, flush=True)
        return 0 if well else 1
    start = time.monotonic()
    tests = _pytest(root, pytest_arguments)
    print(f"{table}\n  {'pytest':<18} {'well' if tests == 0 else 'failed'}, {time.monotonic() - start:.1f} s")
    if not well:
        print("Style, types or the JupyterLab panel's own tests failed: see above.", flush=True)
    return tests or (0 if well else 1)


def static_checks(root: Path) -> list[Task]:
    """Return the checks that need no machine."""
    venv = root / ".venv" / "bin"
    return [
        Task("ruff", "ruff", _commands([str(venv / "ruff"), "check"])),
        Task("format", "ruff format", _commands([str(venv / "ruff"), "format", "--check"])),
        Task("mypy", "mypy", _commands([str(venv / "mypy")])),
        Task("panel", "JupyterLab panel", _panel(root, ["jlpm", "lint"], ["jlpm", "test"])),
    ]


def put_into_style(root: Path) -> int:
    """Put Python and TypeScript into the project's style, as far as that goes by itself; return 0 if it did.

    Args:
        root: the repository, set up for tests.
    """
    ruff = str(root / ".venv" / "bin" / "ruff")
    python = _commands([ruff, "check", "--fix-only", "--exit-zero"], [ruff, "format"])
    tasks = [Task("format", "Python", python), Task("panel", "JupyterLab panel", _panel(root, ["jlpm", "format"]))]
    runner = Runner(tasks, display.choose(), root=root, logs=root / ".cache" / "logs", keep_going=True)
    well = runner.run()
    for failure in runner.failures:
        print(f"\n{failure}", flush=True)
    return 0 if well else 1


def _panel(root: Path, *commands: Sequence[str]) -> Callable[[Job], None]:
    """Return what runs commands of the JupyterLab extension, its Node packages installed."""

    def work(job: Job) -> None:
        node = extension.node_directory(root / ".cache" / "node")
        if node is None:
            raise TaskError("No Node 20 was found.\n→ make lint")
        env = extension.environment(node, root / ".venv" / "bin")
        _commands(["jlpm", "install", "--immutable"], *commands, cwd=root / "labextension", env=env)(job)

    return work


def _commands(
    *commands: Sequence[str], cwd: Path | None = None, env: dict[str, str] | None = None
) -> Callable[[Job], None]:
    def work(job: Job) -> None:
        for command in commands:
            job.report(" ".join([Path(command[0]).name, *command[1:]]))
            job.call(command, cwd=cwd, env=env)

    return work


def _side_by_side() -> list[str]:
    """Return pytest-xdist's options: tests on machines mostly wait, so two processes suit even one core.

    A module stays in one process, because its tests share what was expensive to make. tests/conftest.py has put them
    into an order.
    """
    return ["-n", str(max(2, min(4, os.cpu_count() or 1))), "--dist", "loadscope", "--no-loadscope-reorder"]


def _pytest(root: Path, arguments: Sequence[str]) -> int:
    command = [str(root / ".venv" / "bin" / "python")]
    command += ["-m", "pytest", *_side_by_side(), f"--durations={SLOWEST}", "--durations-min=1", *arguments]
    print(f"\n$ {' '.join(command)}", flush=True)
    # The tests start hundreds of processes, and without its cache each would compile the package again.
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(command, cwd=root, env=env, check=False).returncode
