"""`dockyard lab` as people start and end it."""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import dockyard
from dockyard.cli import lab
from dockyard.machine import Machine


@pytest.fixture
def chosen() -> argparse.Namespace:
    return argparse.Namespace(port=8888, no_browser=False, jupyter=[], lang="en")


def options(chosen, machine: Machine) -> list[str]:
    return list(lab.jupyter_options(chosen, machine, machine.workspace / "en" / "01-images.ipynb"))


@pytest.mark.usefixtures("dockyard_home")
class TestOptions:
    def test_lab_opens_the_lesson_in_the_workspace(self, chosen):
        machine = Machine("two")
        words = options(chosen, machine)
        assert f"--ServerApp.root_dir={machine.workspace}" in words
        assert "--LabApp.default_url=/lab/tree/en/01-images.ipynb" in words

    def test_terminals_land_in_the_machine(self, chosen):
        words = " ".join(options(chosen, Machine("two")))
        assert "'-m', 'dockyard', 'shell', '--name', 'two'" in words

    def test_the_user_s_own_options_come_last_and_win(self, chosen):
        chosen.jupyter = ["--ip=0.0.0.0"]
        assert options(chosen, Machine("two"))[-1] == "--ip=0.0.0.0"

    def test_root_is_allowed_where_root_starts_it(self, chosen, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        assert "--allow-root" in options(chosen, Machine("two"))
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        assert "--allow-root" not in options(chosen, Machine("two"))

    def test_kernels_need_no_port_where_their_sockets_have_room(self, chosen, monkeypatch):
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "/run/user/1000/jupyter")
        assert "--KernelManager.transport=ipc" in options(chosen, Machine("two"))
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "/home/" + "x" * 60)
        assert "--KernelManager.transport=tcp" in options(chosen, Machine("two"))


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def ports_of(process: int) -> set[int]:
    """Return the TCP ports on which a process listens (proc(5), /proc/net/tcp)."""
    sockets = {str(entry.readlink()) for entry in Path(f"/proc/{process}/fd").iterdir() if entry.is_symlink()}
    rows = [line.split() for line in Path(f"/proc/{process}/net/tcp").read_text().splitlines()[1:]]
    return {int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets}


@pytest.mark.machine
def test_lab_takes_the_next_port_prints_its_url_and_ends_at_one_ctrl_c(machine, taken_port, tmp_path):
    words = ["lab", "--name", machine.name, "--no-browser", "--port", str(taken_port)]
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(tmp_path),
        "PYTHONPATH": str(Path(dockyard.__file__).parent.parent),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "dockyard", *words], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        printed = "".join(iter(process.stdout.readline, "\n"))
        printed += process.stdout.readline()
        url = re.search(r"http://localhost:(\d+)/lab/tree/en/\S+", printed)
        assert url, printed
        assert int(url[1]) != taken_port
        assert urllib.request.urlopen(url[0], timeout=60).status == 200
        assert ports_of(process.pid) == {int(url[1])}
        process.send_signal(signal.SIGINT)
        rest, _none = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert f"keeps running. To stop it: dockyard stop --name {machine.name}" in rest
    assert machine.status().state == "running"
