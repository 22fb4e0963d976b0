import pytest

from dockyard.errors import HostError
from dockyard.machine import userns


def granted(path, text, user="learner", number=1001):
    path.write_text(text)
    return userns._subordinate(path, user, number)


def test_a_range_is_found_by_name_and_by_number(tmp_path):
    assert granted(tmp_path / "subuid", "other:100000:65536\nlearner:165536:65536\n") == (165536, 65536)
    assert granted(tmp_path / "subuid", "1001:231072:65536\n") == (231072, 65536)


def test_ranges_that_are_too_small_or_unreadable_do_not_count(tmp_path):
    assert granted(tmp_path / "subuid", "learner:100000:1000\nlearner:x:65536\nnonsense\n") is None
    assert userns._subordinate(tmp_path / "missing", "learner", 1001) is None


def test_an_ordinary_user_without_a_range_is_told_the_command(monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 1001)
    monkeypatch.setattr(userns, "_subordinate", lambda *_: None)
    with pytest.raises(HostError, match="usermod --add-subuids"):
        userns.id_map()


def test_root_needs_no_range(monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 0)
    monkeypatch.setattr(userns, "_subordinate", lambda *_: None)
    ids = userns.id_map()
    assert ids.root_uid >= 524288, "the machine's root must be nobody on the host"
    assert ids.base_uid == ids.root_uid + 1
