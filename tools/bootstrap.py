"""Takes a clone to a running JupyterLab with nothing but Python; what there is to do, stages.py knows.

    python3 tools/bootstrap.py lab [ARGUMENT OF dockyard lab ...]
    python3 tools/bootstrap.py setup | test | bench | lint | format | wheel [--timings]

The Makefile calls it so.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the interpreter that runs this file is whatever `python3` is
    sys.exit(
        "This is Python %d.%d; Dockyard needs 3.11 or newer.\n"  # noqa: UP031 - older Pythons must be able to read it
        "-> name a newer one: make lab PYTHON=python3.11" % sys.version_info[:2]
    )

import argparse
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "kernel_helpers"))

from dockyard.i18n import _

import checks
import display
import first_words
import host
from lanes import Interrupted, Runner
from stages import Setup

ROOT = Path(__file__).resolve().parent.parent


def main(words: Sequence[str]) -> int:
    """Do what the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="From a clone to a running JupyterLab.")
    parser.add_argument("stage", choices=["lab", "setup", "test", "bench", "lint", "format", "wheel"])
    parser.add_argument("--timings", action="store_true", help="say what each part took")
    chosen, rest = parser.parse_known_args(words)
    # A shell that starts us in the background has SIGINT ignored, and all that we start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    first_words.compile_changed(ROOT)
    try:
        done = set_up(chosen.stage, timings=chosen.timings)
    except Interrupted as interrupted:
        print(_("\nInterrupted. What is finished is kept; the same command goes on from there."), flush=True)
        return 128 + interrupted.number
    if done and chosen.stage in ("lab", "setup") and not shutil.which("dockyard"):
        activate = ROOT / ".venv" / "bin" / "activate"
        print(_("To type `dockyard` in a terminal of yours, first: . {path}").format(path=activate), flush=True)
    if not done or chosen.stage == "setup":
        return 0 if done else 1
    return _then(chosen.stage, rest)


def _then(stage: str, rest: Sequence[str]) -> int:
    venv = ROOT / ".venv" / "bin"
    os.environ["PATH"] = os.pathsep.join([str(venv), os.environ.get("PATH", os.defpath)])
    os.environ["VIRTUAL_ENV"] = str(venv.parent)
    if stage == "lab":
        os.execv(venv / "dockyard", ["dockyard", "lab", *rest])
    if stage == "bench":
        os.execv(venv / "python", ["python", str(ROOT / "bench" / "bench.py"), *rest])
    if stage == "wheel":
        os.execv(venv / "python", ["python", "-m", "build", "--wheel", str(ROOT), *rest])
    if stage == "format":
        return checks.put_into_style(ROOT)
    return checks.run(ROOT, only_lint=stage == "lint", pytest_arguments=rest)


def set_up(stage: str, *, timings: bool) -> bool:
    """Do all that a stage needs and that is not done yet; return whether all went well.

    Raises:
        Interrupted: a signal asked to stop.
    """
    needs_machine = stage not in ("lint", "format", "wheel")
    missing = host.missing_packages(machine=needs_machine, tests=stage in ("test", "bench"))
    if missing and not host.may_install():
        if not _offer(missing):
            return False
        missing = []
    obstacles = host.obstacles() if needs_machine and not missing else []
    if obstacles:
        print(_("No machine can run on this host:"), *obstacles, sep="\n", file=sys.stderr, flush=True)
        if stage != "test" or os.environ.get("DOCKYARD_REQUIRE_MACHINE"):
            return False
    setup = Setup(
        ROOT,
        packages=tuple(missing),
        tests=stage not in ("lab", "setup"),
        machine=needs_machine and not obstacles,
    )
    began = time.monotonic()
    runner = Runner(setup.tasks(), display.choose(), root=ROOT, logs=ROOT / ".cache" / "logs")
    well = runner.run()
    if timings:
        print(display.timings(list(runner.progress.values()), time.monotonic() - began), flush=True)
    for failure in runner.failures:
        print(f"\n{failure}", file=sys.stderr, flush=True)
    return well


def _offer(missing: Sequence[str]) -> bool:
    """Print the command that installs packages, offer to run it, and return whether that went well."""
    print(_("These Debian packages are missing: {names}").format(names=" ".join(missing)))
    print(f"→ {host.install_command(missing)}", flush=True)
    if not (sys.stdin.isatty() and sys.stdout.isatty() and host.may_ask_sudo()):
        return False
    try:
        answer = input(_("Run this command now? [Y/n] ")).strip().lower()
    except (EOFError, KeyboardInterrupt):
        print()
        return False
    if answer not in ("", "y", "yes"):
        return False
    subprocess.run(["sudo", "apt-get", "update"], check=False)  # one source that does not answer need not matter
    return subprocess.run(["sudo", *host.apt_install(missing)], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
