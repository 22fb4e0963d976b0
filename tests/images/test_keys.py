"""What signs for the world stays the same from one content to the next, as long as it is good."""

import pytest

from dockyard.images.workshop import FILES
from dockyard.machine import Machine

pytestmark = pytest.mark.machine


@pytest.fixture
def make_content(fresh_machine: Machine):
    """Make a content's keys anew, in a machine: it has the same programs; return the authority and the apt key."""

    def run(script: str) -> str:
        return fresh_machine.run(["bash", "-c", script], check=True, timeout=60).stdout

    def make(before: str = "true") -> tuple[str, str]:
        run(f"mkdir -p /srv/keys && {before} && rm -rf /srv/content && mkdir /srv/content")
        run((FILES / "keys").read_text())
        run("openssl verify -CAfile /srv/content/tls/ca.crt -verify_hostname hub.docker.io /srv/content/tls/world.crt")
        return run("cat /srv/content/tls/ca.crt"), run("cat /srv/content/apt-key")

    return make


def test_a_later_content_is_signed_by_the_same(make_content):
    assert make_content() == make_content()


@pytest.mark.parametrize("damage", [": >", "rm", "sed -i '/KEY/d'"])
def test_what_is_damaged_is_made_anew(make_content, damage):
    first = make_content()
    second = make_content(f"for file in authority signing-key; do {damage} /srv/keys/$file; done")
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert second == make_content()


def test_private_keys_are_their_owners_alone(make_content, fresh_machine):
    make_content()
    modes = fresh_machine.run(["sh", "-c", "stat -c '%n %a' /srv/keys/* /srv/content/tls/*.key"], check=True).stdout
    assert {line.split()[1] for line in modes.splitlines()} == {"600"}
    public = fresh_machine.run(["sh", "-c", "cat /srv/content/apt-key /srv/content/tls/*.crt"], check=True).stdout
    assert "PRIVATE" not in public
