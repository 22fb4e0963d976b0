"""Loading the extension."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import dockyard


@pytest.fixture
def home() -> Iterator[str]:
    """An empty home of Dockyard's own; a socket's path below it must not be long."""
    with tempfile.TemporaryDirectory(prefix="dy") as directory:
        yield directory


ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def python(code: str, **environment: str) -> str:
    argv = [sys.executable, "-c", code]
    return subprocess.run(argv, env={**ENVIRONMENT, **environment}, capture_output=True, text=True, check=True).stdout


def test_importing_dockyard_imports_nothing_else() -> None:
    code = "import sys; import dockyard; print(*(name for name in sys.modules if '.' in name or name == 'IPython'))"
    assert not [name for name in python(code).split() if name.startswith(("IPython", "dockyard."))]


LOADED = """
import os
os.environ.update(DOCKER_HOST="tcp://elsewhere", DOCKER_TLS_VERIFY="1", DOCKER_CONTEXT="other")
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_line_magic("load_ext", "dockyard")
"""


def test_docker_s_clients_find_the_machine(home: str) -> None:
    code = f"{LOADED}\nprint(os.environ['DOCKER_HOST'], [name for name in os.environ if name.startswith('DOCKER_')])"
    host, names = python(code, DOCKYARD_HOME=home).split(" ", 1)
    assert host.startswith(f"unix://{home}/")
    assert host.endswith("docker.sock")
    assert names.strip() == "['DOCKER_HOST']"


def test_all_magics_are_there_and_documented(home: str) -> None:
    names = [
        "machine",
        "exercise",
        "check",
        "hint",
        "solution",
        "progress",
        "reset",
        "claim",
        "predict",
        "verdict",
        "port",
        "picture",
    ]
    code = f"{LOADED}\nfor name in {names}: print(name, '%' + name in shell.find_line_magic(name).__doc__)"
    assert python(code, DOCKYARD_HOME=home).split("\n")[:-1] == [f"{name} True" for name in names]
    code = f"{LOADED}\nprint([bool(shell.find_cell_magic(name).__doc__) for name in ('machine', 'file')])"
    assert python(code, DOCKYARD_HOME=home) == "[True, True]\n"


def test_the_kernelspec_starts_a_kernel_with_the_extension() -> None:
    spec = json.loads((Path(dockyard.__file__).parent / "kernelspec" / "kernel.json").read_text())
    assert spec["argv"][:5] == ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    assert spec["argv"][5:] == ["--InteractiveShellApp.ignore_cwd=True", "--ext=dockyard"]
    assert spec["language"] == "python"
    assert spec["interrupt_mode"] == "signal"


@pytest.mark.machine
def test_the_session_is_opened_ahead(machine, start_kernel) -> None:
    start_kernel(DOCKYARD_MACHINE=machine.name)
    deadline = time.monotonic() + 10
    while "--noediting" not in machine.run(["ps", "-eo", "args"]).stdout:
        assert time.monotonic() < deadline
        time.sleep(0.05)
