"""The outside view of published ports: HTTP, websockets and redirects, and a page where nobody answers."""

import base64
import socket

import pytest

pytestmark = pytest.mark.machine

# A web server that tells what it was asked, redirects in several ways, and echoes websocket frames.
SERVER = """
const http = require("http"), crypto = require("crypto");
const where = {
  "/a/b/path": "/login", "/absolute": "http://198.51.100.10:3000/a?b=c", "/other": "http://198.51.100.10:8080/",
  "/eighty": "http://198.51.100.10/", "/outside": "http://www.example.com/",
};
http.createServer((request, response) => {
  if (where[request.url]) { response.writeHead(302, {Location: where[request.url]}); response.end(); }
  else response.end(JSON.stringify({url: request.url, headers: request.headers}));
}).on("upgrade", (request, peer) => {
  const key = request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  peer.write("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n" +
    "Sec-WebSocket-Accept: " + crypto.createHash("sha1").update(key).digest("base64") + "\\r\\n\\r\\n");
  peer.on("data", frame => {
    const length = frame[1] & 127;
    const text = frame.subarray(6, 6 + length).map((byte, i) => byte ^ frame[2 + i % 4]);
    peer.write(Buffer.concat([Buffer.from([0x81, length]), text]));
  });
}).listen(3000);
"""


@pytest.fixture(scope="module", autouse=True)
def servers(machine):
    script = (
        "docker run -d --name web -p 8080:80 nginx && docker run -d --name inner -p 127.0.0.1:8081:80 nginx &&"
        f" docker run -d --name node -p 3000:3000 node -e '{SERVER}' &&"
        " until curl -fsS localhost:3000/ && curl -fsS localhost:8080/; do sleep 0.1; done"
    )
    machine.run(["bash", "-c", script], timeout=120, check=True)


def test_a_published_port_answers(port_page):
    response = port_page("/8080/")
    assert response.status == 200
    assert b"Welcome to nginx!" in response.read()


def test_the_path_and_query_arrive_as_they_were(port_page):
    body = port_page("/3000/a%20b/c?d=e%2Ff").read()
    assert b'"url":"/a%20b/c?d=e%2Ff"' in body


def test_a_server_sees_its_own_name_and_origin(port_page):
    body = port_page("/3000/x", Origin="http://localhost:8888", Host="localhost:8888").read()
    assert b'"host":"198.51.100.10:3000"' in body
    assert b'"origin":"http://198.51.100.10:3000"' in body


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/3000", "3000/"),
        ("/3000/a/b/path", "./../../login"),
        ("/3000/absolute", "../3000/a?b=c"),
        ("/3000/other", "../8080/"),
        ("/3000/eighty", "../80/"),
        ("/3000/outside", "http://www.example.com/"),
    ],
)
def test_redirects_become_relative(port_page, path, location):
    response = port_page(path)
    assert response.status in {301, 302}
    assert response.headers["Location"] == location


@pytest.mark.parametrize("port", ["8081", "9", "99999"])
def test_nobody_answers_and_the_page_says_why(port_page, port):
    response = port_page(f"/{port}/")
    page = response.read().decode()
    assert response.status >= 500
    assert f"Nothing answers on port {port}" in page
    assert f"端口 {port} 没有回应" in page
    assert f"-p 127.0.0.1:{port}:80" in page


def test_websockets_pass_through(machine):
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(30)
        peer.connect(str(machine.ports_socket))
        key = base64.b64encode(bytes(16)).decode()
        peer.sendall(
            f"GET /3000/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b" 101 " in peer.recv(4096)
        text, mask = b"over the quay", b"\1\2\3\4"
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(text))
        peer.sendall(bytes([0x81, 0x80 | len(text)]) + mask + masked)
        assert peer.recv(100) == bytes([0x81, len(text)]) + text


def test_a_server_that_fails_is_shown_as_it_fails(port_page, machine):
    """Only the world's own failures get the page, never a server's."""
    config = "server { listen 80; location / { return 502 mine; } }"
    script = (
        f"docker exec web sh -c 'echo \"{config}\" > /etc/nginx/conf.d/default.conf && nginx -s reload' &&"
        ' until [ "$(curl -s localhost:8080)" = mine ]; do sleep 0.1; done'
    )
    machine.run(["bash", "-c", script], timeout=60, check=True)
    response = port_page("/8080/")
    assert (response.status, response.read()) == (502, b"mine")
