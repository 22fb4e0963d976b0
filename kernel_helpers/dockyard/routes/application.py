"""Says which handler answers under which URL; what each does is in its own module."""

import re

from jupyter_server.utils import url_path_join

from dockyard.routes.api import StatusHandler, TerminalsHandler
from dockyard.routes.live.socket import LiveHandler
from dockyard.routes.port_proxy import PortHandler, PortSlashHandler


def handlers(base_url: str) -> list[tuple[str, type]]:
    """Return the routes of the extension.

    Args:
        base_url: the path under which Jupyter runs.
    """
    base = re.escape(base_url)
    return [
        (url_path_join(base, "dockyard/api/status"), StatusHandler),
        (url_path_join(base, "dockyard/api/terminals"), TerminalsHandler),
        (url_path_join(base, "dockyard/api/live"), LiveHandler),
        (url_path_join(base, r"port/([0-9]{1,5})"), PortSlashHandler),
        (url_path_join(base, r"port/([0-9]{1,5})(/.*)"), PortHandler),
    ]
