"""The proxy against a real server on the machine's socket; the world's web server has its own tests."""

import asyncio
import json
import threading
from pathlib import Path

import pytest
from aiohttp import web
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect


async def _echo(request: web.Request) -> web.StreamResponse:
    if request.headers.get("Upgrade", "").lower() == "websocket":
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(f"{request.path}: {message.data}")
        return socket
    seen = {
        "method": request.method,
        "path": request.raw_path,
        "headers": dict(request.headers),
        "body": (await request.read()).decode(),
    }
    answer = web.Response(text=json.dumps(seen))
    answer.headers.add("Set-Cookie", "session=1; HttpOnly; Path=/")
    answer.headers.add("Set-Cookie", "deep=1; path=/deep")
    return answer


async def _redirect(request: web.Request) -> web.Response:
    return web.Response(status=301, headers={"Location": request.query["to"]})


async def _closed(_request: web.Request) -> web.Response:
    return web.Response(status=502, text="nothing", headers={"X-Dockyard-Port": "closed"})


async def _failing(_request: web.Request) -> web.Response:
    return web.Response(status=502, text="the container's own words")


async def _serve(path: Path, ready: threading.Event, stop: threading.Event) -> None:
    application = web.Application()
    application.router.add_route("*", "/8080/redirect", _redirect)
    application.router.add_route("*", "/8081/{rest:.*}", _closed)
    application.router.add_route("*", "/8082/{rest:.*}", _failing)
    application.router.add_route("*", "/{rest:.*}", _echo)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.UnixSite(runner, str(path)).start()
    ready.set()
    await asyncio.to_thread(stop.wait)
    await runner.cleanup()


@pytest.fixture(scope="module")
def server(jupyter):
    path = jupyter.home / "dy" / "machines" / "default" / "host" / "ports.sock"
    path.parent.mkdir(parents=True)
    ready, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(path, ready, stop)))
    thread.start()
    assert ready.wait(10)
    yield jupyter
    stop.set()
    thread.join(10)


def test_a_request_arrives_as_it_was_sent(server):
    answer = server.ask("port/8080/a%20b/c?d=e&d=f", method="POST", body=b"hello", headers={"X-Mine": "1"})
    assert answer.status == 200
    assert answer.json["method"] == "POST"
    assert answer.json["path"] == "/8080/a%20b/c?d=e&d=f"
    assert answer.json["body"] == "hello"
    assert answer.json["headers"]["X-Mine"] == "1"
    assert answer.json["headers"]["Host"] == f"127.0.0.1:{server.port}"
    assert answer.json["headers"]["X-Forwarded-Prefix"] == "/base/port/8080"


def test_no_container_sees_what_jupyter_knows_the_learner_by(server):
    cookie = f"{server.log_in()}; _xsrf=2|a; mine=yes; other=a=b"
    answer = server.ask(f"port/8080/?token={server.token}&q=1", headers={"Cookie": cookie})
    assert answer.json["headers"]["Cookie"] == "mine=yes; other=a=b"
    assert answer.json["path"] == "/8080/?q=1"
    assert "Authorization" not in answer.json["headers"]
    assert server.token not in answer.text


def test_a_container_s_own_authorization_passes(server):
    headers = {"Cookie": server.log_in(), "Authorization": "Basic Z3Vlc3Q6Z3Vlc3Q="}
    answer = server.ask("port/8080/", headers=headers, known=False)
    assert answer.json["headers"]["Authorization"] == "Basic Z3Vlc3Q6Z3Vlc3Q="


def test_cookies_of_a_page_stay_with_its_port(server):
    cookies = server.ask("port/8080/").headers["set-cookie"]
    assert [cookie for cookie in cookies if not cookie.startswith("username-")] == [
        "session=1; HttpOnly; Path=/base/port/8080/",
        "deep=1; Path=/base/port/8080/deep",
    ]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("/docs/?a=b#c", "/base/port/8080/docs/?a=b#c"),
        ("http://127.0.0.1/docs/", "/base/port/8080/docs/"),
        ("http://localhost:8080/docs/", "/base/port/8080/docs/"),
        ("http://127.0.0.1", "/base/port/8080/"),
        ("docs/", "docs/"),
        ("https://files.example.com/", "https://files.example.com/"),
    ],
)
def test_redirects_lead_where_the_browser_can_follow(server, said, seen):
    from urllib.parse import quote

    answer = server.ask(f"port/8080/redirect?to={quote(said, safe='')}")
    assert answer.status == 301
    assert answer.headers["location"] == [seen]


def test_the_slash_that_relative_links_need_is_added(server):
    answer = server.ask("port/8080")
    assert answer.status == 302
    assert answer.headers["location"] == ["/base/port/8080/"]


def test_the_slash_is_added_before_the_query_of_which_the_token_goes_no_further(server):
    assert server.ask("port/8080?page=2&q=a%20b").headers["location"] == ["/base/port/8080/?page=2&q=a%20b"]
    answer = server.ask(f"port/8080?token={server.token}&page=2", known=False)
    assert answer.headers["location"] == ["/base/port/8080/?page=2"]
    answer = server.ask(f"port/8080?token={server.token}", known=False)
    assert answer.headers["location"] == ["/base/port/8080/"]


def test_a_port_that_nothing_listens_on_gets_a_page_that_says_so(server):
    answer = server.ask("port/8081/")
    assert answer.status == 502
    assert "Nothing answers on port 8081" in answer.text
    assert "docker run -p 8081:80" in answer.text


def test_a_container_s_own_failure_stays_its_own(server):
    answer = server.ask("port/8082/")
    assert (answer.status, answer.text) == (502, "the container's own words")


def _talk(server, headers) -> str:
    async def talk() -> str:
        url = server.url.replace("http:", "ws:") + "port/8080/chat"
        socket = await websocket_connect(HTTPRequest(url, headers=headers))
        await socket.write_message("hello")
        return await socket.read_message()

    return asyncio.run(talk())


def test_websockets_pass(server):
    assert _talk(server, {"Authorization": f"token {server.token}"}) == "/8080/chat: hello"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example.com"}])
def test_websockets_are_refused_to_strangers(server, headers):
    from tornado.httpclient import HTTPClientError

    cookie = {"Cookie": server.log_in()} if headers else {}
    with pytest.raises(HTTPClientError) as refused:
        _talk(server, {**headers, **cookie})
    assert refused.value.code == 403


@pytest.fixture
def _no_world(server):
    socket = server.home / "dy" / "machines" / "default" / "host" / "ports.sock"
    hidden = socket.with_name("hidden")
    socket.rename(hidden)
    yield
    hidden.rename(socket)


@pytest.mark.usefixtures("_no_world")
def test_without_a_world_a_page_says_how_to_start_the_machine(server):
    answer = server.ask("port/8080/")
    assert answer.status == 503
    assert "dockyard start" in answer.text
