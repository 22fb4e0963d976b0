"""Dockyard: learn Docker by breaking a real one. Importing the package imports none of its parts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(ipython: "InteractiveShell") -> None:
    """Add the magics to IPython: `%load_ext dockyard`."""
    from dockyard import magics  # noqa: PLC0415 - only IPython needs them

    magics.load(ipython)
