"""The commands that handle machines: start, stop, reset, status, shell, exec, delete, doctor, setup."""

import argparse
import dataclasses
import json
import os
import sys
import time
from typing import TYPE_CHECKING

from dockyard import setup
from dockyard.cli import display, terminal
from dockyard.errors import MachineError
from dockyard.i18n import _
from dockyard.machine import Machine, MachineStatus, host, paths, rootfs

if TYPE_CHECKING:
    from collections.abc import Callable

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name
    Run = Callable[[argparse.Namespace], int]


def add_parsers(subparsers: "Subparsers") -> None:
    """Add the commands to the command line."""
    start = _add(subparsers, "start", _start, _("start a machine, building what it needs first"))
    start.add_argument("--engine", choices=list(rootfs.SUITES), help=_("the Docker engine of a new machine"))
    _add(subparsers, "stop", _stop, _("stop a machine; what it holds stays"))
    reset = _add(subparsers, "reset", _reset, _("make a machine as new: its containers, images and files go"))
    _add_yes(reset)
    what = _("say what the machines are doing")
    status = subparsers.add_parser("status", help=what, description=what)
    status.set_defaults(run=_status)
    status.add_argument("--name", help=_("of this machine alone"))
    status.add_argument("--json", action="store_true", help=_("print one JSON object for each machine"))
    shell = _add(subparsers, "shell", _shell, _("open a shell in a machine"))
    shell.add_argument("--world", action="store_true", help=_("in the world around it instead"))
    execute = _add(subparsers, "exec", _exec, _("run a command in a machine: dockyard exec -- docker ps"))
    execute.add_argument("--world", action="store_true", help=_("in the world around it instead"))
    execute.add_argument("--workdir", "-w", metavar="DIR", help=_("the directory to run it in (default: /root)"))
    execute.add_argument(
        "command", nargs=argparse.REMAINDER, metavar="-- COMMAND", help=_("the command and its arguments")
    )
    delete = _add(subparsers, "delete", _delete, _("delete a machine with all it holds; the workspace stays"))
    _add_yes(delete)
    doctor = subparsers.add_parser("doctor", help=_("check what this host has for a machine, and say how to mend it"))
    doctor.add_argument("--json", action="store_true", help=_("print the findings as JSON"))
    doctor.set_defaults(run=_doctor)
    prepare = subparsers.add_parser("setup", help=_("build what machines start from, without starting one"))
    prepare.add_argument("--engine", choices=list(rootfs.SUITES), help=_("the Docker engine to prepare"))
    prepare.add_argument("--rebuild", action="store_true", help=_("build anew what a damaged cache holds"))
    prepare.set_defaults(run=_setup)


def _add(subparsers: "Subparsers", name: str, run: "Run", help_: str) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=help_, description=help_)
    parser.add_argument("--name", default=default_name(), help=_("the machine's name (default: %(default)s)"))
    parser.set_defaults(run=run)
    return parser


def _add_yes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", "-y", action="store_true", help=_("do not ask"))


def default_name() -> str:
    """Return the machine that commands mean: $DOCKYARD_MACHINE, else "default"."""
    return os.environ.get("DOCKYARD_MACHINE") or "default"


def _confirm(chosen: argparse.Namespace, question: str) -> bool:
    """Ask before something is lost; without a terminal to ask on, --yes is needed."""
    if chosen.yes:
        return True
    if not sys.stdin.isatty():
        raise MachineError(question, _("Say --yes if that is what you want."))
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes", "是")
    except EOFError:  # Ctrl-D
        print()
        return False


def _start(chosen: argparse.Namespace) -> int:
    with display.progress() as report:
        machine = setup.start(chosen.name, chosen.engine, report)
    _show(machine.status())
    return 0


def _stop(chosen: argparse.Namespace) -> int:
    Machine(chosen.name).stop()
    print(_("The machine {name} is stopped. Its data stays.").format(name=chosen.name))
    return 0


def _existing(name: str) -> Machine:
    machine = Machine(name)
    if not machine.exists:
        others = ", ".join(paths.machine_names()) or _("none")
        raise MachineError(
            _("There is no machine {name}. There are: {others}.").format(name=name, others=others),
            f"dockyard start --name {name}",
        )
    return machine


