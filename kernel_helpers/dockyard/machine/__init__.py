"""The machine: a small Linux system of its own with a real Docker engine; see `Machine`."""

from dockyard.machine.machine import Machine, MachineStatus
from dockyard.machine.progress import Progress, Report

__all__ = ["Machine", "MachineStatus", "Progress", "Report"]
