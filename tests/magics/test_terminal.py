"""When a command wanted a terminal, and what is offered then."""

import html
import json
import re

import pytest

from dockyard.magics.terminal import Tail, command_for_terminal, offer


@pytest.mark.parametrize(
    "output",
    [
        "the input device is not a TTY\n",
        "Error: Cannot perform an interactive login from a non TTY device\n",
        "Error: Cannot perform an interactive login from a non-TTY device\n",
        "Standard input is not a terminal\n",
        "top: failed tty get\n",
        "Error opening terminal: dumb.\n",
        "fatal: could not read Username for 'https://git.example.com': terminal prompts disabled\n",
    ],
)
def test_programs_that_want_a_terminal(output: str) -> None:
    tail = Tail()
    tail.add("x" * 100_000)
    for at in range(0, len(output), 5):
        tail.add(output[at : at + 5])
    assert tail.wants_terminal


@pytest.mark.parametrize("output", ["", "docker: command not found\n", "tty\n", "not a tty yet\n"])
def test_programs_that_failed_otherwise(output: str) -> None:
    tail = Tail()
    tail.add(output)
    assert not tail.wants_terminal


@pytest.mark.parametrize(
    ("script", "directory", "command"),
    [
        ("docker run -it --rm debian bash", "/root", "docker run -it --rm debian bash"),
        ("docker run -it debian bash", None, "docker run -it debian bash"),
        ("docker run -it debian bash", "/root/my web", "cd '/root/my web' && docker run -it debian bash"),
        (
            "# look inside\n\ndocker run -d --name web nginx\ndocker exec -it web bash\n",
            "/root",
            "docker exec -it web bash",
        ),
        ("docker run \\\n  -ti \\\n  debian", "/root", "docker run    -ti    debian"),
        ("docker pull x\ndocker login -u me", "/root", "docker login -u me"),
        ("echo a\nmake menu", "/root", ""),
        ("", "/root", ""),
    ],
)
def test_what_is_typed_there(script: str, directory: str | None, command: str) -> None:
    assert command_for_terminal(script, directory) == command


def test_the_button_runs_the_extension_s_command() -> None:
    view = offer('docker run -it --rm x sh -c "<script>alert(1)</script>"')
    assert "<script" not in view.html
    assert 'data-commandlinker-command="dockyard:open-terminal"' in view.html
    arguments = re.search(r'data-commandlinker-args="([^"]*)"', view.html)
    assert arguments
    assert json.loads(html.unescape(arguments[1])) == {
        "text": 'docker run -it --rm x sh -c "<script>alert(1)</script>"'
    }
    assert "dockyard shell" in view.text
