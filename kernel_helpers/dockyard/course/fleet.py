"""Machines for as long as something is proven on them: started side by side, deleted afterwards; it proves nothing."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from dockyard import setup
from dockyard.machine import Machine, paths

_PREFIX = "proof-"

_Work = TypeVar("_Work")
_Result = TypeVar("_Result")


@contextlib.contextmanager
def machines(count: int, engine: str | None = None) -> Iterator[list[Machine]]:
    """Give running machines of this process to a block, and delete them afterwards.

    Args:
        count: how many.
        engine: the engine's version; the default one unless given.

    Raises:
        DockyardError: one could not be started.
    """
    setup.prepare(engine)
    _delete_forgotten()
    names = [f"{_PREFIX}{os.getpid()}-{number}" for number in range(count)]
    try:
        with ThreadPoolExecutor(count) as pool:
            started = list(pool.map(lambda name: setup.start(name, engine), names))
        yield started
    finally:
        for name in names:
            _delete(Machine(name))


def _delete(machine: Machine) -> None:
    """Delete a machine, and its workspace as well where nobody has put anything into it."""
    workspace = machine.workspace
    machine.delete()
    with contextlib.suppress(OSError):
        workspace.rmdir()


def _delete_forgotten() -> None:
    """Delete the machines of earlier processes that were killed before they could do so."""
    for name in paths.machine_names():
        process = name.removeprefix(_PREFIX).partition("-")[0]
        if name.startswith(_PREFIX) and not Path("/proc", process).exists():
            _delete(Machine(name))


def side_by_side(
    work: Sequence[_Work], fleet: Sequence[Machine], do: Callable[[_Work, Machine], _Result]
) -> list[_Result]:
    """Do each piece of work on whichever machine is free, and return the results in the order of the work."""
    free = list(fleet)  # list.pop and list.append are atomic, and there are never more threads than machines

    def one(piece: _Work) -> _Result:
        machine = free.pop()
        try:
            return do(piece, machine)
        finally:
            free.append(machine)

    with ThreadPoolExecutor(len(fleet)) as pool:
        try:
            return list(pool.map(one, work))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
