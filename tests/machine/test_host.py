import os
import shutil

import pytest

from dockyard.errors import HostError
from dockyard.machine import host, paths


def found(name: str) -> host.Finding:
    return next(finding for finding in host.examine() if finding.name == name)


def settings(monkeypatch, **values):
    monkeypatch.setattr(host, "_setting", lambda path: values.get(path.rpartition("/")[2], ""))


@pytest.mark.usefixtures("dockyard_home")
def test_each_finding_says_what_it_is_for():
    for finding in host.examine():
        assert finding.found
        assert finding.why
        assert finding.state == "ok" or finding.remedy or finding.name == "cgroups"


@pytest.mark.usefixtures("dockyard_home")
def test_a_missing_program_names_its_package_and_the_command(monkeypatch):
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, **kw: None if name == "newuidmap" else which(name, **kw))
    finding = found("newuidmap")
    assert (finding.state, finding.package) == ("missing", "uidmap")
    assert finding.remedy.endswith("apt-get install --yes --no-install-recommends uidmap")
    assert host.missing_packages() == ["uidmap"]
    with pytest.raises(HostError, match="newuidmap"):
        host.require()


def test_without_apt_the_packages_are_named_all_the_same(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    assert "uidmap" in host.install_command(["uidmap"])
    assert "apt-get" not in host.install_command(["uidmap"])


def test_an_ordinary_user_is_told_to_use_sudo(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: "/usr/bin/apt-get")
    monkeypatch.setattr(os, "getuid", lambda: 1001)
    command = host.install_command(["a", "b"])
    assert command.startswith("sudo apt-get update && sudo apt-get install")
    assert command.endswith(" a b")


def test_all_missing_packages_are_named_at_once(monkeypatch):
    which = shutil.which
    gone = ("newuidmap", "mmdebstrap")
    monkeypatch.setattr(shutil, "which", lambda name, **kw: None if name in gone else which(name, **kw))
    with pytest.raises(HostError) as caught:
        host.require()
    assert all(name in caught.value.found for name in gone)
    assert caught.value.next_step.endswith("mmdebstrap uidmap")


def test_a_home_that_cannot_be_made_is_a_finding(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DOCKYARD_HOME", str(tmp_path / "file" / "dockyard"))
    finding = host._kernel()
    assert finding.state == "missing"
    assert str(tmp_path / "file") in finding.found
    assert str(tmp_path / "file" / "dockyard") in finding.remedy


@pytest.mark.parametrize(
    ("setting", "value", "remedy"),
    [
        ("apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns = 0"),  # Ubuntu
        ("unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone = 1"),  # Debian before 11
        ("max_user_namespaces", "0", "user.max_user_namespaces = 65536"),
    ],
)
def test_what_keeps_ordinary_users_from_namespaces_is_named(monkeypatch, setting, value, remedy):
    monkeypatch.setattr(os, "getuid", lambda: 1001)
    settings(monkeypatch, **{setting: value})
    finding = host._namespaces()
    assert finding.state == "missing"
    assert f"{setting} = {value}" in finding.found
    assert remedy in finding.remedy
    assert "sysctl.d" in finding.remedy, "it holds after the next boot, too"


def test_what_binds_only_ordinary_users_does_not_bind_root(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 0)
    settings(monkeypatch, apparmor_restrict_unprivileged_userns="1")
    assert host._namespaces().state == "ok"


def test_no_subordinate_ids_is_a_finding_with_its_command(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 1001)
    monkeypatch.setattr("dockyard.machine.userns._subordinate", lambda *_: None)
    finding = host._ids()
    assert finding.state == "missing"
    assert "/etc/subuid" in finding.remedy or "--add-subuids" in finding.remedy


def test_a_kernel_that_cannot_mount_overlays_is_told_in_those_words(dockyard_home, monkeypatch):
    for directory in (dockyard_home, *dockyard_home.parents):
        if directory.stat().st_uid == os.getuid():  # pytest keeps its directories to itself
            directory.chmod(directory.stat().st_mode | 0o755)
    monkeypatch.setattr(host, "_PROBE", "echo 'mount: nope' >&2; exit 11")
    finding = host._kernel()
    assert finding.state == "missing"
    assert "mount: nope" in finding.found
    assert "overlay" in finding.why
    assert not list(dockyard_home.glob("probe-*")), "the probe leaves nothing behind"


@pytest.mark.usefixtures("dockyard_home")
def test_little_space_is_said_but_not_refused(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: type("usage", (), {"free": 1_500_000_000}))
    finding = host._space()
    assert finding.state == "limited"
    assert "1.5 GB" in finding.found
    assert str(paths.home()) in finding.found
