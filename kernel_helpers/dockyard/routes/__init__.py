"""The Jupyter server extension: it hands the machine, its engine and the tutor to JupyterLab, and decides nothing."""

import functools
import os
from typing import TYPE_CHECKING

from dockyard.routes.ports import BASE_URL_VARIABLE

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Return what Jupyter Server loads (its documentation, "Authoring a basic server extension")."""
    return [{"module": "dockyard.routes"}]


def _load_jupyter_server_extension(server: "ServerApp") -> None:
    """Add Dockyard's routes to a Jupyter server, all of them behind its own authentication."""
    from dockyard.machine import Machine  # noqa: PLC0415  # the kernel imports this package for ports.path alone
    from dockyard.routes.application import handlers  # noqa: PLC0415
    from dockyard.routes.live.watch import Watch  # noqa: PLC0415
    from dockyard.tutor import Tutor  # noqa: PLC0415

    base_url = server.web_app.settings["base_url"]
    # Kernels inherit it: a link that a cell prints needs Jupyter's base URL in front.
    os.environ[BASE_URL_VARIABLE] = base_url
    machine = Machine(os.environ.get("DOCKYARD_MACHINE", "default"))
    server.web_app.settings.update(
        dockyard_machine=machine,
        dockyard_tutor=functools.cache(lambda: Tutor(machine)),
        # A watch checks in threads of its own, which is why it gets a tutor of its own.
        dockyard_watch=Watch(machine, lambda: Tutor(machine)),
    )
    server.web_app.add_handlers(".*$", handlers(base_url))  # type: ignore[no-untyped-call]
