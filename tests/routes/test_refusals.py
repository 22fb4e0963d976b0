"""Every route refuses strangers, other origins and paths that climb; the server runs without unauthenticated access."""

import re

import pytest

from dockyard.routes import application

API = [
    ("GET", "dockyard/api/status"),
    ("POST", "dockyard/api/terminals"),
    ("GET", "dockyard/api/course"),
    ("POST", "dockyard/api/exercises/images.web/check"),
    ("POST", "dockyard/api/exercises/images.web/hint"),
    ("POST", "dockyard/api/exercises/images.web/start"),
    ("POST", "dockyard/api/exercises/images.web/reset"),
    ("GET", "dockyard/api/timeline"),
    ("GET", "dockyard/api/pictures/network"),
    ("GET", "dockyard/api/machine/usage"),
    ("POST", "dockyard/api/machine/start"),
    ("POST", "dockyard/api/machine/stop"),
    ("POST", "dockyard/api/machine/reset"),
    ("GET", "dockyard/api/containers/web/logs"),
    ("POST", "dockyard/api/containers/web/start"),
    ("POST", "dockyard/api/containers/web/stop"),
    ("POST", "dockyard/api/containers/web/remove"),
    ("POST", "dockyard/api/images/sha256:0a1b/remove"),
    ("POST", "dockyard/api/volumes/data/remove"),
    ("POST", "dockyard/api/networks/mine/remove"),
]
ROUTES = [
    *API,
    ("GET", "dockyard/api/live"),
    ("GET", "port/8080"),
    ("GET", "port/8080/"),
    ("POST", "port/8080/"),
    ("PUT", "port/8080/"),
    ("DELETE", "port/8080/"),
    ("OPTIONS", "port/8080/"),
]


def test_no_route_is_missing_here():
    for pattern, handler in application.handlers("/"):
        tried = [path for _method, path in ROUTES if re.fullmatch(pattern, f"/{path}")]
        assert tried, f"{handler.__name__} is not tried"


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_refuses_those_it_does_not_know(jupyter, method, path):
    body = b"{}" if method in {"POST", "PUT"} else None
    answer = jupyter.ask(path, method=method, body=body, known=False)
    assert answer.status in {302, 403}
    if answer.status == 302:
        assert "/login?" in answer.headers["location"][0]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_refuses_a_wrong_token(jupyter, method, path):
    body = b"{}" if method in {"POST", "PUT"} else None
    wrong = {"Authorization": "token 0123456789abcdef"}
    answer = jupyter.ask(path, method=method, body=body, headers=wrong, known=False)
    assert answer.status in {302, 403}


@pytest.mark.parametrize(("method", "path"), API)
def test_the_api_refuses_pages_of_another_origin(jupyter, method, path):
    body = b"{}" if method == "POST" else None
    foreign = {"Origin": "https://evil.example.com", "Cookie": jupyter.log_in()}
    answer = jupyter.ask(path, method=method, body=body, headers=foreign, known=False)
    assert answer.status in {403, 404}


@pytest.mark.parametrize("path", [path for method, path in API if method == "POST"])
def test_a_cookie_alone_changes_nothing(jupyter, path):
    """A page elsewhere can make a browser send its cookies, but cannot read the token that has to go with them."""
    answer = jupyter.ask(path, method="POST", body=b"{}", headers={"Cookie": jupyter.log_in()}, known=False)
    assert answer.status == 403
    assert "_xsrf" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "dockyard/api/../../../etc/passwd",
        "dockyard/api/%2e%2e/%2e%2e/api/kernels",
        "dockyard/api/containers/../logs",
        "dockyard/api/pictures/..%2fcourse",
        "dockyard/api/pictures/../course/x",
        "dockyard/api/containers/%2e%2e/logs",
        "dockyard/api/containers/..%2f..%2finfo/logs",
        "dockyard/api/containers/a%2fb/logs",
        "dockyard/api/containers/a%3fall=1/logs",
        "dockyard/api/containers/a%00b/logs",
        "dockyard/api/containers/%3Cscript%3E/logs",
        "port/8080/../../api/kernels",
        "port/8080/%2e%2e/9090/",
        "port/8080/a/..%2f..%2f9090/",
        "port/..%2fapi",
        "port/0/",
        "port/65536/",
        "port/99999999",
    ],
)
def test_no_route_follows_a_path_that_climbs_or_a_port_that_cannot_be(jupyter, path):
    assert jupyter.ask(path).status in {400, 404}


@pytest.mark.parametrize(
    "path",
    [
        "exercises/../start",
        "exercises/%2e%2e/start",
        "exercises/images.web/solution",
        "containers/%2e%2e/start",
        "containers/web/kill",
        "containers/..%2fvolumes/remove",
        "volumes/a%2f..%2fb/remove",
        "networks/.hidden/remove",
        "machine/delete",
        "machine/..",
    ],
)
def test_no_action_follows_a_path_that_climbs_or_does_what_is_not_offered(jupyter, path):
    assert jupyter.ask(f"dockyard/api/{path}", method="POST", body=b"{}").status == 404


def test_status_says_what_the_machine_does(jupyter):
    answer = jupyter.ask("dockyard/api/status")
    assert answer.status == 200
    assert answer.json["name"] == "default"
    assert answer.json["state"] == "stopped"


def test_a_terminal_in_a_stopped_machine_says_how_to_start_it(jupyter):
    answer = jupyter.ask("dockyard/api/terminals", method="POST", body=b"{}")
    assert answer.status == 409
    assert answer.json["next_step"] == "dockyard start"
    assert "not running" in answer.json["found"]
