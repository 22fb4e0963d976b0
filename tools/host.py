"""Finds what the host lacks before anything is tried; it installs nothing."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from dockyard.machine import host as machine_host

# What the tests need beyond a machine: one of these programs each, and the Debian package that brings one.
_TESTS = ((("chromium", "chromium-browser", "google-chrome"), "chromium"), (("git",), "git"))
# Without a Chinese font, screenshots of the browser tests show boxes.
_CHINESE_FONT = (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), "fonts-noto-cjk")


def has_venv() -> bool:
    """Return whether this Python can make virtual environments (Debian packages that part separately)."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - whether it can be imported is the question
    except ImportError:
        return False
    return True


def missing_packages(*, machine: bool, tests: bool) -> list[str]:
    """Return the Debian packages to install, those for machines and for the tests only if asked for."""
    missing = set(machine_host.missing_packages()) if machine else set()
    if not has_venv():
        missing.add(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if tests:
        missing |= {package for programs, package in _TESTS if not any(map(shutil.which, programs))}
        font, package = _CHINESE_FONT
        if not font.exists():
            missing.add(package)
    return sorted(missing)


def obstacles() -> list[str]:
    """Return what keeps machines from running here and no package mends, each with its remedy."""
    findings = [one for one in machine_host.examine() if one.state == "missing" and not one.package]
    return [f"{one.found} {one.why}\n→ {one.remedy}" for one in findings]


def may_install() -> bool:
    """Return whether Debian packages can be installed without asking anybody."""
    return os.getuid() == 0 and shutil.which("apt-get") is not None


def may_ask_sudo() -> bool:
    """Return whether sudo could install Debian packages."""
    return shutil.which("apt-get") is not None and shutil.which("sudo") is not None


def install_command(packages: Sequence[str]) -> str:
    """Return the command for a person to type."""
    return machine_host.install_command(list(packages))


def apt_install(packages: Sequence[str]) -> list[str]:
    """Return the command that installs Debian packages, waiting for another one that is at work."""
    options = ["-o", "DPkg::Lock::Timeout=120", "--yes", "--no-install-recommends"]
    return ["apt-get", "install", *options, *packages]
