"""Checks what a machine needs from its host and knows the command that mends what is missing; mends nothing."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dockyard.errors import DockyardError, HostError
from dockyard.i18n import _
from dockyard.machine import cgroups, paths
from dockyard.machine.userns import id_map, user_namespace

# program, the Debian package that holds it, what a machine needs it for
_PROGRAMS = (
    ("mmdebstrap", "mmdebstrap", "it builds the root filesystem"),
    ("newuidmap", "uidmap", "it gives the machine's users ids of their own"),
    ("unshare", "util-linux", "it makes the machine's namespaces"),
    ("nsenter", "util-linux", "it enters them"),
    ("find", "findutils", "it deletes what a machine leaves"),
    ("ip", "iproute2", "it looks at networks"),
)
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_SYSCTL = "/etc/sysctl.d/60-dockyard.conf"
_SPACE_WANTED = 4_000_000_000
# File systems on which Docker's overlay2 cannot keep its data, as stat(1) names them.
_UNFIT = {"overlayfs", "nfs", "fuseblk", "vfat", "msdos", "exfat", "ecryptfs", "aufs", "9p", "v9fs"}

_PROBE = """
mkdir -p "$0/lower" "$0/upper" "$0/work" "$0/merged" || exit 10
mount -t overlay overlay -o "lowerdir=$0/lower,upperdir=$0/upper,workdir=$0/work,userxattr" "$0/merged" || exit 11
mount -t proc proc /proc || exit 12
ip link add dy0 type veth peer name dy1 || exit 13
ip link add dy2 type bridge || exit 14
"""
_PROBE_NEEDS = {
    10: ("a place for its data", "write there"),
    11: ("overlay file systems in a user namespace (Linux 5.11)", "mount one"),
    12: ("a /proc of its own; a container that hides parts of /proc forbids it", "mount one"),
    13: ("virtual network cables", "make one (kernel module veth)"),
    14: ("network bridges", "make one (kernel module bridge)"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a machine needs, and whether it is there.

    Attributes:
        name: what was looked at, in a word or two.
        state: "ok", "missing" (nothing works without it) or "limited" (it works, with less).
        found: what was seen.
        why: what it is needed for.
        remedy: the command that mends it; empty where there is nothing to mend.
        package: the Debian package that is missing, else empty.
    """

    name: str
    state: Literal["ok", "missing", "limited"]
    found: str
    why: str
    remedy: str = ""
    package: str = ""


def examine() -> list[Finding]:
    """Return what was found out about the host, each thing on its own; starts nothing that lasts."""
    findings = [*_programs(), _keyring(), _namespaces(), _ids()]
    if all(finding.state != "missing" for finding in findings):
        findings.append(_kernel())
    return [*findings, _file_system(), _space(), _limits()]


def missing_packages() -> list[str]:
    """Return the Debian packages to install before a machine can be made."""
    return sorted({finding.package for finding in [*_programs(), _keyring()] if finding.package})


def require() -> None:
    """Do nothing where a machine can run.

    Raises:
        HostError: for all packages that are missing, else for the first other thing, with the command that mends it.
    """
    missing = [finding for finding in examine() if finding.state == "missing"]
    packages = sorted({finding.package for finding in missing if finding.package})
    if packages:
        found = " ".join(finding.found for finding in missing if finding.package)
        raise HostError(found, install_command(packages))
    if missing:
        raise HostError(f"{missing[0].found} {missing[0].why}", missing[0].remedy or "dockyard doctor")


def install_command(packages: list[str]) -> str:
    """Return the command that installs Debian packages, for a person to type; without sudo for root."""
    if not shutil.which("apt-get"):
        return _("Install what belongs to these Debian packages: {packages}").format(packages=" ".join(packages))
    sudo = "" if os.getuid() == 0 else "sudo "
    install = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    return f"{sudo}apt-get update && {sudo}{install}"  # lists that are old name packages that are gone


def _programs() -> Iterator[Finding]:
    for program, package, use in _PROGRAMS:
        path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        why = _("A machine needs it: {use}.").format(use=_(use))
        if path:
            yield Finding(program, "ok", path, why)
        else:
            yield Finding(
                program,
                "missing",
                _("There is no {program} on this host.").format(program=program),
                why,
                install_command([package]),
                package,
            )


def _keyring() -> Finding:
    name, why = "debian-archive-keyring", _("Debian's packages are checked against these keys.")
    if _KEYRING.exists():
        return Finding(name, "ok", str(_KEYRING), why)
    found = _("There is no {path} on this host.").format(path=_KEYRING)
    return Finding(name, "missing", found, why, install_command([name]), name)


def _setting(path: str) -> str:
    try:
        return Path("/proc/sys", path).read_text().strip()
    except OSError:
        return ""


