"""DNS of the world: the names that lessons use, a private zone with a record of each kind, and nothing else."""

import pytest

pytestmark = pytest.mark.machine


@pytest.fixture(scope="module")
def lookup(machine):
    """Ask from a container, as lessons do."""

    def ask(name: str, kind: str = "a") -> str:
        return machine.run(["docker", "run", "--rm", "busybox", "nslookup", f"-type={kind}", name], timeout=60).stdout

    return ask


@pytest.mark.parametrize(
    ("name", "kind", "answer"),
    [
        ("registry-1.docker.io", "a", "198.51.100.1"),
        ("mirror.example.com", "a", "198.51.100.2"),
        ("apt.example.com", "a", "198.51.100.3"),
        ("web.harbour.example", "a", "198.51.100.1"),
        ("six.harbour.example", "aaaa", "2001:db8::6"),
        ("www.harbour.example", "cname", "web.harbour.example"),
        ("harbour.example", "txt", "berth=7"),
        ("harbour.example", "mx", "mail.harbour.example"),
        ("_http._tcp.harbour.example", "srv", "80 web.harbour.example"),
        ("1.100.51.198.in-addr.arpa", "ptr", "www.example.com"),
        ("10.100.51.198.in-addr.arpa", "ptr", "machine.example.com"),
    ],
)
def test_records(lookup, name, kind, answer):
    assert answer in lookup(name, kind)


@pytest.mark.parametrize("zone", ["example.com", "docker.io", "example.org", "harbour.example"])
def test_what_does_not_exist_is_said_at_once(lookup, zone):
    assert "NXDOMAIN" in lookup(f"nosuch.{zone}")


def test_search_domain(machine):
    done = machine.run(
        ["docker", "run", "--rm", "--dns-search", "harbour.example", "busybox", "nslookup", "web"], timeout=60
    )
    assert "web.harbour.example" in done.stdout
