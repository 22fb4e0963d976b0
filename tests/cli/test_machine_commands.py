"""The `dockyard` command as people and programs use it, driven in processes of its own."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from dockyard.cli.machine import _show
from dockyard.machine import Machine, MachineStatus

DOCKYARD = [sys.executable, "-m", "dockyard"]


def dockyard(*words: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*DOCKYARD, *words],
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        check=False,
        **options,
    )


def test_help_names_every_command_and_says_where_to_begin():
    told = dockyard("--help").stdout
    for command in ("lab", "start", "stop", "reset", "status", "shell", "exec", "doctor", "delete", "setup", "images"):
        assert f"\n    {command} " in told
    assert "dockyard lab" in told


@pytest.mark.parametrize("command", ["start", "stop", "reset", "status", "shell", "exec", "delete", "lab"])
def test_each_command_has_help_and_takes_a_name(command):
    told = dockyard(command, "--help")
    assert told.returncode == 0
    assert "--name" in told.stdout


def test_help_is_there_in_chinese():
    told = dockyard("--help", env={**os.environ, "DOCKYARD_LANG": "zh"}).stdout
    assert "机器" in told


def test_wrong_usage_is_exit_code_two():
    assert dockyard("strat").returncode == 2


@pytest.mark.usefixtures("dockyard_home")
class TestWithoutAnyMachine:
    def test_status_says_stopped(self):
        told = dockyard("status")
        assert (told.returncode, told.stdout.splitlines()[0]) == (0, "default: stopped")

    def test_a_machine_that_does_not_exist_cannot_be_deleted(self):
        told = dockyard("delete", "--name", "nobody", "--yes")
        assert told.returncode == 1
        assert "There is no machine nobody" in told.stderr
        assert "Traceback" not in told.stderr

    def test_a_name_that_is_none_is_refused_in_words(self):
        told = dockyard("start", "--name", "No Such")
        assert told.returncode == 1
        assert "cannot be the name of a machine" in told.stderr
        assert "Traceback" not in told.stderr

    def test_status_is_of_the_machine_that_was_named(self):
        for words in (["--name=two"], ["--name", "two"]):
            assert dockyard("status", *words).stdout.startswith("two: stopped")

    def test_a_file_in_the_way_is_named(self, tmp_path, monkeypatch):
        (tmp_path / "file").touch()
        monkeypatch.setenv("DOCKYARD_HOME", str(tmp_path / "file"))
        told = dockyard("status")
        assert told.returncode == 1
        assert str(tmp_path / "file") in told.stderr
        assert "→ " in told.stderr
        assert "Traceback" not in told.stderr

    def test_exec_needs_a_command(self):
        told = dockyard("exec", "--")
        assert (told.returncode, "dockyard exec -- docker ps" in told.stderr) == (1, True)


@pytest.mark.parametrize(("state", "commands"), [("engine stopped", 2), ("unsupervised", 1)])
def test_the_next_step_is_for_the_machine_that_is_shown(capsys, monkeypatch, state, commands):
    monkeypatch.delenv("DOCKYARD_MACHINE", raising=False)
    for name, named in (("default", 0), ("two", commands)):
        _show(MachineStatus(name, state, "26.1", None, limited=True, workspace=Path("/w"), docker_host="unix:///x"))
        first = capsys.readouterr().out.splitlines()[0]
        assert (first.count("dockyard "), first.count("--name two")) == (commands, named)


@pytest.mark.parametrize("command", [["course", "verify"], ["claims"]])
@pytest.mark.parametrize("words", [["--engine", "24.0"], ["--machines", "0"], ["--machines", "two"]])
def test_what_nothing_can_be_proven_on_is_refused_in_words(command, words):
    told = dockyard(*command, *words)
    assert told.returncode == 2
    assert words[0] in told.stderr
    assert "Traceback" not in told.stderr


def test_doctor_speaks_json_to_programs():
    findings = json.loads(dockyard("doctor", "--json").stdout)
    assert {"name", "state", "found", "why", "remedy", "package"} == set(findings[0])


@pytest.mark.machine
class TestWithAMachine:
    def test_status_speaks_json_to_programs(self, machine: Machine):
        status = json.loads(dockyard("status", "--name", machine.name, "--json").stdout)
        assert status["state"] == "running"
        assert status["docker_host"] == machine.docker_host
        assert status["limited"] is machine.status().limited

    def test_exec_passes_exit_codes_and_both_outputs_on(self, machine: Machine):
        told = dockyard("exec", "--name", machine.name, "--", "sh", "-c", "echo out; echo err >&2; exit 9")
        assert (told.returncode, told.stdout, told.stderr) == (9, "out\n", "err\n")

    def test_exec_runs_where_it_is_told(self, machine: Machine):
        assert dockyard("exec", "--name", machine.name, "-w", "/etc", "--", "pwd").stdout == "/etc\n"
        assert dockyard("exec", "--name", machine.name, "--world", "--", "hostname").stdout == "world\n"

    def test_a_shell_on_a_terminal_is_in_the_machine(self, machine: Machine):
        controller, terminal = pty.openpty()
        with subprocess.Popen(
            [*DOCKYARD, "shell", "--name", machine.name], stdin=terminal, stdout=terminal, stderr=terminal
        ) as shell:
            own = os.ttyname(terminal)
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 33, 77, 0, 0))
            os.close(terminal)
            said = b""
            while b"# " not in said:
                said += os.read(controller, 4096)
            os.write(controller, b"hostname; stty size; readlink /proc/$$/fd/0; exit 5\n")
            try:
                while chunk := os.read(controller, 4096):
                    said += chunk
            except OSError:  # what Linux says when the other end of a terminal has gone
                pass
        assert shell.returncode == 5
        assert b"machine" in said
        assert b"33 77" in said
        assert own.encode() not in said, "root in the machine could type into the shell that we came from"

    def test_a_machine_with_a_damaged_configuration_can_be_deleted(self, make_machine):
        damaged = make_machine("damaged")
        (damaged.directory / "machine.json").write_text("")
        told = dockyard("status", "--name", damaged.name)
        assert told.returncode == 1
        assert f"dockyard delete --name {damaged.name}" in told.stderr
        told = dockyard("delete", "--name", damaged.name, "--yes")
        assert told.returncode == 0, told.stderr
        assert not damaged.directory.exists()

    def test_nothing_is_thrown_away_without_a_yes(self, machine: Machine):
        before = machine.processes()
        for command in ("reset", "delete"):
            told = dockyard(command, "--name", machine.name)
            assert told.returncode == 1
            assert "--yes" in told.stderr
        assert machine.processes() == before

    def test_reset_with_yes_gives_a_new_machine(self, machine: Machine):
        machine.run(["touch", "/root/mine"], check=True)
        told = dockyard("reset", "--name", machine.name, "--yes")
        assert told.returncode == 0, told.stderr
        assert machine.run(["test", "-e", "/root/mine"]).returncode == 1

    def test_another_engine_for_an_existing_machine_is_refused(self, machine: Machine):
        told = dockyard("start", "--name", machine.name, "--engine", "20.10")
        assert told.returncode == 1
        assert "was made with engine 26.1" in told.stderr
