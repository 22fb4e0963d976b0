"""Times how long an engine event takes until the sidebar's timeline shows it, in a burst of a thousand, in Chromium."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import docker
from playwright.sync_api import Page, sync_playwright

from dockyard.machine import Machine
from measure import median, p95

COUNT = 1000
# What is good enough, in seconds: the median and the 95th percentile.
_GOAL_MEDIAN, _GOAL_P95 = 0.05, 0.15


def burst(machine: Machine) -> str:
    """Measure one burst in JupyterLab and say what came of it.

    Args:
        machine: a running machine.
    """
    with _lab(machine) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(url)
        page.wait_for_function("window.jupyterapp !== undefined")
        page.evaluate("jupyterapp.restored.then(() => null)")
        page.evaluate("jupyterapp.commands.execute('dockyard:show', { part: 'timeline' }).then(() => null)")
        page.wait_for_selector(".dockyard-timeline li")
        with collecting(page):
            last = rename(machine, COUNT)
            page.wait_for_selector(f".dockyard-timeline li:first-child:has-text('{last}')")
        delays = latencies(page)
        browser.close()
    met = "met" if median(delays) <= _GOAL_MEDIAN and p95(delays) <= _GOAL_P95 else "NOT MET"
    times = f"p50 {median(delays) * 1000:.0f} ms, p95 {p95(delays) * 1000:.0f} ms"
    return f"engine event to DOM, {COUNT} in a burst: {times} (goal 50 and 150 ms: {met})"


def rename(machine: Machine, count: int) -> str:
    """Rename a new container so often, each time an event; return its last name."""
    with closing(docker.DockerClient(base_url=f"unix://{machine.socket}")) as engine:
        engine.images.pull("busybox", "latest")
        container = engine.containers.create("busybox", name="begin")
        for number in range(count):
            container.rename(f"n{number}")
    return f"n{count - 1}"


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


@contextmanager
def _lab(machine: Machine) -> Iterator[str]:
    """Run JupyterLab on a machine; give the URL at which it is opened."""
    argv = [sys.executable, "-m", "dockyard", "lab", "--name", machine.name, "--lang", "en", "--no-browser"]
    options = ["--port", "8970", "--", "--LabApp.expose_app_in_browser=True"]
    variables = {**os.environ, "DOCKYARD_PROGRESS": str(machine.workspace / ".progress")}
    process = subprocess.Popen(
        [*argv, *options], env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        said = iter(process.stdout or ())
        yield next(found[0] for line in said if (found := re.search(r"https?://\S+", line)))
    finally:
        process.terminate()
        process.wait(30)
