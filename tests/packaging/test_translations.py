"""Every sentence of the package has its Chinese, with the same places to fill in."""

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jupyterlab_server.translation_utils import DEFAULT_SCHEMA_SELECTORS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kernel_helpers" / "dockyard"
_TEXT = r"""('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
# trans.__("..."), trans._n("...", "...", count): each begins with the very sentences.
CALL = re.compile(rf"trans\s*\.(?:(__)\(\s*{_TEXT}|_n\(\s*{_TEXT},\s*{_TEXT})")
PLACE = re.compile(r"%\d")


def sentences() -> Iterator[tuple[str, str | tuple[str, str]]]:
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for directory in (PACKAGE, ROOT / "tools"):
        for file, line, message, _comments, _context in extract_from_dir(
            directory, method_map=[("**.py", "python")], keywords=keywords
        ):
            yield f"{file}:{line}", message


def extension_sentences() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """The sentences of the JupyterLab extension; Babel's reader of JavaScript takes no TypeScript."""
    for file in sorted((ROOT / "labextension" / "src").rglob("*.ts*")):
        if "__tests__" not in file.parts:
            for _single, text, one, many in CALL.findall(file.read_text(encoding="utf-8")):
                yield file.name, ast.literal_eval(text) if text else (ast.literal_eval(one), ast.literal_eval(many))


def schema_sentences(part: dict[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    """What the Settings page says, with the contexts of JupyterLab's server: it looks for them by their paths."""
    for key, value in part.items():
        here = f"{path}/{key}"
        if isinstance(value, dict):
            yield from schema_sentences(value, here)
        for selector, context in DEFAULT_SCHEMA_SELECTORS.items():
            if isinstance(value, str) and re.fullmatch("/" + selector, here):
                yield context, value


def fields(text: str) -> set[str]:
    """The places to fill in: names between braces, and the extension's %1.

    A sentence with other braces, such as a Go template, is compared as it is.
    """
    places = set(PLACE.findall(text))
    try:
        return places | {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        return places


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES" / "dockyard.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


def test_every_call_of_the_extension_is_read():
    """Sentences that are put together, or stand in a variable, could not be translated."""
    sources = [file for file in (ROOT / "labextension" / "src").rglob("*.ts*") if "__tests__" not in file.parts]
    calls = sum(len(re.findall(r"\.(?:__|_n)\(", file.read_text(encoding="utf-8"))) for file in sources)
    assert calls == len(list(extension_sentences()))


@pytest.mark.parametrize("source", [sentences, extension_sentences], ids=["package", "extension"])
def test_every_sentence_is_translated(catalogue, source):
    missing = []
    for place, message in source():
        found = catalogue.get(message if isinstance(message, str) else message[0])
        if found is None or not found.string or (isinstance(message, tuple) and not isinstance(found.id, tuple)):
            missing.append(f"{place}: {message}")
    assert not missing


def test_every_sentence_of_the_settings_is_translated(catalogue):
    for file in (ROOT / "labextension" / "schema").glob("*.json"):
        schema = json.loads(file.read_text(encoding="utf-8"))
        told = list(schema_sentences(schema))
        # a title and a description, of the whole and of each setting
        assert len(told) == 2 + 2 * len(schema["properties"])
        found = {text: catalogue.get(text, context) for context, text in told}
        assert not [text for text, message in found.items() if message is None or not message.string]


def forms(message: Message) -> list[tuple[str, str]]:
    """The English of a message beside each form of its Chinese."""
    english = message.id[0] if isinstance(message.id, tuple) else message.id
    chinese = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(english, form) for form in chinese if english]


def test_translations_fill_in_what_the_sentences_fill_in(catalogue):
    pairs = [pair for message in catalogue for pair in forms(message)]
    assert not [pair for pair in pairs if fields(pair[1]) - fields(pair[0])]
