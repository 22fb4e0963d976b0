"""Keeps one shell session for each machine and world that cells talk to; it does not know what cells say."""

import contextlib
import os
import threading
from collections.abc import Callable

from dockyard import setup
from dockyard.errors import DockyardError, MachineError
from dockyard.i18n import gettext as _
from dockyard.machine import Machine, Report
from dockyard.session import Session

RUNNING = ("running", "engine stopped", "unsupervised")


def default_machine() -> str:
    """Return the name of the machine that lessons are about; `dockyard lab` chooses it."""
    return os.environ.get("DOCKYARD_MACHINE") or "default"


def runs(machine: Machine) -> bool:
    """Tell whether commands can be run in a machine now."""
    return machine.status().state in RUNNING


class Sessions:
    """The sessions of this kernel."""

    def __init__(self) -> None:
        self._sessions: dict[tuple[str, bool], Session] = {}
        self._lock = threading.Lock()

    def get(self, name: str, *, world: bool = False) -> Session:
        """Return the session in a machine, or in its world; bash is started with its first command."""
        key = (name, world)
        with self._lock:
            if key not in self._sessions:
                machine = Machine(name)
                self._sessions[key] = Session(lambda argv: machine.command(argv, world=world))
            return self._sessions[key]

    def open_in_background(self, then: Callable[[], None]) -> None:
        """Start the default machine's session while nobody waits, so that the first cell is fast.

        Args:
            then: what else to do there.
        """
        threading.Thread(target=self._open, args=(then,), name="dockyard-open", daemon=True).start()

    def _open(self, then: Callable[[], None]) -> None:
        name = default_machine()
        with contextlib.suppress(DockyardError):  # the first cell meets it again, and has somewhere to say it
            if runs(Machine(name)):
                self.get(name).open()
        then()

    def close(self) -> None:
        """End all sessions and what was started in them."""
        for session in self._sessions.values():
            session.close()


def ensure_running(name: str, report: Report) -> bool:
    """Start a machine if it does not run; what it needs and is not there yet is built first.

    Returns:
        Whether it had to be started.

    Raises:
        MachineError: it is not the lessons' own machine, and there is none of this name.
        DockyardError: it could not be started.
    """
    machine = Machine(name)
    if runs(machine):
        return False
    if name != default_machine() and not machine.exists:
        raise MachineError(_("There is no machine {name}.").format(name=name), f"dockyard start --name {name}")
    setup.start(name, report=report)
    return True
