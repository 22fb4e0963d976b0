import subprocess
import sys

import pytest

from dockyard.routes import ports


@pytest.fixture(autouse=True)
def _no_jupyter_around(monkeypatch):
    monkeypatch.delenv(ports.BASE_URL_VARIABLE, raising=False)
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)


def test_the_path_stands_alone_where_no_server_is_known():
    assert ports.path(8080) == "/port/8080/"


def test_the_path_lies_below_the_server_s_base_url(monkeypatch):
    monkeypatch.setenv(ports.BASE_URL_VARIABLE, "/base/")
    assert ports.path(80) == "/base/port/80/"


def test_the_path_lies_below_the_hub_s_prefix(monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ann/")
    assert ports.path(80) == "/user/ann/port/80/"


def test_the_module_needs_no_jupyter():
    code = "import sys, dockyard.routes.ports; assert 'jupyter_server' not in sys.modules, 'imported'"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})
