"""The world's services come back when they die, and answer on their own addresses."""

import pytest

pytestmark = pytest.mark.machine

# The pids of the services' own processes: the grandchildren of the script, never a learner's in a container.
SERVICES = "for loop in $(pgrep -P $(pgrep -o -f '^bash .*/services$')); do pgrep -P $loop; done"


def test_echo(shell):
    assert shell("exec 3<>/dev/tcp/echo.example.com/7; echo over >&3; timeout 5 head -n 1 <&3") == "over"
    assert shell("exec 3<>/dev/udp/echo.example.com/7; echo over >&3; timeout 5 head -n 1 <&3") == "over"


def test_all_come_back_after_a_kill(shell, in_world, eventually):
    names = f"{SERVICES} | xargs ps -o comm= -p | sort -u"
    eventually(lambda: "docker-registry" in in_world(names))
    before = in_world(names).split()
    assert {"dnsmasq", "docker-registry", "fcgiwrap", "nginx", "socat"} <= set(before)
    in_world(f"kill -9 $({SERVICES})")
    eventually(lambda: in_world(names).split() == before)
    eventually(lambda: "200" in in_world("curl -s -w '%{http_code}' http://mirror.example.com/v2/ || true"))
    assert shell("docker pull -q hello-world") == "docker.io/library/hello-world:latest"
    assert shell("docker search --format '{{.Name}}' nginx") == "nginx"
    assert "refs/heads/main" in shell("git ls-remote https://git.example.com/dockyard/hello.git")
    assert "web ended with 137; it is started again" in in_world("cat /var/lib/world/services.log")
    test_echo(shell)


def test_the_content_cannot_be_changed(machine):
    assert machine.run(["touch", "/srv/world/hub/x"], world=True).returncode != 0


def test_the_machines_processes_do_not_see_the_worlds(shell):
    assert shell("ps -e -o comm= | grep -c -x -e nginx -e dnsmasq -e docker-registry || true") == "0"
