"""Passes what a browser asks of a published port on to the world's Unix socket; it opens no TCP port.

The world's web server takes `/PORT/path` there and asks the machine's port for `/path`, from outside, like
anybody on the network would: a port that is published on 127.0.0.1 only is out of its reach.
"""

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from jupyter_server_proxy.handlers import LocalProxyHandler, RewritableResponse
from tornado import httputil, web

from dockyard.i18n import _, language

if TYPE_CHECKING:
    from dockyard.machine import Machine

# Header with which the world's web server says that the answer is its own: nothing listens on that port.
CLOSED_HEADER = "X-Dockyard-Port"

# The cookies of jupyter_server.auth.identity, tornado's XSRF check and JupyterHub: no container may see them.
_JUPYTER_COOKIE = re.compile(r"_xsrf|username-.*|jupyterhub-.*")
_COOKIE_PATH = re.compile(r";\s*path=(/[^;]*)", re.IGNORECASE)


class PortSlashHandler(JupyterHandler):
    """GET port/8080: relative links of a page need the slash at the end."""

    @web.authenticated
    def get(self, port: str) -> None:
        """Send the browser to port/8080/, with its query."""
        query = _without_token(self, self.request.query)
        self.redirect(url_path_join(self.base_url, "port", port) + "/" + (f"?{query}" if query else ""))


class PortHandler(LocalProxyHandler):  # type: ignore[misc]  # jupyter_server_proxy has no type information
    """Any method and websockets on port/8080/...; jupyter_server_proxy authenticates before anything else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # jupyter_server_proxy passes what a function's parameters name, and would pass no self.
        def rewrite(response: RewritableResponse, port: str) -> None:
            self._rewrite(response, port)

        super().__init__(*args, **kwargs, rewrite_response=rewrite)

    @property
    def unix_socket(self) -> str:
        """The world's socket; jupyter_server_proxy connects there in place of localhost."""
        machine: Machine = self.settings["dockyard_machine"]
        return str(machine.ports_socket)

    async def prepare(self) -> None:
        """Authenticate everything, then refuse what is no port or would climb out of it.

        It stands in for jupyter_server_proxy's own, which redirects to the login page a second time where
        allow_unauthenticated_access is off, and sends websockets there.
        """
        websocket = self.request.headers.get("Upgrade", "").lower() == "websocket"
        await JupyterHandler.prepare(self, _redirect_to_login=not websocket)
        if self._finished:
            return
        if websocket and not self.current_user:
            raise web.HTTPError(403)
        _require_login(self)
        if self._finished:
            return
        port, path = self.path_args
        if not 0 < int(port) < 65536 or ".." in path.split("/"):
            raise web.HTTPError(400)
        self.request.query = _without_token(self, self.request.query)

    async def proxy(self, port: str, path: str) -> None:
        """Pass one request on; where the world does not answer, say so on a page that tries again."""
        try:
            await super().proxy(port, f"/{port}{path}")
        except (web.HTTPError, OSError) as error:
            if isinstance(error, web.HTTPError) and error.status_code < 500:
                raise
            self.log.debug("No answer from the world for port %s: %s", port, error)
            self.set_status(503)
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(_page(_("The machine does not answer."), _("Start it: dockyard start")))

    async def open(self, port: str, path: str) -> None:
        """Pass a websocket on."""
        await self.proxy_open("localhost", port, f"/{port}{path}")

    def proxy_request_headers(self) -> httputil.HTTPHeaders:
        """Return the browser's headers without what would let a container act as the learner in Jupyter."""
        headers: httputil.HTTPHeaders = super().proxy_request_headers()
        token = self.identity_provider.token
        if token and token in headers.get("Authorization", ""):
            del headers["Authorization"]
        if "Cookie" in headers:
            kept = _foreign_cookies(headers["Cookie"])
            del headers["Cookie"]
            if kept:
                headers["Cookie"] = kept
        return headers

    def _get_context_path(self, _host: str, port: str) -> str:
        """Return the path under which the page's own root appears to the browser."""
        path: str = url_path_join(self.base_url, "port", port)
        return path

    def _rewrite_location_header(self, location: str, _host: str, port: str, _path: str) -> str:
        """Return where a redirect leads as the browser sees it.

        Servers name themselves by the Host header, some with the port that they listen on in their container.
        """
        to = urlsplit(location)
        if to.netloc and to.hostname not in {self.request.host_name, "localhost", "127.0.0.1"}:
            return location
        if to.netloc or to.path.startswith("/"):
            to = to._replace(scheme="", netloc="", path=self._get_context_path("", port) + (to.path or "/"))
        return urlunsplit(to)

    def _rewrite(self, response: RewritableResponse, port: str) -> None:
        """Change an answer on its way back: a closed port gets a page, cookies stay with the port."""
        if response.headers.get(CLOSED_HEADER):
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            found = _("Nothing answers on port {port} of the machine.")
            next_step = _("Publish it on 0.0.0.0 (docker run -p {port}:80 ...) and look at: docker ps")
            response.body = _page(found.format(port=port), next_step.format(port=port)).encode()
        cookies = response.headers.get_list("Set-Cookie")
        if cookies:
            context = self._get_context_path("", port)
            del response.headers["Set-Cookie"]
            for cookie in cookies:
                response.headers.add("Set-Cookie", _COOKIE_PATH.sub(rf"; Path={context}\1", cookie))


def _without_token(handler: JupyterHandler, query: str) -> str:
    """Return a query string without Jupyter's token."""
    token = handler.identity_provider.token
    if not token or token not in query:
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if value != token])


@web.authenticated
def _require_login(_handler: web.RequestHandler) -> None:
    """Redirect to the login page, or refuse, whoever is not known."""


def _foreign_cookies(header: str) -> str:
    """Return a Cookie header (RFC 6265, 4.2) without Jupyter's own cookies."""
    pairs = (pair.strip() for pair in header.split(";"))
    return "; ".join(pair for pair in pairs if not _JUPYTER_COOKIE.fullmatch(pair.partition("=")[0]))


def _page(found: str, next_step: str) -> str:
    """Return a page that says what was found and looks again after two seconds."""
    return (
        f'<!DOCTYPE html><html lang="{language()}"><meta charset="utf-8">'
        '<meta http-equiv="refresh" content="2">'
        '<meta name="color-scheme" content="light dark"><title>Dockyard</title>'
        '<body style="font-family: sans-serif; margin: 3em auto; max-width: 40em">'
        f"<h1>{html.escape(found)}</h1><p>{html.escape(next_step)}</p></body></html>"
    )
