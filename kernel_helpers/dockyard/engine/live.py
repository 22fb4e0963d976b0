"""Answers questions from a running machine: its engine's API, its journal and commands run in it; it judges nothing."""

import contextlib
import io
import json
import subprocess
import tarfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import docker
import requests
from docker.errors import APIError, DockerException, NotFound

from dockyard.engine.source import Question
from dockyard.errors import EvidenceError
from dockyard.i18n import _
from dockyard.machine import journal

# The longest that one question may take, in seconds, whatever the check's deadline still allows.
_ONE_QUESTION = 5.0
# How much of a file or of the output of a probe is kept, in bytes.
_KEPT = 65_536
# How long the journal may lag behind the engine's own events, in seconds.
_JOURNAL_LAG = 2.0


class Place(Protocol):
    """What is needed of a machine: `dockyard.machine.Machine` is one."""

    @property
    def socket(self) -> Path:
        """The engine's API socket."""
        ...  # pragma: no cover - a protocol

    @property
    def journal(self) -> Path:
        """The journal's file."""
        ...  # pragma: no cover - a protocol

    def run(self, argv: Sequence[str], *, world: bool = False, timeout: float | None = None) -> Any:
        """Run a command in the machine or the world, as subprocess.run does."""
        ...  # pragma: no cover - a protocol


class Connection:
    """A connection to a machine's engine, made when it is needed and kept: making one costs more than a question.

    Args:
        machine: whose engine.
    """

    def __init__(self, machine: Place) -> None:
        self._machine = machine
        self._client: docker.APIClient | None = None

    @property
    def client(self) -> docker.APIClient:
        """The client of the Docker SDK; the version of the API is the engine's own."""
        if self._client is None:
            self._client = docker.APIClient(base_url=f"unix://{self._machine.socket}", version="auto")
            self._client.trust_env = False  # requests would look for proxies and a .netrc at every question
        return self._client

    def close(self) -> None:
        """Close it; the next question opens another."""
        if self._client is not None:
            self._client.close()
            self._client = None


class LiveSource:
    """Asks a running machine.

    Args:
        machine: the machine.
        since: the journal counts from here (seconds since the epoch).
        deadline: what all questions together may take, in seconds.
        connection: to the machine's engine, where there is one already.
    """

    def __init__(
        self, machine: Place, since: float = 0.0, deadline: float = 10.0, connection: Connection | None = None
    ) -> None:
        self._machine = machine
        self._since = since
        self._ends = time.monotonic() + deadline
        self._connection = connection or Connection(machine)
        self._answer: dict[str, Callable[[Question, float], Any]] = {
            "get": self._get,
            "logs": self._logs,
            "file": self._file,
            "events": self._events,
            "probe": self._probe,
        }

    def ask(self, question: Question) -> Any:
        """Return the answer.

        Raises:
            EvidenceError: the engine does not answer, or the time is up.
        """
        left = min(self._ends - time.monotonic(), _ONE_QUESTION)
        if left <= 0:
            raise EvidenceError(
                _("The check took longer than it may: the engine is slow to answer."),
                _("Wait until the machine is less busy, then check again."),
            )
        try:
            return self._try(question, left)
        except (DockerException, requests.RequestException, OSError):
            self._connection.close()  # the engine may have been restarted since the last question
        try:
            return self._try(question, left)
        except (DockerException, requests.RequestException, OSError) as error:
            raise EvidenceError(
                _("The engine did not answer: {error}").format(error=_reason(error)), "%machine service docker status"
            ) from error

    def _try(self, question: Question, left: float) -> Any:
        try:
            return self._answer[question.kind](question, left)
        except NotFound:
            return None

    def _get(self, question: Question, left: float) -> Any:
        engine = self._connection.client
        url = f"{engine.base_url}/v{engine.api_version}{question.subject}"
        answer = engine.get(url, params=dict(question.options), timeout=left)
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        return answer.json()

    def _logs(self, question: Question, _left: float) -> str:
        words = self._connection.client.logs(question.subject, tail=question.options["tail"])
        return bytes(words).decode(errors="replace")

    def _file(self, question: Question, _left: float) -> dict[str, Any] | None:
        chunks, stat = self._connection.client.get_archive(question.subject, question.options["path"])
        with tarfile.open(fileobj=io.BytesIO(b"".join(chunks))) as archive:
            member = archive.next()
            if member is None:
                return None
            opened = archive.extractfile(member) if member.isreg() else None
            content = opened.read(_KEPT).decode(errors="replace") if opened else ""
            names = [entry.name.partition("/")[2] for entry in archive.getmembers()[1:1000]] if member.isdir() else []
        kind = "directory" if member.isdir() else "link" if member.issym() else "file"
        return {
            "kind": kind,
            "mode": f"{member.mode & 0o7777:o}",
            "uid": member.uid,
            "gid": member.gid,
            "size": member.size,
            "mtime": member.mtime,
            "target": stat.get("linkTarget", ""),
            "content": content,
            "names": names,
        }

    def _events(self, _question: Question, left: float) -> list[dict[str, Any]]:
        newest = self._newest_event(left)
        ends = time.monotonic() + min(left, _JOURNAL_LAG)
        while journal.engine_time(self._machine.journal) < newest and time.monotonic() < ends:
            time.sleep(0.01)
        return [
            {
                "time": event.time,
                "type": event.type,
                "action": event.action,
                "actor": event.actor,
                "attributes": event.attributes,
                "inspect": event.inspect,
            }
            for event in journal.read(self._machine.journal, self._since, every_inspect=False)
        ]

    def _newest_event(self, left: float) -> float:
        """Return the time of the engine's newest event, or 0: the journal must have caught up with it."""
        engine = self._connection.client
        now = time.time()
        with contextlib.suppress(APIError):
            found = engine.get(
                f"{engine.base_url}/v{engine.api_version}/events",
                params={"since": f"{max(self._since, now - 60):.9f}", "until": f"{now:.9f}"},
                timeout=left,
            ).text.splitlines()
            if found:
                return float(json.loads(found[-1])["timeNano"]) / 1e9
        return 0.0

    def _probe(self, question: Question, left: float) -> dict[str, Any]:
        seconds = min(float(question.options["timeout"]), left)
        try:
            done = self._machine.run(question.options["argv"], world=question.subject == "world", timeout=seconds)
        except subprocess.TimeoutExpired:
            return {"exit_code": 124, "output": "", "errors": ""}  # as timeout(1) says it
        return {"exit_code": done.returncode, "output": done.stdout[-_KEPT:], "errors": done.stderr[-_KEPT:]}


def _reason(error: Exception) -> str:
    """Return the innermost message of an error: a refused socket says more than the library around it."""
    inner: BaseException = error
    while inner.__context__ is not None:
        inner = inner.__context__
    return str(inner) or type(inner).__name__
