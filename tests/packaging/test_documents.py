"""What the READMEs tell people to do exists."""

import re
from pathlib import Path

import pytest

DOCUMENTS = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"`?\bmake ([a-z]+)\b(?=[`\s]|$)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert not [link for link in LINK.findall(text) if not (root / link).exists()]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_make_targets_exist(root: Path, name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = (root / name).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"`[^`]+`|```.*?```", text, re.DOTALL))
    assert set(MAKE.findall(code)) <= targets


def test_both_readmes_show_the_same_commands(root: Path) -> None:
    english, chinese = (
        [
            line.partition("#")[0].replace("本仓库", "this repository").strip()
            for line in text.splitlines()
            if line.startswith("$ ")
        ]
        for text in ((root / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    )
    assert english == chinese