def _namespaces() -> Finding:
    """Look for what distributions and kernels do to keep people from making user namespaces."""
    name, why = "user namespaces", _("The machine's root is root only inside one.")
    obstacles = (
        ("user/max_user_namespaces", "0", "65536"),
        ("kernel/unprivileged_userns_clone", "0", "1"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),  # Ubuntu 23.10 and later
    )
    for path, forbidding, allowing in obstacles:
        value = _setting(path)
        if value == forbidding and (os.getuid() != 0 or path.startswith("user/")):
            setting = path.replace("/", ".")
            return Finding(
                name,
                "missing",
                _("This kernel has {setting} = {value}.").format(setting=setting, value=value),
                why,
                # now, and after each boot
                f"echo '{setting} = {allowing}' | sudo tee {_SYSCTL} && sudo sysctl -p {_SYSCTL}",
            )
    return Finding(name, "ok", _("allowed"), why)


def _ids() -> Finding:
    name, why = "subordinate ids", _("The users inside the machine need ids that are nobody's on the host.")
    try:
        ids = id_map()
    except HostError as error:
        return Finding(name, "missing", error.found, why, error.next_step)
    return Finding(name, "ok", f"{ids.base_uid}-{ids.base_uid + ids.count - 1}", why)


def _kernel() -> Finding:
    """Try the things themselves, in a namespace that goes at once."""
    name = "kernel"
    try:
        paths.check_reachable()
        probe = paths.home() / f"probe-{os.getpid()}"
        probe.mkdir()
        try:
            probe.chmod(0o777)
            with user_namespace(id_map()) as namespace:
                done = subprocess.run(
                    namespace.command(
                        ["unshare", "--mount", "--pid", "--net", "--fork", "sh", "-c", _PROBE, str(probe)]
                    ),
                    capture_output=True,
                    text=True,
                    check=False,
                    cwd="/",
                )
                subprocess.run(namespace.command(["rm", "-rf", *map(str, probe.iterdir())]), check=False, cwd="/")
        finally:
            shutil.rmtree(probe, ignore_errors=True)
    except DockyardError as error:
        return Finding(name, "missing", error.found, _("A machine is made of namespaces."), error.next_step)
    except OSError as error:
        found = f"{error.filename}: {error.strerror}"
        remedy = f"sudo mkdir -p {paths.home()} && sudo chown {os.getuid()} {paths.home()}"
        return Finding(name, "missing", found, _("Dockyard keeps machines there."), remedy)
    if done.returncode == 0:
        return Finding(name, "ok", os.uname().release, _("It has all that a machine is made of."))
    need, verb = _PROBE_NEEDS.get(done.returncode, ("namespaces", "make them"))
    return Finding(
        name,
        "missing",
        _("This kernel did not let you {verb}: {words}").format(verb=_(verb), words=done.stderr.strip()[-300:]),
        _("A machine needs {need}.").format(need=_(need)),
        _("Use a host or a virtual machine of your own with Linux 5.11 or later, not a container on one."),
    )


def _file_system() -> Finding:
    place = paths.home()
    while not place.exists():
        place = place.parent
    kind = subprocess.run(
        ["stat", "--file-system", "--format=%T", place], capture_output=True, text=True, check=False
    ).stdout.strip()
    why = _("Docker keeps images in layers (overlay2), which this file system must be able to carry.")
    if kind in _UNFIT:
        found = _("{path} is on a file system of the kind {kind}.").format(path=place, kind=kind)
        return Finding("file system", "missing", found, why, "export DOCKYARD_HOME=/path/on/ext4/or/xfs")
    return Finding("file system", "ok", f"{kind} ({place})", why)


def _space() -> Finding:
    place = paths.home()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    found = _("{free:.1f} GB free in {path}").format(free=free / 1e9, path=place)
    why = _("The root filesystem, the course images and what learners build take about {wanted} GB.").format(
        wanted=_SPACE_WANTED // 1_000_000_000
    )
    if free < _SPACE_WANTED:
        return Finding("disk space", "limited", found, why, "export DOCKYARD_HOME=/path/with/space")
    return Finding("disk space", "ok", found, why)


# From rootlesscontaine.rs, "cgroup v2": the managers of all users get these, from their next login on.
_DELEGATE = (
    "sudo mkdir -p /etc/systemd/system/user@.service.d && "
    "printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n' "
    "| sudo tee /etc/systemd/system/user@.service.d/delegate.conf && sudo systemctl daemon-reload"
)


def _limits() -> Finding:
    name = "cgroups"
    why = _("With them the machine and each container are held to limits of memory, processes and time.")
    version = cgroups.version()
    if cgroups.available():
        return Finding(name, "ok", _("version {version}; limits hold").format(version=version), why)
    if version == 2:
        if cgroups.users_subtree() is None:
            found = _("version 2, and this shell is outside of what is delegated to you; containers run without limits")
            return Finding(name, "limited", found, why, "systemd-run --user --scope dockyard lab")
        found = _("version 2, but not every controller is delegated to you; containers run without limits")
        return Finding(name, "limited", found, why, _DELEGATE)
    found = _("version {version}; containers of an ordinary user run without limits").format(version=version)
    return Finding(name, "limited", found, why)
