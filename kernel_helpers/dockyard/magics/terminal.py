"""Notices that a command wanted a terminal, which no cell has, and offers one; it opens none itself."""

import html
import json
import re
import shlex

from dockyard.i18n import gettext as _
from dockyard.widgets.view import View

OPEN_TERMINAL = "dockyard:open-terminal"
"""The JupyterLab command of Dockyard's extension; its argument `text` is typed into a terminal in the machine."""

HOME = "/root"
_TAIL = 4000

_REFUSALS = re.compile(
    r"the input device is not a TTY"  # docker run -it, exec -it, attach
    r"|from a non[ -]TTY device"  # docker login
    r"|Standard input is not a terminal"  # nano
    r"|failed tty get"  # top
    r"|not a (?:tty|terminal)$"
    r"|Error opening terminal"  # ncurses
    r"|could not read (?:Username|Password)",  # git
    re.IGNORECASE | re.MULTILINE,
)

_INTERACTIVE = re.compile(r"\bdocker\b.*\s(?:-\w*t\w*|--tty|attach|login)\b|\b(?:nano|top|htop|less|more|watch|git)\b")


class Tail:
    """The end of what a command wrote."""

    def __init__(self) -> None:
        self._text = ""

    def add(self, text: str) -> None:
        """Take more of it."""
        self._text = (self._text + text[-_TAIL:])[-_TAIL:]

    @property
    def wants_terminal(self) -> bool:
        """Whether the command said that it misses a terminal."""
        return _REFUSALS.search(self._text) is not None


def command_for_terminal(script: str, directory: str | None) -> str:
    """Return what to type in a terminal to get what a cell could not give.

    Args:
        script: the cell's commands.
        directory: the session's current directory.
    """
    joined = script.replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines() if line.strip() and not line.strip().startswith("#")]
    chosen = next((line for line in lines if _INTERACTIVE.search(line)), lines[0] if len(lines) == 1 else "")
    if not chosen or directory in (None, HOME):
        return chosen
    return f"cd {shlex.quote(directory)} && {chosen}"


def offer(command: str) -> View:
    """Return the word about terminals, with a button that opens one.

    Args:
        command: what will stand at its prompt; the learner presses Enter.
    """
    word = _("This command wants a terminal to talk to, and a cell is none.")
    way = _("Run it in a terminal in the machine: in JupyterLab with the button, elsewhere with `dockyard shell`.")
    arguments = html.escape(json.dumps({"text": command}))
    button = (
        f'<button type="button" class="dockyard-button" data-commandlinker-command="{OPEN_TERMINAL}"'
        f' data-commandlinker-args="{arguments}">{html.escape(_("Open a terminal in the machine"))}</button>'
    )
    typed = f"<pre><code>{html.escape(command)}</code></pre>" if command else ""
    shell = html.escape(way).replace("`dockyard shell`", "<code>dockyard shell</code>")
    return View(
        "\n".join([word, way, *([f"    {command}"] if command else [])]),
        f'<div role="note"><p>{html.escape(word)} {shell}</p>{typed}{button}</div>',
    )
