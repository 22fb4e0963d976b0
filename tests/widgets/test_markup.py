"""The little Markdown of sentences."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockyard.widgets.markup import block_html, inline_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & <b>", "plain &amp; &lt;b&gt;"),
        ("run `docker ps -a`!", "run <code>docker ps -a</code>!"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("`<script>`", "<code>&lt;script&gt;</code>"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("an *exact* **name**", "an <em>exact</em> <strong>name</strong>"),
        ("**a `*` b**", "<strong>a <code>*</code> b</strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("`docker rm *`", "<code>docker rm *</code>"),
        ("open ` only", "open ` only"),
        ("镜像 `nginx`", "镜像 <code>nginx</code>"),
    ],
)
def test_inline(text: str, html: str) -> None:
    assert inline_html(text) == html


def test_blocks() -> None:
    assert block_html("one\nline\n\n```sh\ndocker ps\n\n<x>\n```\n\nend") == (
        '<p>one\nline</p><pre style="margin: 0.3em 0 0.8em"><code>docker ps\n\n&lt;x&gt;</code></pre><p>end</p>'
    )


@given(st.text(alphabet="`*<>&\"' \nab", max_size=60))
def test_nothing_gets_through_as_html(text: str) -> None:
    allowed = ["p", "pre", "code", "em", "strong"]
    left = block_html(text)
    for tag in allowed:
        left = re.sub(f'</?{tag}( style="[^"]*")?>', "", left)
    assert "<" not in left
    assert ">" not in left
