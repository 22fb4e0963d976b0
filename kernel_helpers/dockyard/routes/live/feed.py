"""Keeps the latest messages in order, for readers at their own pace; it knows nothing of what they say."""

import asyncio
import secrets
from collections import deque
from typing import Any

Message = dict[str, Any]

# A burst of a thousand events with all that they change, with room to spare; about 2 MB, 20 MB at the very worst.
_KEPT = 4096


class ReaderTooSlowError(Exception):
    """A reader asked for a message that is no longer kept."""


class Feed:
    """An endless numbered series of messages of which the latest are kept.

    Nothing is queued for a reader: each remembers the number that it has read up to and asks for what came after.

    Attributes:
        run: names this series: numbers of another one mean nothing here.
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self.run = secrets.token_hex(8)
        self._messages: deque[Message] = deque(maxlen=kept)
        self._last = 0
        self._news = asyncio.Event()

    @property
    def last(self) -> int:
        """The number of the latest message, 0 before the first."""
        return self._last

    def publish(self, message: Message) -> None:
        """Append a message; it gets the next number."""
        self._last += 1
        self._messages.append({**message, "seq": self._last})
        self._news.set()
        self._news = asyncio.Event()

    def holds(self, run: str, after: int) -> bool:
        """Return whether a reader of a series can go on after a number without missing anything."""
        oldest = self._last - len(self._messages)
        return run == self.run and oldest <= after <= self._last

    async def after(self, number: int) -> list[Message]:
        """Return all messages after a number, waiting for the first of them.

        Raises:
            ReaderTooSlowError: some of them are gone.
        """
        while number == self._last:
            await self._news.wait()
        if not self.holds(self.run, number):
            raise ReaderTooSlowError
        count = self._last - number
        return [self._messages[index] for index in range(len(self._messages) - count, len(self._messages))]
