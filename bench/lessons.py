"""Runs the lessons as notebooks, and the same commands by hand in a shell of the machine; it judges no output.

"By hand" is what one bash in the machine takes for all that a lesson does there: the commands of its cells, the files
that it writes, the setups of its exercises and the experiments of its claims. What a notebook adds to that is
Dockyard: a kernel, the way into the machine, checks, verdicts and widgets.
"""

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import nbformat

from dockyard.course import Course, load, running
from dockyard.engine.sentences import fill
from dockyard.machine import Machine
from measure import timed

_CELL = re.compile(r"%%machine\s*\n(.*)", re.DOTALL)
_FILE = re.compile(r"%%file +(\S+)\n(.*)", re.DOTALL)
_LINE = re.compile(r"%(exercise|verdict) +(\S+)")


def notebook(machine: Machine, lesson: Path) -> float:
    """Return how many seconds a lesson takes as a notebook, on a machine that is as new; its kernel's start counts."""
    machine.reset()
    book = nbformat.read(lesson, as_version=4)
    return timed(lambda: running.execute(book, machine))


def by_hand(machine: Machine, lesson: Path) -> float:
    """Return how many seconds the lesson's commands take in one bash of a machine that is as new."""
    machine.reset()
    pieces = list(_pieces(lesson, load()))
    source = resources.files("dockyard.exercises").joinpath("setup.sh").read_text(encoding="utf-8")
    machine.run(["sh", "-c", "mkdir -p /run/by-hand && cat > /run/by-hand/setup"], input=source, check=True)
    for number, piece in enumerate(pieces):
        machine.run(["sh", "-c", f"cat > /run/by-hand/{number}"], input=piece, check=True)
    script = "".join(f". /run/by-hand/{number} > /dev/null 2>&1 < /dev/null\n" for number in range(len(pieces)))
    return timed(lambda: machine.run(["bash"], input=script))


def _pieces(lesson: Path, course: Course) -> Iterator[str]:
    """Yield what a lesson runs in the machine, in order, as bash."""
    for cell in nbformat.read(lesson, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        if found := _CELL.match(cell.source):
            yield found[1]
        elif found := _FILE.match(cell.source):
            yield f"mkdir -p $(dirname {found[1]}); cat > {found[1]} << 'END OF FILE'\n{found[2]}\nEND OF FILE\n"
        elif found := _LINE.match(cell.source):
            yield from _asked(course, *found.groups())


def _asked(course: Course, magic: str, name: str) -> Iterator[str]:
    """Yield what a magic makes the machine do: in shells of their own, as it does."""
    if magic == "exercise":
        exercise = course.exercise(name)
        yield f"( . /run/by-hand/setup\nset -e\n{fill(exercise.setup, exercise.draw(0))}\n)"
    else:
        claim = course.claim(name)
        yield f"( cd $(mktemp -d)\n{claim.experiment}\n)\n( {claim.cleanup or ':'}\n)"
