"""Lints for what scaffolding left to the author and the author left as it was."""

from collections.abc import Iterator

from dockyard.course.linting.finding import Finding
from dockyard.course.loading import Course

# What scaffolding writes where an author's words belong.
FILL = "FILL"


def check(course: Course) -> Iterator[Finding]:
    """Find every place that still is to be filled in."""
    patterns = ("course.toml", "exercises/*.py", "claims/*.py", "en/*.ipynb", "zh/*.ipynb")
    for pattern in patterns:
        for path in sorted(course.directory.glob(pattern)):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if FILL in line:
                    yield Finding("fill", path, f"line {number}", line.strip()[:80], "write what belongs there")
