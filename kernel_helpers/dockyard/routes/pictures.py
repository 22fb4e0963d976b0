"""The route that answers with pictures of what the engine holds; how they look is not known here."""

import asyncio

from tornado import web

from dockyard import pictures
from dockyard.routes.handler import DockyardHandler


class PictureHandler(DockyardHandler):
    """GET dockyard/api/pictures/layers?of=IMAGE, changes?of=CONTAINER or network."""

    @web.authenticated
    async def get(self, kind: str) -> None:
        """Answer with the drawing, and the same in words."""
        name = self.get_query_argument("of", "")
        picture = await asyncio.to_thread(pictures.draw, self.machine, kind, name)
        self.send_json({"title": picture.title, "svg": picture.svg, "text": picture.text})
