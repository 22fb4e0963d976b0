"""The pinned requirements are whole, suit pyproject.toml and name no place."""

import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILES = ("requirements.txt", "requirements-test.txt", "requirements-node.txt")
PIN = re.compile(r"[a-z0-9-]+==[0-9][0-9A-Za-z.+!]*")


def pins(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "==" in line]
    return dict(line.split("==") for line in lines)


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_one_pin(root: Path, name: str) -> None:
    for line in (root / name).read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or line == "-r requirements.txt" or PIN.fullmatch(line), line


@pytest.mark.parametrize(
    ("wanted", "files"),
    [("lab", ["requirements.txt"]), ("test", FILES[:2]), ("dev", FILES[:2])],
)
def test_pins_suit_the_bounds(root: Path, project: dict[str, Any], wanted: str, files: list[str]) -> None:
    found: dict[str, str] = {}
    for name in files:
        found |= pins(root / name)
    asked = project["dependencies"] if wanted == "lab" else project["optional-dependencies"][wanted]
    for text in asked:
        requirement = Requirement(text)
        version = found.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} has no pin: run `make pins`"
        assert requirement.specifier.contains(version), f"{text} and {version} do not agree: run `make pins`"


def test_every_dependency_has_both_bounds(project: dict[str, Any]) -> None:
    for text in project["dependencies"]:
        operators = {one.operator for one in Requirement(text).specifier}
        assert operators == {">=", "<"}, text
