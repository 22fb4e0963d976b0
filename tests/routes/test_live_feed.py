import asyncio

import pytest

from dockyard.routes.live.feed import Feed, ReaderTooSlowError


def publish(feed: Feed, *names: str) -> None:
    for name in names:
        feed.publish({"name": name})


def read(feed: Feed, after: int) -> list[tuple[int, str]]:
    messages = asyncio.run(asyncio.wait_for(feed.after(after), 1))
    return [(message["seq"], message["name"]) for message in messages]


def test_messages_come_in_order_with_their_numbers():
    feed = Feed()
    publish(feed, "a", "b", "c")
    assert read(feed, 0) == [(1, "a"), (2, "b"), (3, "c")]
    assert read(feed, 2) == [(3, "c")]


def test_a_reader_waits_for_what_is_new():
    async def wait() -> list:
        feed = Feed()
        publish(feed, "old")
        waiting = asyncio.create_task(feed.after(1))
        await asyncio.sleep(0)
        publish(feed, "new", "newer")
        return await waiting

    assert [message["name"] for message in asyncio.run(wait())] == ["new", "newer"]


def test_every_reader_gets_everything():
    async def wait() -> list:
        feed = Feed()
        readers = [asyncio.create_task(feed.after(0)) for _ in range(3)]
        await asyncio.sleep(0)
        publish(feed, "for all")
        return await asyncio.gather(*readers)

    assert [[message["name"] for message in messages] for messages in asyncio.run(wait())] == [["for all"]] * 3


def test_a_reader_that_fell_behind_what_is_kept_is_told_so():
    feed = Feed(kept=3)
    publish(feed, *"abcde")
    assert read(feed, 2) == [(3, "c"), (4, "d"), (5, "e")]
    with pytest.raises(ReaderTooSlowError):
        read(feed, 1)


def test_a_reader_can_go_on_only_in_the_series_it_knows():
    feed = Feed(kept=2)
    publish(feed, "a", "b", "c")
    assert feed.holds(feed.run, 1)
    assert feed.holds(feed.run, 3)
    assert not feed.holds(feed.run, 0)
    assert not feed.holds(feed.run, 4)
    assert not feed.holds(Feed().run, 1)
