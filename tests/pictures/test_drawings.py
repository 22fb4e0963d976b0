"""The drawings from facts, however odd these are."""

from itertools import pairwise

import pytest

from dockyard.pictures import changes, layers, network
from dockyard.pictures.container_facts import ContainerFacts, Mount
from dockyard.pictures.image_facts import ImageFacts, Step
from dockyard.pictures.network_facts import Member, Network, Port


def image(*steps: Step, name: str = "nginx:latest") -> ImageFacts:
    return ImageFacts(name, sum(step.size for step in steps), steps)


def a_network(*members: Member, name: str = "app", **changed) -> Network:
    values = {"device": "bridge", "driver": "bridge", "subnets": ("172.18.0.0/16",), "internal": False}
    return Network(name=name, members=members, **{**values, "by_name": True, "between": True, **changed})


WEB = Port("0.0.0.0", 8080, 80, "tcp", open=True)
LOCAL = Port("127.0.0.1", 5353, 53, "udp", open=False)


class TestLayers:
    def test_layers_are_stacked_newest_on_top_with_size_and_sharers(self, drawn):
        shared = Step("ADD rootfs.tar /", 77_500_000, "sha256:aaaaaaaaaaaaffff", ("redis:latest",))
        picture = layers.picture(image(Step("CMD x", 0, ""), Step("RUN y", 9_550_000, "sha256:b"), shared))
        seen = drawn(picture.svg)
        assert seen.labels == [
            "CMD x: sets something and leaves no layer",
            "RUN y: 9.55 MB",
            "ADD rootfs.tar /: 77.5 MB, shared with redis:latest",
        ]
        assert {"aaaaaaaaaaaa", "77.5 MB", "shared with redis:latest"} <= set(seen.texts)
        assert picture.text[0] == "87 MB in 2 layers; 77.5 MB of it are shared with other images"
        assert picture.text[1:] == (
            "- CMD x: sets something and leaves no layer",
            "2. RUN y: 9.55 MB",
            "1. ADD rootfs.tar /: 77.5 MB, shared with redis:latest",
        )

    def test_boxes_never_overlap(self, drawn):
        boxes = drawn(layers.picture(image(*(Step("RUN x", 1, f"sha256:{n}") for n in range(127)))).svg).boxes
        assert len(boxes) == 127
        assert all(upper[1] + upper[3] < lower[1] for upper, lower in pairwise(boxes))

    def test_a_thousand_settings_are_a_few_lines(self, drawn):
        picture = layers.picture(
            image(*(Step(f"ENV A{n}=1", 0, "") for n in range(1000)), Step("ADD x", 1, "sha256:1"))
        )
        assert len(drawn(picture.svg).labels) < 12
        assert "and 993 more" in drawn(picture.svg).texts

    def test_an_image_of_nothing(self, drawn):
        assert drawn(layers.picture(image()).svg).labels == []
        assert layers.picture(image(Step("RUN x", 0, "sha256:1"))).text[0] == "0 B in 1 layer"

    def test_what_others_wrote_is_text(self, harmless, evil):
        harmless(layers.picture(image(Step(evil, 1, "sha256:1", (evil,)), Step(evil, 0, ""), name=evil)))


class TestChanges:
    def test_directories_that_are_there_for_what_is_in_them_are_left_out(self):
        told = {"/etc": "C", "/etc/nginx": "C", "/etc/nginx/x": "D", "/new": "A", "/new/a": "A", "/only": "C"}
        assert changes.own_changes(told) == {"/etc/nginx/x": "D", "/new/a": "A", "/only": "C"}

    def test_the_writable_layer_stands_on_the_image(self, drawn):
        mounts = (Mount("/data", "data"),)
        facts = ContainerFacts("web", "running", 2, {"/x": "A"}, mounts, image(Step("ADD a", 1, "sha256:1")))
        picture = changes.picture(facts)
        seen = drawn(picture.svg)
        assert seen.labels == ["Its own layer, writable: 2 B in 1 change", "/data ← data", "ADD a: 1 B"]
        ys = [box[1] for box in seen.boxes]
        assert ys == sorted(ys)
        assert "A /x" in picture.text

    def test_a_million_changes_are_a_few_lines(self, drawn):
        many = {f"/f{number:06}": "A" for number in range(100_000)}
        mounts = tuple(Mount(f"/v{number}", "x") for number in range(50))
        picture = changes.picture(ContainerFacts("web", "exited", 0, many, mounts, image()))
        assert len(picture.svg) < 20_000
        assert "and 99987 more" in drawn(picture.svg).texts
        assert len(picture.text) < 300

    def test_nothing_changed(self, drawn):
        picture = changes.picture(ContainerFacts("web", "created", 0, {}, (), image()))
        assert "Nothing has been changed yet." in drawn(picture.svg).texts

    def test_what_others_wrote_is_text(self, harmless, evil):
        mounts = (Mount(evil, evil),)
        harmless(changes.picture(ContainerFacts(evil, evil, 1, {evil: "A"}, mounts, image(Step(evil, 1, "sha256:1")))))


