"""The magics that run commands and write files in the machine; they know no exercise."""

import posixpath
import shlex

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, cell_magic, line_cell_magic, line_magic, magics_class, no_var_expand

from dockyard.errors import MachineError, UsageError
from dockyard.i18n import gettext as _
from dockyard.i18n import ngettext
from dockyard.machine import Machine
from dockyard.magics import terminal
from dockyard.magics.notebook import NotebookSink, show_exit_code, start_if_needed, without_traceback
from dockyard.magics.options import parse
from dockyard.magics.output import Output
from dockyard.magics.port import port_link
from dockyard.magics.sessions import Sessions, default_machine
from dockyard.widgets.shown import show
from dockyard.widgets.view import quiet

_IS_DIRECTORY = 90
_WRITE = f"""
if [ -d "$1" ]; then exit {_IS_DIRECTORY}; fi
mkdir -p -- "$(dirname -- "$1")" && cat %s "$1"
"""


@magics_class
class MachineMagics(Magics):
    """%machine, %%machine, %%file and %port.

    Args:
        shell: the IPython of this kernel.
        sessions: the sessions that cells talk to.
    """

    def __init__(self, shell: InteractiveShell, sessions: Sessions) -> None:
        super().__init__(shell)
        self._sessions = sessions

    @line_cell_magic
    @no_var_expand
    @without_traceback
    def machine(self, line: str, cell: str | None = None) -> None:
        """Run commands in the machine, in a bash session that lasts.

        %machine [--world] [--name NAME] [--timeout SECONDS] COMMAND

        %%machine [--world] [--name NAME] [--timeout SECONDS], with commands in the cell's other lines

        The directory, variables, functions and background jobs stay for the next cell. `exit` ends the cell and not
        the session. Commands have no terminal and no input.
        """
        chosen = parse(line, flags=["--world"], values=["--name", "--timeout"])
        if cell is None and not chosen.rest:
            raise UsageError(_("There is no command to run."), "%machine docker info")
        if cell is not None and chosen.rest:
            raise UsageError(
                _("After %%machine on the same line there is: {text}").format(text=chosen.rest),
                _("Put the commands into the lines below."),
            )
        self._run(
            chosen.rest if cell is None else cell,
            chosen.values.get("--name", default_machine()),
            world="--world" in chosen.flags,
            timeout=_seconds(chosen.values.get("--timeout")),
        )

    def _run(self, script: str, name: str, *, world: bool, timeout: float | None) -> None:
        start_if_needed(name)
        session = self._sessions.get(name, world=world)
        tail = terminal.Tail()
        output = Output(NotebookSink())

        def take(text: str) -> None:
            tail.add(text)
            output.feed(text)

        try:
            code = session.run(script, take, timeout)
        finally:
            output.finish()
        if code:
            show_exit_code(code)
            if tail.wants_terminal and not world and name == default_machine():
                show(terminal.offer(terminal.command_for_terminal(script, session.directory)))

    @cell_magic
    @no_var_expand
    @without_traceback
    def file(self, line: str, cell: str) -> None:
        """Write the cell's other lines into a file in the machine.

        %%file [-a] [--name NAME] PATH

        A relative path begins in the session's current directory. Missing directories are made. -a appends.
        """
        chosen = parse(line, flags=["-a"], values=["--name"])
        words = shlex.split(chosen.rest)
        if len(words) != 1:
            raise UsageError(_("%%file needs one path."), "%%file /root/web/Dockerfile")
        name = chosen.values.get("--name", default_machine())
        start_if_needed(name)
        directory = self._sessions.get(name).directory or terminal.HOME
        path = posixpath.normpath(posixpath.join(directory, _without_tilde(words[0])))
        text = cell if cell.endswith("\n") or not cell else f"{cell}\n"
        append = "-a" in chosen.flags
        _write(Machine(name), path, text, append=append)
        sentence = (
            ngettext("Added {lines} line to {path}.", "Added {lines} lines to {path}.", text.count("\n"))
            if append
            else ngettext("Wrote {path}: {lines} line.", "Wrote {path}: {lines} lines.", text.count("\n"))
        )
        show(quiet(sentence.format(path=path, lines=text.count("\n"))))

    @line_magic
    @no_var_expand
    @without_traceback
    def port(self, line: str) -> None:
        """Show the way to a published port of the machine.

        %port PORT [PATH]
        """
        words = line.split()
        if not words or len(words) > 2 or not words[0].isdecimal() or not 0 < int(words[0]) < 65536:
            raise UsageError(_("%port needs a port, from 1 to 65535."), "%port 8080")
        show(port_link(int(words[0]), words[1] if len(words) > 1 else ""))


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if seconds > 0:
        return seconds
    raise UsageError(_("{text} is no number of seconds.").format(text=text), "%%machine --timeout 60")


def _without_tilde(path: str) -> str:
    return terminal.HOME + path[1:] if path == "~" or path.startswith("~/") else path


def _write(machine: Machine, path: str, text: str, *, append: bool) -> None:
    done = machine.run(["sh", "-c", _WRITE % (">>" if append else ">"), "sh", path], input=text)
    if done.returncode == _IS_DIRECTORY:
        raise UsageError(
            _("{path} is a directory.").format(path=path),
            _("Add the file's name: %%file {path}/Dockerfile").format(path=path.rstrip("/")),
        )
    if done.returncode != 0:
        raise MachineError(
            _("{path} could not be written: {error}").format(path=path, error=done.stderr.strip()),
            f"%machine ls -ld {shlex.quote(posixpath.dirname(path))}",
        )
