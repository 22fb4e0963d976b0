"""What the packaging tests share: the repository's place, its tracked files, its metadata, a catalogue."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

import catalogues

ROOT = Path(__file__).resolve().parents[2]

# A small catalogue with each form that a message can have.
PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "machine"
msgstr "机器"

msgctxt "verb"
msgid "run"
msgstr "运行"

msgid "{n} container"
msgid_plural "{n} containers"
msgstr[0] "{n} 个容器"

msgid "not translated"
msgstr ""

#, fuzzy
msgid "guessed"
msgstr "猜的"
"""


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    # The clone may belong to somebody else than who runs the tests.
    git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listing = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [ROOT / name for name in listing.split("\0") if name]
    return [file for file in files if file.is_file() and not file.is_symlink()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / catalogues.LOCALE / "zh_CN" / "LC_MESSAGES" / "dockyard.po"
    place.parent.mkdir(parents=True)
    place.write_text(PO.lstrip(), encoding="utf-8")
    return place
