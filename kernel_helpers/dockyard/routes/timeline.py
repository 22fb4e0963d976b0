"""The route that pages through the journal: what happened in the machine, newest first; it adds nothing to it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from tornado import web

from dockyard.machine import journal
from dockyard.routes.handler import DockyardHandler
from dockyard.routes.live import views

_PAGE, _LONGEST_PAGE = 100, 500


class TimelineHandler(DockyardHandler):
    """GET dockyard/api/timeline?before=ID&limit=COUNT&actor=ID&type=TYPE."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with a page of events, and whether there are older ones."""
        limit = min(self._number("limit") or _PAGE, _LONGEST_PAGE)
        found = await asyncio.to_thread(
            journal.page,
            self.machine.journal,
            before=self._number("before"),
            limit=limit + 1,
            kind=self.get_query_argument("type", ""),
            actor=self.get_query_argument("actor", ""),
        )
        self.send_json({"events": [_view(event) for event in found[:limit]], "more": len(found) > limit})

    def _number(self, name: str) -> int:
        """Return a number of the query, 0 where there is none."""
        word = self.get_query_argument(name, "")
        return int(word) if word.isdecimal() and len(word) < 16 else 0


def _view(event: journal.Event) -> views.View:
    inspect = event.inspect or {}
    return {
        "id": event.id,
        "time": event.time,
        "type": event.type,
        "action": views.text(event.action),
        "actor": views.text(event.actor),
        "name": views.text(event.attributes.get("name") or inspect.get("Name", "").removeprefix("/") or event.actor),
        "attributes": views.attributes(event.attributes),
        "inspect": _few(event.type, inspect),
    }


def _few(kind: str, inspect: Mapping[str, Any]) -> views.View:
    """Return the few facts that say what an object was like right after an event; none where it was gone."""
    if not inspect:
        return {}
    if kind == "container":
        state = inspect["State"]
        return {
            "image": views.text(inspect["Config"]["Image"]),
            "command": views.text(" ".join([inspect["Path"], *inspect["Args"]])),
            "state": state["Status"],
            "exitCode": state["ExitCode"],
            "oomKilled": state["OOMKilled"],
            "autoRemove": inspect["HostConfig"]["AutoRemove"],
        }
    if kind == "image":
        return {
            "tags": [views.text(tag) for tag in inspect.get("RepoTags") or []],
            "size": inspect["Size"],
            "layers": len(inspect["RootFS"].get("Layers") or []),
        }
    if kind == "network":
        pools = inspect["IPAM"].get("Config") or []
        return {"driver": inspect["Driver"], "subnets": [pool["Subnet"] for pool in pools if pool.get("Subnet")]}
    return {"driver": inspect["Driver"]} if kind == "volume" else {}
