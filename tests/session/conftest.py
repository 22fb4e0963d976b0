"""A session in a plain bash of this host, with a home of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockyard.session import Session


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # as in the machine; the host's own may name a locale that is not there
    return tmp_path


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    session = Session(list)
    yield session
    session.close()


@pytest.fixture
def run(session: Session) -> Callable[..., tuple[int, str]]:
    """Run a script; return its exit code and its whole output."""

    def run(script: str, timeout: float | None = None) -> tuple[int, str]:
        output: list[str] = []
        code = session.run(script, output.append, timeout)
        return code, "".join(output)

    return run
