"""What cannot be reached from inside a machine, not even by a container with every privilege in it."""

import contextlib
import os
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from dockyard.machine import Machine

pytestmark = pytest.mark.machine

PRIVILEGED = [
    "docker",
    "run",
    "--rm",
    "--privileged",
    "-v",
    "/:/host",
    "--pid=host",
    "--net=host",
    "debian",
    "sh",
    "-c",
]


@pytest.fixture(scope="module", params=["machine", "privileged container"])
def inside(request, machine: Machine):
    """Run a shell script in the machine, and in a container that was given all that the machine has."""
    prefix = ["sh", "-c"] if request.param == "machine" else PRIVILEGED
    return lambda script: machine.run([*prefix, script], timeout=60)


@pytest.fixture
def secret(tmp_path) -> Path:
    """A file of the host's that anybody on the host may read and write."""
    file = tmp_path / "secret"
    file.write_text("the host's own")
    file.chmod(0o666)
    for directory in (tmp_path, *tmp_path.parents[:2]):
        directory.chmod(0o777)
    return file


def test_the_hosts_files_are_out_of_reach(inside, secret):
    for place in (secret, f"/host{secret}", f"/proc/1/root{secret}", f"/host/proc/1/root{secret}"):
        assert inside(f"cat {place}").returncode != 0
    disks = inside(
        "mkdir -p /tmp/m; for d in $(awk 'NR > 2 {print $4}' /proc/partitions); do"
        " mknod /tmp/d b 254 0 && mount /tmp/d /tmp/m && echo mounted;"
        " mount /dev/$d /tmp/m && echo mounted; rm -f /tmp/d; done"
    )
    assert "mounted" not in disks.stdout


def test_the_hosts_processes_are_out_of_reach(inside):
    with subprocess.Popen(["sleep", "3602"]) as bystander:
        listing = inside("ls /proc | grep -c '^[0-9]'; cat /proc/[0-9]*/cmdline | tr '\\0' ' '")
        assert "sleep 3602" not in listing.stdout
        assert "dockyard.machine.supervisor" not in listing.stdout
        inside(f"kill -9 {bystander.pid}; killall -9 sleep")
        assert bystander.poll() is None
        bystander.kill()


def test_the_worlds_processes_are_out_of_reach(inside, machine):
    before = machine.run(["pgrep", "-c", "nginx"], world=True).stdout
    assert int(before) > 0
    inside("pkill -9 nginx; pkill -9 dnsmasq; true")
    assert machine.run(["pgrep", "-c", "nginx"], world=True).stdout == before


def test_the_hosts_network_is_out_of_reach(inside):
    touched = threading.Event()
    with socket.create_server(("0.0.0.0", 0)) as server:
        server.settimeout(0.1)
        port = server.getsockname()[1]

        def listen() -> None:
            while not touched.is_set() and not done.is_set():
                with contextlib.suppress(TimeoutError):
                    server.accept()
                    touched.set()

        done = threading.Event()
        thread = threading.Thread(target=listen)
        thread.start()
        addresses = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False).stdout.split()
        for address in ["127.0.0.1", "198.51.100.1", *addresses]:
            if ":" not in address:
                inside(f"timeout 2 bash -c 'exec 3<>/dev/tcp/{address}/{port}'")
        done.set()
        thread.join()  # before the socket is closed
    assert not touched.is_set()
    assert inside("ip -brief link 2>/dev/null || cat /proc/net/dev").stdout.count("eth0") >= 1


def test_abstract_sockets_and_shared_memory_of_the_host_are_out_of_reach(inside):
    name = f"dockyard-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0{name}")
        server.listen()
        assert name not in inside("cat /proc/net/unix").stdout
    shared = Path("/dev/shm") / name
    shared.write_text("host")
    try:
        assert inside(f"cat /dev/shm/{name} /host/dev/shm/{name}").returncode != 0
    finally:
        shared.unlink()


def test_kernel_settings_of_the_host_are_read_only(inside):
    for setting in ("kernel/hostname", "kernel/panic", "vm/overcommit_memory"):
        before = Path("/proc/sys", setting).read_text()
        inside(f"echo 3 > /proc/sys/{setting}")
        assert Path("/proc/sys", setting).read_text() == before
    assert inside("echo h > /proc/sysrq-trigger").returncode != 0


def test_two_machines_do_not_see_each_other(machine, make_machine):
    other = make_machine("other")
    for one in (machine, other):
        one.run(["docker", "pull", "-q", "busybox"], check=True, timeout=60)
        one.run(
            ["docker", "run", "-d", "--name", f"only-{one.name}", "-p", "8080:80", "busybox", "sleep", "600"],
            check=True,
            timeout=60,
        )
    assert other.run(["docker", "ps", "--format", "{{.Names}}"]).stdout == f"only-{other.name}\n"
    machine.run(["sh", "-c", "docker rm -f $(docker ps -aq)"], check=True, timeout=60)
    assert machine.run(["docker", "ps", "-aq"]).stdout == ""
    assert other.run(["docker", "ps", "--format", "{{.Names}}"]).stdout == f"only-{other.name}\n"
    assert other.run(["docker", "ps", "--format", "{{.Names}}"]).stdout == f"only-{other.name}\n"


def test_killing_everything_in_a_machine_harms_no_other_and_the_machine_comes_back(machine, make_machine):
    other = make_machine("bystander")
    before = other.run(["pidof", "dockerd", "containerd"]).stdout
    machine.run(["sh", "-c", "kill -9 -1"])
    deadline = time.monotonic() + 30
    while machine.run(["docker", "version"]).returncode != 0:
        assert time.monotonic() < deadline, "the engine did not come back"
        time.sleep(0.1)
    assert other.run(["pidof", "dockerd", "containerd"]).stdout == before


def test_no_tcp_port_is_opened_on_the_host(machine):
    listening = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout
    machine.run(["docker", "run", "-d", "-p", "18080:80", "--name", "open", "busybox", "sleep", "600"], timeout=60)
    assert "18080" not in subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout
    assert "198.51.100" not in listening


@pytest.mark.skipif(os.getuid() != 0, reason="only root on the host, or a delegated cgroup v2, can hold to limits")
def test_limits_hold_for_a_container_started_by_root(machine):
    assert machine.status().limited
    eaten = machine.run(
        [
            "docker",
            "run",
            "--rm",
            "-m",
            "32m",
            "busybox",
            "sh",
            "-c",
            "dd if=/dev/zero of=/dev/shm/x bs=1M count=60; x=$(head -c 90000000 /dev/zero | tr '\\0' x)",
        ],
        timeout=60,
    )
    assert eaten.returncode == 137


@pytest.mark.skipif(os.getuid() != 0, reason="only root on the host, or a delegated cgroup v2, can hold to limits")
def test_limits_hold_for_what_enters_the_machine(machine):
    inside = machine.run(["cat", "/proc/self/cgroup", "/sys/fs/cgroup/pids/cgroup.procs"]).stdout
    outside = machine.run(["cat", "/proc/self/cgroup"], world=True).stdout
    assert "pids:/\n" in inside
    assert "/.." not in inside, "it is in the machine's own place in every hierarchy"
    assert f"dockyard-{machine.name}" not in outside
