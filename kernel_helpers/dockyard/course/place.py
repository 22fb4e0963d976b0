"""Where the course's files are and how its texts are translated; it does not read lessons."""

import functools
import gettext
import io
import os
from pathlib import Path

from dockyard import i18n
from dockyard.errors import CourseError
from dockyard.exercises.exercise import COURSE_DOMAIN
from dockyard.i18n import DOMAIN, _, language

_PACKAGE = Path(i18n.__file__).parent


def root() -> Path:
    """Return the directory that holds course.toml: $DOCKYARD_COURSE, the repository's, else the installed package's.

    Raises:
        CourseError: there is none.
    """
    chosen = os.environ.get("DOCKYARD_COURSE")
    candidates = [Path(chosen)] if chosen else [_PACKAGE.parents[1] / "notebooks", _PACKAGE / "notebooks"]
    for directory in candidates:
        if (directory / "course.toml").is_file():
            return directory
    raise CourseError(
        _("There is no course.toml in {places}.").format(places=", ".join(map(str, candidates))),
        _("Install Dockyard again, or name the course's directory: export DOCKYARD_COURSE=..."),
    )


@functools.lru_cache(maxsize=8)
def _catalogue(source: Path, _modified: float) -> gettext.NullTranslations:
    """Return the translations in a .po file; they are compiled in memory, so that an author sees a change at once."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only needed in Chinese
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translate(domain: str, message: str) -> str:
    """Return a message of the package's or the course's catalogue in the language in force."""
    if not message:
        return ""
    if domain == DOMAIN:
        return i18n.gettext(message)
    source = root() / "locale" / "zh_CN" / "LC_MESSAGES" / f"{domain}.po"
    if language() == "en" or not source.is_file():
        return message
    return _catalogue(source, source.stat().st_mtime).gettext(message)


def course_text(message: str) -> str:
    """Return a text of the course in the language in force."""
    return translate(COURSE_DOMAIN, message)
