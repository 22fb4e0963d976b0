"""The wheel is enough: in a clean environment, without the repository and without Node."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dockyard.machine import Machine, paths

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(place.glob("dockyard-*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def environment(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel and the pinned versions of what it needs."""
    place = tmp_path_factory.mktemp("clean") / "env"
    venv.create(place, with_pip=True, symlinks=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--constraint", str(root / "requirements.txt"), str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture(scope="module")
def programs() -> Iterator[Path]:
    """A directory with all of the host's programs but Node, which the machine's root (nobody on the host) may read."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    for directory in ("/usr/sbin", "/usr/bin", "/sbin", "/bin"):
        for program in Path(directory).iterdir():
            link = place / program.name
            if program.name not in {"node", "nodejs", "npm", "npx"} and not link.is_symlink():
                link.symlink_to(program)
    yield place
    shutil.rmtree(place)


def settings(environment: Path, programs: Path, home: Path) -> dict[str, str]:
    return {
        "PATH": f"{environment / 'bin'}:{programs}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "DOCKYARD_HOME": str(home / "dockyard"),
    }


def run(environment: Path, programs: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the environment where there is nothing else: no Node, no repository, no settings."""
    env = settings(environment, programs, home)
    program = str(environment / "bin" / words[0])
    return subprocess.run([program, *words[1:]], capture_output=True, text=True, check=False, cwd=home, env=env)


@pytest.mark.parametrize(
    "wanted",
    [
        "dockyard/machine/files/init/boot",
        "dockyard/machine/files/rootfs/etc/init.d/docker",
        "dockyard/locale/zh_CN/LC_MESSAGES/dockyard.mo",
        "dockyard/notebooks/course.toml",
        "dockyard/py.typed",
        ".data/data/share/jupyter/labextensions/dockyard/package.json",
        ".data/data/share/jupyter/labextensions/dockyard/install.json",
        ".data/data/share/jupyter/kernels/dockyard/kernel.json",
        ".data/data/share/jupyter/lab/settings/overrides.d/dockyard.json",
        ".data/data/etc/jupyter/jupyter_server_config.d/dockyard.json",
    ],
)
def test_the_wheel_carries(names: list[str], wanted: str) -> None:
    assert any(name.endswith(wanted) for name in names)


def test_the_wheel_carries_every_tracked_file_of_package_and_course(
    names: list[str], tracked: list[Path], root: Path
) -> None:
    package, course = root / "kernel_helpers" / "dockyard", root / "notebooks"
    wanted = {f"dockyard/{file.relative_to(package)}" for file in tracked if file.is_relative_to(package)}
    wanted |= {f"dockyard/notebooks/{file.relative_to(course)}" for file in tracked if file.is_relative_to(course)}
    assert not wanted - set(names)


def test_the_wheel_carries_nothing_else(names: list[str]) -> None:
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name or name.endswith(".map")]
    tops = {name.split("/")[0].partition("-")[0] for name in names}
    assert tops == {"dockyard"}


def test_programs_stay_programs(wheel: Path) -> None:
    """The machine's scripts keep their execute bit."""
    with zipfile.ZipFile(wheel) as archive:
        modes = {info.filename: info.external_attr >> 16 for info in archive.infolist()}
    assert modes["dockyard/machine/files/init/boot"] & 0o111


def test_the_command_line_answers(environment: Path, programs: Path, tmp_path: Path) -> None:
    done = run(environment, programs, tmp_path, "dockyard", "--help")
    assert done.returncode == 0, done.stderr
    for command in ("lab", "start", "stop", "reset", "status", "shell", "exec", "doctor", "delete"):
        assert command in done.stdout


def test_the_doctor_answers(environment: Path, programs: Path, tmp_path: Path) -> None:
    done = run(environment, programs, tmp_path, "dockyard", "doctor")
    assert "Traceback" not in done.stderr
    assert done.stdout


