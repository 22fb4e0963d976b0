"""What is left of a terminal's control characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockyard.magics.plain import last_state, plain, unfinished


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[1;31mred\x1b[0m", "\x1b[1;31mred\x1b[0m"),
        ("\x1b[38:5:196mred\x1b[m", "\x1b[38:5:196mred\x1b[m"),
        ("\x1b[2J\x1b[Hcleared", "cleared"),
        ("up\x1b[1A\x1b[2Kagain", "upagain"),
        ("\x1b[?2004l\x1b[?25hshown", "shown"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;never ended\nnext", "\nnext"),
        ("\x1bPq#0\x1b\\after", "after"),
        ("\x1b(B\x1b)0\x1b=\x1b7\x1b8set", "set"),
        ("bell\x07 null\x00 del\x7f c1\x9b", "bell null del c1"),
        ("N\x08NA\x08AME", "NAME"),
        ("镜像 🐳", "镜像 🐳"),
    ],
)
def test_only_text_and_colours_are_left(text: str, left: str) -> None:
    assert plain(text) == left


@given(st.text(alphabet=st.sampled_from("\x1b[]P;m0?\x07\\aA\n\r\x08"), max_size=40))
def test_nothing_but_colours_survives(text: str) -> None:
    left = plain(text)
    assert not [part for part in left.split("\x1b")[1:] if not part.startswith("[") or "m" not in part]
    assert "\x07" not in left


@pytest.mark.parametrize(
    ("text", "end"),
    [("done", 4), ("a\x1b", 1), ("a\x1b[3", 1), ("a\x1b[31m", 6), ("a\x1b]0;tit", 1), ("a\x1b]0;t\n", 7), ("", 0)],
)
def test_where_a_sequence_is_unfinished(text: str, end: int) -> None:
    assert unfinished(text) == end


@pytest.mark.parametrize(
    ("line", "state"),
    [("10%\r20%\r30%", "30%"), ("10%\r", "10%"), ("a  \r", "a"), ("\r", ""), ("old\rnew\r   \r", "new")],
)
def test_last_state(line: str, state: str) -> None:
    assert last_state(line) == state
