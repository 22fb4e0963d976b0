"""Where the world's content lies: its hash, its catalogue, and the check that it is whole."""

import json
import os
import shutil
from pathlib import Path

import pytest

from dockyard import images, setup
from dockyard.errors import ImagesError
from dockyard.images import store
from dockyard.machine import config, rootfs
from dockyard.machine.userns import id_map


@pytest.fixture
def content(dockyard_home: Path) -> Path:
    """A content with one image in its catalogue."""
    path = dockyard_home / "world" / images.content_hash()
    (path / "hub").mkdir(parents=True)
    (path / "hub" / "blob").write_text("layer")
    variants = [{"size": 5}, {"size": 7}]
    catalogue = {"images": [{"name": "nginx", "tags": ["1.26", "latest", "1.26.3"], "variants": variants}]}
    (path / "catalogue.json").write_text(json.dumps(catalogue))
    store.seal(path)
    return path


def test_nothing_is_installed_in_an_empty_home(dockyard_home):
    assert images.installed() is None
    assert {image.size for image in images.catalogue()} == {None}


def test_the_catalogue_knows_the_images_before_they_are_built(dockyard_home):
    names = {image.name for image in images.catalogue()}
    assert {"hello-world", "busybox", "debian", "nginx", "redis", "registry", "postgres", "node"} < names
    nginx = next(image for image in images.catalogue() if image.name == "nginx")
    assert nginx.tags == ("1.26", "latest", "1.22")
    assert nginx.description_zh.startswith("网页服务器")


def test_the_catalogue_tells_what_was_built(content):
    assert images.installed() == content
    nginx = next(image for image in images.catalogue() if image.name == "nginx")
    assert nginx.tags == ("1.26", "latest", "1.26.3")
    assert nginx.size == 7


def test_a_whole_content_passes(content):
    images.verify(content)


@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_damaged_content_is_said(content, damage):
    blob = content / "hub" / "blob"
    blob.unlink() if damage == "gone" else blob.write_text("")
    with pytest.raises(ImagesError, match="damaged") as caught:
        images.verify(content)
    assert str(blob) in caught.value.found
    assert caught.value.next_step.startswith("dockyard ")


def test_a_catalogue_that_cannot_be_read_is_said(content):
    (content / "catalogue.json").write_text("{")
    with pytest.raises(ImagesError, match="damaged"):
        images.catalogue()


def test_the_hash_changes_with_every_source(tmp_path, monkeypatch):
    package = tmp_path / "images"
    shutil.copytree(store._PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(store, "_PACKAGE", package)
    before = images.content_hash()
    assert before == images.content_hash()
    (package / "dockerfiles" / "nginx" / "default.conf").write_text("# changed\n")
    assert images.content_hash() != before


def test_the_hash_does_not_depend_on_what_python_compiled(tmp_path, monkeypatch):
    package = tmp_path / "images"
    shutil.copytree(store._PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(store, "_PACKAGE", package)
    before = images.content_hash()
    for directory in (package, package / "dockerfiles" / "webapp"):
        (directory / "__pycache__").mkdir()
        (directory / "__pycache__" / "store.cpython-311.pyc").write_bytes(b"compiled")
    assert images.content_hash() == before


def test_machines_start_with_the_content_of_the_version_in_use(content):
    other = content.with_name("1" * 12)
    shutil.copytree(content, other)
    for chosen in (other, content, content, other):
        images.use(chosen)
        assert config.world_content() == chosen


def test_setting_up_goes_back_to_a_content_that_is_there(content, monkeypatch):
    other = content.with_name("1" * 12)
    other.mkdir()
    images.use(other)
    root = content.parents[1] / "rootfs" / rootfs.Recipe(rootfs.DEFAULT_ENGINE, id_map()).key
    root.mkdir(parents=True)
    monkeypatch.setattr(rootfs, "build", lambda *_arguments: root)
    setup.prepare()
    assert config.world_content() == content


@pytest.mark.machine
def test_of_earlier_contents_the_newest_is_kept(content):
    earlier = [content.with_name(f"{number}" * 12) for number in (1, 2, 3)]
    for age, path in enumerate(earlier):
        shutil.copytree(content, path)
        os.utime(path, (100 - age, 100 - age))
    content.with_name("current").symlink_to(content.name)
    unfinished = content.with_name(f"{content.name}.partial")
    unfinished.mkdir()
    images.prune()
    assert set(content.parent.iterdir()) == {content, earlier[0], unfinished, content.with_name("current")}


@pytest.mark.machine
def test_remove_and_discard(content, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    images.remove(content, other, tmp_path / "never-there")
    assert not content.exists()
    assert not other.exists()