def test_jupyter_lists_the_kernel(environment: Path, programs: Path, tmp_path: Path) -> None:
    done = run(environment, programs, tmp_path, "jupyter", "kernelspec", "list", "--json")
    spec = json.loads(done.stdout)["kernelspecs"]["dockyard"]
    assert Path(spec["resource_dir"]).is_relative_to(environment)
    assert spec["spec"]["argv"][0] == "python"  # jupyter_client puts the server's own interpreter there


def test_jupyter_lists_the_labextension(environment: Path, programs: Path, tmp_path: Path) -> None:
    done = run(environment, programs, tmp_path, "jupyter", "labextension", "list")
    said = COLOUR.sub("", done.stdout + done.stderr)
    lines = [line for line in said.splitlines() if "dockyard v" in line]
    assert lines, said
    assert "enabled" in lines[0]
    assert "OK" in lines[0]


def test_jupyter_lists_the_server_extension(environment: Path, programs: Path, tmp_path: Path) -> None:
    done = run(environment, programs, tmp_path, "jupyter", "server", "extension", "list")
    said = COLOUR.sub("", done.stdout + done.stderr)
    assert "dockyard.routes enabled" in " ".join(said.split())
    assert "Validation failed" not in said


def test_the_course_is_found(environment: Path, programs: Path, tmp_path: Path) -> None:
    program = "from dockyard.course import place; print(place.root())"
    done = run(environment, programs, tmp_path, "python", "-c", program)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(environment)


def test_one_version_everywhere(environment: Path, programs: Path, tmp_path: Path, root: Path) -> None:
    package: dict[str, Any] = json.loads((root / "labextension" / "package.json").read_text(encoding="utf-8"))
    program = "import importlib.metadata as m; print(m.version('dockyard'))"
    assert run(environment, programs, tmp_path, "python", "-c", program).stdout.strip() == package["version"]


def test_the_news_pop_up_is_off(environment: Path) -> None:
    settings = environment / "share" / "jupyter" / "lab" / "settings" / "overrides.d" / "dockyard.json"
    notification = json.loads(settings.read_text(encoding="utf-8"))["@jupyterlab/apputils-extension:notification"]
    assert notification["fetchNews"] == "false"


def test_the_environment_has_no_node(environment: Path) -> None:
    assert not any((environment / "bin" / name).exists() for name in ("node", "nodejs"))
    assert os.environ.get("NODE_PATH") is None


@pytest.fixture
def lab(
    environment: Path, programs: Path, tmp_path: Path, session_machine: Machine
) -> Iterator[tuple[str, str, subprocess.Popen[str]]]:
    """JupyterLab from the wheel on the machine of this test process: its origin, its token, the process."""
    env = settings(environment, programs, tmp_path) | {
        "DOCKYARD_HOME": str(paths.home()),
        "DOCKYARD_WORKSPACE": str(session_machine.workspace),
    }
    argv = [str(environment / "bin" / "dockyard"), "lab", "--name", session_machine.name, "--no-browser"]
    process = subprocess.Popen(
        [*argv, "--port", "8950"], env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = []
    for line in process.stdout or ():
        said.append(line)
        if found := re.search(r"(https?://[^/]+)/\S*token=(\w+)", line):
            yield found[1], found[2], process
            break
    else:
        pytest.fail("dockyard lab ended: " + "".join(said))
    process.terminate()
    process.wait(60)


def ask(origin: str, path: str, token: str) -> str:
    request = urllib.request.Request(origin + path, headers={"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


@pytest.mark.machine
def test_the_lab_of_the_wheel_is_whole(lab: tuple[str, str, subprocess.Popen[str]], session_machine: Machine) -> None:
    origin, token, _process = lab
    threading.Thread(target=_process.communicate, daemon=True).start()
    page = ask(origin, "/lab", token)
    assert "dockyard" in re.findall(r'"name":\s*"([^"]+)"', page)  # the browser is told to load the panel
    assert json.loads(ask(origin, "/api/kernelspecs", token))["kernelspecs"]["dockyard"]
    assert json.loads(ask(origin, "/dockyard/api/status", token))["state"] == "running"
    assert list(session_machine.workspace.rglob("*.ipynb"))
