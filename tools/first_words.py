"""Makes the package speak Chinese before Babel is installed: turns .po into .mo with nothing but Python.

Only what our own catalogues hold is understood. Once Babel is there, catalogues.py compiles them, as in every wheel.
"""

import ast
import re
import struct
from pathlib import Path

from catalogues import CONTEXT_GLUE, LOCALE

# A keyword and its text, which goes on for as many quoted lines as follow (gettext's manual, "PO Files").
_PART = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d\])? ((?:".*"\n?)+)', re.MULTILINE)
_FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
_MO_MAGIC = 0x950412DE  # gettext's manual, "MO Files"


def compile_changed(root: Path) -> list[Path]:
    """Compile every catalogue that was not compiled since it was changed; return what was written.

    Args:
        root: the repository.
    """
    written = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        binary = source.with_suffix(".mo")
        if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
            draft = source.with_suffix(".draft")
            draft.write_bytes(as_mo(read(source.read_text(encoding="utf-8"))))
            draft.replace(binary)
            written.append(binary)
    return written


def read(text: str) -> dict[str, str]:
    """Return the messages of a .po file, as gettext looks for them; the first one, of no name, is its head."""
    messages = {}
    for entry in text.split("\n\n"):
        if _FUZZY.search(entry):
            continue
        parts: dict[str, list[str]] = {}
        for keyword, quoted in _PART.findall(entry):
            parts.setdefault(keyword, []).append("".join(map(ast.literal_eval, quoted.splitlines())))
        if any(parts.get("msgstr", ())):
            context = "".join(words + CONTEXT_GLUE for words in parts.get("msgctxt", ()))
            plural = "".join("\0" + words for words in parts.get("msgid_plural", ()))
            messages[context + parts["msgid"][0] + plural] = "\0".join(parts["msgstr"])
    return messages


def as_mo(messages: dict[str, str]) -> bytes:
    """Return messages in the form that the standard library's gettext reads."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    heads = 7 * 4
    place = heads + 2 * 8 * len(pairs)
    tables, texts = [], b""
    for column in zip(*pairs, strict=True):
        for word in column:
            tables.append(struct.pack("<2I", len(word), place + len(texts)))
            texts += word + b"\0"
    head = struct.pack("<7I", _MO_MAGIC, 0, len(pairs), heads, heads + 8 * len(pairs), 0, heads)
    return head + b"".join(tables) + texts
