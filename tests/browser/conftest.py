"""JupyterLab as a learner has it: `dockyard lab` on a real machine, seen through Debian's Chromium."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright
from tornado.testing import bind_unused_port

import dockyard
from dockyard.machine import Machine

PICTURES = Path(__file__).parent / "results"
AXE = Path(__file__).resolve().parents[2] / "labextension" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS = 1000  # Playwright counts milliseconds
expect.set_options(timeout=30 * SECONDS)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        reason = "no Chromium on this host: apt-get install chromium"
        (pytest.fail if os.environ.get("DOCKYARD_REQUIRE_MACHINE") else pytest.skip)(reason)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser for each module: while Playwright runs, its event loop is in the way of every other test's."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS, headless=True)
        yield running
        running.close()


@dataclass
class Lab:
    """A running `dockyard lab`."""

    machine: Machine
    language: str
    url: str
    process: subprocess.Popen = field(repr=False)

    @property
    def origin(self) -> str:
        return self.url.partition("/lab")[0]

    @property
    def token(self) -> str:
        return self.url.rpartition("token=")[2]

    def notebook(self, name: str, **cells: str) -> str:
        """Write a notebook of code cells, by their ids, into the workspace; return its path there."""
        made = v4.new_notebook(
            cells=[v4.new_code_cell(source, id=identity) for identity, source in cells.items()],
            metadata={"kernelspec": {"name": "dockyard", "display_name": "Dockyard", "language": "python"}},
        )
        nbformat.write(made, self.machine.workspace / f"{name}.ipynb")
        return f"{name}.ipynb"


def _start_lab(machine: Machine, language: str, home: Path) -> Lab:
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "run"),
        "DOCKYARD_PROGRESS": str(home / "progress"),
        "PYTHONPATH": str(Path(dockyard.__file__).parent.parent),
    }
    argv = [sys.executable, "-m", "dockyard", "lab", "--name", machine.name, "--lang", language, "--no-browser"]
    unused, port = bind_unused_port()  # labs that start side by side take each other's
    unused.close()
    process = subprocess.Popen(
        [*argv, "--port", str(port), "--", "--LabApp.expose_app_in_browser=True"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=(home / "log").open("wb"),
        text=True,
    )
    for line in process.stdout:
        if found := re.search(r"https?://\S+", line):
            return Lab(machine, language, found[0], process)
    pytest.fail(f"dockyard lab ended: {(home / 'log').read_text()}")


@pytest.fixture(scope="session")
def start_lab(make_machine, tmp_path_factory) -> Iterator[Callable[[str], Lab]]:
    """Start a lab in a language, once for each; all of them share one machine."""
    labs: dict[str, Lab] = {}
    machine = make_machine("browser")

    def start(language: str) -> Lab:
        if language not in labs:
            labs[language] = _start_lab(machine, language, tmp_path_factory.mktemp(f"lab-{language}"))
        return labs[language]

    yield start
    for lab in labs.values():
        lab.process.terminate()
        lab.process.wait(30)


@pytest.fixture(params=["en", "zh"])
def lab(request: pytest.FixtureRequest, start_lab) -> Lab:
    """A lab in each language in turn."""
    return start_lab(request.param)


@pytest.fixture
def english_lab(start_lab) -> Lab:
    return start_lab("en")


class Desk:
    """A browser tab with JupyterLab, and what a learner does in it."""

    def __init__(self, page: Page, lab: Lab, name: str) -> None:
        self.page = page
        self.lab = lab
        self._name = name
        self._number = 0

    def open(self, path: str = "") -> None:
        """Open JupyterLab with an empty desk, or with one notebook whose kernel is ready."""
        place = f"/tree/{path}" if path else ""
        self.page.goto(f"{self.lab.origin}/lab{place}?reset&token={self.lab.token}")
        self.page.wait_for_function("window.jupyterapp !== undefined")
        self.page.evaluate("jupyterapp.restored")
        # What opens last, a notebook or the launcher, takes the focus from whoever is quicker.
        self.page.wait_for_function(_MAIN_AREA_HAS_FOCUS)
        if path:
            # The indicator says "idle" even before there is a kernel, and what is run then is lost.
            self.page.wait_for_function(_KERNEL_IS_READY, timeout=60 * SECONDS)

    def sidebar(self, part: str = "course") -> "Sidebar":
        """Open the sidebar at one of its parts."""
        return Sidebar(self, part)

    def cell(self, identity: str) -> Locator:
        return self.page.locator(f'[data-cell="{identity}"]')

    def output(self, identity: str) -> Locator:
        return self.cell(identity).locator(".jp-OutputArea")

    def choose(self, identity: str) -> int | None:
        """Click into a cell; return how often it has been run."""
        before = self.page.evaluate(_ACTIVATE, identity)
        self.cell(identity).locator(".cm-content").click()
        return before

    def run(self, identity: str) -> Locator:
        """Run a cell the way people do, wait until it has ended, and return its output."""
        before = self.choose(identity)
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function(_HAS_RUN, arg=[identity, before], timeout=60 * SECONDS)
        return self.output(identity)

    def terminal(self) -> str:
        """Return what the newest terminal shows."""
        return self.page.evaluate(_TERMINAL_TEXT)

    def until_terminal_shows(self, text: str) -> None:
        self._until(lambda: text in self.terminal(), text)

    def until_terminal_ends_with(self, text: str) -> None:
        self._until(lambda: self.terminal().endswith(text), text)

    def _until(self, holds: Callable[[], bool], text: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"{text!r} is not in the terminal:\n{self.terminal()}"
            self.page.wait_for_timeout(50)

    def picture(self, what: str = "", page: Page | None = None) -> None:
        """Keep a picture of the page, or of another one, for people to look at."""
        PICTURES.mkdir(exist_ok=True)
        self._number += 1
        name = "-".join(filter(None, [self._name, str(self._number), what]))
        (page or self.page).screenshot(path=PICTURES / f"{name}.png")


class Sidebar:
    """The panel of a desk, opened."""

    def __init__(self, desk: "Desk", part: str) -> None:
        self.page = desk.page
        self.node = self.page.locator("#dockyard-panel")
        self.page.evaluate("part => jupyterapp.commands.execute('dockyard:show', { part })", part)
        expect(self.node.get_by_role("tablist")).to_be_visible()

    def open(self, part: str) -> None:
        self.node.locator(f"[data-tab={part}]").click()

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme: "JupyterLab Light" or "JupyterLab Dark"."""
        self.page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
        self.page.wait_for_function(
            "name => document.body.dataset.jpThemeName === name && getComputedStyle(document.body)"
            ".getPropertyValue('--jp-layout-color1') !== ''",
            arg=name,
        )

    def object(self, name: str) -> Locator:
        """An object of the engine by what stands in its first line."""
        return self.node.locator(".dockyard-object").filter(has=self.page.locator(".dockyard-title", has_text=name))

    def exercise(self, identity: str) -> Locator:
        """The head of an exercise."""
        return self.node.locator(f'[data-exercise="{identity}"]')

    def row(self, identity: str) -> Locator:
        """An exercise with what its head has opened."""
        return self.node.locator("li", has=self.page.locator(f'[data-exercise="{identity}"]'))

    @property
    def state(self) -> Locator:
        return self.node.locator(".dockyard-head")

    def findings(self) -> Sequence[str]:
        """What axe finds to be serious or critical in what is shown."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.add_script_tag(path=AXE)
        found = self.page.evaluate("axe.run('#dockyard-panel').then(result => result.violations)")
        return [
            f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
            for violation in found
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]


_MAIN_AREA_HAS_FOCUS = "() => jupyterapp.shell.currentWidget?.node.contains(document.activeElement)"
_KERNEL_IS_READY = """() => [...jupyterapp.shell.widgets('main')].some(widget => {
  const kernel = widget.content?.activeCell && widget.sessionContext.session?.kernel;
  return kernel && kernel.connectionStatus === 'connected' && kernel.status === 'idle';
})"""
# JupyterLab does not put the ids of cells into the page: a cell is marked with its own when it is about to be run.
_FIND = """identity => [...jupyterapp.shell.widgets('main')]
  .flatMap(widget => widget.content?.activeCell ? [...widget.content.widgets] : [])
  .find(cell => cell.model.id === identity)"""
_ACTIVATE = f"""async identity => {{
  const cell = ({_FIND})(identity);
  const notebook = cell.parent;
  notebook.activeCellIndex = notebook.widgets.indexOf(cell);
  await notebook.scrollToItem(notebook.activeCellIndex);
  cell.node.dataset.cell = identity;
  return cell.model.executionCount;
}}"""
_HAS_RUN = f"""([identity, before]) => {{
  const now = ({_FIND})(identity).model.executionCount;
  return now !== null && now !== before;
}}"""
_TERMINAL_TEXT = """() => {
  const widgets = [...jupyterapp.shell.widgets('main')].filter(widget => widget.content?.session?.send);
  const buffer = widgets.at(-1)?.content._term?.buffer.active;
  const lines = Array.from({ length: buffer?.length ?? 0 }, (_, i) => buffer.getLine(i).translateToString(true));
  return lines.join('\\n').trim();
}"""


@pytest.fixture
def sit_down(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[[Lab], Desk]]:
    """Open a browser tab; at the end no page may have asked anybody but Jupyter, or have failed."""
    asked: list[str] = []
    failed: list[str] = []
    contexts = []
    origins: set[str] = set()

    def sit(lab: Lab) -> Desk:
        origins.add(lab.origin.partition("://")[2])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(30 * SECONDS)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        return Desk(page, lab, re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-"))

    yield sit
    for context in contexts:
        _keep_last_sight(context, request)
        context.close()
    known = "|".join(map(re.escape, origins))
    assert not [url for url in asked if not re.match(rf"(http|ws)://({known})/|data:|blob:", url)]
    assert not failed


def _keep_last_sight(context, request: pytest.FixtureRequest) -> None:
    """Keep what a failing test saw last."""
    PICTURES.mkdir(exist_ok=True)
    for number, page in enumerate(context.pages):
        name = re.sub(r"\W+", "-", request.node.name).strip("-")
        try:
            page.screenshot(path=PICTURES / f"{name}-end-{number}.png")
        except Error:
            continue
