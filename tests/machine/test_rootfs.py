import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from dockyard.errors import DiskFullError, RootfsError
from dockyard.machine import locks, rootfs
from dockyard.machine.userns import IdMap, id_map, remove_tree

IDS = IdMap(1001, 1001, 100000, 100000, 65535)
BUILD = (
    "from dockyard.machine import rootfs\n"
    "print(rootfs.build('26.1', lambda told: print(told.doing, flush=True)), flush=True)"
)


def can_be_entered(directory: Path) -> bool:
    """Whether the machine's root gets there, who is the user that started it, or nobody in particular."""
    found = [path.stat() for path in (directory, *directory.parents)]
    root = id_map().root_uid
    return all(stat.st_mode & (0o100 if stat.st_uid == root else 0o001) for stat in found)


@pytest.fixture
def built(dockyard_home) -> Path:
    """Something that looks like a root filesystem in the cache."""
    root = dockyard_home / "rootfs" / "26.1-abc"
    (root / "usr" / "sbin").mkdir(parents=True)
    (root / "usr" / "sbin" / "dockerd").write_bytes(b"x" * 100)
    root.with_name("26.1-abc.json").write_text(json.dumps({"usr/sbin/dockerd": 100}))
    return root


def test_the_name_changes_with_everything_that_changes_the_result():
    keys = {
        rootfs.Recipe("26.1", IDS).key,
        rootfs.Recipe("20.10", IDS).key,
        rootfs.Recipe("26.1", IdMap(1001, 1001, 165536, 165536, 65535)).key,
    }
    assert len(keys) == 3
    assert rootfs.Recipe("26.1", IDS).key == rootfs.Recipe("26.1", IDS).key


def test_bookworm_has_no_packages_that_came_later():
    assert "docker-buildx" not in rootfs.Recipe("20.10", IDS).packages
    assert "docker-buildx" in rootfs.Recipe("26.1", IDS).packages


def test_a_whole_cache_passes(built):
    rootfs.verify(built)


@pytest.mark.parametrize(
    "damage",
    [
        lambda root: (root / "usr" / "sbin" / "dockerd").write_bytes(b"x"),
        lambda root: (root / "usr" / "sbin" / "dockerd").unlink(),
        lambda root: root.with_name("26.1-abc.json").write_text("{"),
        lambda root: root.with_name("26.1-abc.json").unlink(),
    ],
    ids=["short", "gone", "list damaged", "list gone"],
)
def test_a_damaged_cache_says_so_and_how_to_mend_it(built, damage):
    damage(built)
    with pytest.raises(RootfsError, match=r"(?s)damaged.*dockyard setup --engine [0-9.]+ --rebuild"):
        rootfs.verify(built)


def test_too_little_space_is_said_before_anything_is_begun(dockyard_home, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 1001)
    monkeypatch.setattr(rootfs, "id_map", lambda: IDS)
    monkeypatch.setattr(rootfs.shutil, "disk_usage", lambda _path: type("usage", (), {"free": 7_000_000}))
    with pytest.raises(DiskFullError, match="7 MB left"):
        rootfs.build()
    assert not list((dockyard_home / "rootfs").glob("*.partial"))


def test_a_build_leaves_another_engines_alone(dockyard_home, monkeypatch):
    """Both are interrupted by what stands in for the user namespace; only one of the leftovers is nobody's."""

    def interrupt(_ids: IdMap) -> None:
        raise KeyboardInterrupt

    directory = dockyard_home / "rootfs"
    alive, dead = directory / "20.10-abc.partial", directory / "28.5-abc.partial"
    for partial in (alive, dead):
        (partial / "rootfs").mkdir(parents=True)
    monkeypatch.setattr(rootfs, "user_namespace", interrupt)
    monkeypatch.setattr(rootfs, "remove_tree", shutil.rmtree)
    monkeypatch.setattr(rootfs.paths, "check_reachable", lambda: None)
    with locks.lock(alive.with_suffix(".lock")), pytest.raises(KeyboardInterrupt):
        rootfs.build()
    assert (alive / "rootfs").is_dir()
    assert not dead.exists()


@pytest.mark.slow
@pytest.mark.machine
def test_it_is_built_once_by_many_and_an_interrupted_build_leaves_nothing():
    home = Path(tempfile.mkdtemp(dir="/var/tmp"))  # pytest's own directories let only their owner through
    home.chmod(0o755)
    environment = {**os.environ, "DOCKYARD_HOME": str(home)}

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", BUILD],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            umask=0o077,
        )

    try:
        interrupted = start()
        for line in interrupted.stdout:
            if line.startswith("unpacking"):
                os.killpg(interrupted.pid, signal.SIGINT)
        interrupted.wait()
        assert not [path for path in (home / "rootfs").iterdir() if path.is_dir()], "nothing half-made"

        began = time.time()
        builders = [start() for _ in range(3)]
        outputs = [builder.communicate()[0].splitlines() for builder in builders]
        assert len({output[-1] for output in outputs}) == 1
        assert sum("unpacking the base system" in output for output in outputs) == 1, "one built, two waited"
        assert Path(outputs[0][-1]).stat().st_ctime >= began - 1
        rootfs.verify(Path(outputs[0][-1]))
        assert can_be_entered(Path(outputs[0][-1]) / "usr" / "lib" / "dockyard" / "world"), "whatever the umask"
    finally:
        for path in (home / "rootfs").iterdir():
            if path.is_dir():
                remove_tree(path)
        shutil.rmtree(home)
