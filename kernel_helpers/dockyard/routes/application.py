"""Says which handler answers under which URL; what each does is in its own module."""

import re

from jupyter_server.utils import url_path_join

from dockyard.routes.course import CourseHandler, ExerciseHandler
from dockyard.routes.live.socket import LiveHandler
from dockyard.routes.machine import MachineActionHandler, StatusHandler, UsageHandler
from dockyard.routes.objects import LogsHandler, ObjectHandler
from dockyard.routes.pictures import PictureHandler
from dockyard.routes.port_proxy import PortHandler, PortSlashHandler
from dockyard.routes.terminals import TerminalsHandler
from dockyard.routes.timeline import TimelineHandler

# An id or a name as the engine makes and takes them; what a URL would quote in them may be quoted. No path climbs.
_NAME = "([A-Za-z0-9](?:[A-Za-z0-9_.:@-]|%3A|%40)*)"


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
        (url_path_join(base, "dockyard/api/course"), CourseHandler),
        (url_path_join(base, f"dockyard/api/exercises/{_NAME}/(start|check|hint|reset)"), ExerciseHandler),
        (url_path_join(base, "dockyard/api/machine/usage"), UsageHandler),
        (url_path_join(base, "dockyard/api/timeline"), TimelineHandler),
        (url_path_join(base, "dockyard/api/pictures/(layers|changes|network)"), PictureHandler),
        (url_path_join(base, "dockyard/api/machine/(start|stop|reset)"), MachineActionHandler),
        (url_path_join(base, f"dockyard/api/containers/{_NAME}/logs"), LogsHandler),
        (url_path_join(base, f"dockyard/api/(containers)/{_NAME}/(start|stop|remove)"), ObjectHandler),
        (url_path_join(base, f"dockyard/api/(images|volumes|networks)/{_NAME}/(remove)"), ObjectHandler),
        (url_path_join(base, r"port/([0-9]{1,5})"), PortSlashHandler),
        (url_path_join(base, r"port/([0-9]{1,5})(/.*)"), PortHandler),
    ]
