"""Keeps a learner's progress in one file that several processes may share; it does not know what the values mean."""

import contextlib
import fcntl
import json
import logging
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dockyard.errors import ProgressError
from dockyard.i18n import _
from dockyard.machine import paths
from dockyard.progress.state import VERSION, State, from_json, to_json

_log = logging.getLogger("dockyard.progress")
_PATIENCE = 10.0


class Store:
    """The progress in one course.

    Args:
        course: the course's id.
        directory: where the file is; without one, below Dockyard's data.
    """

    def __init__(self, course: str, directory: Path | None = None) -> None:
        self.path = (directory or paths.progress_directory()) / f"{course}.json"
        self.backup: Path | None = None

    def read(self) -> State:
        """Return the progress; an empty one where there is none yet.

        A file that cannot be understood is moved aside: `backup` then names the copy.

        Raises:
            ProgressError: the file is of a later version, or cannot be read.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return State(seed=secrets.randbits(32))
        except OSError as error:
            raise _unusable(self.path, error) from error
        try:
            return self._understand(text)
        except (ValueError, KeyError, TypeError, AttributeError):
            self._set_aside()
            return State(seed=secrets.randbits(32))

    @contextlib.contextmanager
    def change(self) -> Iterator[State]:
        """Give the progress to a block that changes it, and store it afterwards; no other process comes in between.

        Raises:
            ProgressError: the file cannot be read or written, or another process holds it for too long.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(self.path, error) from error
        with self._locked():
            state = self.read()
            yield state
            self._write(state)

    def _understand(self, text: str) -> State:
        stored = json.loads(text)
        if isinstance(stored, dict) and isinstance(stored.get("version"), int) and stored["version"] > VERSION:
            raise ProgressError(
                _("{path} was written by a later version of Dockyard.").format(path=self.path),
                _("Use that version, or move the file away to begin anew."),
            )
        return from_json(stored)

    def _set_aside(self) -> None:
        self.backup = self.path.with_name(f"{self.path.stem}.damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
        while self.backup.exists():
            self.backup = self.backup.with_name(f"{self.backup.stem}-more.json")
        with contextlib.suppress(FileNotFoundError):  # another process was quicker
            self.path.rename(self.backup)
        _log.warning("%s could not be understood; it is kept as %s", self.path, self.backup)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        ends = time.monotonic() + _PATIENCE
        with self.path.with_suffix(".lock").open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as taken:
                    if time.monotonic() > ends:
                        raise ProgressError(
                            _("Another process has held {path} for {seconds} seconds.").format(
                                path=lock.name, seconds=int(_PATIENCE)
                            ),
                            _("Close other notebooks of this course, then try again."),
                        ) from taken
                    time.sleep(0.01)
            yield

    def _write(self, state: State) -> None:
        text = json.dumps(to_json(state), indent=1, ensure_ascii=False)
        try:
            with tempfile.NamedTemporaryFile(
                "w", dir=self.path.parent, prefix=".progress-", delete=False, encoding="utf-8"
            ) as draft:
                draft.write(text)
                draft.flush()
                os.fsync(draft.fileno())
            Path(draft.name).replace(self.path)
        except OSError as error:
            raise _unusable(self.path, error) from error


def _unusable(path: Path, error: OSError) -> ProgressError:
    return ProgressError(
        _("{path} cannot be used: {error}").format(path=path, error=error.strerror or str(error)),
        f"ls -ld {path.parent}",
    )
