import os
import subprocess
import sys

from dockyard.machine import locks


def test_a_lock_is_taken_once_and_given_back(tmp_path):
    path = tmp_path / "lock"
    assert not locks.is_locked(path)
    descriptor = locks.try_lock(path)
    assert descriptor is not None
    assert locks.is_locked(path)
    assert locks.try_lock(path) is None
    os.close(descriptor)
    assert not locks.is_locked(path)


def test_a_killed_holder_gives_it_back(tmp_path):
    path = tmp_path / "lock"
    holding = (
        "import sys; from pathlib import Path; from dockyard.machine import locks;"
        f"locks.try_lock(Path({str(path)!r})); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", holding], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        assert locks.is_locked(path)
        holder.kill()
    assert not locks.is_locked(path)


def test_what_is_half_made_is_abandoned_unless_its_builder_lives(tmp_path):
    for name in ("26.1-dead", "26.1-new", "20.10-alive"):
        (tmp_path / f"{name}.partial").mkdir()
    (tmp_path / "26.1-dead.lock").touch()
    with locks.lock(tmp_path / "20.10-alive.lock"):
        found = []
        for partial in locks.abandoned(tmp_path):
            assert locks.is_locked(partial.with_suffix(".lock")), "nobody begins with it meanwhile"
            found.append(partial.name)
    assert sorted(found) == ["26.1-dead.partial", "26.1-new.partial"]
