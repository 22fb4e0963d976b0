"""The routes that do something to the engine's objects; the engine decides whether it may be done."""

from dataclasses import dataclass

from tornado import web

from dockyard.errors import NotThereError
from dockyard.i18n import _
from dockyard.routes import logs
from dockyard.routes.handler import DockyardHandler


@dataclass(frozen=True, slots=True)
class _Request:
    """A request to the engine's API; https://docs.docker.com/reference/api/engine/version/v1.41/ names them."""

    method: str
    path: str


# Nothing is ever forced: what the engine refuses, a learner should first understand.
_REQUESTS = {
    ("containers", "start"): _Request("POST", "/containers/{id}/start"),
    ("containers", "stop"): _Request("POST", "/containers/{id}/stop"),
    ("containers", "remove"): _Request("DELETE", "/containers/{id}"),
    ("images", "remove"): _Request("DELETE", "/images/{id}"),
    ("volumes", "remove"): _Request("DELETE", "/volumes/{id}"),
    ("networks", "remove"): _Request("DELETE", "/networks/{id}"),
}


class ObjectHandler(DockyardHandler):
    """POST dockyard/api/KIND/ID/ACTION."""

    @web.authenticated
    async def post(self, kind: str, name: str, action: str) -> None:
        """Let the engine do it; what it says when it refuses is the answer."""
        wanted = _REQUESTS[kind, action]
        async with self.engine() as engine:
            await engine.change(wanted.method, wanted.path.format(id=name))
        self.send_nothing()


class LogsHandler(DockyardHandler):
    """GET dockyard/api/containers/ID/logs?tail=LINES."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Answer with the end of what a container wrote, as it wrote it."""
        tail = self.get_query_argument("tail", str(logs.LINES))
        lines = min(int(tail), logs.MOST_LINES) if tail.isdecimal() else logs.LINES
        async with self.engine() as engine:
            end = await logs.read(engine, name, lines)
        if end is None:
            raise NotThereError(_("There is no container {name}.").format(name=name), "docker ps -a")
        self.send_json({"text": end.text, "truncated": end.truncated})
