import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockyard.pictures import words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\t b", "a b"),
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("镜像 🐳", "镜像 🐳"),
    ],
)
def test_what_moves_colours_or_turns_is_shown_as_a_mark(text, shown):
    assert words.clean(text) == shown


def test_what_fits_stays_whole_and_what_does_not_is_cut():
    assert words.fit("nginx", 100, 12) == "nginx"
    cut = words.fit("a-rather-long-name-of-a-container", 100, 12)
    assert cut.startswith("a-rather")
    assert cut.endswith("…")
    assert len(words.fit("名" * 40, 100, 10)) <= 10


@given(st.text(max_size=80), st.floats(20, 400), st.booleans(), st.booleans())
def test_nothing_is_ever_wider_than_its_room(text, room, code, bold):
    shown = words.fit(text, room, 12, code=code, bold=bold)
    assert words._ems(shown, code=code) * 12 <= room + 0.01


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 B"), (149, "149 B"), (5724, "5.72 kB"), (77530627, "77.5 MB"), (999_999, "1 MB"), (3_000_000_000, "3 GB")],
)
def test_sizes_are_docker_s(size, shown):
    assert words.amount(size) == shown
