"""A machine's life, driven on a real one."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dockyard.errors import DiskFullError, LockTakenError, MachineNotRunningError
from dockyard.machine import Machine, engine_services, journal, locks, state
from dockyard.machine import machine as machine_module

pytestmark = pytest.mark.machine


def wait_until(done: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def docker(machine: Machine, *words: str, code: int = 0) -> str:
    done = machine.run(["docker", *words], timeout=60)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.strip()


def answers(machine: Machine) -> bool:
    return machine.run(["docker", "version"], timeout=10).returncode == 0


def events(machine: Machine, action: str) -> list[journal.Event]:
    return [event for event in journal.read(machine.journal) if event.action == action]


def test_a_running_machine_says_so_and_starting_it_again_changes_nothing(machine):
    before = machine.processes()
    machine.start()
    assert machine.processes() == before
    status = machine.status()
    assert (status.state, status.engine) == ("running", "26.1")
    assert docker(machine, "version", "--format", "{{.Server.Version}}").startswith("26.1.")


def test_its_root_is_root_inside_and_nobody_outside(machine):
    assert machine.run(["id", "-u"]).stdout == "0\n"
    owner = Path(f"/proc/{machine.processes().machine}").stat().st_uid
    if os.getuid() == 0:
        assert owner >= 524288
    else:
        assert owner == os.getuid()


def test_the_workspace_is_one_directory_for_both_sides(machine):
    (machine.workspace / "from-host.txt").write_text("你好\n")
    inside = machine.run(
        ["sh", "-c", "cat from-host.txt && echo more >> from-host.txt && mkdir d && echo in > d/file"],
        cwd="/workspace",
        check=True,
    )
    assert inside.stdout == "你好\n"
    assert (machine.workspace / "from-host.txt").read_text() == "你好\nmore\n"
    (machine.workspace / "d" / "file").write_text("out\n")
    assert machine.run(["cat", "/workspace/d/file"]).stdout == "out\n"
    assert (machine.workspace / "d").stat().st_uid == os.getuid()


def test_exit_codes_and_both_outputs_come_back(machine):
    done = machine.run(["sh", "-c", "echo out; echo err >&2; exit 7"])
    assert (done.returncode, done.stdout, done.stderr) == (7, "out\n", "err\n")


def test_a_command_that_takes_too_long_is_ended_inside_too(machine):
    with pytest.raises(subprocess.TimeoutExpired):
        machine.run(["sleep", "3601"], timeout=0.2)
    assert machine.run(["pgrep", "-f", "sleep 3601"]).returncode == 1


def test_the_journal_knows_a_container_that_is_gone(machine):
    docker(machine, "run", "--rm", "--name", "long-gone", "busybox", "sh", "-c", "exit 3", code=3)
    wait_until(lambda: any(event.attributes.get("name") == "long-gone" for event in events(machine, "destroy")))
    died = next(event for event in events(machine, "die") if event.attributes["name"] == "long-gone")
    assert died.attributes["exitCode"] == "3"
    created = next(event for event in events(machine, "create") if event.attributes.get("name") == "long-gone")
    assert created.inspect is not None
    assert created.inspect["Config"]["Cmd"] == ["sh", "-c", "exit 3"]


def test_service_docker_restart_reads_docker_opts(machine):
    machine.run(["sh", "-c", """echo 'DOCKER_OPTS="--label=from=default-docker"' > /etc/default/docker"""], check=True)
    restarted = machine.run(["sudo", "service", "docker", "restart"], timeout=30)
    assert restarted.returncode == 0, restarted.stdout + restarted.stderr
    assert "from=default-docker" in docker(machine, "info", "--format", "{{.Labels}}")
    assert "running" in machine.run(["service", "docker", "status"]).stdout


def test_restarts_in_a_row_all_succeed_while_clients_listen(machine):
    command = ["docker", "events"]  # a dockerd whose clients stay has to be killed, and its successor must find it gone
    listeners = [subprocess.Popen(machine.command(command), stdout=subprocess.DEVNULL) for _turn in range(4)]
    try:
        for _turn in range(5):
            done = machine.run(["service", "docker", "restart"], timeout=60)
            assert done.returncode == 0, done.stdout
            listeners.append(subprocess.Popen(machine.command(command), stdout=subprocess.DEVNULL))
    finally:
        for listener in listeners:
            listener.kill()
            listener.wait()
    assert answers(machine)


def test_a_bad_option_gives_dockerds_own_words_and_a_way_back(machine):
    machine.run(["sh", "-c", "echo '{\"nonsense\": 1}' > /etc/docker/daemon.json"], check=True)
    restarted = machine.run(["service", "docker", "restart"], timeout=30)
    assert restarted.returncode != 0
    assert "nonsense" in restarted.stdout, "dockerd's own message names the option"
    assert "service docker restore" in restarted.stdout
    assert machine.status().state == "engine stopped"
    assert machine.run(["service", "docker", "restore"], timeout=30).returncode == 0
    assert answers(machine)
    assert machine.run(["test", "-e", "/etc/docker/daemon.json"]).returncode == 1


def test_a_machine_whose_engine_cannot_start_is_there_to_mend_it(machine):
    docker(machine, "volume", "create", "kept-mended")
    machine.run(["sh", "-c", "echo '{' > /etc/docker/daemon.json"], check=True)
    machine.stop()
    machine.start()
    assert machine.status().state == "engine stopped"
    assert "unexpected end of JSON" in machine.run(["cat", "/var/log/boot.log"]).stdout
    assert machine.run(["service", "docker", "restore"], timeout=60).returncode == 0
    assert "kept-mended" in docker(machine, "volume", "ls", "-q")


def test_what_runs_in_it_knows_nothing_of_the_host_s_user(machine, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_HOST", "1")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:7890")
    machine.stop()
    before = os.umask(0o077)
    try:
        machine.start()
        assert machine.run(["sh", "-c", "umask"]).stdout.strip() == "0022"
    finally:
        os.umask(before)
    restarts = len(events(machine, "restart"))
    machine.run(["pkill", "-9", "-x", "dockerd"], check=True)
    wait_until(lambda: len(events(machine, "restart")) > restarts and answers(machine))
    for command in (["env"], ["sh", "-c", "cat /proc/$(pidof dockerd)/environ"]):
        environment = machine.run(command, check=True).stdout
        assert "PATH=" in environment
        assert "SECRET_OF_THE_HOST" not in environment
        assert "PROXY" not in environment


def test_a_damaged_journal_is_put_aside(fresh_machine):
    fresh_machine.stop()
    for path in fresh_machine.directory.glob("journal.sqlite-*"):
        path.unlink()
    fresh_machine.journal.write_bytes(b"no database" * 1000)
    fresh_machine.start()
    assert [event.action for event in journal.read(fresh_machine.journal)][:1] == ["boot"]
    (aside,) = fresh_machine.directory.glob("journal.sqlite.damaged-*")
    assert aside.read_bytes().startswith(b"no database")


def test_an_engine_that_was_stopped_on_purpose_stays_stopped(machine):
    machine.run(["service", "docker", "stop"], timeout=30, check=True)
    restarts = len(events(machine, "restart"))
    assert machine.status().state == "engine stopped"
    assert machine.run(["service", "docker", "status"]).returncode == 3
    machine.run(["service", "docker", "start"], timeout=30, check=True)
    assert answers(machine)
    assert len(events(machine, "restart")) == restarts


@pytest.mark.parametrize("victim", ["dockerd", "containerd"])
def test_a_killed_daemon_comes_back_and_nothing_is_lost(machine, victim):
    docker(machine, "volume", "create", f"kept-{victim}")
    docker(machine, "create", "--name", f"kept-{victim}", "busybox", "true")
    name = "docker" if victim == "dockerd" else victim
    restarts = len([event for event in events(machine, "restart") if event.actor == name])
    machine.run(["pkill", "-9", "-x", victim], check=True)
    wait_until(lambda: len([e for e in events(machine, "restart") if e.actor == name]) > restarts)
    # dockerd finds a new containerd again within its own back-off of some seconds
    wait_until(lambda: machine.run(["docker", "run", "--rm", "busybox", "true"], timeout=20).returncode == 0)
    assert f"kept-{victim}" in docker(machine, "volume", "ls", "-q")
    assert f"kept-{victim}" in docker(machine, "ps", "-a", "--format", "{{.Names}}")


@pytest.mark.parametrize("kill", ["pkill -9 -x dockerd; pkill -9 -x containerd", "kill -9 -1"])
def test_daemons_that_are_killed_one_after_the_other_come_back_together(machine, kill):
    docker(machine, "volume", "create", "kept-both")
    machine.run(["sh", "-c", kill])
    wait_until(lambda: machine.run(["docker", "run", "--rm", "busybox", "true"], timeout=20).returncode == 0)
    assert "kept-both" in docker(machine, "volume", "ls", "-q")


def test_without_containerd_the_machine_starts_soon_and_can_be_mended(fresh_machine):
    fresh_machine.run(["sh", "-c", "echo nonsense >> /etc/containerd/config.toml"], check=True)
    fresh_machine.stop()
    began = time.monotonic()
    fresh_machine.start()
    assert time.monotonic() - began < 40, "dockerd alone would wait for it for a minute"
    assert fresh_machine.status().state == "engine stopped"
    log = fresh_machine.run(["cat", "/var/log/boot.log"]).stdout
    assert re.search(r"(?s)containerd did not start.*config\.toml.*no containerd, so dockerd is ended", log)
    fresh_machine.run(["sed", "-i", "$d", "/etc/containerd/config.toml"], check=True)
    fresh_machine.run(["sh", "-c", "service containerd start && service docker start"], timeout=60, check=True)
    assert answers(fresh_machine)


def test_a_machine_whose_logs_cannot_be_written_can_be_mended(fresh_machine):
    fresh_machine.run(["sh", "-c", "rm -r /var/log && touch /var/log"], check=True)
    fresh_machine.stop()
    fresh_machine.start()
    assert fresh_machine.status().state == "engine stopped"
    fresh_machine.run(["sh", "-c", "rm /var/log && mkdir /var/log"], check=True)
    fresh_machine.run(["sh", "-c", "service containerd start && service docker start"], timeout=60, check=True)
    assert answers(fresh_machine)


def kill_supervisor(machine):
    os.kill(state.read(state.MachineFiles(machine.directory)).supervisor, signal.SIGKILL)
    wait_until(lambda: machine.status().state == "unsupervised")


def test_an_engine_that_died_while_nobody_watched_is_started_again_with_the_machine(machine):
    kill_supervisor(machine)
    machine.run(["sh", "-c", "pkill -9 -x dockerd; pkill -9 -x containerd"])
    wait_until(lambda: not answers(machine))
    machine.start()
    assert answers(machine)


def test_an_engine_that_was_stopped_before_the_supervisor_died_stays_stopped(machine):
    machine.run(["service", "docker", "stop"], timeout=30, check=True)
    kill_supervisor(machine)
    processes = machine.processes()
    machine.start()
    assert machine.status().state == "engine stopped"
    assert machine.processes() == processes
    machine.run(["service", "docker", "start"], timeout=30, check=True)


def test_a_killed_supervisor_leaves_the_machine_running_and_the_next_start_adopts_it(machine):
    docker(machine, "run", "-d", "--name", "survivor", "busybox", "sleep", "600")
    before = machine.processes()
    kill_supervisor(machine)
    docker(machine, "create", "--name", "meanwhile", "busybox", "true")
    machine.start()
    assert machine.status().state == "running"
    assert machine.processes() == before
    assert docker(machine, "inspect", "--format", "{{.State.Running}}", "survivor") == "true"
    wait_until(lambda: any(event.attributes.get("name") == "meanwhile" for event in events(machine, "create")))


def test_a_machine_that_was_killed_starts_again_with_what_it_held(machine):
    docker(machine, "volume", "create", "precious")
    os.kill(machine.processes().world, signal.SIGKILL)
    wait_until(lambda: machine.status().state == "stopped")
    with pytest.raises(MachineNotRunningError, match="dockyard start"):
        machine.run(["true"])
    assert "ended by itself" in state.MachineFiles(machine.directory).log.read_text()
    machine.start()
    assert "precious" in docker(machine, "volume", "ls", "-q")


def test_stop_leaves_no_process_and_keeps_the_data(machine):
    docker(machine, "volume", "create", "kept")
    world = machine.processes().world
    machine.stop()
    assert not Path(f"/proc/{world}").exists()
    assert machine.status().state == "stopped"
    machine.stop()  # twice is no error
    machine.start()
    assert "kept" in docker(machine, "volume", "ls", "-q")


def test_several_that_start_it_at_once_all_get_the_same_machine(machine):
    machine.stop()
    code = f"from dockyard.machine import Machine; m = Machine({machine.name!r}); m.start(); print(m.processes().world)"
    started = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    worlds = {process.communicate(timeout=60)[0].strip() for process in started}
    assert worlds == {str(machine.processes().world)}


def test_a_taken_lock_has_its_own_message(fresh_machine, monkeypatch):
    fresh_machine.stop()
    monkeypatch.setattr(machine_module, "_REST_SECONDS", 0.1)
    descriptor = locks.try_lock(state.MachineFiles(fresh_machine.directory).lock)
    try:
        with pytest.raises(LockTakenError, match="fuser"):
            fresh_machine.start()
    finally:
        os.close(descriptor)
    fresh_machine.start()


def test_a_full_disk_has_its_own_message(fresh_machine, monkeypatch):
    fresh_machine.stop()
    usage = type("usage", (), {"free": 5_000_000})
    monkeypatch.setattr(machine_module.shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(DiskFullError, match="5 MB left"):
        fresh_machine.start()
    monkeypatch.undo()
    fresh_machine.start()


def test_a_reset_makes_room_on_a_full_disk(fresh_machine, monkeypatch):
    files = state.MachineFiles(fresh_machine.directory)
    files.trash.mkdir(exist_ok=True)
    (files.trash / "of-an-earlier-reset").mkdir()
    fresh_machine.stop()
    full, free = (type("usage", (), {"free": size}) for size in (5_000_000, 5_000_000_000))
    held = fresh_machine.directory / "machine"

    def usage(_path):
        return full if held.exists() or any(files.trash.glob("*")) else free

    monkeypatch.setattr(machine_module.shutil, "disk_usage", usage)
    fresh_machine.reset()  # which starts it, and a start refuses a full disk
    assert answers(fresh_machine)


def test_a_start_waits_for_a_stop_that_is_under_way(fresh_machine):
    docker(fresh_machine, "run", "-d", "--stop-timeout", "3", "busybox", "sleep", "600")  # it ignores SIGTERM
    before = fresh_machine.processes()
    stopping = threading.Thread(target=fresh_machine.stop)
    stopping.start()
    wait_until(lambda: fresh_machine.status().state == "stopping")
    fresh_machine.start()
    stopping.join()
    assert fresh_machine.processes() != before
    assert answers(fresh_machine)


def test_an_engine_that_cannot_start_is_tried_less_and_less_often_and_noted_once(machine):
    restarts = len(events(machine, "restart"))
    log = state.MachineFiles(machine.directory).log
    failures = log.read_text().count("dockerd did not start")
    machine.run(["sh", "-c", "echo '{' > /etc/docker/daemon.json; pkill -9 -x dockerd"], check=True)
    wait_until(lambda: log.read_text().count("dockerd did not start") >= failures + 3)
    machine.run(["service", "docker", "restore"], timeout=30, check=True)
    assert answers(machine)
    assert len(events(machine, "restart")) == restarts + 1


def test_an_interrupted_start_leaves_nothing_running(fresh_machine):
    fresh_machine.stop()
    code = f"from dockyard.machine import Machine; Machine({fresh_machine.name!r}).start()"
    starting = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    wait_until(lambda: fresh_machine.status().state == "starting")
    starting.send_signal(signal.SIGINT)
    assert starting.wait(20) != 0
    assert fresh_machine.status().state == "stopped"
    fresh_machine.start()
    assert answers(fresh_machine)


def test_a_machine_starts_under_any_umask(make_machine):
    before = os.umask(0o077)
    try:
        machine = make_machine("umask")
    finally:
        os.umask(before)
    assert answers(machine)


def test_machines_that_are_deleted_at_once_leave_nothing(make_machine):
    names = [make_machine(f"going-{number}").name for number in range(3)]
    code = "import sys; from dockyard.machine import Machine; Machine(sys.argv[1]).delete()"
    deleting = [subprocess.Popen([sys.executable, "-c", code, name]) for name in names]
    assert [process.wait(60) for process in deleting] == [0, 0, 0]
    assert not any(Machine(name).directory.exists() for name in names)


def test_stale_state_and_sockets_do_not_stop_a_start(fresh_machine):
    fresh_machine.stop()
    files = state.MachineFiles(fresh_machine.directory)
    files.state.write_text(
        json.dumps(
            {
                "supervisor": 1,
                "processes": {"world": 1, "machine": 1, "started": 5},
                "since": 0,
                "ready": True,
                "limited": False,
            }
        )
    )
    files.root.unlink(missing_ok=True)
    files.root.symlink_to("/nowhere")
    assert fresh_machine.status().state == "stopped"
    assert not files.root.is_symlink()  # the process id in it may be another process's by now
    fresh_machine.start()


def test_a_damaged_state_file_does_not_keep_a_machine_from_being_stopped(fresh_machine):
    world = fresh_machine.processes().world
    state.MachineFiles(fresh_machine.directory).state.write_text("{")
    fresh_machine.stop()
    assert not Path(f"/proc/{world}").exists()
    fresh_machine.start()


def test_a_deleted_machine_leaves_its_workspace_and_nothing_else(make_machine):
    short_lived = make_machine("short")
    (short_lived.workspace / "mine.txt").write_text("mine")
    short_lived.delete()
    assert not short_lived.directory.exists()
    assert engine_services.peer(short_lived.socket) is None
    assert (short_lived.workspace / "mine.txt").read_text() == "mine"
    assert not [path for path in Path("/sys/fs/cgroup").glob(f"*/dockyard-{short_lived.name}") if path.exists()]
