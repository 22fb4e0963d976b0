"""Remembers what is done, by the content that it was made from; it knows nothing of how things are made."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# Directories whose content is made, not written: never part of a digest.
MADE = frozenset({"node_modules", "lib", ".yarn", "__pycache__", "coverage", ".ipynb_checkpoints"})


def files_below(path: Path) -> Iterator[Path]:
    """Yield a file itself, or the written files below a directory, in a stable order."""
    if path.is_file():
        yield path
        return
    for directory, names, files in os.walk(path):
        names[:] = sorted(name for name in names if name not in MADE)
        for name in sorted(files):
            yield Path(directory, name)


def digest(root: Path, paths: Iterable[str], *, also: Iterable[str] = ()) -> str:
    """Return a text that changes when one of the files below root, or one of the other words, does.

    Args:
        root: the repository.
        paths: files and directories, relative to root; what does not exist counts as absent.
        also: anything else that the result depends on, such as the version of Python.
    """
    total = hashlib.sha256()
    for word in also:
        total.update(f"{word}\0".encode())
    for path in paths:
        for file in files_below(root / path):
            total.update(f"{file.relative_to(root)}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


class Stamps:
    """A directory with one small file for each thing that is done."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def holds(self, name: str, value: str) -> bool:
        """Return whether a thing was last done from what has this digest."""
        try:
            return (self._directory / name).read_text(encoding="ascii") == value
        except OSError:
            return False

    def write(self, name: str, value: str) -> None:
        """Say that a thing is done; the file appears whole or not at all."""
        self._directory.mkdir(parents=True, exist_ok=True)
        draft = self._directory / f".{name}.{os.getpid()}"
        draft.write_text(value, encoding="ascii")
        draft.replace(self._directory / name)
