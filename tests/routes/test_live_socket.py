"""The sidebar's websocket as a connection, whatever it tells."""

import asyncio


def test_a_connection_on_which_nothing_happens_is_pinged(jupyter):
    """A proxy that closes what is silent for a minute would end it."""

    async def listen() -> None:
        page = await jupyter.visit()
        await page.next()
        pinged = asyncio.Event()
        page.socket.on_ping = lambda _data: pinged.set()
        await asyncio.wait_for(pinged.wait(), 10)

    asyncio.run(listen())
