"""A supervisor's process waits to be told, and nobody waits for one that has ended."""

import contextlib

import pytest

from dockyard.errors import MachineError
from dockyard.machine import config
from dockyard.machine.locks import is_locked
from dockyard.machine.state import MachineFiles
from dockyard.machine.supervisor_process import SupervisorProcess


@pytest.fixture
def files(dockyard_home) -> MachineFiles:
    config.create("idle")
    return MachineFiles(dockyard_home / "machines" / "idle")


def test_one_that_is_not_told_boots_nothing_and_ends_by_itself(files):
    with contextlib.closing(SupervisorProcess("idle", files)) as supervisor:
        assert supervisor._process.poll() is None
    assert supervisor._process.wait(10) == 1
    assert not files.state.exists()
    assert not is_locked(files.lock)


def test_one_that_has_died_is_told_with_its_log(files):
    supervisor = SupervisorProcess("idle", files)
    supervisor._process.kill()
    supervisor._process.wait(10)
    with pytest.raises(MachineError, match="ended") as caught:
        supervisor.boot(lambda _progress: None)
    assert str(files.log) in caught.value.found
