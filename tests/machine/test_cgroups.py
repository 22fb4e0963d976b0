import subprocess

import pytest

from dockyard.machine import cgroups
from dockyard.machine.userns import IdMap

IDS = IdMap(1001, 1001, 100000, 100000, 65535)
LIMITS = cgroups.Limits(memory=2_000_000_000, pids=512, cpus=1.5)


@pytest.fixture
def version_two(tmp_path):
    """Directories as cgroup version 2 shows them; the kernel's own files are plain ones here."""
    (tmp_path / "cgroup.controllers").write_text("cpuset cpu io memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text("")
    return tmp_path


def test_versions_are_told_apart(tmp_path, version_two):
    assert cgroups.version(version_two) == 2
    (tmp_path / "one" / "memory").mkdir(parents=True)
    assert cgroups.version(tmp_path / "one") == 1
    assert cgroups.version(tmp_path / "none") == 0


def test_version_two_puts_the_limits_above_what_the_machine_may_write(version_two, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 1001)
    inner = cgroups._create_v2(version_two, "lab", IDS, LIMITS)
    top = version_two / "dockyard-lab"
    assert inner == top / "machine"
    assert (top / "memory.max").read_text() == "2000000000"
    assert (top / "pids.max").read_text() == "512"
    assert (top / "cpu.max").read_text() == "150000 100000"
    assert (top / "cgroup.subtree_control").read_text() == "+cpu +memory +pids"
    assert not (inner / "memory.max").exists()
    assert (inner / "init").is_dir()


def test_an_ordinary_user_on_version_one_gets_none(tmp_path, monkeypatch):
    (tmp_path / "memory").mkdir()
    monkeypatch.setattr("os.getuid", lambda: 1001)
    assert cgroups.create("lab", IDS, LIMITS, tmp_path) == []


def test_what_enters_a_machine_without_cgroups_is_left_as_it_is(tmp_path):
    assert cgroups.joining("lab", ["true"], tmp_path) == ["true"]


def test_what_enters_a_machine_enters_its_cgroups_first(version_two):
    inner = cgroups._create_v2(version_two, "lab", IDS, LIMITS)
    (inner / "init" / "cgroup.procs").touch()
    done = subprocess.run(
        cgroups.joining("lab", ["printf", "%s", "a  b"], version_two), capture_output=True, text=True, check=True
    )
    assert (inner / "init" / "cgroup.procs").read_text() == "0\n", "which is whoever writes it"
    assert done.stdout == "a  b"


def test_on_version_one_it_enters_every_hierarchy(tmp_path):
    doors = [tmp_path / name / "dockyard-lab" / "machine" / "tasks" for name in ("memory", "pids")]
    for door in doors:
        door.parent.mkdir(parents=True)
        door.touch()
    subprocess.run(cgroups.joining("lab", ["true"], tmp_path), check=True)
    assert [door.read_text() for door in doors] == ["0\n", "0\n"]


def test_a_hierarchy_that_takes_no_new_cgroup_leaves_the_machine_without_limits(tmp_path, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 0)
    for controller in ("memory", "pids"):
        (tmp_path / controller).mkdir()
    (tmp_path / "pids" / "dockyard-lab").touch()  # as unwilling as a read-only file system
    assert cgroups.create("lab", IDS, LIMITS, tmp_path) == []
    assert not (tmp_path / "memory" / "dockyard-lab" / "machine").exists()


def test_whether_limits_can_be_had_is_tried(version_two, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 0)
    monkeypatch.setattr(cgroups, "id_map", lambda: IDS)
    assert cgroups.available(version_two)
    monkeypatch.setattr(cgroups, "_create_v2", _refuse)
    assert not cgroups.available(version_two)


def _refuse(*_arguments):
    raise PermissionError
