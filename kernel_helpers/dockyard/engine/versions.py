"""Orders the versions of the engine; it asks no engine for its own."""

import re


def order(version: str) -> tuple[int, ...]:
    """Return what versions are sorted by: "20.10.24+dfsg1" comes before "23.0"."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