class TestNetwork:
    def test_a_port_s_line_comes_from_the_world_only_if_the_world_reaches_it(self, drawn):
        picture = network.picture([a_network(Member("web", running=True, address="172.18.0.2", ports=(WEB, LOCAL)))])
        seen = drawn(picture.svg)
        assert "80/tcp of web: the world reaches it on the machine's port 8080" in seen.labels
        assert "53/udp of web: only the machine itself reaches it, on 127.0.0.1:5353" in seen.labels
        assert {"0.0.0.0:8080 → 80", "127.0.0.1:5353 → 53/udp", "172.18.0.2"} <= set(seen.texts)
        lines = [element.get("class") for element in seen.root.iter() if element.tag.endswith("polyline")]
        assert sorted(lines) == ["dy-line dy-shared", "dy-line dy-shared", "dy-line dy-writable"]
        assert picture.text[0] == "1 network · 1 container · 2 published ports"

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({}, "by name, and the world"),
            ({"by_name": False}, "by address, and the world"),
            ({"internal": True}, "by name, but not the world"),
            ({"between": False}, "the world, but not each other"),
            ({"between": False, "internal": True}, "neither each other nor the world"),
            ({"driver": "host"}, "the machine's own"),
            ({"driver": "null"}, "nothing but themselves"),
        ],
    )
    def test_each_network_says_what_its_containers_reach(self, changed, said):
        assert said in network.picture([a_network(**changed)]).text[1]

    def test_aliases_links_and_what_does_not_run(self):
        members = (
            Member("db", running=True, address="172.18.0.3", aliases=("database",), links=("web → www",)),
            Member("old", running=False),
        )
        assert network.picture([a_network(*members)]).text[2:] == (
            "- db: 172.18.0.3; also called database; linked: web → www",
            "- old: not running",
        )

    def test_rows_never_overlap_and_a_crowd_is_cut(self, drawn):
        ports = tuple(Port("0.0.0.0", number, number, "tcp", open=True) for number in range(9))
        crowd = [Member(f"c{number}", running=True, ports=ports[: number % 10]) for number in range(40)]
        seen = drawn(network.picture([a_network(*crowd)]).svg)
        cards = [box for box in seen.boxes if box[0] == network._CARDS]
        assert len(cards) == network._MOST_MEMBERS - 1
        assert all(upper[1] + upper[3] < lower[1] for upper, lower in pairwise(cards))
        assert "and 21 more" in seen.texts

    def test_no_network_at_all(self, drawn):
        assert drawn(network.picture([]).svg).texts

    def test_what_others_wrote_is_text(self, harmless, evil):
        member = Member(evil, running=True, address="1", aliases=(evil,), links=(evil,), ports=(WEB,))
        harmless(network.picture([a_network(member, name=evil)]))


def test_pictures_speak_chinese(monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", "zh")
    assert layers.picture(image(Step("ADD a", 1, "sha256:1"))).title == "nginx:latest 的镜像层"


def test_colours_follow_the_theme_and_have_their_own_outside_of_jupyterlab(drawn):
    style = next(drawn(network.picture([]).svg).root.iter("{http://www.w3.org/2000/svg}style")).text
    assert "var(--jp-ui-font-color1,#1f2933)" in style
    assert "[data-theme=dark] .dy-picture" in style
    assert "prefers-color-scheme:dark" in style
