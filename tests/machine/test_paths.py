import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockyard.errors import HostError, MachineNameError
from dockyard.machine import config, paths


def test_home_is_what_the_environment_says(dockyard_home):
    assert paths.home() == dockyard_home


@pytest.mark.parametrize("name", ["", "Lab", "a/b", "..", "-x", "a" * 32, "lab 2", "数据"])
def test_names_that_cannot_be_paths_are_refused(name):
    with pytest.raises(MachineNameError, match="lower-case letters"):
        paths.machine_directory(name)


def test_a_place_too_deep_for_sockets_is_refused(dockyard_home, monkeypatch):
    monkeypatch.setenv("DOCKYARD_HOME", str(dockyard_home / ("d" * 80)))
    with pytest.raises(MachineNameError, match="DOCKYARD_HOME="):
        paths.machine_directory("default")


def test_machines_are_listed_in_order(dockyard_home):
    for name in ("b", "a"):
        (dockyard_home / "machines" / name).mkdir(parents=True)
    assert paths.machine_names() == ["a", "b"]


def test_what_people_put_beside_machines_is_none(dockyard_home):
    for name in ("lab", "lab.bak", "lost+found", "Lab 2"):
        (dockyard_home / "machines" / name).mkdir(parents=True)
    assert paths.machine_names() == ["lab"]


@pytest.mark.parametrize("sign", [":", ",", "\\", "\n"])
def test_a_place_that_no_overlay_can_name_is_refused(dockyard_home, monkeypatch, sign):
    monkeypatch.setenv("DOCKYARD_HOME", str(dockyard_home / f"my{sign}disk"))
    with pytest.raises(HostError, match="DOCKYARD_HOME="):
        paths.check_reachable()


def test_root_must_not_keep_machines_where_only_root_can_look(dockyard_home, monkeypatch):
    dockyard_home.chmod(0o700)
    monkeypatch.setattr("os.getuid", lambda: 0)
    with pytest.raises(HostError, match=r"chmod o\+x"):
        paths.check_reachable()


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A directory that everybody can enter, which pytest's own are not."""
    place = Path(tempfile.mkdtemp(dir="/var/tmp"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def private_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.usefixtures("private_umask")
def test_what_is_made_for_root_lets_the_machines_root_through_under_any_umask(open_place, monkeypatch):
    home = open_place / "not" / "yet"
    monkeypatch.setenv("DOCKYARD_HOME", str(home))
    monkeypatch.setattr("os.getuid", lambda: 0)
    paths.check_reachable()
    config.create("lab")
    paths.check_reachable()
    ways = [home.parent, home, *(home / name for name in ("rootfs", "world", "machines", "machines/lab"))]
    assert all(way.stat().st_mode & 0o001 for way in ways)


@pytest.mark.usefixtures("private_umask")
def test_an_ordinary_users_directories_stay_as_private_as_they_are_made(open_place, monkeypatch):
    monkeypatch.setenv("DOCKYARD_HOME", str(open_place / "mine"))
    monkeypatch.setattr("os.getuid", lambda: 1000)
    paths.check_reachable()
    assert not (open_place / "mine").stat().st_mode & 0o077


@pytest.mark.usefixtures("private_umask")
def test_a_copy_can_be_read_by_all_whatever_umask_the_source_was_made_under(tmp_path):
    source = tmp_path / "source"
    (source / "below" / "__pycache__").mkdir(parents=True)
    (source / "below" / "data").write_text("x")
    (source / "program").write_text("x")
    (source / "program").chmod(0o700)
    paths.copy_for_all(source, tmp_path / "copy")
    modes = {str(path.relative_to(tmp_path)): path.stat().st_mode & 0o777 for path in (tmp_path / "copy").rglob("*")}
    assert modes == {"copy/below": 0o755, "copy/below/data": 0o644, "copy/program": 0o755}
