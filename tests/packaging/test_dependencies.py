"""Whatever the package imports, pyproject.toml asks for: nothing works by the luck of somebody else's dependency."""

import ast
import importlib.metadata
import sys
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PACKAGE = Path(__file__).resolve().parents[2] / "kernel_helpers" / "dockyard"


def imported() -> set[str]:
    """The top-level names of all modules that are imported anywhere in the package."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add((node.module or "").partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"dockyard"}


def test_every_import_is_declared(project: dict[str, Any]) -> None:
    declared = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    owners = importlib.metadata.packages_distributions()
    missing = {}
    for name in imported():
        distributions = {canonicalize_name(owner) for owner in owners.get(name, [name])}
        if not distributions & declared:
            missing[name] = distributions
    assert not missing
