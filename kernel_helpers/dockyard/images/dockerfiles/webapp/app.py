# ruff: noqa: INP001, T201 - a program for a container, not a part of the package
"""A small web application on port 5000: says which container answered, counts visits, shows its environment.

GET / is a page for people, /env the environment, /healthz "ok". A datagram to UDP port 5000 is answered as well.
Visits are counted in /webapp/visits where that directory exists (a volume, say), else in memory.
"""

import html
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingUDPServer

PORT = 5000
DATA = Path("/webapp")
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>webapp</title>
<h1>Hello {who}!</h1>
<p>Answered by container <b>{host}</b>. You came from {client}. Visits so far: <b>{visits}</b>.</p>
</html>
"""


class Visits:
    """A counter that survives in a volume, where there is one."""

    def __init__(self, directory: Path) -> None:
        """Go on counting from what the directory holds."""
        self._file = directory / "visits" if directory.is_dir() else None
        self._count = int(self._file.read_text()) if self._file and self._file.exists() else 0
        self._lock = threading.Lock()

    def another(self) -> int:
        """Count one more and return how many there have been."""
        with self._lock:
            self._count += 1
            if self._file:
                self._file.write_text(f"{self._count}\n")
            return self._count


VISITS = Visits(DATA)


class Web(BaseHTTPRequestHandler):
    """Answers HTTP."""

    def do_GET(self) -> None:
        """Answer one of the three addresses."""
        if self.path == "/":
            page = PAGE.format(
                who=html.escape(os.environ.get("PROVIDER", "world")),
                host=socket.gethostname(),
                client=self.client_address[0],
                visits=VISITS.another(),
            )
            self.answer(200, "text/html", page)
        elif self.path == "/env":
            self.answer(200, "text/plain", "".join(f"{key}={value}\n" for key, value in sorted(os.environ.items())))
        elif self.path == "/healthz":
            self.answer(200, "text/plain", "ok\n")
        else:
            self.answer(404, "text/plain", "not found\n")

    def answer(self, status: int, kind: str, text: str) -> None:
        """Send one whole response."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Datagrams(BaseRequestHandler):
    """Answers UDP."""

    def handle(self) -> None:
        """Say who answers, and repeat what came."""
        data, channel = self.request
        channel.sendto(f"{socket.gethostname()}: ".encode() + data, self.client_address)


if __name__ == "__main__":
    threading.Thread(target=ThreadingUDPServer(("", PORT), Datagrams).serve_forever, daemon=True).start()
    print(f"webapp listens on port {PORT}, tcp and udp")
    ThreadingHTTPServer(("", PORT), Web).serve_forever()
