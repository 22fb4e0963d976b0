"""The route that pages through the journal: what happened in the machine, newest first; it adds nothing to it."""

import asyncio

from tornado import web

from dockyard.machine import journal
from dockyard.routes.handler import DockyardHandler
from dockyard.routes.live import views

_PAGE, _LONGEST_PAGE = 100, 500


class TimelineHandler(DockyardHandler):
    """GET dockyard/api/timeline?before=ID&limit=COUNT&actor=ID."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with a page of events, and whether there are older ones."""
        limit = min(self._number("limit") or _PAGE, _LONGEST_PAGE)
        found = await asyncio.to_thread(
            journal.page,
            self.machine.journal,
            before=self._number("before"),
            limit=limit + 1,
            actor=self.get_query_argument("actor", ""),
        )
        self.send_json({"events": [_view(event) for event in found[:limit]], "more": len(found) > limit})

    def _number(self, name: str) -> int:
        """Return a number of the query, 0 where there is none."""
        word = self.get_query_argument(name, "")
        return int(word) if word.isdecimal() and len(word) < 16 else 0


def _view(event: journal.Event) -> views.View:
    return {
        "id": event.id,
        "time": event.time,
        "type": event.type,
        "action": views.text(event.action),
        "actor": views.text(event.actor),
        "attributes": views.attributes(event.attributes),
    }
