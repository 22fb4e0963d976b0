"""The pull-through mirror: what the engine pulls through it is in its log, and only what it lacked is in the hub's."""

import pytest

pytestmark = pytest.mark.machine

MACHINE = "198.51.100.10"


@pytest.fixture(scope="module", params=["http", "https"])
def mirrored(request, machine):
    """A machine whose engine uses the mirror."""
    config = f'{{"registry-mirrors": ["{request.param}://mirror.example.com"]}}'
    machine.run(["bash", "-c", f"echo '{config}' > /etc/docker/daemon.json; service docker restart"], check=True)
    return machine


def pulls(in_world, log: str, image: str) -> list[str]:
    """The addresses that asked for an image's manifests."""
    lines = in_world(f"cat /var/lib/world/log/{log}.log").splitlines()
    return [line.split()[0] for line in lines if f"/v2/library/{image}/manifests/" in line]


@pytest.mark.usefixtures("mirrored")
def test_the_log_proves_the_way(shell, in_world):
    before = len(pulls(in_world, "mirror", "redis"))
    shell("docker rmi redis 2> /dev/null || true; docker pull -q redis")
    assert MACHINE in pulls(in_world, "mirror", "redis")[before:]
    assert MACHINE not in pulls(in_world, "hub", "redis")


@pytest.mark.usefixtures("mirrored")
def test_a_second_pull_does_not_reach_the_hub(shell, in_world):
    shell("docker pull -q busybox; docker rmi busybox")
    blobs = "grep -c 'GET /v2/library/busybox/blobs' /var/lib/world/log/hub.log || true"
    before = in_world(blobs)
    shell("docker pull -q busybox")
    assert in_world(blobs) == before


@pytest.mark.usefixtures("fresh_machine")
def test_without_a_mirror_the_engine_asks_the_hub(shell, in_world):
    shell("docker pull -q hello-world")
    assert MACHINE in pulls(in_world, "hub", "hello-world")
    assert pulls(in_world, "mirror", "hello-world") == []


@pytest.mark.usefixtures("mirrored")
def test_a_missing_image_is_refused_through_the_mirror(refused):
    words, seconds = refused("docker pull nosuchimage")
    assert "pull access denied for nosuchimage" in words
    assert seconds < 1