def _reset(chosen: argparse.Namespace) -> int:
    machine = _existing(chosen.name)
    question = _(
        "All containers, images, volumes and files in the machine {name} will go. Your workspace {path} stays."
    )
    if not _confirm(chosen, question.format(name=chosen.name, path=machine.workspace)):
        return 1
    with display.progress() as report:
        setup.reset(machine, report)
    _show(machine.status())
    return 0


def _delete(chosen: argparse.Namespace) -> int:
    machine = _existing(chosen.name)
    question = _("The machine {name} and all it holds will be deleted. Your workspace {path} stays.")
    try:
        workspace = str(machine.workspace)
    except MachineError:  # its configuration is damaged, and to delete it is the way out
        workspace = _("wherever you chose to have it")
    if not _confirm(chosen, question.format(name=chosen.name, path=workspace)):
        return 1
    machine.delete()
    print(
        _("The machine {name} is deleted. Its workspace is still in {path}.").format(name=chosen.name, path=workspace)
    )
    return 0


def _status(chosen: argparse.Namespace) -> int:
    names = [chosen.name] if chosen.name else paths.machine_names() or [default_name()]
    for name in names:
        status = Machine(name).status()
        if chosen.json:
            print(json.dumps(dataclasses.asdict(status), default=str))
        else:
            _show(status)
    return 0


def _show(status: MachineStatus) -> None:
    option = "" if status.name == default_name() else f" --name {status.name}"
    words = {
        "running": _("running"),
        "starting": _("starting"),
        "engine stopped": _(
            "running, its Docker engine is not (dockyard exec{option} -- service docker start; "
            "if it refuses: dockyard exec{option} -- service docker restore)"
        ).format(option=option),
        "unsupervised": _("running, its supervisor has died (dockyard start{option} adopts it)").format(option=option),
        "stopping": _("stopping"),
        "stopped": _("stopped"),
    }
    print(f"{status.name}: {words[status.state]}")
    print(_("  Docker engine  {engine}").format(engine=status.engine))
    if status.since:
        print(
            _("  booted         {when}").format(when=time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(status.since)))
        )
        held = (
            _("held by cgroups")
            if status.limited
            else _("none (no cgroups are ours on this host; see dockyard doctor)")
        )
        print(_("  limits         {held}").format(held=held))
    print(_("  workspace      {path}").format(path=status.workspace))
    print(f"  DOCKER_HOST    {status.docker_host}")


def _shell(chosen: argparse.Namespace) -> int:
    machine = _running(chosen.name)
    environment = {"TERM": os.environ.get("TERM", "xterm-256color")}
    return terminal.run(
        machine.command(["bash", "--login" if chosen.world else "-i"], world=chosen.world, env=environment)
    )


def _running(name: str) -> Machine:
    """Return a machine that runs, starting it where it does not: whoever opens a shell wants to be in."""
    machine = Machine(name)
    if machine.status().state not in ("running", "engine stopped"):
        with display.progress() as report:
            setup.start(name, report=report)
    return machine


def _exec(chosen: argparse.Namespace) -> int:
    command = chosen.command[1:] if chosen.command[:1] == ["--"] else chosen.command
    if not command:
        raise MachineError(_("There is no command to run."), "dockyard exec -- docker ps")
    environment = {"TERM": os.environ.get("TERM", "dumb")}
    argv = _running(chosen.name).command(command, world=chosen.world, cwd=chosen.workdir, env=environment)
    return terminal.run(argv)


def _doctor(chosen: argparse.Namespace) -> int:
    findings = host.examine()
    if chosen.json:
        print(json.dumps([dataclasses.asdict(finding) for finding in findings]))
    else:
        marks = {"ok": "✓", "missing": "✗", "limited": "!"}
        for finding in findings:
            print(f"{marks[finding.state]} {finding.name}: {finding.found}")
            if finding.state != "ok":
                print(f"    {finding.why}")
                if finding.remedy:
                    print(f"    → {finding.remedy}")
    return 1 if any(finding.state == "missing" for finding in findings) else 0


def _setup(chosen: argparse.Namespace) -> int:
    with display.progress() as report:
        if chosen.rebuild:
            setup.forget(chosen.engine)
        setup.prepare(chosen.engine, report)
    print(_("All is ready: dockyard lab"))
    return 0
