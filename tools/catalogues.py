"""Compiles the package's sentence catalogues (.po to .mo) with Babel; it translates nothing."""

import sys
from pathlib import Path

LOCALE = "kernel_helpers/dockyard/locale"


def compile_all(root: Path) -> list[Path]:
    """Compile every catalogue that is newer than its result; return what was written.

    Args:
        root: the repository.
    """
    # Babel is a build requirement: this file is also imported where only the standard library is there.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    written = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        draft = target.with_suffix(".mo.draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_all(Path(__file__).resolve().parent.parent):
        sys.stdout.write(f"{path}\n")
