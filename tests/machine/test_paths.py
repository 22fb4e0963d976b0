import pytest

from dockyard.errors import HostError, MachineNameError
from dockyard.machine import paths


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


def test_root_must_not_keep_machines_where_only_root_can_look(dockyard_home, monkeypatch):
    dockyard_home.chmod(0o700)
    monkeypatch.setattr("os.getuid", lambda: 0)
    with pytest.raises(HostError, match=r"chmod o\+x"):
        paths.check_reachable()
