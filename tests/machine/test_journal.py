import json
import sqlite3
import threading
import time

import pytest

from dockyard.machine import journal

# The table as it was before anything was added to it.
EARLIER = """
CREATE TABLE events (id INTEGER PRIMARY KEY, time REAL NOT NULL, type TEXT NOT NULL, action TEXT NOT NULL,
actor TEXT NOT NULL, attributes TEXT NOT NULL, inspect TEXT)
"""
ROW = "INSERT INTO events (time, type, action, actor, attributes, inspect) VALUES (?, ?, ?, ?, ?, ?)"
INSPECT = json.dumps({"Id": "x" * 2000})


def wait_until(done, seconds=20):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def docker(machine, *words):
    return machine.run(["docker", *words], check=True, timeout=60).stdout.strip()


@pytest.fixture
def earlier(tmp_path):
    """A journal of an earlier version with 50,000 events of five containers."""
    path = tmp_path / "journal.sqlite"
    with sqlite3.connect(path) as database:
        database.execute(EARLIER)
        rows = ((number, "container", "start", f"c{number % 5}", "{}", INSPECT) for number in range(1, 50_001))
        database.executemany(ROW, rows)
    database.close()
    return path


def test_events_come_back_in_order_with_what_was_inspected(tmp_path):
    path = tmp_path / "journal.sqlite"
    writer = journal.Journal(path)
    writer.add("container", "create", actor="abc", attributes={"image": "nginx"}, when=5.5, inspect={"Id": "abc"})
    writer.add("container", "destroy", actor="abc", when=6.5)
    first, second = journal.read(path)
    assert (first.action, first.attributes, first.inspect, first.time) == (
        "create",
        {"image": "nginx"},
        {"Id": "abc"},
        5.5,
    )
    assert second.inspect is None
    assert journal.read(path, since=first.time) == [second]
    assert journal.page(path, limit=1) == [second]
    assert journal.engine_time(path) == 6.5
    writer.close()


def test_what_dockyard_did_itself_is_no_engine_event(tmp_path):
    writer = journal.Journal(tmp_path / "journal.sqlite")
    writer.add("machine", "boot")
    writer.close()
    assert journal.engine_time(tmp_path / "journal.sqlite") == 0


def test_no_journal_yet_is_an_empty_one(tmp_path):
    assert journal.read(tmp_path / "none") == []
    assert journal.page(tmp_path / "none", limit=1) == []
    assert journal.engine_time(tmp_path / "none") == 0


def test_a_journal_of_an_earlier_version_is_opened_by_readers_and_by_its_writer(earlier):
    assert journal.engine_time(earlier) == 50_000
    assert [event.id for event in journal.read(earlier, since=49_998)] == [49_999, 50_000]
    writer = journal.Journal(earlier)
    writer.add("container", "die", actor="c0", when=50_001)
    writer.close()
    assert [event.action for event in journal.read(earlier, since=49_999)] == ["start", "die"]


def test_of_each_container_one_inspect_is_read_however_many_events_there_are(earlier, monkeypatch):
    parsed = []
    loads = json.loads
    monkeypatch.setattr(journal.json, "loads", lambda text: parsed.append(text) or loads(text))
    events = journal.read(earlier, every_inspect=False)
    assert len(events) == 50_000
    assert [event.id for event in events if event.inspect] == [49_996, 49_997, 49_998, 49_999, 50_000]
    assert parsed.count(INSPECT) == 5


def test_the_newest_events_are_kept_and_the_disk_has_the_room_of_the_others_again(earlier, tmp_path):
    size = earlier.stat().st_size
    writer = journal.Journal(earlier)
    writer.follow(f"unix://{tmp_path}/nobody", 0)  # as when the engine is down
    writer.close()
    kept = journal.read(earlier)
    assert (len(kept), kept[-1].id) == (20_000, 50_000)
    assert earlier.stat().st_size < size / 2


def test_a_question_about_some_of_many_events_looks_at_these_alone(earlier):
    steps = []
    with sqlite3.connect(earlier) as database:
        database.executescript(journal._SCHEMA)
        for since in (0, 49_900):
            count = [0]
            database.set_progress_handler(lambda count=count: count.__setitem__(0, count[0] + 1), 100)
            database.execute(journal._READ, {"since": since, "every_inspect": False}).fetchall()
            steps.append(count[0])
    database.close()
    assert steps[0] > 100 * steps[1]


# ------------------------------------------------------------------------------------------------ of a real engine


def follow(machine, path, since, *, pages=0):
    """Follow the machine's engine in a thread, as its supervisor does, in a file of so many pages at most."""

    def run():
        writer = journal.Journal(path)
        if pages:
            writer._database.execute(f"PRAGMA max_page_count = {pages}")
        writer.follow(f"unix://{machine.socket}", since)
        writer.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


@pytest.mark.machine
def test_health_checks_leave_nothing_and_what_people_run_stays(machine):
    docker(machine, "pull", "-q", "busybox")
    box = docker(
        machine,
        *("run", "-d", "--name", "ill", "--health-cmd", "echo ran >> /ran", "--health-interval", "50ms"),
        *("--health-retries", "1000", "busybox", "sleep", "600"),
    )
    wait_until(lambda: docker(machine, "exec", "ill", "sh", "-c", "cat /ran; true").count("ran") >= 5)
    docker(machine, "exec", "ill", "sh", "-c", "date > /people")
    taken = time.time()
    wait_until(lambda: journal.engine_time(machine.journal) > taken)  # thanks to a health check that left nothing
    story = [event for event in journal.read(machine.journal) if event.actor == box]
    commands = {event.action for event in story if event.action.startswith("exec_create")}
    assert commands == {"exec_create: sh -c cat /ran; true", "exec_create: sh -c date > /people"}
    assert len([event for event in story if event.action == "exec_die"]) == len(
        [event for event in story if event.action.startswith("exec_create")]
    )
    assert not any(event.inspect for event in story if event.action.startswith("exec_"))
    assert any(event.inspect for event in story if event.action == "start")
    docker(machine, "rm", "-f", "ill")


@pytest.mark.machine
def test_a_full_disk_ends_no_journal_and_what_happened_meanwhile_is_made_up_for(machine, tmp_path, capfd):
    path = tmp_path / "journal.sqlite"
    since = time.time()
    thread = follow(machine, path, since, pages=6)
    for number in range(40):
        docker(machine, "volume", "create", f"v{number}")
    thread.join(20)
    assert not thread.is_alive()
    assert "database or disk is full" in capfd.readouterr().err
    follow(machine, path, journal.engine_time(path))

    def made():
        return [event.actor for event in journal.read(path, since) if event.action == "create"]

    wait_until(lambda: "v39" in made())
    assert made() == [f"v{number}" for number in range(40)]


@pytest.mark.machine
def test_an_event_of_a_clock_that_was_once_ahead_hides_none(machine, tmp_path):
    path = tmp_path / "journal.sqlite"
    writer = journal.Journal(path)
    writer.add("volume", "create", actor="tomorrow", when=time.time() + 86_400)
    writer.close()
    follow(machine, path, journal.engine_time(path))
    number = 0
    deadline = time.monotonic() + 20
    while not any(event.actor.startswith("today") for event in journal.read(path)):
        assert time.monotonic() < deadline
        docker(machine, "volume", "create", f"today-{(number := number + 1)}")
    assert journal.engine_time(path) < time.time()
