"""What was chosen when a machine was made, and the plan it is started from; it starts nothing."""

import json
from pathlib import Path

from dockyard.errors import MachineError, RootfsError
from dockyard.i18n import _
from dockyard.machine import paths, rootfs
from dockyard.machine.cgroups import Limits
from dockyard.machine.launcher import Plan
from dockyard.machine.state import MachineFiles


def world_content() -> Path | None:
    """Return the world's content that machines start with, or None where it has not been built.

    Whoever builds it leaves the link `current` beside it.
    """
    current = paths.home() / "world" / "current"
    return current.resolve() if current.is_dir() else None


def engine(name: str) -> str:
    """Return the engine version that a machine was made with."""
    file = MachineFiles(paths.machine_directory(name)).config
    try:
        chosen = str(json.loads(file.read_text())["engine"])
    except FileNotFoundError:
        return rootfs.DEFAULT_ENGINE
    except (OSError, ValueError, KeyError) as error:
        raise MachineError(
            _("{path} cannot be read: {error}").format(path=file, error=error),
            f"dockyard delete --name {name}",
        ) from error
    return chosen


def choose_engine(name: str, wanted: str | None) -> str:
    """Make a machine's directory and return its engine version, which stays what it was first started with.

    Raises:
        MachineError: the machine exists with another engine, or no such engine is offered.
    """
    directory = paths.machine_directory(name)
    file = MachineFiles(directory).config
    if wanted is not None and wanted not in rootfs.SUITES:
        raise MachineError(
            _("There is no engine {wanted} here; there are {offered}.").format(
                wanted=wanted, offered=", ".join(rootfs.SUITES)
            ),
            f"dockyard start --name {name} --engine {rootfs.DEFAULT_ENGINE}",
        )
    if file.exists():
        existing = engine(name)
        if wanted is not None and wanted != existing:
            raise MachineError(
                _("The machine {name} was made with engine {existing}, not {wanted}.").format(
                    name=name, existing=existing, wanted=wanted
                ),
                _("Use another name: dockyard start --name {name}-{digits} --engine {wanted}").format(
                    name=name, digits=wanted.replace(".", ""), wanted=wanted
                ),
            )
        return existing
    directory.mkdir(parents=True, exist_ok=True, mode=0o755)
    chosen = wanted or rootfs.DEFAULT_ENGINE
    file.write_text(json.dumps({"engine": chosen}))
    return chosen


def plan(name: str) -> Plan:
    """Return what a machine is started from.

    Raises:
        RootfsError: its root filesystem has not been built.
    """
    version = engine(name)
    root = rootfs.installed(version)
    if root is None:
        raise RootfsError(
            _("The root filesystem for engine {version} has not been built.").format(version=version),
            f"dockyard setup --engine {version}",
        )
    return Plan(
        name=name,
        directory=paths.machine_directory(name),
        workspace=paths.workspace_directory(name),
        rootfs=root,
        world=world_content(),
        limits=Limits.of_host(),
    )
