"""The `dockyard lab` command: brings up the machine, hands out the lessons and runs JupyterLab in this process."""

import argparse
import json
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from dockyard import setup
from dockyard.cli import display
from dockyard.cli.machine import default_name
from dockyard.course import hand_out
from dockyard.i18n import Language, _, language
from dockyard.machine import Machine, paths

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

    from dockyard.cli.machine import Subparsers

# JupyterLab's names of its languages (the folder names of its language packs).
_LOCALES: dict[Language, str] = {"en": "default", "zh": "zh_CN"}


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "lab",
        help=_("set up what is missing, start a machine and open the course in JupyterLab"),
        description=_(
            "Set up what is missing, start a machine and open the course in JupyterLab. One Ctrl-C ends JupyterLab;"
            " the machine keeps running, so that containers survive, until `dockyard stop` or with --stop."
        ),
        epilog=_("What follows -- goes to JupyterLab: dockyard lab -- --ip=0.0.0.0"),
    )
    parser.add_argument("--name", default=default_name(), help=_("the machine's name (default: %(default)s)"))
    parser.add_argument("--lang", choices=list(_LOCALES), default=language(), help=_("language (default: %(default)s)"))
    parser.add_argument(
        "--port", type=int, default=8888, help=_("TCP port; the next free one is taken (default: %(default)s)")
    )
    parser.add_argument("--no-browser", action="store_true", help=_("print the URL and open no browser"))
    parser.add_argument("--stop", action="store_true", help=_("stop the machine when JupyterLab ends"))
    parser.add_argument("jupyter", nargs="*", metavar="-- OPTION", help=_("options for JupyterLab"))
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    # Kernels, terminals and the server extension inherit both.
    os.environ.update(DOCKYARD_MACHINE=chosen.name, DOCKYARD_LANG=chosen.lang)
    with display.progress() as report:
        machine = setup.start(chosen.name, report=report)
    lesson = hand_out(machine.workspace)
    try:
        _serve(chosen, machine, lesson)
    finally:
        _part(machine, stop=chosen.stop)
    return 0


def _serve(chosen: argparse.Namespace, machine: Machine, lesson: Path) -> None:
    """Run JupyterLab until it is ended; its URL is printed when it can be opened."""
    from jupyterlab.labapp import LabApp  # noqa: PLC0415 - takes 0.5 s, which no other command waits for

    token = secrets.token_hex(24)
    _prefer(chosen.lang)
    argv = [f"--IdentityProvider.token={token}", *jupyter_options(chosen, machine, lesson)]
    server = LabApp.initialize_server(argv=argv)
    # Jupyter binds its port in a callback of its own, which comes before this one.
    server.io_loop.add_callback(_show_url, server, token)
    server.start()


def jupyter_options(chosen: argparse.Namespace, machine: Machine, lesson: Path) -> Sequence[str]:
    """Return the options with which JupyterLab is started; the user's own come last and win.

    Args:
        chosen: the parsed command line.
        machine: the running machine.
        lesson: the notebook to open, in the machine's workspace.
    """
    shell = [sys.executable, "-m", "dockyard", "shell", "--name", machine.name]
    options = {
        "ServerApp.root_dir": machine.workspace,
        "ServerApp.port": chosen.port,
        "ServerApp.terminado_settings": {"shell_command": shell},
        "ServerApp.answer_yes": True,  # one Ctrl-C is enough
        "ServerApp.log_level": "ERROR",
        "LabApp.log_level": "ERROR",
        "KernelManager.transport": _kernel_transport(),
        "LabApp.default_url": f"/lab/tree/{lesson.relative_to(machine.workspace).as_posix()}",
        "MappingKernelManager.default_kernel_name": "dockyard",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    if os.geteuid() == 0:
        words.append("--allow-root")
    if chosen.no_browser:
        words.append("--no-browser")
    return [*words, *chosen.jupyter]


def _kernel_transport() -> str:
    """Return how kernels are talked to: by Unix sockets, which open no TCP port, where their paths are short enough.

    A path holds 107 bytes (unix(7)); Jupyter's ends in /kernel-UUID-ipc-N below its runtime directory.
    """
    from jupyter_core.paths import jupyter_runtime_dir  # noqa: PLC0415 - comes with JupyterLab, likewise

    longest = os.fsencode(jupyter_runtime_dir()) + b"/kernel-" + b"x" * 36 + b"-ipc-N"
    return "ipc" if len(longest) <= 107 else "tcp"


def _prefer(lang: Language) -> None:
    """Put JupyterLab's defaults for this run on its configuration path; what the learner has set goes before them.

    https://jupyterlab.readthedocs.io/en/stable/user/directories.html, "default_setting_overrides"
    """
    directory = paths.home() / "lab" / lang
    defaults = {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyterlab/translation-extension:plugin": {"locale": _LOCALES[lang]},
    }
    file = directory / "labconfig" / "default_setting_overrides.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(defaults))
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(directory), *([others] if others else [])])


def _show_url(server: "ServerApp", token: str) -> None:
    print(_("JupyterLab runs here; Ctrl-C ends it:"), f"\n\n    {_url(server, token)}\n", flush=True)


def _url(server: "ServerApp", token: str) -> str:
    """Return the URL to open: with our token in it, unless the user has chosen another way in."""
    url = urlsplit(server.public_url)
    if server.identity_provider.token == token:
        url = url._replace(query=urlencode({"token": token}))
    return url.geturl()


def _part(machine: Machine, *, stop: bool) -> None:
    """Stop the machine if that was asked for, else say that it runs on."""
    if stop:
        machine.stop()
        print(_("The machine {name} is stopped. Its data stays.").format(name=machine.name))
    else:
        option = "" if machine.name == "default" else f" --name {machine.name}"
        print(
            _("The machine {name} keeps running. To stop it: dockyard stop{option}").format(
                name=machine.name, option=option
            )
        )
