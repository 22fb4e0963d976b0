"""How a magic's line is divided."""

import pytest

from dockyard.errors import UsageError
from dockyard.magics.options import parse

MACHINE = {"flags": ["--world"], "values": ["--name", "--timeout"]}


@pytest.mark.parametrize(
    ("line", "flags", "values", "rest"),
    [
        ("", set(), {}, ""),
        ("docker ps -a", set(), {}, "docker ps -a"),
        ("--world ip addr", {"--world"}, {}, "ip addr"),
        (
            "--name other --timeout=2.5 docker run --name x y",
            set(),
            {"--name": "other", "--timeout": "2.5"},
            "docker run --name x y",
        ),
        ("--world", {"--world"}, {}, ""),
        ("-- --odd", set(), {}, "--odd"),
        ("  echo  'a  b' {x} $y  ", set(), {}, "echo  'a  b' {x} $y"),
        ("docker images --format '{{.Size}}'", set(), {}, "docker images --format '{{.Size}}'"),
    ],
)
def test_options_come_first_and_the_rest_is_left_alone(line, flags, values, rest) -> None:
    parsed = parse(line, **MACHINE)
    assert (set(parsed.flags), dict(parsed.values), parsed.rest) == (flags, values, rest)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("--wold x", "--wold"),
        ("--name", "--name"),
        ("--name --world x", "--name"),
        ("--world=yes x", "--world"),
        ("-x", "-x"),
    ],
)
def test_what_cannot_be_meant_is_said(line, named) -> None:
    with pytest.raises(UsageError, match=named) as caught:
        parse(line, **MACHINE)
    assert caught.value.next_step
