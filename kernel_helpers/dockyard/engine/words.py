"""Turns facts into words that fit into any sentence: lists, code, sizes, what an exit code means."""

from collections.abc import Iterable

from dockyard.engine.sentences import fill
from dockyard.i18n import _

_LONGEST = 160
_MOST = 6


def short(text: str, longest: int = _LONGEST) -> str:
    """Return a text in one line, cut when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def as_code(text: str) -> str:
    """Return a text marked as code; backquotes in it would end the mark, so they become quotes."""
    return "`" + text.replace("`", "'") + "`"


def codes(items: Iterable[str]) -> str:
    """Return the items as code, with commas; at most six of them."""
    chosen = list(items)
    shown = ", ".join(as_code(short(item, 60)) for item in chosen[:_MOST])
    return shown + (", …" if len(chosen) > _MOST else "")


def listing(message: str, items: Iterable[str]) -> str:
    """Return a translated message with {names} filled, or nothing where there are no items.

    Args:
        message: a message of the package's catalogue.
        items: what to list.
    """
    chosen = list(items)
    return fill(_(message), {"names": codes(chosen)}) if chosen else ""


def exit_meaning(number: int, *, out_of_memory: bool = False) -> str:
    """Return what an exit code tells, from the Docker run reference and signal(7)."""
    if out_of_memory:
        return _("The kernel ended it because it used more memory than its limit allows.")
    meanings = {
        0: _("Code 0: its main process had finished. A container lives as long as its main process and no longer."),
        125: _("Code 125: the engine itself failed to start it."),
        126: _("Code 126: the command was found but could not be run."),
        127: _("Code 127: the command was not found in the image."),
        130: _("Code 130: it was interrupted (signal 2, Ctrl-C)."),
        137: _("Code 137: it was killed (signal 9), by `docker kill`, `docker rm -f` or a stop that took too long."),
        139: _("Code 139: it crashed (signal 11)."),
        143: _("Code 143: it was asked to end (signal 15), as `docker stop` does."),
    }
    return meanings.get(number) or _("A code other than 0 means that the main process reported a failure.")
