"""Chooses the language and translates sentences with gettext; it holds no sentence itself."""

import functools
import gettext as _gettext
import os
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

DOMAIN = "dockyard"
LOCALE_DIRECTORY = Path(__file__).parent / "locale"

_spoken: ContextVar[Language | None] = ContextVar("dockyard_language", default=None)


def speak(chosen: Language) -> None:
    """Choose the language of this thread or task from here on; a server has readers of several languages at a time."""
    _spoken.set(chosen)


def language() -> Language:
    """Return the language in force: what was chosen with `speak`, else DOCKYARD_LANG, else the locale's, else English.

    The locale variables are read in the order of gettext(3): LANGUAGE, LC_ALL, LC_MESSAGES, LANG.
    """
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    for variable in ("DOCKYARD_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


@functools.cache
def translations(domain: str, directory: Path, chosen: Language) -> _gettext.NullTranslations:
    """Return the catalogue of a domain, or the null catalogue where there is none.

    Args:
        domain: the gettext domain, which names the .mo file.
        directory: the folder that holds zh_CN/LC_MESSAGES.
        chosen: the language to translate into.
    """
    codes = ["zh_CN"] if chosen == "zh" else ["en"]
    return _gettext.translation(domain, directory, languages=codes, fallback=True)


def gettext(message: str) -> str:
    """Return a sentence of the package in the language in force."""
    return translations(DOMAIN, LOCALE_DIRECTORY, language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a sentence that fits a count, in the language in force."""
    return translations(DOMAIN, LOCALE_DIRECTORY, language()).ngettext(singular, plural, count)


_ = gettext
