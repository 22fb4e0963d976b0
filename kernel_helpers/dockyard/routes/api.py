"""The REST routes: authenticated JSON about the machine; it knows HTTP and leaves the doing to others."""

import asyncio
import json
from dataclasses import asdict
from types import TracebackType
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado import web

from dockyard.errors import DockyardError, MachineNotRunningError
from dockyard.i18n import _
from dockyard.machine import Machine

# What xterm.js, which draws JupyterLab's terminals, understands.
_TERMINAL = "xterm-256color"


class DockyardHandler(APIHandler):
    """What all routes have in common: the machine, and errors that say the next step."""

    @property
    def machine(self) -> Machine:
        """The machine that this Jupyter server belongs to."""
        machine: Machine = self.settings["dockyard_machine"]
        return machine

    def send_json(self, answer: object) -> None:
        """Answer with JSON; what JSON lacks, such as paths, becomes text."""
        self.finish(json.dumps(answer, default=str))

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log what is not expected; a DockyardError is an answer, not a fault of the server."""
        if not isinstance(value, DockyardError):
            super().log_exception(typ, value, tb)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with what was found and the next step, where the error knows them."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        if not isinstance(error, DockyardError):
            super().write_error(status_code, **kwargs)
            return
        self.set_status(409 if isinstance(error, MachineNotRunningError) else 500)
        self.send_json({"found": error.found, "next_step": error.next_step, "message": str(error)})


class StatusHandler(DockyardHandler):
    """GET dockyard/api/status."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with the machine's status."""
        status = await asyncio.to_thread(self.machine.status)
        self.send_json(asdict(status))


class TerminalsHandler(DockyardHandler):
    """POST dockyard/api/terminals."""

    @web.authenticated
    async def post(self) -> None:
        """Open a terminal of Jupyter's in which a shell of the machine runs; answer with its model.

        JupyterLab then connects to it by name, like to any other terminal.
        """
        manager = self.settings.get("terminal_manager")
        if manager is None:
            raise DockyardError(
                _("This Jupyter server has its terminals switched off."),
                _("Start it with ServerApp.terminals_enabled = True: dockyard lab"),
            )
        argv = self.machine.command(["bash", "-i"], env={"TERM": _TERMINAL})
        self.send_json(manager.create(shell_command=argv))
