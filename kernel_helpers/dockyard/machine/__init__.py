"""The machine: a small Linux system of its own with a real Docker engine; see `Machine`.

Importing the package imports none of its parts: the supervisor, which lives in it, has to be there at once.
"""

from typing import TYPE_CHECKING

__all__ = ["Machine", "MachineStatus", "Progress", "Report"]

if TYPE_CHECKING:
    from dockyard.machine.machine import Machine, MachineStatus
    from dockyard.machine.progress import Progress, Report
else:

    def __getattr__(name: str) -> object:
        """Import what the package offers when it is asked for (PEP 562)."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from dockyard.machine import machine  # noqa: PLC0415 - see above

        return getattr(machine, name)
