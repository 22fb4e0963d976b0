"""Finds where a lesson puts its exercises; it reads notebooks and judges nothing."""

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from dockyard.course.loading import Course

_PUTS = re.compile(r"^%exercise\s+([\w.]+)", re.MULTILINE)


def exercise_cells(course: Course, lesson: str) -> Mapping[str, str]:
    """Return a lesson's exercises in order, each with the id of the cell that puts it; none where there is no notebook.

    Both languages have the same cells, so the English notebook stands for both.
    """
    path = course.notebook(lesson, "en")
    return _cells(path, path.stat().st_mtime_ns) if path.is_file() else {}


@functools.lru_cache(maxsize=128)
def _cells(path: Path, _modified: int) -> Mapping[str, str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found: dict[str, str] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            for name in _PUTS.findall("".join(cell["source"])):
                found.setdefault(name, cell["id"])
    return found
