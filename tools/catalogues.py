"""Compiles the sentence catalogues (.po) with Babel for Python (.mo) and JupyterLab (.json); it translates nothing."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALE = "kernel_helpers/dockyard/locale"
# What parts a context from its message, in .mo files and in JupyterLab's alike (gettext's manual, "Contexts").
CONTEXT_GLUE = "\x04"


def compile_all(root: Path) -> list[Path]:
    """Compile every catalogue that is newer than its results; return what was written.

    Args:
        root: the repository.
    """
    # Babel is a build requirement: this file is also imported where only the standard library is there.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    written = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        binary, text = source.with_suffix(".mo"), source.with_suffix(".json")
        if all(result.exists() and result.stat().st_mtime >= source.stat().st_mtime for result in (binary, text)):
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        draft = source.with_suffix(".draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(binary)
        draft.write_text(json.dumps(for_jupyterlab(catalogue, source.stem), ensure_ascii=False), encoding="utf-8")
        draft.replace(text)
        written += [binary, text]
    return written


def for_jupyterlab(catalogue: "Catalog", domain: str) -> dict[str, Any]:
    """Return a catalogue as JupyterLab's server hands it to the browser.

    It is the form of `jupyterlab_server.translation_utils.get_installed_packages_locale`, made for gettext.js: a
    message, with its context in front if it has one, to the list of its plural forms.
    """
    locale = catalogue.locale
    head = {
        "domain": domain,
        "language": f"{locale.language}-{locale.territory}" if locale else "",
        "plural_forms": catalogue.plural_forms,
        "version": domain,
    }
    messages: dict[str, Any] = {"": head}
    for message in catalogue:
        words = list(message.string) if isinstance(message.string, tuple) else [message.string]
        identity = message.id[0] if isinstance(message.id, tuple | list) else message.id
        if identity and all(words) and not message.fuzzy:
            if message.pluralizable and len(words) == 1:
                # gettext.js takes a message with a single form for one without a plural, and leaves it in English
                words *= 2
            key = f"{message.context}{CONTEXT_GLUE}{identity}" if message.context else identity
            messages[key] = words
    return messages


if __name__ == "__main__":
    for path in compile_all(Path(__file__).resolve().parent.parent):
        sys.stdout.write(f"{path}\n")
