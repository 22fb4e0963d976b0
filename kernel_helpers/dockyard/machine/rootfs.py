"""Builds the machine's root filesystem from Debian packages, kept under a hash of its recipe; starts nothing."""

import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

from dockyard.errors import DiskFullError, RootfsError
from dockyard.i18n import _
from dockyard.machine import paths
from dockyard.machine.locks import abandoned, lock
from dockyard.machine.progress import Progress, Report, silent
from dockyard.machine.userns import IdMap, UserNamespace, id_map, remove_tree, user_namespace
from dockyard.world import PACKAGES as WORLD_PACKAGES

_FILES = Path(__file__).parent / "files" / "rootfs"
DEFAULT_ENGINE = "26.1"
# The Debian suite that holds each engine: docker.io 20.10.24, 26.1.5 and 28.5.2.
SUITES = {"20.10": "bookworm", "26.1": "trixie", "28.5": "forky"}

NEED_CGROUPS = ("28.5",)  # since 28, dockerd --rootless wants RootlessKit's own API

_PACKAGES = [
    *(
        "bash-completion",
        "bridge-utils",
        "bsdutils",  # script
        "bzip2",
        "ca-certificates",
        "curl",
        "docker.io",
        "git",
        "iproute2",
        "iptables",
    ),
    *("iputils-ping", "jq", "less", "mount", "nano", "netbase"),
    "pigz",  # dockerd unpacks layers with it where it is installed, in two thirds of the time
    *("passwd", "procps", "skopeo", "sudo", "sysvinit-utils", "wget", "xz-utils"),
]
# bookworm's docker.io holds its own client and has no buildx; later suites split them off.
_PACKAGES_SINCE_TRIXIE = ["docker-buildx", "docker-cli", "docker-compose"]

