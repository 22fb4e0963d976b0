"""Knows where the world's content lies, under which hash, and what is in it; it builds nothing."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dockyard.errors import ImagesError
from dockyard.i18n import _
from dockyard.images import recipes
from dockyard.machine import paths
from dockyard.machine.userns import id_map, remove_tree

_PACKAGE = Path(__file__).parent
_MANIFEST = "manifest.json"
# All that decides what the content is; the other modules only decide how it comes about.
_SOURCES = ("content", "dockerfiles", "files", "packages.py", "recipes.py", "world.py")


@dataclass(frozen=True, slots=True)
class CourseImage:
    """An image that the hub holds, or will hold once it is built.

    Attributes:
        name: as people write it: "nginx", "dockyard/webapp".
        tags: its tags; the exact versions are among them once it is built.
        description_en: one line about it, in English.
        description_zh: the same in Chinese.
        size: the bytes that its biggest variant takes once pulled, None before it is built.
    """

    name: str
    tags: tuple[str, ...]
    description_en: str
    description_zh: str
    size: int | None


def content_hash() -> str:
    """Return a short name that changes whenever the world's content would."""
    digest = hashlib.sha256(id_map().key.encode())
    for source in _SOURCES:
        for path in sorted([_PACKAGE / source, *(_PACKAGE / source).rglob("*")]):
            # pip compiles what it installs, also a Python file that is only there to be copied into an image
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(_PACKAGE)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def directory() -> Path:
    """Return the directory that holds the contents, each under its hash."""
    return paths.home() / "world"


def keys() -> Path:
    """Return the directory with the private keys of the world's authority and apt server: they outlive the contents."""
    return directory() / "keys"


def installed() -> Path | None:
    """Return the world's content if it has been built, without looking into it."""
    path = directory() / content_hash()
    return path if (path / "catalogue.json").is_file() else None


def catalogue() -> list[CourseImage]:
    """Return the course images, with what is known of them so far."""
    content = installed()
    built = {image["name"]: image for image in read(content)["images"]} if content else {}
    return [_course_image(image, built.get(image.name)) for image in recipes.IMAGES]


def _course_image(image: recipes.Image, built: Mapping[str, Any] | None) -> CourseImage:
    if built:
        tags, size = tuple(built["tags"]), max(variant["size"] for variant in built["variants"])
    else:
        tags, size = tuple(tag for variant in image.variants for tag in variant.tags), None
    return CourseImage(image.name, tags, image.title_en, image.title_zh, size)


def read(content: Path) -> dict[str, Any]:
    """Return the catalogue of a content.

    Raises:
        ImagesError: it is missing or cannot be read.
    """
    try:
        catalogue: dict[str, Any] = json.loads((content / "catalogue.json").read_text())
    except (OSError, ValueError) as error:
        raise _damaged(str(error)) from error
    return catalogue


def seal(content: Path) -> None:
    """Note the size of every file, for `verify`."""
    sizes = {str(path.relative_to(content)): path.stat().st_size for path in content.rglob("*") if path.is_file()}
    (content / _MANIFEST).write_text(json.dumps(sizes))


def verify(content: Path) -> None:
    """Check that every file is there with the size that it was built with.

    Raises:
        ImagesError: one is missing or has another size, after a power cut for instance.
    """
    try:
        sizes = json.loads((content / _MANIFEST).read_text())
        for name, size in sizes.items():
            found = (content / name).stat().st_size
            if found != size:
                raise _damaged(
                    _("{path} has {found} bytes instead of {size}").format(path=content / name, found=found, size=size)
                )
    except (OSError, ValueError) as error:
        raise _damaged(str(error)) from error


def remove(*directories: Path) -> None:
    """Delete directories with all in them, those that exist, whoever of a namespace's users owns that."""
    for path in directories:
        if path.is_dir():
            remove_tree(path)


def prune() -> None:
    """Delete the contents that earlier versions of Dockyard used, but for the newest; no machine may be running.

    One is kept because two versions are often used in turn, and a content takes minutes to build.
    """
    whole = [path for path in directory().iterdir() if (path / "catalogue.json").is_file() and not path.is_symlink()]
    others = set(whole) - {installed()}
    remove(*sorted(others, key=lambda path: path.stat().st_mtime)[:-1])


def discard(path: Path) -> None:
    """Delete a directory like `remove`, in a process of its own that nobody waits for."""
    trash = path.with_suffix(".trash")
    path.rename(trash)
    script = "import sys; sys.path.insert(0, sys.argv[1]); from dockyard.images import store; "
    script += "store.remove(store.Path(sys.argv[2]))"
    subprocess.Popen(
        ["nice", sys.executable, "-c", script, str(_PACKAGE.parents[1]), str(trash)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _damaged(why: str) -> ImagesError:
    return ImagesError(
        _("The course images in the cache are damaged: {why}").format(why=why), "dockyard setup --rebuild"
    )
