"""Shows how far a long step is, on standard error: bars on a terminal, else a line for each step."""

import contextlib
import sys
import time
from collections.abc import Iterator

from dockyard.i18n import _
from dockyard.machine import Progress, Report


@contextlib.contextmanager
def progress() -> Iterator[Report]:
    """Give a function to report progress to while the block runs."""
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
    else:
        yield _Lines().report


@contextlib.contextmanager
def _bars() -> Iterator[Report]:
    # imported here because most commands show no bars, and these take 0.1 s
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    names = {"rootfs": _("root filesystem"), "images": _("course images"), "machine": _("machine")}
    columns = (
        TextColumn("{task.fields[name]:>16}"),
        BarColumn(30),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def report(told: Progress) -> None:
            if told.stage not in tasks:
                tasks[told.stage] = bars.add_task("", total=1, name=names.get(told.stage, told.stage))
            bars.update(tasks[told.stage], completed=told.fraction, description=told.doing)

        yield report


class _Lines:
    """Says each new step once, with the seconds since the beginning."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._last = ""

    def report(self, told: Progress) -> None:
        line = f"{told.stage}: {told.doing}"
        if line != self._last:
            self._last = line
            print(f"[{time.monotonic() - self._began:5.1f} s] {line}", file=sys.stderr, flush=True)
