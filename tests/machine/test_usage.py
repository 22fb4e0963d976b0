"""What a machine uses, read from cgroups of either version on plain directories, and from a real machine."""

import time
from pathlib import Path

import pytest

from dockyard.machine import Machine, usage


def write(directory: Path, **files: str) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (directory / name.replace("__", ".")).write_text(f"{text}\n")


@pytest.fixture
def version_1(tmp_path):
    write(
        tmp_path / "memory" / "dockyard-lab",
        memory__usage_in_bytes="500",
        memory__stat="cache 300\ntotal_inactive_file 200",
        memory__limit_in_bytes="9000",
    )
    write(tmp_path / "pids" / "dockyard-lab", pids__current="7", pids__max="8192")
    return tmp_path


@pytest.fixture
def version_2(tmp_path):
    write(tmp_path, cgroup__controllers="cpu memory pids")
    write(
        tmp_path / "dockyard-lab",
        memory__current="500",
        memory__stat="inactive_file 200\nanon 1",
        memory__max="max",
        pids__current="7",
        pids__max="8192",
    )
    return tmp_path


def test_version_1_tells_memory_without_what_the_kernel_would_give_back(version_1):
    assert usage._held("lab", version_1) == (300, 9000, 7, 8192)


def test_version_2_says_max_where_there_is_no_limit(version_2, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 0)
    assert usage._held("lab", version_2) == (300, None, 7, 8192)


def test_a_machine_without_cgroups_of_its_own_is_told_apart(version_1):
    assert usage._held("other", version_1) is None


def test_of_a_machine_that_was_never_started_only_the_free_space_is_known(dockyard_home):
    used = usage.usage(Machine("default"))
    assert used.disk_free > 0
    assert {used.memory, used.pids, used.disk, used.uptime} == {None}


@pytest.mark.machine
def test_a_running_machine_uses_what_its_processes_do(machine):
    used = usage.usage(machine)
    programs = usage.memory_by_program(machine.processes())
    assert programs.keys() >= {"dockerd", "containerd", "nginx"}
    counted, no_limit, processes, _none = usage._counted(machine.processes())
    assert no_limit is None
    assert used.memory / 3 < counted < used.memory * 3
    assert processes <= used.pids
    assert 0 < used.uptime < time.time() - machine.status().since + 1


@pytest.mark.machine
def test_what_the_engine_keeps_is_counted(machine):
    before = usage.usage(machine).disk
    machine.run(["docker", "volume", "create", "data"], check=True)
    machine.run(["bash", "-c", "head -c 5000000 /dev/urandom > /var/lib/docker/volumes/data/_data/x"], check=True)
    assert usage.usage(machine).disk - before >= 5_000_000
