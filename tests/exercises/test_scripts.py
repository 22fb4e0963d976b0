import time

import pytest

from dockyard.errors import CourseError
from dockyard.exercises import scripts

pytestmark = pytest.mark.machine


def docker(machine, words):
    return scripts.run(machine, f"docker {words}").output.split()


def test_a_script_gives_its_exit_code_and_both_streams_in_order(machine):
    ran = scripts.run(machine, "echo one; echo two >&2; echo three; exit 7")
    assert (ran.exit_code, ran.output) == (7, "one\ntwo\nthree\n")


@pytest.mark.parametrize("code", [124, 137])
def test_an_exit_code_that_looks_like_a_timeout_is_only_an_exit_code(machine, code):
    assert scripts.run(machine, f"exit {code}").exit_code == code


def test_a_script_starts_in_roots_home_with_nothing_on_standard_input(machine):
    assert scripts.run(machine, "pwd; cat; docker --version | cut -c1-6").output == "/root\nDocker\n"


def test_a_script_that_does_not_end_is_ended_and_said(machine):
    began = time.monotonic()
    with pytest.raises(CourseError, match="did not end"):
        scripts.run(machine, "sleep 311", timeout=1)
    assert time.monotonic() - began < 10
    assert "sleep 311" not in scripts.run(machine, "ps -eo args").output


def test_a_failing_setup_shows_its_output(machine):
    with pytest.raises(CourseError, match="no such thing"):
        scripts.prepare(machine, "echo no such thing; false; echo never")


def test_setups_bring_about_a_state_whatever_was_there(machine):
    scripts.run(
        machine,
        "docker pull -q busybox; docker pull -q nginx; docker network create lan; docker volume create store\n"
        "docker run -d --name web --network lan -p 8080:80 nginx; "
        "docker run -d --name db -v store:/x busybox sleep 300\n"
        "docker tag busybox copy; echo 'FROM busybox\nRUN true' | docker build -q -",
    )
    setup = (
        "without_port 8080\nwithout_network lan nowhere\nwithout_container db nobody\nwithout_volume store nothing\n"
        "without_image copy nothing\nwith_image busybox\nwithout_dangling_images\nwithout_containers_of nginx\n"
        "without_build_cache"
    )
    scripts.prepare(machine, setup)
    scripts.prepare(machine, setup)
    assert docker(machine, "ps -aq") == []
    assert "lan" not in docker(machine, "network ls --format '{{.Name}}'")
    assert docker(machine, "volume ls -q") == []
    assert scripts.run(machine, "docker builder du 2>/dev/null | grep Total").output.split() == ["Total:", "0B"]
    assert sorted(docker(machine, "images --format '{{.Repository}}'")) == ["busybox", "nginx"]


def test_engine_options_can_be_taken_back_even_when_the_engine_is_down(machine):
    scripts.run(machine, "echo '{oops' > /etc/docker/daemon.json; service docker restart")
    scripts.prepare(machine, "without_engine_options")
    assert scripts.run(machine, "docker version && ls /etc/docker").exit_code == 0
