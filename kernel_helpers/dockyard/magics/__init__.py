"""The IPython extension: what a lesson's cells can say besides Python. Each magic knows what it does itself."""

import atexit
import importlib
import os
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING

from IPython.core.magics.namespace import NamespaceMagics

from dockyard.machine import Machine
from dockyard.magics.machine_magics import MachineMagics
from dockyard.magics.picture_magics import PictureMagics
from dockyard.magics.sessions import Sessions, default_machine
from dockyard.magics.tutor_magics import TutorMagics

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load(ipython: "InteractiveShell") -> None:
    """Register the magics, point Docker's clients at the machine's engine and open the machine's session ahead."""
    _speak_the_language_of_the_notebook()
    _point_docker_at(Machine(default_machine()))
    sessions = Sessions()
    atexit.register(sessions.close)
    tutor = TutorMagics(ipython, NamespaceMagics(ipython).reset)  # type: ignore[misc, arg-type]
    ipython.register_magics(MachineMagics(ipython, sessions), tutor, PictureMagics(ipython))
    sys.path.append("")  # last: a learner's docker.py, or what a machine's root puts there, must not stand for ours
    sessions.open_in_background(then=_import_what_checks_need)


def _point_docker_at(machine: Machine) -> None:
    """Let `docker.from_env()` and docker on the host mean the machine's engine."""
    machine.forget_dead_root()
    os.environ["DOCKER_HOST"] = machine.docker_host
    for variable in ("DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"):
        os.environ.pop(variable, None)


def _speak_the_language_of_the_notebook() -> None:
    """Answer in Chinese below zh/ and in English below en/, whatever the rest of the system speaks.

    Jupyter Server leaves the notebook's path in JPY_SESSION_NAME.
    """
    folder = PurePath(os.environ.get("JPY_SESSION_NAME", "")).parent.name
    if folder in ("en", "zh"):
        os.environ["DOCKYARD_LANG"] = folder


def _import_what_checks_need() -> None:
    """Import what takes long, so that the first check need not wait for it."""
    for module in ("docker", "ipywidgets"):
        importlib.import_module(module)
