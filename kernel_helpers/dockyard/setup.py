"""Builds all that machines start from, in order; how each part is built, its own module knows."""

from dockyard import images
from dockyard.errors import MachineError
from dockyard.i18n import _
from dockyard.machine import Machine, Report, config, host, locks, paths, rootfs
from dockyard.machine.progress import silent


def prepare(engine: str | None = None, report: Report = silent) -> None:
    """Build what is missing: the root filesystem of an engine, and the world's content with the course images.

    Args:
        engine: the engine's version; the default one unless given.
        report: is told what happens meanwhile.

    Raises:
        DockyardError: something could not be built; each kind says what and what to do.
    """
    if rootfs.installed(engine or rootfs.DEFAULT_ENGINE) is None or images.installed() is None:
        host.require()
    rootfs.build(engine or rootfs.DEFAULT_ENGINE, report)
    content = images.installed()
    if content is None:
        content = images.build(rootfs.build(rootfs.DEFAULT_ENGINE, report), report)
    images.use(content)
    images.verify(content)
    prune()


def prune() -> None:
    """Delete what only earlier versions of Dockyard used, unless a machine runs: it may have been started from that."""
    with locks.lock(paths.home() / "locks" / "_prune.lock"):  # several machines are often started at once
        if not _running():
            rootfs.prune()
            images.prune()


def start(name: str = "default", engine: str | None = None, report: Report = silent) -> Machine:
    """Return a running machine, after building what it needs and starting it where it does not run."""
    machine = Machine(name)
    prepare(config.choose(name, engine).engine, report)
    machine.start(engine, report)
    return machine


def reset(machine: Machine, report: Report = silent) -> None:
    """Give a machine the state of a new one, made from what this version of Dockyard builds."""
    prepare(machine.engine, report)
    machine.reset(report)


def _running() -> list[str]:
    return [name for name in paths.machine_names() if not Machine(name).is_stopped]


def forget(engine: str | None = None) -> None:
    """Delete the root filesystem of an engine and the world's content, so that `prepare` builds them anew.

    Raises:
        MachineError: a machine that runs still uses it.
    """
    running = _running()
    if running:
        raise MachineError(
            _("These machines still run from it: {names}.").format(names=", ".join(running)),
            f"dockyard stop --name {running[0]}",
        )
    root = rootfs.installed(engine or rootfs.DEFAULT_ENGINE)
    if root is not None:
        rootfs.remove(root)
    content = images.installed()
    if content is not None:
        images.remove(content)
