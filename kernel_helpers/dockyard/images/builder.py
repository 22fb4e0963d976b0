"""Boots the engine that builds course images and runs commands beside it; which images, others decide."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from dockyard.errors import ImagesError
from dockyard.i18n import _
from dockyard.images import store
from dockyard.images.workshop import ENVIRONMENT, Workshop


class Builder:
    """An engine of its own, with the apt repository and the hub under construction on its loopback."""

    def __init__(self, workshop: Workshop, rootfs: Path, staging: Path) -> None:
        self._workshop = workshop
        self._process = workshop.start(
            ["bash", str(staging / "sources" / "files" / "builder")],
            "engine",
            namespaces=("--net", "--uts", "--ipc"),
            env=ENVIRONMENT | {"ROOTFS": str(rootfs), "STAGING": str(staging), "KEYS": str(store.keys())},
        )

    def wait(self) -> None:
        """Return when the engine answers.

        Raises:
            ImagesError: it ended instead.
        """
        line = self._process.stdout.readline()  # type: ignore[union-attr] # a pipe was asked for
        if line != b"ready\n":
            raise self._workshop.failure("dockerd", "engine")

    def run(self, argv: Sequence[str], log: str) -> str:
        """Run a command in the builder, as root there, and return its standard output.

        Args:
            argv: the command.
            log: the name of the log to which its standard error is added.

        Raises:
            ImagesError: it failed, or the builder is gone.
        """
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children")
        inside = children.read_text().split() if children.exists() else []
        if not inside:
            raise ImagesError(_("The engine that builds course images is gone."), "dockyard images build")
        enter = ["nsenter", f"--target={inside[0]}", "--user", "--mount", "--net", "--pid", "--uts", "--ipc"]
        with self._workshop.log(log).open("ab") as errors:
            done = subprocess.run(
                [*enter, "--setuid=0", "--setgid=0", "--", *argv],
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd="/",
                check=False,
            )
        if done.returncode:
            raise self._workshop.failure(" ".join(argv[:2]), log)
        return done.stdout.decode()
