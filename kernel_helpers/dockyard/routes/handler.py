"""What REST routes share: JSON in the reader's language, and errors that say the next step; it answers nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, TypeVar

import aiohttp
from jupyter_server.base.handlers import APIHandler

from dockyard.errors import DockyardError, EvidenceError, LockTakenError, MachineNotRunningError, NotThereError
from dockyard.i18n import LANGUAGES, _, speak
from dockyard.machine import Machine
from dockyard.routes.live.engine import Engine, EngineError, connect
from dockyard.routes.live.watch import Watch
from dockyard.tutor import Tutor

_Answer = TypeVar("_Answer")


_STATUS: tuple[tuple[type[DockyardError], int], ...] = (
    (NotThereError, 404),
    (MachineNotRunningError, 409),
    (LockTakenError, 409),
    (EvidenceError, 503),
)


class DockyardHandler(APIHandler):
    """A route: every method that answers is `@web.authenticated`.

    The query's `lang`, "en" or "zh", is the language of the answer; without it that of the server.
    """

    async def prepare(self, **options: Any) -> None:
        """Speak the reader's language from here on; each request is a task of its own."""
        chosen = self.get_query_argument("lang", "")
        if chosen in LANGUAGES:
            speak(chosen)
        await super().prepare(**options)

    @property
    def machine(self) -> Machine:
        """The machine that this Jupyter server belongs to."""
        machine: Machine = self.settings["dockyard_machine"]
        return machine

    async def ask_tutor(self, question: Callable[[Tutor], _Answer]) -> _Answer:
        """Return what the tutor answers; it is asked in a thread, and reads the course when it is asked first.

        Raises:
            CourseError: the course is missing or wrong.
        """
        tutor: Callable[[], Tutor] = self.settings["dockyard_tutor"]
        return await asyncio.to_thread(lambda: question(tutor()))

    @property
    def watch(self) -> Watch:
        """What the websocket tells."""
        watch: Watch = self.settings["dockyard_watch"]
        return watch

    @asynccontextmanager
    async def engine(self) -> AsyncIterator[Engine]:
        """Give a connection to the machine's engine.

        Raises:
            MachineNotRunningError: the machine is not running.
            EvidenceError: its engine does not answer.
        """
        self.machine.processes()
        try:
            async with connect(self.machine.socket) as engine:
                yield engine
        except (aiohttp.ClientError, OSError) as error:
            raise EvidenceError(
                _("The engine did not answer: {error}").format(error=error),
                f"dockyard exec{self.machine.option} -- service docker status",
            ) from error

    def send_json(self, answer: object) -> None:
        """Answer with JSON; what JSON lacks, such as paths, becomes text."""
        self.finish(json.dumps(answer, default=str))

    def send_nothing(self) -> None:
        """Answer that it is done."""
        self.set_status(204)
        self.finish()

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log what is not expected; an error that a person can act on is an answer, not a fault of the server."""
        if not isinstance(value, DockyardError | EngineError):
            super().log_exception(typ, value, tb)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with what was found and the next step, where the error knows them."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(error, EngineError):
            self._send_error(error.status, str(error), "")
        elif isinstance(error, DockyardError):
            status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
            self._send_error(status, error.found, error.next_step)
        else:
            super().write_error(status_code, **kwargs)

    def _send_error(self, status: int, found: str, next_step: str) -> None:
        self.set_status(status)
        message = f"{found}\n→ {next_step}" if next_step else found
        self.send_json({"found": found, "next_step": next_step, "message": message})
