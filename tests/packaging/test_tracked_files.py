"""No tracked file names a package registry's host or a place on one computer: people install from mirrors."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

# Put together here, so that this file does not hold what it looks for.
WELL_KNOWN = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("registry", "npmmirror", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("snapshot", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("conda", "anaconda", "org"),
        ("repo", "anaconda", "com"),
        ("mirrors", "tuna", "tsinghua", "edu", "cn"),
        ("mirrors", "aliyun", "com"),
    )
]
URL = re.compile(r"https?://[^\s\"'<>\]]+")
# Lock files that record where each package came from. yarn.lock does not.
LOCK_FILES = {
    "package-lock.json",
    "npm-shrinkwrap.json",
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
}
# /home/learner stays allowed nowhere; /root is the machine's own home and /tmp may be any program's.
DEVELOPER_PATH = re.compile(r"(?<![\w./-])/(?:home/[a-z][\w-]*|Users/[A-Za-z][\w-]*|work)/[\w.-]")
OPEN_END = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")


def configured_hosts() -> Iterator[str]:
    """The hosts that pip, npm, Yarn and apt of this computer are told to use, if there are any."""
    for command in (["pip", "config", "list"], ["npm", "config", "get", "registry"]):
        try:
            said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout
        except OSError:
            continue
        yield from (urlsplit(url).hostname or "" for url in URL.findall(said))
    places = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    for place in places:
        if place.is_file():
            words = place.read_text(encoding="utf-8", errors="replace")
            yield from (urlsplit(url).hostname or "" for url in URL.findall(words))


def texts(files: list[Path]) -> Iterator[tuple[Path, str]]:
    for file in files:
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.fixture(scope="module")
def hosts() -> set[str]:
    found = {host for host in configured_hosts() if host.count(".") >= 1}
    return {*WELL_KNOWN, *found} - {"localhost", "127.0.0.1"}


def test_no_registry_hosts(tracked: list[Path], hosts: set[str]) -> None:
    pattern = re.compile("|".join(rf"(?<![\w.-]){re.escape(host)}(?![\w-])" for host in sorted(hosts)))
    found = [f"{file}: {match[0]}" for file, text in texts(tracked) for match in pattern.finditer(text)]
    assert not found, "people install from mirrors, so take these out (stored outputs count too):\n" + "\n".join(found)


def test_no_lock_files_with_places(tracked: list[Path]) -> None:
    assert not [file for file in tracked if file.name in LOCK_FILES]


def test_no_paths_of_one_computer(tracked: list[Path], root: Path) -> None:
    own = re.escape(str(root))
    pattern = re.compile(f"{own}|{DEVELOPER_PATH.pattern}")
    found = [
        f"{file}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for file, text in texts(tracked)
        for match in pattern.finditer(text)
        if file != Path(__file__)
    ]
    assert not found, "\n".join(found)


def test_no_open_ends(tracked: list[Path]) -> None:
    code = [file for file in tracked if file.suffix in {".py", ".ts", ".tsx", ".sh"}]
    found = [f"{file}: {match[0]}" for file, text in texts(code) for match in OPEN_END.finditer(text)]
    assert not found, "\n".join(found)


def test_files_are_tidy(tracked: list[Path]) -> None:
    """As .editorconfig says: they end in one line feed and hold no carriage return."""
    found = []
    for file, text in texts(tracked):
        if text and file.suffix in {".py", ".md", ".toml", ".yml", ".ts", ".tsx", ".json", ".ipynb", ""}:
            if not text.endswith("\n"):
                found.append(f"{file}: no line feed at the end")
            if "\r" in text:
                found.append(f"{file}: a carriage return")
    assert not found, "\n".join(found)


def test_json_files_can_be_read(tracked: list[Path]) -> None:
    for file in tracked:
        if file.suffix in {".json", ".ipynb"} and not file.name.startswith("tsconfig"):
            json.loads(file.read_text(encoding="utf-8"))
