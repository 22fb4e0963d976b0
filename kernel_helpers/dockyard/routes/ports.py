"""Knows where a published port of the machine is found under Jupyter's URL; it passes nothing on itself."""

import os

BASE_URL_VARIABLE = "DOCKYARD_BASE_URL"


def path(port: int) -> str:
    """Return the path of a published port on the Jupyter server that this process belongs to.

    The server extension leaves the base URL in the environment, which kernels inherit; JupyterHub sets
    JUPYTERHUB_SERVICE_PREFIX. Without either the base URL is Jupyter's default, "/".

    Args:
        port: the port on the machine, as in `docker run -p PORT:80`.
    """
    base = os.environ.get(BASE_URL_VARIABLE) or os.environ.get("JUPYTERHUB_SERVICE_PREFIX") or "/"
    return f"{base.rstrip('/')}/port/{port}/"
