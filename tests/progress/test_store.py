import json
import os
import subprocess
import sys

import pytest

from dockyard.errors import ProgressError
from dockyard.progress import Store, export
from dockyard.progress.state import VERSION


@pytest.fixture
def store(tmp_path):
    return Store("small", tmp_path)


def test_there_is_an_empty_progress_before_there_is_a_file(store):
    state = store.read()
    assert (state.exercises, state.claims) == ({}, {})


def test_what_was_changed_is_there_for_the_next_reader(store, tmp_path):
    with store.change() as state:
        state.exercise("boxes.run").checks = 3
        state.claim("boxes.sleeps").predicted = "yes"
    again = Store("small", tmp_path).read()
    assert (again.exercise("boxes.run").checks, again.claim("boxes.sleeps").predicted) == (3, "yes")


def test_the_seed_survives_a_restart(store, tmp_path):
    with store.change() as state:
        seed = state.seed
    assert Store("small", tmp_path).read().seed == seed


def test_a_change_that_fails_changes_nothing(store):
    with store.change() as state:
        state.exercise("boxes.run").checks = 1

    def fail():
        with store.change() as state:
            state.exercise("boxes.run").checks = 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.read().exercise("boxes.run").checks == 1
    assert [path.name for path in store.path.parent.iterdir() if path.name.startswith(".progress")] == []


COUNT = """
import sys
from pathlib import Path
from dockyard.progress import Store
for turn in range(25):
    with Store("small", Path(sys.argv[1])).change() as state:
        state.exercise("boxes.run").checks += 1
"""


def test_several_processes_lose_no_change(store, tmp_path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    argv = [sys.executable, "-c", COUNT, str(tmp_path)]
    processes = [subprocess.Popen(argv, env=environment) for _number in range(4)]
    assert [process.wait() for process in processes] == [0] * 4
    assert store.read().exercise("boxes.run").checks == 100


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '"x"', '{"version": 1}', '{"version": 1, "seed": 1, "exercises": {"a": {"no": 1}}, "claims": {}}'],
)
def test_a_damaged_file_is_kept_beside_and_a_new_one_begun(store, text):
    store.path.write_text(text, encoding="utf-8")
    assert store.read().exercises == {}
    assert store.backup.read_text(encoding="utf-8") == text
    with store.change() as state:
        state.exercise("boxes.run").checks = 1
    assert store.read().exercise("boxes.run").checks == 1


def test_two_damaged_files_in_one_second_are_both_kept(store):
    for text in ("first", "second"):
        store.path.write_text(text, encoding="utf-8")
        store.read()
    kept = sorted(path.read_text(encoding="utf-8") for path in store.path.parent.glob("small.damaged-*"))
    assert kept == ["first", "second"]


def test_a_file_of_a_later_version_is_not_touched(store):
    text = json.dumps({"version": VERSION + 1})
    store.path.write_text(text, encoding="utf-8")
    with pytest.raises(ProgressError, match="later version"):
        store.read()
    assert store.path.read_text(encoding="utf-8") == text


def test_a_place_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = Store("small", tmp_path / "file")
    with pytest.raises(ProgressError, match="cannot be used"), store.change():
        pass


def test_exports_have_a_row_for_each_exercise(store):
    with store.change() as state:
        attempt = state.exercise("boxes.run")
        attempt.first, attempt.last, attempt.passed, attempt.checks, attempt.hints = 0.5, 60.5, 60.5, 2, 1
    lines = export.to_csv(store.read(), ["boxes.run", "boxes.walk"]).splitlines()
    assert lines == [
        "exercise,passed,checks,hints,solution,first,last,seconds",
        "boxes.run,1970-01-01T00:01:00+00:00,2,1,,1970-01-01T00:00:00+00:00,1970-01-01T00:01:00+00:00,60",
        "boxes.walk,,0,0,,,,",
    ]
    rows = json.loads(export.to_json(store.read(), ["boxes.run", "boxes.walk"]))
    assert [row["exercise"] for row in rows] == ["boxes.run", "boxes.walk"]
