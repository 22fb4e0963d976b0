"""Starts a machine's supervisor, a process, and hears from it until the machine is ready; it boots nothing itself."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from dockyard import errors
from dockyard.errors import MachineError
from dockyard.i18n import _
from dockyard.machine.launcher import Plan
from dockyard.machine.progress import Progress, Report
from dockyard.machine.state import MachineFiles


class SupervisorProcess:
    """A process that loads the supervisor and waits to be told what to boot the machine from.

    To load it takes as long as to end a machine, so that a reset has both done at once. Closed, one that has not been
    told ends by itself.

    Args:
        name: the machine's name.
        files: its files.
    """

    def __init__(self, name: str, files: MachineFiles) -> None:
        self._name = name
        self._log = files.log
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dockyard.machine.supervisor", name],  # the name is for ps(1)
                env={**os.environ, "PYTHONPATH": str(Path(errors.__file__).parent.parent)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                cwd="/",
                text=True,
            )
        if self._process.stdin is None or self._process.stdout is None:  # pragma: no cover - pipes were asked for
            raise AssertionError
        self._commands, self._answers = self._process.stdin, self._process.stdout

    def close(self) -> None:
        """Let go of it."""
        with contextlib.suppress(BrokenPipeError):  # what one that has died did not take is still on its way
            self._commands.close()
        self._answers.close()

    def boot(self, plan: Plan, report: Report) -> None:
        """Have the machine booted and return when it is ready, which the process then stays with.

        Raises:
            DockyardError: what the supervisor met.
            MachineError: the supervisor ended without a word.
        """
        with contextlib.closing(self):
            try:
                self._commands.write(plan.as_line())
                self._commands.flush()
                for line in self._answers:
                    if self._heard(json.loads(line), report):
                        return
            except BrokenPipeError:
                pass  # it has ended; its log says why
            except KeyboardInterrupt:
                self._process.terminate()
                self._process.wait()
                raise
        raise MachineError(
            _("The supervisor of the machine {name} ended. {log} says why.").format(name=self._name, log=self._log),
            "dockyard doctor",
        )

    def _heard(self, said: dict[str, Any], report: Report) -> bool:
        """Pass on what the supervisor said; return whether the machine is ready."""
        if "error" in said:
            kind, found, next_step = said["error"]
            raise getattr(errors, kind)(found, next_step)
        if "ready" in said:
            report(Progress("machine", 1, _("the machine is ready")))
            return True
        report(Progress("machine", said["fraction"], said["doing"]))
        return False
