"""Turns the little Markdown of Dockyard's sentences into HTML and plain text; everything else in them is text."""

import html
import re

_INLINE = re.compile(
    r"(?P<fence>`+)(?P<code>.+?)(?P=fence)(?!`)"
    r"|\*\*(?P<strong>\S(?:.*?\S)?)\*\*"
    r"|\*(?P<em>\S(?:.*?\S)?)\*",
    re.DOTALL,
)
_BLOCK = re.compile(r"^```[^\n]*\n(?P<code>.*?)\n?^```[ \t]*$", re.DOTALL | re.MULTILINE)


def inline_html(text: str) -> str:
    """Return a sentence as HTML: code between backquotes, *emphasis*, **strong**; all else is escaped."""
    parts = []
    end = 0
    for found in _INLINE.finditer(text):
        parts += [html.escape(text[end : found.start()]), _element(found)]
        end = found.end()
    parts.append(html.escape(text[end:]))
    return "".join(parts)


def _element(found: re.Match[str]) -> str:
    if found["code"] is not None:
        return f"<code>{html.escape(found['code'])}</code>"
    if found["strong"] is not None:
        return f"<strong>{inline_html(found['strong'])}</strong>"
    return f"<em>{inline_html(found['em'])}</em>"


def block_html(text: str) -> str:
    """Return a text as HTML: paragraphs, divided by empty lines, and code between lines of three backquotes."""
    parts = []
    end = 0
    for found in _BLOCK.finditer(text):
        parts += [_paragraphs(text[end : found.start()]), code_html(found["code"])]
        end = found.end()
    parts.append(_paragraphs(text[end:]))
    return "".join(parts)


def code_html(code: str) -> str:
    """Return lines of code as HTML."""
    return f'<pre style="margin: 0.3em 0 0.8em"><code>{html.escape(code)}</code></pre>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{inline_html(part.strip())}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
