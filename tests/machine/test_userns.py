from types import SimpleNamespace

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


def remedy(tmp_path, monkeypatch, *, user, subuid="", subgid=""):
    """What a user who has no range is told to type."""
    monkeypatch.setattr("os.getuid", lambda: 1001)
    monkeypatch.setattr("pwd.getpwuid", lambda _uid: SimpleNamespace(pw_name=user))
    for name, text in (("subuid", subuid), ("subgid", subgid)):
        (tmp_path / name).write_text(text)
        monkeypatch.setattr(userns, f"_{name.upper()}", tmp_path / name)
    with pytest.raises(HostError) as caught:
        userns.id_map()
    return caught.value.next_step


def test_an_ordinary_user_without_a_range_is_told_the_command(tmp_path, monkeypatch):
    told = remedy(tmp_path, monkeypatch, user="daemon")
    assert told == "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 daemon"


def test_nobody_is_given_the_ids_of_another(tmp_path, monkeypatch):
    taken = {"subuid": "other:100000:65536\n", "subgid": "other:100000:65536\nthird:300000:1000\nnonsense\n"}
    told = remedy(tmp_path, monkeypatch, user="daemon", **taken)
    assert told == "sudo usermod --add-subuids 301000-366535 --add-subgids 301000-366535 daemon"


def test_a_user_of_a_directory_service_is_told_what_serves(tmp_path, monkeypatch):
    """Usermod changes users of /etc/passwd alone."""
    told = remedy(tmp_path, monkeypatch, user="ada@example.org", subuid="other:100000:65536")
    assert told == f"echo 'ada@example.org:165536:65536' | sudo tee -a {tmp_path}/subuid {tmp_path}/subgid"


def test_root_needs_no_range(monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 0)
    monkeypatch.setattr(userns, "_subordinate", lambda *_: None)
    ids = userns.id_map()
    assert ids.root_uid >= 524288, "the machine's root must be nobody on the host"
    assert ids.base_uid == ids.root_uid + 1
