"""Finds which Debian packages are missing; it installs nothing."""

import shutil
import sys
from collections.abc import Sequence

# program -> the Debian package that holds it. Machines need these (dockyard.machine.host says what for) ...
_MACHINE = {
    "mmdebstrap": "mmdebstrap",
    "newuidmap": "uidmap",
    "unshare": "util-linux",
    "nsenter": "util-linux",
}
# ... and the tests these: a browser, and Git for what looks at tracked files.
_TESTS = {"chromium": "chromium", "git": "git"}
# Without a Chinese font the browser tests' screenshots show boxes.
_CHINESE_FONT = "fonts-noto-cjk"


def has_venv() -> bool:
    """Return whether this Python can make virtual environments (Debian packages that part separately)."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - whether it can be imported is the question
    except ImportError:
        return False
    return True


def missing_packages(*, tests: bool) -> list[str]:
    """Return the Debian packages to install, those for the tests only if asked for."""
    programs = {**_MACHINE, **_TESTS} if tests else _MACHINE
    missing = {package for program, package in programs.items() if not shutil.which(program)}
    if not has_venv():
        missing.add(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return sorted(missing)


def apt_install(packages: Sequence[str]) -> list[str]:
    """Return the command that installs Debian packages, waiting for another one that is at work."""
    options = ["-o", "DPkg::Lock::Timeout=120", "--yes", "--no-install-recommends"]
    return ["apt-get", "install", *options, *packages]
