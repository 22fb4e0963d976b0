from dockyard.machine import journal


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
    assert journal.read(path, since_id=first.id) == [second]
    assert journal.last_id(path) == second.id
    assert writer.last_engine_time() == 6.5
    writer.close()


def test_what_dockyard_did_itself_is_no_engine_event(tmp_path):
    writer = journal.Journal(tmp_path / "journal.sqlite")
    writer.add("machine", "boot")
    assert writer.last_engine_time() == 0
    writer.close()


def test_no_journal_yet_is_an_empty_one(tmp_path):
    assert journal.read(tmp_path / "none") == []
    assert journal.last_id(tmp_path / "none") == 0
