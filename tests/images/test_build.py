"""A build that is killed, interrupted and taken up again gives one whole content, and leaves nothing else."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockyard import images
from dockyard.images import recipes
from dockyard.machine import paths, rootfs
from dockyard.machine.userns import remove_tree

# A set-up has built all images from nothing; what can happen to a build can happen to these.
PROGRAM = """
import sys
from pathlib import Path
from dockyard import images
from dockyard.images import recipes
recipes.IMAGES = [image for image in recipes.IMAGES if image.name in ("hello-world", "busybox", "debian", "nginx")]
recipes.BUILD_PACKAGES = recipes.PARTIAL_PACKAGES = recipes.SINGLE_PACKAGES = {"trixie": [], "bookworm": []}
print(images.build(Path(sys.argv[1]), lambda told: print(told.doing, flush=True)))
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home beside the usual one, which the machine's root can reach whoever that is."""
    place = Path(tempfile.mkdtemp(prefix="test it-", dir=paths.home()))
    place.chmod(0o755)
    yield place
    remove_tree(place)


@contextlib.contextmanager
def building(home: Path, root: Path) -> Iterator[subprocess.Popen[str]]:
    path = os.pathsep.join(str(entry) for entry in sys.path if entry)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(root)],
        env={**os.environ, "DOCKYARD_HOME": str(home), "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
        umask=0o077,  # whatever the user's is, the machine's root can read what is made
    )
    with process:
        yield process
        process.kill()


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    for line in process.stdout:
        if re.search(words, line):
            return
    pytest.fail(f"the build ended before it said {words!r}")


def left_running(home: Path) -> list[str]:
    """The processes whose command line names the home."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if str(home) in words:
                found.append(words)
    return found


def nothing_is_left_running(home: Path) -> None:
    deadline = time.monotonic() + 30
    while left_running(home):
        assert time.monotonic() < deadline, left_running(home)
        time.sleep(0.1)


@pytest.mark.machine
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_build_survives_what_happens_to_it(home, monkeypatch):
    root = rootfs.build()
    with building(home, root) as process:
        wait_for(process, "fetching")
        time.sleep(3)  # somewhere in the middle of the downloads
        process.kill()
    nothing_is_left_running(home)

    with building(home, root) as process:
        wait_for(process, "built debian:trixie-slim")
        wait_for(process, "built")
        process.send_signal(signal.SIGINT)
        process.wait(60)
    nothing_is_left_running(home)
    [staging] = (home / "world").glob("*.partial")
    assert not (staging / "engine").exists()
    finished = {path: path.stat().st_mtime for path in (staging / "done").iterdir()}
    assert len(finished) >= 2

    monkeypatch.setenv("DOCKYARD_HOME", str(home))
    assert images.installed() is None
    with building(home, root) as first, building(home, root) as second:
        said = [process.communicate()[0].splitlines() for process in (first, second)]
    assert sorted(any(line.startswith("built nginx") for line in lines) for lines in said) == [False, True]
    content = images.installed()
    assert {lines[-1] for lines in said} == {str(content)}
    images.verify(content)
    assert (home / "world" / "current").resolve() == content
    nothing_is_left_running(home)
    kept = {path.name: path.stat().st_mode & 0o077 for path in (home / "world" / "keys").iterdir()}
    assert kept == {"authority": 0, "signing-key": 0, "lock": 0}
    assert not any(b"PRIVATE KEY" in path.read_bytes() for path in content.glob("*") if path.is_file())


@pytest.mark.machine
def test_a_tag_names_the_version_that_the_image_holds(able_host):
    content = images.build(rootfs.build())
    catalogue = json.loads((content / "catalogue.json").read_text())
    numbered = [
        (variant["version"], number[0])
        for image in catalogue["images"]
        for variant in image["variants"]
        for tag in variant["tags"]
        if variant["version"] and (number := re.match(r"\d+(\.\d+)+", tag))
    ]
    assert len(numbered) >= len(recipes.IMAGES)
    assert [pair for pair in numbered if not pair[0].startswith(pair[1])] == []
