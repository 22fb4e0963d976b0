"""The route that opens a shell of the machine in a terminal of Jupyter's; what is typed there is not known here."""

from tornado import web

from dockyard.errors import DockyardError
from dockyard.i18n import _
from dockyard.routes.handler import DockyardHandler

# What xterm.js, which draws JupyterLab's terminals, understands.
_TERMINAL = "xterm-256color"


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
