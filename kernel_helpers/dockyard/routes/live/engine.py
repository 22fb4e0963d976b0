"""Asks the machine's engine over its Unix socket without blocking the server; it knows the API and keeps nothing."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

# The oldest API that Engine 20.10 to 28 all answer; https://docs.docker.com/reference/api/engine/#versioned-api-and-sdk
_API = "/v1.41"
# An event of a container with many labels is one long line.
_LONGEST_LINE = 4 * 1024 * 1024
# For how long the engine may be busy with what it was asked to do: `docker stop --time` can be a minute and more.
_ACTION = aiohttp.ClientTimeout(total=180)


class EngineError(Exception):
    """The engine refused; its own words are the message.

    Attributes:
        status: the HTTP status.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Engine:
    """A connection to the engine; OSError and aiohttp.ClientError mean that it does not answer."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def get(self, path: str, **parameters: str) -> Any:
        """Return the JSON of an answer, or None where there is no such object."""
        async with self._session.get(_API + path, params=parameters) as answer:
            if answer.status == 404:
                return None
            await _check(answer)
            return await answer.json()

    async def change(self, method: str, path: str, **parameters: str) -> None:
        """Make the engine do something; a container may take its time to stop."""
        async with self._session.request(method, _API + path, params=parameters, timeout=_ACTION) as answer:
            await _check(answer)

    @asynccontextmanager
    async def stream(self, path: str, **parameters: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """Give an answer piece by piece as it comes, for what may be too long to be held."""
        async with self._session.get(_API + path, params=parameters) as answer:
            await _check(answer)
            yield answer.content.iter_any()

    @asynccontextmanager
    async def events(self, since: float) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """Give the events after a time (in seconds; the engine remembers its last 256) and all that follow."""
        parameters = {"since": f"{since:.9f}"} if since else {}
        timeout = aiohttp.ClientTimeout(total=None, sock_read=None)
        async with self._session.get(_API + "/events", params=parameters, timeout=timeout) as answer:
            await _check(answer)
            yield _lines(answer)


async def _lines(answer: aiohttp.ClientResponse) -> AsyncIterator[dict[str, Any]]:
    async for line in answer.content:
        if line.strip():
            yield json.loads(line)


async def _check(answer: aiohttp.ClientResponse) -> None:
    if answer.status >= 400:
        words = await answer.text()
        try:
            message = json.loads(words)["message"]
        except (ValueError, KeyError, TypeError):
            message = words
        raise EngineError(answer.status, message)


@asynccontextmanager
async def connect(socket: Path) -> AsyncIterator[Engine]:
    """Give a connection to the engine behind a socket."""
    connector = aiohttp.UnixConnector(path=str(socket))
    async with aiohttp.ClientSession(
        base_url="http://engine",
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=30),
        read_bufsize=_LONGEST_LINE,
    ) as session:
        yield Engine(session)
