"""What the sidebar does to containers, images, volumes and networks, and what the engine says when it refuses."""

import pytest

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def act(live_jupyter):
    def act(path: str):
        return live_jupyter.ask(f"dockyard/api/{path}", method="POST", body=b"{}")

    return act


@pytest.fixture(scope="module")
def docker(machine):
    def docker(line: str) -> str:
        return machine.run(["bash", "-euc", f"docker {line}"], timeout=120, check=True).stdout.strip()

    docker("pull -q busybox")
    return docker


@pytest.fixture
def box(docker):
    identity = docker("run -d --stop-signal KILL --name box busybox sleep 600")
    yield identity
    docker("rm -f box")


def state(docker) -> str:
    return docker("inspect --format '{{.State.Status}}' box")


def test_a_container_is_stopped_and_started(act, docker, box):
    assert act("containers/box/stop").status == 204
    assert state(docker) == "exited"
    assert act(f"containers/{box}/start").status == 204
    assert act(f"containers/{box}/start").status == 204
    assert state(docker) == "running"


def test_nothing_is_forced_and_the_engine_says_why(act, docker, box):
    refused = act(f"containers/{box}/remove")
    assert refused.status == 409
    assert "container is running" in refused.json["found"]
    image = docker("image inspect --format '{{.Id}}' busybox")
    refused = act(f"images/{image}/remove")
    assert refused.status == 409
    assert "being used by running container" in refused.json["message"]
    assert state(docker) == "running"


def test_what_is_not_used_is_removed(act, docker):
    docker("create --name done busybox true; docker volume create data; docker network create mine")
    docker("tag busybox spare:1")
    for path in ("containers/done", "volumes/data", "networks/mine", "images/spare:1"):
        assert act(f"{path}/remove").status == 204
    left = docker("ps -aq; docker volume ls -q; docker network ls --format '{{.Name}}'; docker images spare -q")
    assert set(left.split()) == {"bridge", "host", "none"}


def test_a_name_may_be_quoted_in_the_url(act, docker):
    docker("tag busybox spare:2")
    assert act("images/spare%3A2/remove").status == 204


@pytest.mark.parametrize("path", ["containers/nobody/start", "volumes/none/remove", "images/none:1/remove"])
def test_what_is_not_there_is_not_found(act, path):
    answer = act(path)
    assert answer.status == 404
    assert "o such" in answer.json["found"] or "not found" in answer.json["found"]


def test_the_networks_of_the_engine_stay(act):
    refused = act("networks/bridge/remove")
    assert refused.status == 403
    assert "pre-defined" in refused.json["found"]
