"""The journal as the sidebar pages through it."""

import json

import pytest

from dockyard.machine import journal

EVIL = "<script>alert(1)</script>\x1b[31m\u202e"


@pytest.fixture(scope="module")
def timeline(jupyter):
    """A server whose journal holds three hundred events and some of a container."""
    path = jupyter.home / "dy" / "machines" / "default" / "journal.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = journal.Journal(path)
    for number in range(1, 301):
        written.add("image", "tag", actor=f"sha256:{number}", attributes={"name": f"burst:{number}"}, when=number)
    container = {"Name": "/web", "Config": {"Image": "nginx", "Env": ["SECRET=1"]}}
    labels = {f"label-{number}": "x" * 1000 for number in range(100)}
    written.add("container", "create", actor="c1", attributes={"name": "web", **labels}, inspect=container)
    written.add("network", "connect", actor="n1", attributes={"container": "c1", "name": "bridge"})
    written.add("volume", "mount", actor=EVIL, attributes={"container": "c1"})
    written.add("container", "start", actor="c1", attributes={"name": "web"})
    written.add("container", "die", actor="c2", attributes={"name": "other"})
    written.add("machine", "boot")
    written.close()

    def ask(query: str = "") -> dict:
        answer = jupyter.ask(f"dockyard/api/timeline{query}")
        assert answer.status == 200
        return answer.json

    yield ask
    path.unlink()


def test_pages_follow_each_other_newest_first_and_miss_nothing(timeline):
    seen, before, more = [], "", True
    while more:
        page = timeline(f"?limit=70&before={before}")
        seen += [event["id"] for event in page["events"]]
        before, more = seen[-1], page["more"]
    assert seen == list(range(306, 0, -1))


def test_a_page_is_never_longer_than_it_may_be(timeline):
    assert len(timeline()["events"]) == 100
    assert len(timeline("?limit=100000000")["events"]) == 306
    assert [len(timeline(f"?limit={odd}")["events"]) for odd in ("0", "-1", "x", "9" * 30)] == [100] * 4


def test_one_object_s_events_are_those_of_all_that_belongs_to_it(timeline):
    story = [(event["type"], event["action"]) for event in timeline("?actor=c1")["events"]]
    assert story == [("container", "start"), ("volume", "mount"), ("network", "connect"), ("container", "create")]


def test_an_event_is_told_without_what_was_inspected(timeline):
    _start, mount, _connect, create = timeline("?actor=c1")["events"]
    assert create.keys() == {"id", "time", "type", "action", "actor", "attributes"}
    assert "SECRET" not in str(create)
    assert mount["actor"] == EVIL


def test_what_was_inspected_is_not_even_read(tmp_path, monkeypatch):
    written = journal.Journal(tmp_path / "journal.sqlite")
    written.add("container", "create", actor="c1", attributes={"name": "web"}, inspect={"Id": "c1"})
    written.close()
    parsed = []
    loads = json.loads
    monkeypatch.setattr(journal.json, "loads", lambda text: parsed.append(text) or loads(text))
    assert [event.attributes for event in journal.page(tmp_path / "journal.sqlite")] == [{"name": "web"}]
    assert len(parsed) == 1


def test_labels_without_end_are_cut(timeline):
    create = timeline("?actor=c1")["events"][-1]
    assert create["attributes"]["name"] == "web"
    assert len(str(create)) < 10_000


def test_without_a_journal_nothing_has_happened(tmp_path):
    assert journal.page(tmp_path / "none") == []


@pytest.mark.machine
def test_what_docker_run_really_did(live_jupyter, machine):
    machine.run(["docker", "pull", "-q", "busybox"], check=True, timeout=120)
    machine.run(["docker", "run", "--rm", "--name", "gone", "-v", "data:/d", "busybox", "true"], check=True)
    events = live_jupyter.ask("dockyard/api/timeline").json["events"]
    identity = next(event["actor"] for event in events if event["attributes"].get("name") == "gone")
    story = live_jupyter.ask(f"dockyard/api/timeline?actor={identity}").json["events"]
    actions = [(event["type"], event["action"]) for event in reversed(story)]
    assert actions[0] == ("container", "create")
    assert {("network", "connect"), ("volume", "mount"), ("container", "start")} <= set(actions)
    assert actions[-1] == ("container", "destroy")
