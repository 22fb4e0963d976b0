"""Shows in the notebook what a cell has to tell besides an answer; it knows no magic."""

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec

from dockyard.errors import DockyardError
from dockyard.i18n import gettext as _
from dockyard.machine import Progress
from dockyard.magics.output import Display
from dockyard.magics.sessions import ensure_running
from dockyard.widgets.shown import Shown, show
from dockyard.widgets.view import View, quiet

_Parameters = ParamSpec("_Parameters")


class _Replaceable:
    """Text that a program writes again and again."""

    def __init__(self, text: str) -> None:
        self._shown = Shown(_as_is(text))

    def update(self, text: str) -> None:
        self._shown.replace(_as_is(text))


def _as_is(text: str) -> View:
    return View(text, "")


class NotebookSink:
    """The output of the cell that is running."""

    def write(self, text: str) -> None:
        """Show text after what was written before."""
        sys.stdout.write(text)

    def display(self, text: str) -> Display:
        """Show text that can be replaced."""
        sys.stdout.flush()
        return _Replaceable(text)


class _StartReport:
    """Shows how a machine is started, in one line that is updated."""

    def __init__(self) -> None:
        self._shown: Shown | None = None

    def __call__(self, progress: Progress) -> None:
        """Show how far it is."""
        self._show(_("The machine is being started: {doing} ({percent:.0%})"), progress.doing, progress.fraction)

    def done(self) -> None:
        """Say that it runs now."""
        self._show(_("The machine was not running; it has been started."))

    def _show(self, sentence: str, doing: str = "", percent: float = 1.0) -> None:
        view = quiet(sentence.format(doing=doing, percent=percent))
        if self._shown is None:
            self._shown = Shown(view)
        else:
            self._shown.replace(view)


def start_if_needed(name: str) -> None:
    """Start a machine if it does not run, and show that."""
    report = _StartReport()
    if ensure_running(name, report):
        report.done()


def show_exit_code(code: int) -> None:
    """Show the exit code of a command that did not succeed."""
    show(quiet(_("exit code {code}").format(code=code)))


class CellError(Exception):
    """Ends a cell as failed, with sentences in the place of a traceback.

    Jupyter stops "run all" only at a cell that raises.
    """

    def _render_traceback_(self) -> list[str]:
        """Return the lines to show; IPython asks for them instead of formatting the traceback."""
        return str(self).splitlines()


def without_traceback(magic: Callable[_Parameters, None]) -> Callable[_Parameters, None]:
    """Let a magic's errors be shown as what was found and the next step, and an interrupt as one line."""

    @functools.wraps(magic)
    def told(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        try:
            magic(*args, **kwargs)
        except DockyardError as problem:
            raise CellError(str(problem)) from None
        except KeyboardInterrupt:
            raise CellError(_("Interrupted.")) from None

    return told
