import pytest

from dockyard.errors import HostError, MachineError, RootfsError
from dockyard.machine import config

pytestmark = pytest.mark.usefixtures("dockyard_home")


def test_a_machine_keeps_its_engine_and_its_workspace(monkeypatch, tmp_path):
    monkeypatch.setenv("DOCKYARD_WORKSPACE", str(tmp_path / "mine"))
    made = config.create("lab", "20.10")
    monkeypatch.delenv("DOCKYARD_WORKSPACE")
    assert made == config.read("lab") == config.create("lab")
    assert made.engine == "20.10"
    assert made.workspace == tmp_path / "mine"


def test_another_engine_for_an_existing_machine_is_refused_with_a_way_out():
    config.create("lab", "20.10")
    with pytest.raises(MachineError, match=r"made with engine 20\.10, not 26\.1[^$]*--name lab-261 --engine 26\.1"):
        config.create("lab", "26.1")


def test_what_is_only_chosen_is_not_kept():
    assert config.choose("lab", "20.10").engine == "20.10"
    assert config.choose("lab").engine == "26.1"
    assert config.create("lab", "20.10") == config.choose("lab")


def test_an_engine_that_needs_cgroups_is_named_where_there_are_none(monkeypatch):
    monkeypatch.setattr(config.cgroups, "available", lambda: True)
    config.create("lab", "28.5")
    monkeypatch.setattr(config.cgroups, "available", lambda: False)
    with pytest.raises(HostError, match=r"Engine 28\.5 runs only"):
        config.choose("lab")


def test_an_unknown_engine_names_those_that_there_are(dockyard_home):
    with pytest.raises(MachineError, match=r"20\.10, 26\.1, 28\.5"):
        config.create("lab", "19.03")
    assert not (dockyard_home / "machines").exists(), "a refused machine leaves nothing"


def test_a_damaged_configuration_says_which_file(dockyard_home):
    config.create("lab")
    (dockyard_home / "machines" / "lab" / "machine.json").write_text("{")
    with pytest.raises(MachineError, match=r"machine\.json cannot be read"):
        config.read("lab")


def test_without_a_root_filesystem_there_is_no_plan():
    config.create("lab")
    with pytest.raises(RootfsError, match="dockyard setup"):
        config.plan("lab")
