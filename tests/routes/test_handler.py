"""What all routes share: errors in the language of whoever asks."""

import pytest


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "containers/web/logs"),
        ("POST", "containers/web/stop"),
        ("POST", "volumes/data/remove"),
        ("POST", "terminals"),
        ("GET", "pictures/network"),
        ("POST", "exercises/images.web/check"),
    ],
)
def test_an_error_comes_in_the_reader_s_language(jupyter, method, path):
    body = b"{}" if method == "POST" else None
    english, chinese = (
        jupyter.ask(f"dockyard/api/{path}?lang={lang}", method=method, body=body) for lang in ("en", "zh")
    )
    assert english.status == chinese.status == 409
    assert "not running" in english.json["found"]
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese.json["found"])
