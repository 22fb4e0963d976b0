"""A supervisor's process is there at once and waits to be told, and nobody waits for one that has ended."""

import contextlib
import dataclasses
import subprocess
import sys

import pytest

from dockyard.errors import MachineError
from dockyard.machine import config
from dockyard.machine.cgroups import Limits
from dockyard.machine.launcher import Plan
from dockyard.machine.locks import is_locked
from dockyard.machine.state import MachineFiles
from dockyard.machine.supervisor_process import SupervisorProcess


@pytest.fixture
def files(dockyard_home) -> MachineFiles:
    config.create("idle")
    return MachineFiles(dockyard_home / "machines" / "idle")


@pytest.fixture
def plan(files, tmp_path) -> Plan:
    return Plan("idle", files.directory, tmp_path / "my\nwörk\udcff", tmp_path / "rootfs", None, Limits.of_host())


def test_one_that_is_not_told_boots_nothing_and_ends_by_itself(files):
    with contextlib.closing(SupervisorProcess("idle", files)) as supervisor:
        assert supervisor._process.poll() is None
    assert supervisor._process.wait(10) == 1
    assert not files.state.exists()
    assert not is_locked(files.lock)


def test_one_that_has_died_is_told_with_its_log(files, plan):
    supervisor = SupervisorProcess("idle", files)
    supervisor._process.kill()
    supervisor._process.wait(10)
    with pytest.raises(MachineError, match="ended") as caught:
        supervisor.boot(plan, lambda _progress: None)
    assert str(files.log) in caught.value.found


@pytest.mark.parametrize("with_world", [True, False])
def test_a_plan_arrives_as_it_was(plan, tmp_path, with_world):
    sent = dataclasses.replace(plan, world=tmp_path / "world" if with_world else None)
    line = sent.as_line()
    assert line.count("\n") == 1
    assert Plan.from_line(line) == sent


def test_a_supervisor_loads_no_more_than_it_needs_to_boot():
    """A reset waits for it: the machine can boot while the database is loaded, and what plans is another process's."""
    loaded = "import sys, dockyard.machine.supervisor as _; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert not {"sqlite3", "hashlib", "tarfile", "dockyard.machine.rootfs"} & set(done.stdout.split())
