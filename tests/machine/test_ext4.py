import os
import subprocess

import pytest

from dockyard.machine import ext4


def group_of(path) -> int:
    """Return which of the disk's block groups a directory's inode lies in, counted as mke2fs makes them."""
    return path.stat().st_ino // 8192


@pytest.fixture
def on_ext4(tmp_path):
    kind = subprocess.run(["stat", "-f", "-c", "%T", tmp_path], capture_output=True, text=True, check=True).stdout
    if kind.strip() != "ext2/ext3":
        pytest.skip(f"{tmp_path} lies on {kind.strip()}")
    return tmp_path


def test_directories_of_one_name_lie_apart(on_ext4):
    near, apart = set(), set()
    for number in range(8):
        place = on_ext4 / str(number)
        place.mkdir()
        (place / "near").mkdir()
        near.add(group_of(place / "near"))
        ext4.make_apart(place / "apart", on_ext4 / "nursery")
        apart.add(group_of(place / "apart"))
    assert len(near) < 4 <= len(apart)
    assert not list((on_ext4 / "nursery").iterdir())


def test_a_file_system_without_the_flag_has_the_directory_made(tmp_path, monkeypatch):
    def refused(*_args):
        raise OSError(95, os.strerror(95))

    monkeypatch.setattr(ext4.fcntl, "ioctl", refused)
    ext4.make_apart(tmp_path / "machine", tmp_path / "trash")
    assert list((tmp_path / "machine").iterdir()) == []
