"""Reads the end of a container's log, however long it is; it shows nothing and changes nothing in it.

https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach, "Stream format"
"""

import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass

from dockyard.routes.live.engine import Engine

LINES = 200
MOST_LINES = 1000
# What is kept, in bytes. The engine stores a line in pieces of 16 KiB, each of which counts as a line of the tail:
# the most that it sends is 16 MB, of which no more than this and one chunk is ever in memory.
KEPT = 64 * 1024
# A cut log begins with a whole line where one begins this early, in bytes.
_FIRST_LINE = 4096
_HEADER = struct.Struct(">BxxxL")


@dataclass(frozen=True, slots=True)
class End:
    """The end of a log.

    Attributes:
        text: what was written, escape sequences and all.
        truncated: whether something of the last lines is missing in front.
    """

    text: str
    truncated: bool


async def read(engine: Engine, container: str, lines: int) -> End | None:
    """Return the end of what a container wrote to both streams, or None where there is no such container.

    Args:
        engine: the engine.
        container: its id or name.
        lines: how many lines to ask the engine for.
    """
    inspect = await engine.get(f"/containers/{container}/json")
    if inspect is None:
        return None
    parameters = {"stdout": "1", "stderr": "1", "tail": str(lines)}
    kept, length = bytearray(), 0
    async with engine.stream(f"/containers/{container}/logs", **parameters) as chunks:
        # A container with a terminal has one stream, as it is.
        async for piece in chunks if inspect["Config"]["Tty"] else _without_headers(chunks):
            kept += piece
            length += len(piece)
            del kept[:-KEPT]
    return _end(bytes(kept), truncated=length > KEPT)


async def _without_headers(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Give what is between the headers that say of which stream it is and how long."""
    header, left = b"", 0
    async for chunk in chunks:
        rest = chunk
        while rest:
            if left:
                piece, rest = rest[:left], rest[left:]
                left -= len(piece)
                yield piece
                continue
            missing = _HEADER.size - len(header)
            header, rest = header + rest[:missing], rest[missing:]
            if len(header) == _HEADER.size:
                _stream, left = _HEADER.unpack(header)
                header = b""


def _end(kept: bytes, *, truncated: bool) -> End:
    if truncated:
        first_line = kept.find(b"\n", 0, _FIRST_LINE) + 1
        kept = kept[first_line:] if first_line else kept.lstrip(bytes(range(0x80, 0xC0)))  # no half a character
    return End(kept.decode(errors="replace"), truncated)
