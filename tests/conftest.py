"""What tests share: machines of their own, started once for each test process and named after it."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from dockyard import setup
from dockyard.machine import Machine, host


def _refuse(reason: str) -> None:
    """Skip for lack of a machine, or fail where one was promised: a green run must have tried everything."""
    if os.environ.get("DOCKYARD_REQUIRE_MACHINE"):
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest modules begin first, so that no process is left alone with one of them at the end."""
    long = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.get_closest_marker("lesson") is None, item.path not in long))


@pytest.fixture
def table(record_property) -> Callable[[str, str], None]:
    """Have a text printed under a title when all tests have run: table(title, text)."""
    return lambda title, text: record_property("table", (title, text))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests handed to `table`, also from other processes."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for title, text in (value for name, value in report.user_properties if name == "table"):
            terminalreporter.section(title)
            terminalreporter.write_line(text)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show beside a failure what the machine that it used has to say, which its deletion takes away."""
    report = yield
    if report.failed and "session_machine" in getattr(item, "funcargs", {}):
        directory = item.funcargs["session_machine"].directory
        for log in (directory / "boot.log", directory / "supervisor.log"):
            if log.is_file():
                report.sections.append((f"The machine's {log.name}", log.read_text(errors="replace")[-4000:]))
    return report


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """A name that no other test process on this host has."""
    return f"{getattr(request.config, 'workerinput', {}).get('workerid', 'one')}-{os.getpid()}"


@pytest.fixture(scope="session")
def able_host() -> None:
    """A host on which machines can run."""
    missing = [finding for finding in host.examine() if finding.state == "missing"]
    if missing:
        _refuse(f"no machine can run here: {missing[0].found} → {missing[0].remedy}")


@pytest.fixture(scope="session")
def make_machine(able_host: None, worker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Start a machine for this test process: make_machine("a", engine="20.10"). All are deleted at the end."""
    made: list[Machine] = []

    def make(name: str, engine: str | None = None) -> Machine:
        os.environ["DOCKYARD_WORKSPACE"] = str(tmp_path_factory.mktemp(f"workspace-{name}"))
        machine = setup.start(f"t-{worker}-{name}", engine)
        made.append(machine)
        return machine

    yield make
    for machine in made:
        machine.delete()


@pytest.fixture(scope="session")
def session_machine(make_machine) -> Machine:
    """The machine that this test process shares."""
    return make_machine("main")


@pytest.fixture(scope="module")
def machine(session_machine: Machine) -> Machine:
    """A running machine, as new at the beginning of each test module."""
    session_machine.reset()
    return session_machine


@pytest.fixture
def fresh_machine(session_machine: Machine) -> Machine:
    """A running machine, as new at the beginning of this very test."""
    session_machine.reset()
    return session_machine


@pytest.fixture
def dockyard_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of Dockyard's own, for tests that build no machine in it.

    It isn't `tmp_path`, which a test's long name makes too long for a machine's sockets.
    """
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DOCKYARD_HOME", str(home))
    monkeypatch.delenv("DOCKYARD_WORKSPACE", raising=False)
    return home
