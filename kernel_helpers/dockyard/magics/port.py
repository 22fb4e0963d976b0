"""Makes the link to a published port; what answers there, the server passes on."""

import html
import json

from dockyard.i18n import gettext as _
from dockyard.routes import ports
from dockyard.widgets.view import View

OPEN_PORT = "dockyard:open-port"
"""The JupyterLab command of Dockyard's extension that opens a published port in a new tab."""


def port_link(port: int, path: str) -> View:
    """Return a link under Jupyter's own URL.

    A link alone would not do in JupyterLab, which takes it for a file's path: there the command opens it.

    Args:
        port: a port that a container publishes on the machine.
        path: what to ask for there.
    """
    url = ports.path(port) + path.lstrip("/")
    arguments = html.escape(json.dumps({"port": port, "path": path}))
    sentence = _("Port {port} of the machine").format(port=port)
    return View(
        f"{sentence}: {url}",
        f'<p><a href="{html.escape(url)}" target="_blank" rel="noopener" data-commandlinker-command="{OPEN_PORT}"'
        f' data-commandlinker-args="{arguments}">{html.escape(sentence)}</a> <code>{html.escape(url)}</code></p>',
    )
