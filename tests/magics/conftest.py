"""A real kernel of the dockyard kernelspec, driven as a notebook drives it."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

import dockyard

SECONDS = 60


@dataclass
class Cell:
    """What a cell left behind: its outputs as a notebook stores them."""

    status: str
    outputs: list[dict[str, Any]] = field(default_factory=list)
    displays: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """All plain text, errors included."""
        return "".join(_text(output) for output in self.outputs)

    def take(self, message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "update_display_data":
            self.displays[content["transient"]["display_id"]]["data"] = content["data"]
            return
        if kind not in ("stream", "display_data", "error", "execute_result"):
            return
        if kind == "stream" and self.outputs and self.outputs[-1].get("name") == content["name"]:
            self.outputs[-1]["text"] += content["text"]
            return
        self.outputs.append({"kind": kind, **content})
        if "display_id" in content.get("transient", {}):
            self.displays[content["transient"]["display_id"]] = self.outputs[-1]


def _text(output: dict[str, Any]) -> str:
    if output["kind"] == "stream":
        return output["text"]
    if output["kind"] == "error":
        return "\n".join(output["traceback"]) + "\n"
    return output["data"]["text/plain"] + "\n"


class Kernel:
    """A running kernel."""

    def __init__(self, environment: dict[str, str], **options: Any) -> None:
        self.manager = KernelManager(kernel_name="dockyard")
        self.manager.start_kernel(env=environment, **options)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(SECONDS)

    def run(self, code: str, interrupt: Callable[[], bool] | None = None) -> Cell:
        """Run a cell; interrupt the kernel once a condition holds."""
        cell = Cell("")
        if interrupt is not None:
            threading.Thread(target=self._interrupt_when, args=(interrupt,)).start()
        began = time.monotonic()
        reply = self.client.execute_interactive(code, output_hook=cell.take, timeout=SECONDS)
        cell.seconds = time.monotonic() - began
        cell.status = reply["content"]["status"]
        return cell

    def _interrupt_when(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.manager.interrupt_kernel()

    def stop(self) -> None:
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel()


@pytest.fixture(scope="module")
def kernel_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment in which Jupyter finds the kernelspec of this very tree, and Python its package."""
    directory = tmp_path_factory.mktemp("jupyter")
    spec = Path(dockyard.__file__).parent / "kernelspec"
    shutil.copytree(spec, directory / "kernels" / "dockyard")
    environment = {
        **os.environ,
        "JUPYTER_PATH": str(directory),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "DOCKYARD_LANG": "en",
        "DOCKYARD_PROGRESS": str(directory),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(directory))
        yield environment


@pytest.fixture(scope="module")
def start_kernel(kernel_environment: dict[str, str]) -> Iterator[Callable[..., Kernel]]:
    """Start a kernel: start_kernel(DOCKYARD_MACHINE="x")."""
    started: list[Kernel] = []

    def start(**changed: str) -> Kernel:
        started.append(Kernel({**kernel_environment, **changed}))
        return started[-1]

    yield start
    for kernel in started:
        kernel.stop()


@pytest.fixture(scope="module")
def kernel(machine, start_kernel) -> Kernel:
    return start_kernel(DOCKYARD_MACHINE=machine.name)
