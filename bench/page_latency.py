"""Times how long an engine event takes until the sidebar's timeline shows it; it makes no event."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import Page


@contextmanager
def collecting(page: Page) -> Iterator[None]:
    """Note every event at the moment in which the timeline shows it, while the block runs.

    Args:
        page: JupyterLab with the sidebar's timeline in sight.
    """
    page.evaluate(_COLLECT)
    yield
    page.evaluate("window.dockyardSeen.observer.disconnect()")


def latencies(page: Page) -> Sequence[float]:
    """Return how many seconds each event took from the engine to the page, by the clock that both share."""
    seen: list[float] = page.evaluate("[...window.dockyardSeen.after.values()]")
    return seen


_COLLECT = """() => {
  const list = document.querySelector('.dockyard-timeline');
  const after = new Map();
  const before = new Set([...list.children].map(item => item.dataset.event));
  const observer = new MutationObserver(() => {
    const now = (performance.timeOrigin + performance.now()) / 1000;
    for (const { dataset } of list.children) {
      if (!before.has(dataset.event) && !after.has(dataset.event)) {
        after.set(dataset.event, now - Number(dataset.time));
      }
    }
  });
  observer.observe(list, { childList: true });
  window.dockyardSeen = { after, observer };
}"""