# What mmdebstrap says when it begins each part, with the share of the time that has passed by then.
_MILESTONES = {
    "running apt-get update": (0.02, "reading Debian's package lists"),
    "downloading packages with apt": (0.10, "downloading packages"),
    "extracting archives": (0.25, "unpacking the base system"),
    "installing essential packages": (0.35, "installing the base system"),
    "installing remaining packages": (0.50, "installing the Docker engine"),
    "cleaning package lists": (0.95, "cleaning up"),
}
# What must be there, and whole, for a machine to start.
_KEY_FILES = ("usr/sbin/dockerd", "usr/bin/containerd", "usr/bin/docker", "etc/init.d/docker")
_SPACE_NEEDED = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what a root filesystem holds."""

    engine: str
    ids: IdMap

    @property
    def suite(self) -> str:
        """The Debian suite that has this engine."""
        return SUITES[self.engine]

    @property
    def packages(self) -> list[str]:
        """The Debian packages, each once."""
        own = _PACKAGES if self.suite == "bookworm" else [*_PACKAGES, *_PACKAGES_SINCE_TRIXIE]
        return sorted({*own, *WORLD_PACKAGES})

    @property
    def key(self) -> str:
        """A name that changes whenever the result would."""
        digest = hashlib.sha256(f"{self.suite} {self.packages} {self.ids.key} {_mmdebstrap([], '', '')}".encode())
        for path in sorted(_FILES.rglob("*")):
            if path.is_file():
                digest.update(str(path.relative_to(_FILES)).encode() + path.read_bytes())
        return f"{self.engine}-{digest.hexdigest()[:12]}"


def _mmdebstrap(packages: list[str], suite: str, target: str) -> list[str]:
    without = ("/usr/share/man/*", "/usr/share/locale/*", "/usr/share/doc/*", "/usr/share/info/*")
    return [
        "mmdebstrap",
        "--mode=root",
        "--variant=apt",
        "--format=directory",
        '--aptopt=APT::Install-Recommends "false"',
        '--aptopt=Acquire::Check-Valid-Until "false"',  # forky's and a snapshot's lists may be past their date
        '--aptopt=Acquire::Retries "3"',
        "--dpkgopt=force-unsafe-io",
        *(f"--dpkgopt=path-exclude={pattern}" for pattern in without),
        f"--include={','.join(packages)}",
        suite,
        target,
    ]


def installed(engine: str = DEFAULT_ENGINE) -> Path | None:
    """Return the root filesystem of an engine if it has been built, without looking into it."""
    path = paths.home() / "rootfs" / Recipe(engine, id_map()).key
    return path if path.is_dir() else None


def build(engine: str = DEFAULT_ENGINE, report: Report = silent) -> Path:
    """Return the root filesystem of an engine, building it first where it is missing.

    It is built once however many ask for it at the same time: the others wait. An interrupted build leaves nothing
    that a later one would use.

    Raises:
        RootfsError: it could not be built, or the one in the cache is damaged.
        HostError: this user cannot make a user namespace.
        DiskFullError: too little space is left.
    """
    recipe = Recipe(engine, id_map())
    paths.check_reachable()
    target = paths.home() / "rootfs" / recipe.key
    with lock(_beside(target, "lock")):
        if not target.is_dir():
            _check_space(target.parent)
            _build(recipe, target, report)
    verify(target)
    report(Progress("rootfs", 1, _("the root filesystem is ready")))
    return target


def verify(rootfs: Path) -> None:
    """Check that the files without which no machine starts are as they were built.

    Raises:
        RootfsError: one of them is missing or has another size.
    """
    manifest = _beside(rootfs, "json")
    remedy = f"dockyard setup --engine {rootfs.name.rpartition('-')[0]} --rebuild"
    try:
        sizes = json.loads(manifest.read_text())
        for name, size in sizes.items():
            found = (rootfs / name).lstat().st_size
            if found != size:
                raise RootfsError(
                    _("The cached root filesystem is damaged: {path} has {found} bytes instead of {size}.").format(
                        path=rootfs / name, found=found, size=size
                    ),
                    remedy,
                )
    except (OSError, ValueError) as error:
        raise RootfsError(
            _("The cached root filesystem is damaged: {error}").format(error=error),
            remedy,
        ) from error


def remove(rootfs: Path) -> None:
    """Delete a root filesystem and what belongs to it."""
    for ending in ("json", "log"):  # its lock stays: somebody may be waiting for it
        _beside(rootfs, ending).unlink(missing_ok=True)
    if rootfs.exists():
        remove_tree(rootfs)


def prune() -> None:
    """Delete the root filesystems that earlier versions of Dockyard used; no machine may be running."""
    kept = {installed(engine) for engine in SUITES}
    for path in (paths.home() / "rootfs").iterdir():
        if path.is_dir() and path.suffix != ".partial" and path not in kept:
            remove(path)


def _check_space(directory: Path) -> None:
    free = shutil.disk_usage(directory).free
    if free < _SPACE_NEEDED:
        raise DiskFullError(
            _("{path} has {free} MB left; the root filesystem needs {needed} MB.").format(
                path=directory, free=free // 1_000_000, needed=_SPACE_NEEDED // 1_000_000
            ),
            _("Free some space, or choose another disk: export DOCKYARD_HOME=/path/with/space"),
        )


def _build(recipe: Recipe, target: Path, report: Report) -> None:
    partial = _beside(target, "partial")
    for leftover in abandoned(target.parent):
        remove_tree(leftover)
    if partial.exists():
        remove_tree(partial)
    with user_namespace(recipe.ids) as namespace:
        partial.mkdir()
        if os.getuid() == 0:
            os.chown(partial, recipe.ids.root_uid, recipe.ids.root_gid)
        try:
            _run_mmdebstrap(namespace, recipe, partial / "rootfs", report)
            _add_files(namespace, partial / "rootfs")
            sizes = {name: (partial / "rootfs" / name).lstat().st_size for name in _KEY_FILES}
            _beside(target, "json").write_text(json.dumps(sizes))
            (partial / "rootfs").rename(target)
        finally:
            remove_tree(partial)


def _run_mmdebstrap(namespace: UserNamespace, recipe: Recipe, directory: Path, report: Report) -> None:
    log = target_log(recipe)
    environment = {
        "HOME": "/",
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "SOURCE_DATE_EPOCH": str(int(time.time())),
        "TMPDIR": str(directory.parent),  # so that what an interrupted build leaves goes with the rest
    }
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        if name in os.environ:
            environment[name] = os.environ[name]
    argv = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    argv += _mmdebstrap(recipe.packages, recipe.suite, str(directory))
    process = subprocess.Popen(
        namespace.command(argv),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        umask=0o022,  # all users of the machine read what it makes
    )
    if process.stderr is None:  # pragma: no cover - a pipe was asked for
        raise AssertionError
    try:
        with log.open("w") as copy:
            for line in process.stderr:
                copy.write(line)
                for words, (fraction, doing) in _MILESTONES.items():
                    if words in line:
                        report(Progress("rootfs", fraction, _(doing)))
        code = process.wait()
    except BaseException:
        process.send_signal(signal.SIGKILL)  # unshare's --kill-child takes all below it along
        process.wait()
        raise
    if code:
        raise RootfsError(
            _("mmdebstrap could not build the root filesystem. Its last words:\n{words}").format(words=_tail(log)),
            _("The whole log is {log}. If a download failed, check the network and run the command again.").format(
                log=log
            ),
        )


def target_log(recipe: Recipe) -> Path:
    """Return where mmdebstrap's log of a recipe goes."""
    return paths.home() / "rootfs" / f"{recipe.key}.log"


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")


def _tail(log: Path, lines: int = 8) -> str:
    return "\n".join("  " + line for line in log.read_text(errors="replace").splitlines()[-lines:])


def _add_files(namespace: UserNamespace, rootfs: Path) -> None:
    """Put the files of this package into the root filesystem, over Debian's own, owned by its root."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for path in sorted(_FILES.rglob("*")):
            if path.is_file():
                tar.add(path, str(path.relative_to(_FILES)), filter=_as_root)
    script = (
        'tar --directory "$0" --extract --file - && cd "$0" && '
        "ln -sf docker-proxy usr/sbin/rootlesskit-docker-proxy && "  # the name that dockerd --rootless asks for
        "mkdir -p root srv/world usr/lib/dockyard/world var/lib/docker var/lib/world workspace && "
        "rm -f etc/resolv.conf etc/docker/key.json usr/sbin/policy-rc.d"
    )
    subprocess.run(
        namespace.command(["sh", "-c", script, str(rootfs)]), input=archive.getvalue(), check=True, umask=0o022
    )


def _as_root(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mode = 0o755 if "init.d/" in info.name else 0o644
    return info
