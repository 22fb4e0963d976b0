"""What is done before any machine starts, by several processes at once."""

import os
import subprocess
import sys
from pathlib import Path

import dockyard
from dockyard.machine import rootfs, userns


def test_what_earlier_versions_used_goes_however_many_are_started_at_once(dockyard_home):
    directory = dockyard_home / "rootfs"
    old = [directory / f"26.1-{number:012x}" for number in range(50)]
    kept = directory / rootfs.Recipe(rootfs.DEFAULT_ENGINE, userns.id_map()).key
    for path in (*old, kept):
        (path / "etc").mkdir(parents=True)
        for number in range(40):
            (path / "etc" / f"{number}.conf").touch()
    (dockyard_home / "world").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(Path(dockyard.__file__).parent.parent)}
    program = [sys.executable, "-c", "from dockyard import setup; print(flush=True); input(); setup.prune()"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(program, env=environment, **pipes) for _turn in range(4)]
    for process in started:
        process.stdout.readline()
    for process in started:
        process.stdin.write("now\n")
        process.stdin.flush()
    for process in started:
        process.communicate()
    assert [process.returncode for process in started] == [0] * 4
    assert [path.name for path in directory.iterdir()] == [kept.name]
