import json
from pathlib import Path

import pytest

from dockyard.routes.live import views


@pytest.fixture
def recorded():
    def read(name: str):
        return json.loads((Path(__file__).parent / "recorded" / f"{name}.json").read_text())

    return read


@pytest.fixture
def web(recorded):
    return recorded("container")


def test_a_container(web):
    view = views.container(web)
    assert view["name"] == "web"
    assert view["image"] == "t:1"
    assert view["command"] == "/usr/bin/sleep 100"
    assert (view["state"], view["exitCode"], view["health"]) == ("running", 0, "")
    assert view["restartPolicy"] == "on-failure"
    assert not view["autoRemove"]


def test_a_container_s_ports_published_and_only_exposed(web):
    shown = [(p["address"], p["host"], p["container"], p["protocol"]) for p in views.container(web)["ports"]]
    assert shown == [
        ("127.0.0.1", 53, 53, "udp"),
        ("0.0.0.0", 8080, 80, "tcp"),
        ("::", 8080, 80, "tcp"),
        ("", 0, 443, "tcp"),
    ]


def test_a_stopped_container_still_shows_the_ports_it_was_given(web):
    web["NetworkSettings"]["Ports"] = {}
    shown = [(p["host"], p["container"]) for p in views.container(web)["ports"]]
    assert shown == [(53, 53), (8080, 80)]


def test_of_a_range_of_ports_a_container_that_does_not_run_shows_the_first(web):
    web["NetworkSettings"]["Ports"] = {}
    web["HostConfig"]["PortBindings"] = {"80/tcp": [{"HostIp": "", "HostPort": "8080-8090"}]}
    assert [(p["host"], p["container"]) for p in views.container(web)["ports"]] == [(8080, 80)]


def test_a_container_s_mounts_and_networks(web):
    view = views.container(web)
    mounts = sorted((m["type"], m["name"], m["target"], m["writable"]) for m in view["mounts"])
    assert mounts == [("bind", "", "/w", False), ("volume", "data", "/d", True)]
    assert [(n["name"], n["address"]) for n in view["networks"]] == [("n", "172.18.0.2")]
    assert "www" in view["networks"][0]["aliases"]


def test_a_container_on_the_host_s_network_has_no_ports(web):
    web["NetworkSettings"]["Ports"] = None
    web["HostConfig"]["PortBindings"] = None
    assert views.container(web)["ports"] == []


def test_an_image(recorded):
    listed = recorded("images")[0]
    view = views.image(listed, ["sha256:1"])
    assert view["tags"] == ["t:1"]
    assert view["size"] == listed["Size"]
    assert view["layers"] == ["sha256:1"]


@pytest.mark.parametrize("tags", [None, [], ["<none>:<none>"]])
def test_an_image_without_a_name(recorded, tags):
    assert views.image({**recorded("images")[0], "RepoTags": tags}, [])["tags"] == []


def test_volumes_named_and_anonymous(recorded):
    shown = [views.volume(volume) for volume in recorded("volumes")["Volumes"]]
    assert [(view["name"][:4], view["anonymous"]) for view in shown] == [("data", False), ("fe8b", True)]


def test_networks(recorded):
    shown = {view["name"]: view for view in map(views.network, recorded("networks"))}
    assert shown["inside"]["internal"]
    assert shown["bridge"]["subnets"] == ["172.17.0.0/16"]
    assert shown["none"]["subnets"] == []


def test_an_event():
    told = {
        "Type": "container",
        "Action": "die",
        "Actor": {"ID": "1f", "Attributes": {"exitCode": "1", "name": "web"}},
        "timeNano": 1_795_473_099_500_000_000,
    }
    assert views.event(told) == {
        "time": 1_795_473_099.5,
        "type": "container",
        "action": "die",
        "actor": "1f",
        "attributes": {"exitCode": "1", "name": "web"},
    }


def test_what_a_learner_wrote_is_cut_and_kept_as_it_is(web):
    web["Config"]["Image"] = "<script>" + "x" * 10_000
    image = views.container(web)["image"]
    assert image.startswith("<script>xxx")
    assert len(image) < 500


def test_a_thousand_labels_do_not_fill_the_panel_nor_hide_what_matters():
    attributes = {f"a-label-{number}": "x" * 1000 for number in range(1000)} | {"name": "web", "exitCode": "137"}
    told = {"Type": "container", "Action": "die", "Actor": {"Attributes": attributes}, "timeNano": 0}
    shown = views.event(told)["attributes"]
    assert (shown["name"], shown["exitCode"]) == ("web", "137")
    assert len(str(shown)) < 10_000
