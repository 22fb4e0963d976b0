"""Keeps what the claims' experiments showed on each engine, for later comparison; it runs none."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dockyard.claims import Finding
from dockyard.course.loading import Course


def path(course: Course, engine: str) -> Path:
    """Return the file with the results of an engine: claims/results/26.1.json."""
    return course.directory / "claims" / "results" / f"{engine}.json"


def read(course: Course, engine: str) -> Mapping[str, Any]:
    """Return what was stored: the engine's full version, and by each claim's id what was observed."""
    file = path(course, engine)
    stored: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"claims": {}}
    return stored


def store(course: Course, engine: str, findings: Sequence[Finding]) -> None:
    """Store findings beside those of other claims; what is no claim of the course any more goes."""
    new = {finding.claim.id: {"observed": finding.observed, "notes_hold": finding.notes_hold} for finding in findings}
    claims = {**read(course, engine)["claims"], **new}
    kept = {name: claims[name] for name in course.claims if name in claims}
    file = path(course, engine)
    file.parent.mkdir(exist_ok=True)
    text = json.dumps({"engine": findings[0].engine, "claims": kept}, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
