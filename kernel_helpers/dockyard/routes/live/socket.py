"""The websocket of the sidebar: a snapshot, then every change in order; it adds nothing to what the watch tells."""

import asyncio
import json
from typing import Any

from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from dockyard.routes.live.feed import ReaderTooSlowError
from dockyard.routes.live.watch import Watch

# A page that takes this long (in seconds) to accept what it is sent starts anew.
_PATIENCE = 10.0
# Application codes are 4000 to 4999 (RFC 6455, 7.4.2).
TOO_SLOW = 4008


class LiveHandler(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """GET dockyard/api/live?run=RUN&seq=NUMBER: goes on after a message of that run, else begins with a snapshot."""

    _sender: "asyncio.Task[None] | None" = None

    @ws_authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Open the websocket for whoever is known."""
        await super().get(*args, **kwargs)

    def open(self, *args: str, **kwargs: str) -> None:
        """Begin to send, and to ping: a proxy in between closes what is silent for a minute."""
        super().open(*args, **kwargs)
        self._sender = asyncio.create_task(self._send())

    def on_message(self, _message: str | bytes) -> None:
        """Ignore what the page says: it has nothing to say here."""

    def on_close(self) -> None:
        """Send no more."""
        if self._sender is not None:
            self._sender.cancel()
        super().on_close()

    async def _send(self) -> None:
        watch: Watch = self.settings["dockyard_watch"]
        try:
            async with watch.reading():
                position = await self._begin(watch)
                while True:
                    messages = await watch.feed.after(position)
                    await self._write(messages)
                    position = messages[-1]["seq"]
        except (ReaderTooSlowError, TimeoutError):
            self.close(TOO_SLOW, "too slow")
        except WebSocketClosedError:
            pass

    async def _begin(self, watch: Watch) -> int:
        """Return the number of the message after which this page goes on; send a snapshot where it is new."""
        run, number = self.get_argument("run", ""), self.get_argument("seq", "")
        if number.isdigit() and watch.feed.holds(run, int(number)):
            return int(number)
        snapshot = watch.snapshot()
        await self._write([snapshot])
        sequence: int = snapshot["seq"]
        return sequence

    async def _write(self, messages: list[dict[str, Any]]) -> None:
        """Send messages as one frame and wait until the page has taken it: nothing piles up here."""
        await asyncio.wait_for(self.write_message(json.dumps(messages)), _PATIENCE)
