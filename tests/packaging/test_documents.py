"""What the documents tell people to do exists."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from dockyard import cli
from dockyard.course import linting

DOCUMENTS = ("README.md", "README.zh-CN.md", "AUTHORING.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")
CODE_LINE = re.compile(r"^(?: {4}|\$ )(.+)$", re.MULTILINE)
CODE_SPAN = re.compile(r"`([^`]+)`")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:\S*/)?dockyard (?!COMMAND|命令)([^|]+)")  # a span with | names several
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"`?\bmake ([a-z]+)\b(?=[`\s]|$)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert not [link for link in LINK.findall(text) if not (root / link).exists()]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "AUTHORING.md", "CONTRIBUTING.md"])
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


def commands(text: str) -> list[list[str]]:
    """Return the words that follow each `dockyard` of a document."""
    pieces = [*CODE_LINE.findall(text), *CODE_SPAN.findall(FENCE.sub("", text))]
    found = filter(None, map(COMMAND.fullmatch, pieces))
    return [shlex.split(match[1], comments=True) for match in found]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_command_is_understood(root: Path, name: str) -> None:
    parser = cli._parser()
    for words in commands((root / name).read_text(encoding="utf-8")):
        parser.parse_args(words)  # which exits, and says why, where it understands one of them not


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "AUTHORING.md"])
def test_there_are_commands(root: Path, name: str) -> None:
    assert len(commands((root / name).read_text(encoding="utf-8"))) > 10


def test_authors_can_follow_what_they_read(root, tmp_path, monkeypatch):
    course = tmp_path / "notebooks"
    shutil.copytree(root / "notebooks", course)
    monkeypatch.setenv("DOCKYARD_COURSE", str(course))
    text = (root / "AUTHORING.md").read_text(encoding="utf-8")
    steps = dict.fromkeys(re.findall(r"^ {4}dockyard (course new .+)$", text, re.MULTILINE))
    for step in steps:
        assert cli.main(step.split()) == 0
    assert [step.split()[2] for step in steps] == ["lesson", "exercise", "claim"]
    for language in ("en", "zh"):
        written = (course / language / "04-volumes.ipynb").read_text(encoding="utf-8")
        assert "%check volumes.keep" in written
        assert "%verdict volumes.anonymous" in written
    exercise, sentence, claim = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (course / "exercises" / "volumes.py").write_text(exercise + sentence, encoding="utf-8")
    claims = (root / "notebooks" / "claims" / "volumes.py").read_text(encoding="utf-8")
    (course / "claims" / "volumes.py").write_text(claims + claim, encoding="utf-8")
    findings = [found for found in linting.lint() if found.path.stem in ("volumes", "04-volumes")]
    assert {found.rule for found in findings} == {"fill", "notes.form"}  # the lesson is the author's to write


def test_authors_are_told_of_every_demand(root):
    nouns = (root / "kernel_helpers" / "dockyard" / "engine").glob("*.py")
    demands = {name for path in nouns for name in re.findall(r"^    def (must_\w+)", path.read_text(), re.MULTILINE)}
    told = re.findall(r"\bmust_\w+", (root / "AUTHORING.md").read_text(encoding="utf-8"))
    assert demands == set(told)
