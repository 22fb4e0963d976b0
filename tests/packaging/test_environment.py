"""environment.yml asks conda for what pyproject.toml asks pip for."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

# Where conda-forge's name is another one.
CONDA_NAMES = {"docker": "docker-py"}
# What a conda environment needs beside the package's own dependencies: pip and Node build and install it.
EXTRA = {"python", "pip", "nodejs"}


@pytest.fixture
def conda(root: Path) -> dict[str, SpecifierSet]:
    entries = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pairs = [entry.partition(" ") for entry in entries if isinstance(entry, str)]
    return {canonicalize_name(name): SpecifierSet(bounds) for name, _space, bounds in pairs}


def test_every_dependency_has_the_same_bounds(project: dict[str, Any], conda: dict[str, SpecifierSet]) -> None:
    wanted = {}
    for text in project["dependencies"]:
        requirement = Requirement(text)
        wanted[CONDA_NAMES.get(requirement.name, canonicalize_name(requirement.name))] = requirement.specifier
    found = {name: bounds for name, bounds in conda.items() if name not in EXTRA}
    assert found == wanted


def test_python_has_the_same_bound(project: dict[str, Any], conda: dict[str, SpecifierSet]) -> None:
    assert conda["python"] == SpecifierSet(project["requires-python"])


def test_the_package_itself_is_installed(root: Path) -> None:
    entries = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert {"pip": ["--editable ."]} in entries
