"""Lints translations: every sentence of the course and of the package has its Chinese, with the same places in it."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from dockyard import i18n
from dockyard.course.linting.finding import Finding, line_of
from dockyard.course.loading import Course
from dockyard.engine import SENTENCES, Sentence
from dockyard.engine.sentences import places

_BELOW = Path("zh_CN") / "LC_MESSAGES"


def check(course: Course) -> Iterator[Finding]:
    """Find what is not translated, or not as it should be."""
    path = course.directory / "locale" / _BELOW / "course.po"
    wanted: dict[str, str] = {}
    for _path, thing in course.definitions():
        name = thing.name if isinstance(thing, Sentence) else thing.id
        wanted |= dict.fromkeys(thing.texts(), name)
    yield from _compare(path, wanted)
    package = i18n.LOCALE_DIRECTORY / _BELOW / "dockyard.po"
    if package.is_file():  # not in an installed package, which has the compiled catalogue only
        yield from _compare(package, {text: said.name for said in SENTENCES.values() for text in said.texts()})


def _compare(path: Path, wanted: dict[str, str]) -> Iterator[Finding]:
    if not path.is_file():
        if wanted:
            yield Finding("text.catalogue", path, "catalogue", "there is none", "dockyard course extract")
        return
    with path.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    for text, name in wanted.items():
        yield from _text(path, catalogue, text, name)


def _text(path: Path, catalogue: Catalog, text: str, name: str) -> Iterator[Finding]:
    entry = catalogue.get(text)
    if entry is None or not entry.string or entry.fuzzy:
        remedy = "`dockyard course extract` adds it: fill in its msgstr"
        yield Finding("text.untranslated", path, name, f"no Chinese for {text!r}", remedy)
        return
    chinese = str(entry.string)
    if places(text) != places(chinese):
        found = f"{sorted(places(chinese))} in Chinese, {sorted(places(text))} in English"
        yield Finding("text.places", path, line_of(path, chinese[:20]), f"{name}: {found}", "keep the places in braces")
