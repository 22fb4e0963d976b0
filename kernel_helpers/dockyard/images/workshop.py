"""Runs programs in a user namespace so that none outlives the build; it knows nothing of what they do."""

import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from dockyard.errors import ImagesError
from dockyard.i18n import _
from dockyard.machine.userns import UserNamespace

FILES = Path(__file__).parent / "files"
ENVIRONMENT = {
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
}


class Workshop:
    """Starts programs in PID namespaces of their own, each of which ends when this process does."""

    def __init__(self, namespace: UserNamespace, logs: Path) -> None:
        self._namespace = namespace
        self.logs = logs
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def start(
        self, argv: Sequence[str], log: str, *, namespaces: Sequence[str] = (), env: Mapping[str, str] = ENVIRONMENT
    ) -> subprocess.Popen[bytes]:
        """Start a program as root of the user namespace, with mount and PID namespaces of its own.

        Args:
            argv: the program and its arguments.
            log: the name of the log that takes its standard error.
            namespaces: more of them, as options of unshare(1).
            env: its whole environment.

        Returns:
            The process of unshare, whose only child is PID 1 of the new PID namespace. Its standard output is a pipe;
            all in the namespace ends when its standard input does.

        Raises:
            ImagesError: the workshop has been stopped.
        """
        unshare = ["unshare", "--fork", "--pid", "--kill-child", "--mount", *namespaces]
        tether = ["bash", "-c", (FILES / "tethered").read_text(), "tethered"]
        with self._lock, self.log(log).open("wb") as errors:
            if self._stopped:
                raise ImagesError(_("The build was stopped."), "dockyard images build")
            process = subprocess.Popen(
                self._namespace.command([*unshare, *tether, *argv]),
                env=env,
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
            self._running.add(process)
        return process

    def run(self, argv: Sequence[str], log: str, *, env: Mapping[str, str] = ENVIRONMENT) -> None:
        """Run a program to its end.

        Raises:
            ImagesError: it failed.
        """
        process = self.start(argv, log, env=env)
        process.stdout.read()  # type: ignore[union-attr] # a pipe was asked for
        code = process.wait()
        self._running.discard(process)
        if code:
            raise self.failure(Path(argv[0]).name, log)

    def stop(self) -> None:
        """End all programs; no further one can be started."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            process.kill()  # --kill-child takes the whole PID namespace along
            process.wait()

    def log(self, name: str) -> Path:
        """Return the file of a log."""
        return self.logs / f"{name}.log"

    def failure(self, doing: str, log: str) -> ImagesError:
        """Return the error for a program that failed, with the end of its log."""
        words = "\n".join("  " + line for line in self.log(log).read_text(errors="replace").splitlines()[-8:])
        return ImagesError(
            _("{program} failed while the course images were built. Its last words:\n{words}").format(
                program=doing, words=words
            ),
            _("The whole log is {log}. Running the command again goes on from here: dockyard images build").format(
                log=self.log(log)
            ),
        )
