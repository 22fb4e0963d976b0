"""A piece of an answer as plain text and as HTML that says the same; it knows no answer."""

import html
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dockyard.i18n import _
from dockyard.widgets.markup import block_html, code_html, inline_html

Kind = Literal["good", "note", "bad", "info"]

# JupyterLab's own colours (its theme's CSS variables), and what takes their place outside of it.
_COLOURS: dict[Kind, str] = {
    "good": "var(--jp-success-color1, #2e7d32)",
    "note": "var(--jp-warn-color1, #b26a00)",
    "bad": "var(--jp-error-color1, #c62828)",
    "info": "var(--jp-info-color1, #00838f)",
}


@dataclass(frozen=True, slots=True)
class View:
    """Something to show.

    Attributes:
        text: for terminals, GitHub and whoever reads the stored notebook.
        html: the same with structure; everything that was not written by Dockyard is escaped in it. "" for none.
        svg: the same as a drawing, for front ends that show no HTML. "" for none.
    """

    text: str
    html: str
    svg: str = ""

    def bundle(self) -> dict[str, str]:
        """Return it by MIME type, as Jupyter displays it."""
        told = {"text/plain": self.text, "text/html": self.html, "image/svg+xml": self.svg}
        return {kind: content for kind, content in told.items() if content or kind == "text/plain"}


def card(kind: Kind, headline: str, parts: Iterable[View]) -> View:
    """Return parts under a headline.

    Args:
        kind: its colour; what the colour says, the headline must say too.
        headline: plain text.
        parts: what is below it.
    """
    below = list(parts)
    inside = "".join(part.html for part in below)
    style = f"border-left: 4px solid {_COLOURS[kind]}; padding: 0.1em 0 0.1em 0.9em; margin: 0.3em 0"
    return View(
        "\n".join([headline, *(textwrap.indent(part.text, "  ") for part in below)]),
        f'<div class="dockyard-answer" role="status" style="{style}">'
        f"<p><strong>{html.escape(headline)}</strong></p>{inside}</div>",
    )


def labelled(label: str, text: str) -> View:
    """Return a sentence with a word before it that says what it is about."""
    head = _("{label}:").format(label=label)
    plain = _("{label}: {text}").format(label=label, text=text)
    return View(plain, f"<p><strong>{html.escape(head)}</strong> {inline_html(text)}</p>")


def sentence(text: str) -> View:
    """Return a sentence."""
    return View(text, f"<p>{inline_html(text)}</p>")


def markdown(text: str) -> View:
    """Return a text of several paragraphs."""
    return View(text, block_html(text))


def code(text: str) -> View:
    """Return lines of code, or what a program printed."""
    return View(textwrap.indent(text, "    "), code_html(text))


def items(label: str, texts: Iterable[str]) -> View:
    """Return a list under a word that says what it lists."""
    listed = list(texts)
    inside = "".join(f"<li>{inline_html(text)}</li>" for text in listed)
    head = _("{label}:").format(label=label)
    return View(
        "\n".join([head, *(f"- {text}" for text in listed)]),
        f"<p><strong>{html.escape(head)}</strong></p><ul>{inside}</ul>",
    )


def quiet(text: str) -> View:
    """Return a line that does not ask for attention."""
    style = "color: var(--jp-ui-font-color2, #616161); font-size: 90%; margin: 0"
    return View(text, f'<p style="{style}">{html.escape(text)}</p>')


def joined(parts: Iterable[View]) -> View:
    """Return parts one below the other."""
    below = list(parts)
    return View("\n".join(part.text for part in below), "".join(part.html for part in below))
