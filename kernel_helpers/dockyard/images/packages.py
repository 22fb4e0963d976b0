"""Fetches Debian packages, makes base systems and apt repositories of them; knows nothing of images or engines."""

import functools
import hashlib
import os
import re
import tarfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from shlex import quote

from dockyard.images import recipes, store
from dockyard.images.workshop import ENVIRONMENT, Workshop

_FIELD = re.compile(r"^(Package|Version|Architecture|Filename): (.*)$", re.MULTILINE)
# Out of an upstream version: without epoch, Debian's revision and marks like +dfsg (deb-version(7)).
_UPSTREAM = re.compile(r"(?:\d+:)?(\d+(?:\.\d+)*)")
# What a container needs no more than official images do.
_WITHOUT = ("/usr/share/man/*", "/usr/share/locale/*", "/usr/share/doc/*", "/usr/share/info/*")


@dataclass(frozen=True, slots=True)
class Package:
    """A downloaded package and its paragraph in Debian's list."""

    name: str
    version: str
    architecture: str
    place: str
    paragraph: str
    file: Path


@dataclass(frozen=True, slots=True)
class Suite:
    """The packages of one Debian suite, as `collect` left them in a directory."""

    name: str
    directory: Path

    @property
    def base(self) -> Path:
        """The tar archive of the base system; it is there when all has been collected."""
        return self.directory / f"{self.name}.tar"

    @property
    def pool(self) -> Path:
        """Where the packages and their lists are."""
        return self.directory / self.name

    @property
    def scratch(self) -> Path:
        """Where mmdebstrap works; an interrupted run leaves it behind."""
        return self.directory / f"{self.name}.scratch"

    def later(self) -> set[str]:
        """Return the file names of the packages that the world's apt server offers."""
        return {line.split()[1] for line in (self.pool / "later.uris").read_text().splitlines() if line.strip()}

    def version(self, package: str) -> str:
        """Return the upstream version of a package; of base-files, the version of Debian itself ("13.2")."""
        if package == "base-files":
            with tarfile.open(self.base) as base:
                content = base.extractfile("./etc/debian_version")
                return content.read().decode().strip() if content else ""
        for one in downloaded(self):
            match = _UPSTREAM.match(one.version)
            if one.name == package and match:
                return match[1]
        raise KeyError(package)


@functools.cache
def downloaded(suite: Suite) -> list[Package]:
    """Return all packages of a suite that `collect` has downloaded."""
    files = {_identity(file): file for file in suite.pool.glob("*.deb")}
    found = []
    for packages_list in sorted(suite.pool.glob("*_Packages")):
        for paragraph in _paragraphs(packages_list):
            field = dict(_FIELD.findall(paragraph))
            identity = (field["Package"], field["Version"], field["Architecture"])
            file = files.pop(identity, None)
            if file:
                found.append(Package(*identity, field["Filename"], paragraph, file))
    return found


def _identity(file: Path) -> tuple[str, str, str]:
    name, version, architecture = file.stem.split("_")
    return name, version.replace("%3a", ":"), architecture


def _paragraphs(packages_list: Path) -> Iterator[str]:
    for paragraph in packages_list.read_text().split("\n\n"):
        if paragraph.strip():
            yield paragraph.strip()


def collect(workshop: Workshop, suite: Suite, hook: Path) -> None:
    """Make a suite's base system and download all packages for it, unless that has been done.

    Debian's archive is the one that mmdebstrap(1) takes by itself.

    Args:
        workshop: runs mmdebstrap.
        suite: what to make; its directory must be one that the namespace's root may write to.
        hook: the script `collect`, where the namespace's root can read it.

    Raises:
        ImagesError: mmdebstrap failed.
    """
    if suite.base.exists():
        return
    store.remove(suite.pool, suite.scratch)
    pool = quote(str(suite.pool))
    argv = [
        "mmdebstrap",
        "--mode=root",
        "--variant=minbase",
        "--format=tar",
        "--skip=output/dev",
        '--aptopt=APT::Install-Recommends "false"',
        '--aptopt=Acquire::Check-Valid-Until "false"',
        '--aptopt=Acquire::Retries "3"',
        "--dpkgopt=force-unsafe-io",
        *(f"--dpkgopt=path-exclude={pattern}" for pattern in _WITHOUT),
        f'--customize-hook=mkdir {pool} && {quote(str(hook))} "$1" {pool}',
        suite.name,
        str(suite.base) + ".part",
    ]
    if suite.name == "bookworm":  # else the package usrmerge comes, and with it all of Perl
        argv.insert(1, "--hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr")
    log = f"packages-{suite.name}"
    workshop.run(["mkdir", str(suite.scratch)], log)
    workshop.run(argv, log, env=_environment(suite))
    store.remove(suite.scratch)
    Path(str(suite.base) + ".part").rename(suite.base)


def _environment(suite: Suite) -> dict[str, str]:
    environment = ENVIRONMENT | {
        "LATER": " ".join(recipes.SERVER_PACKAGES[suite.name]),
        "BUILD": " ".join(recipes.BUILD_PACKAGES[suite.name]),
        "PARTLY": " ".join(recipes.PARTIAL_PACKAGES[suite.name]),
        "WITHOUT": " ".join(recipes.LEFT_OUT),
        "ALONE": " ".join(recipes.SINGLE_PACKAGES[suite.name]),
        "SOURCE_DATE_EPOCH": str(int(time.time())),
        "TMPDIR": str(suite.scratch),
    }
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        if name in os.environ:
            environment[name] = os.environ[name]
    return environment


def write_repository(root: Path, suite: str, packages: Sequence[Package]) -> Path:
    """Write a suite of an apt repository: its pool, lists and Release file, which is signed elsewhere.

    Args:
        root: the web server's root; the repository is the directory `debian` in it.
        suite: the suite's name.
        packages: what it offers; the files are linked, not copied.

    Returns:
        The directory of the Release file.
    """
    for package in packages:
        place = root / "debian" / package.place
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        os.link(package.file, place)
    architecture = next(one.architecture for one in packages if one.architecture != "all")
    lists = root / "debian" / "dists" / suite
    name = f"main/binary-{architecture}/Packages"
    content = "".join(f"{package.paragraph}\n\n" for package in packages).encode()
    (lists / name).parent.mkdir(parents=True, exist_ok=True)
    (lists / name).write_bytes(content)
    (lists / "Release").write_text(
        "Origin: Dockyard\n"
        "Label: Dockyard\n"
        f"Suite: {suite}\n"
        f"Codename: {suite}\n"
        f"Date: {formatdate(usegmt=True)}\n"
        f"Architectures: {architecture}\n"
        "Components: main\n"
        "Description: Debian packages for lessons, from Debian's own archive\n"
        "SHA256:\n"
        f" {hashlib.sha256(content).hexdigest()} {len(content)} {name}\n"
    )
    return lists
