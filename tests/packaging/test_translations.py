"""Every sentence of the package has its Chinese, with the same places to fill in."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[2] / "kernel_helpers" / "dockyard"


def sentences() -> Iterator[tuple[str, str | tuple[str, str]]]:
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for file, line, message, _comments, _context in extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=keywords
    ):
        yield f"{file}:{line}", message


def fields(text: str) -> set[str]:
    """The names between braces; a sentence with other braces, such as a Go template, is compared as it is."""
    try:
        return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        return set()


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES" / "dockyard.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


def test_every_sentence_is_translated(catalogue):
    missing = []
    for place, message in sentences():
        found = catalogue.get(message if isinstance(message, str) else message[0])
        if found is None or not found.string or (isinstance(message, tuple) and not isinstance(found.id, tuple)):
            missing.append(f"{place}: {message}")
    assert not missing


def forms(message: Message) -> list[tuple[str, str]]:
    """The English of a message beside each form of its Chinese."""
    english = message.id[0] if isinstance(message.id, tuple) else message.id
    chinese = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(english, form) for form in chinese if english]


def test_translations_fill_in_what_the_sentences_fill_in(catalogue):
    pairs = [pair for message in catalogue for pair in forms(message)]
    assert not [pair for pair in pairs if fields(pair[1]) - fields(pair[0])]
