"""What was chosen when a machine was made, and the plan it is started from; it starts nothing."""

import json
from dataclasses import dataclass
from pathlib import Path

from dockyard.errors import HostError, MachineError, RootfsError
from dockyard.i18n import _
from dockyard.machine import cgroups, paths, rootfs
from dockyard.machine.cgroups import Limits
from dockyard.machine.launcher import Plan
from dockyard.machine.state import MachineFiles


def world_content() -> Path | None:
    """Return the world's content that machines start with, or None where it has not been built.

    Whoever builds it leaves the link `current` beside it.
    """
    current = paths.home() / "world" / "current"
    return current.resolve() if current.is_dir() else None


@dataclass(frozen=True, slots=True)
class Config:
    """What stays the same for as long as a machine exists.

    Attributes:
        engine: the engine's version, such as "26.1".
        workspace: the learner's directory on the host.
    """

    engine: str
    workspace: Path


def read(name: str) -> Config:
    """Return what a machine was made with, or would be."""
    file = MachineFiles(paths.machine_directory(name)).config
    try:
        data = json.loads(file.read_text())
        return Config(data["engine"], Path(data["workspace"]))
    except FileNotFoundError:
        return Config(rootfs.DEFAULT_ENGINE, paths.workspace_directory(name))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MachineError(
            _("{path} cannot be read: {error}").format(path=file, error=error),
            f"dockyard delete --name {name}",
        ) from error


def create(name: str, engine: str | None = None) -> Config:
    """Return what a machine is made with, writing it down where the machine does not exist yet.

    Raises:
        MachineError, HostError: as `choose`.
    """
    config = choose(name, engine)
    file = MachineFiles(paths.machine_directory(name)).config
    if not file.exists():
        paths.make_machine_directory(name)
        new = file.with_suffix(".new")
        new.write_text(json.dumps({"engine": config.engine, "workspace": str(config.workspace)}))
        new.replace(file)
    return config


def choose(name: str, engine: str | None = None) -> Config:
    """Return what a machine is made with, or would be where it does not exist yet.

    Raises:
        MachineError: the machine exists with another engine, or no such engine is offered.
        HostError: this host cannot run that engine.
    """
    exists = MachineFiles(paths.machine_directory(name)).config.exists()
    if engine is not None and engine not in rootfs.SUITES:
        raise MachineError(
            _("There is no engine {engine} here; there are {offered}.").format(
                engine=engine, offered=", ".join(rootfs.SUITES)
            ),
            f"dockyard start --name {name} --engine {rootfs.DEFAULT_ENGINE}",
        )
    config = read(name)
    wanted = engine or config.engine
    if wanted in rootfs.NEED_CGROUPS and not cgroups.available():
        raise HostError(
            _("Engine {engine} runs only with cgroups of its own, and this host gives you none.").format(engine=wanted),
            _("Start it as root, or delegate cgroup v2 to you (dockyard doctor), or use --engine {default}").format(
                default=rootfs.DEFAULT_ENGINE
            ),
        )
    if exists and wanted != config.engine:
        raise MachineError(
            _("The machine {name} was made with engine {existing}, not {engine}.").format(
                name=name, existing=config.engine, engine=wanted
            ),
            _("Use another name: dockyard start --name {name}-{digits} --engine {engine}").format(
                name=name, digits=wanted.replace(".", ""), engine=wanted
            ),
        )
    return Config(wanted, config.workspace)


def plan(name: str) -> Plan:
    """Return what a machine is started from.

    Raises:
        RootfsError: its root filesystem has not been built.
    """
    config = read(name)
    root = rootfs.installed(config.engine)
    if root is None:
        raise RootfsError(
            _("The root filesystem for engine {engine} has not been built.").format(engine=config.engine),
            f"dockyard setup --engine {config.engine}",
        )
    return Plan(
        name=name,
        directory=paths.machine_directory(name),
        workspace=config.workspace,
        rootfs=root,
        world=world_content(),
        limits=Limits.of_host(),
    )
