"""The routes about the machine itself: its status, what it uses, start, stop, reset; it knows no engine object."""

import asyncio
from dataclasses import asdict

from tornado import web

from dockyard import setup
from dockyard.machine.usage import usage
from dockyard.routes.handler import DockyardHandler


class StatusHandler(DockyardHandler):
    """GET dockyard/api/status."""

    @web.authenticated
    async def get(self) -> None:
        """Answer with the machine's status."""
        await self.send_status()

    async def send_status(self) -> None:
        """Answer with the machine's status."""
        status = await asyncio.to_thread(self.machine.status)
        self.send_json(asdict(status))


class UsageHandler(DockyardHandler):
    """GET dockyard/api/machine/usage."""

    # A page that is merely open asks again and again: to what culls idle servers it is nobody's work.
    _track_activity = False

    @web.authenticated
    async def get(self) -> None:
        """Answer with what the machine uses of the host, and how much it may."""
        used = await asyncio.to_thread(usage, self.machine)
        self.send_json(
            {
                "memory": used.memory,
                "memoryLimit": used.memory_limit,
                "pids": used.pids,
                "pidsLimit": used.pids_limit,
                "disk": used.disk,
                "diskFree": used.disk_free,
                "uptime": used.uptime,
            }
        )


class MachineActionHandler(StatusHandler):
    """POST dockyard/api/machine/start, stop or reset."""

    @web.authenticated
    async def post(self, action: str) -> None:
        """Do it, and answer with the status when it is done; the websocket tells meanwhile."""
        await asyncio.to_thread(self._act, action)
        await self.send_status()

    def _act(self, action: str) -> None:
        if action == "start":
            setup.start(self.machine.name)
        elif action == "stop":
            self.machine.stop()
        else:
            setup.reset(self.machine)
