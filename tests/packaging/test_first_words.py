"""What is read without Babel is what Babel reads."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import catalogues
import first_words

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted([*ROOT.glob("kernel_helpers/dockyard/locale/*/*/*.po"), *ROOT.glob("notebooks/locale/*/*/*.po")])

MANY_LINES = r"""
#, python-brace-format
msgid "line one\n"
"and \"two\" of {name}"
msgstr "第一行\n"
"“二”\\{name}"
"""


def by_babel(path: Path) -> gettext.GNUTranslations:
    written = io.BytesIO()
    with path.open("rb") as file:
        write_mo(written, read_po(file, locale="zh_CN"))
    written.seek(0)
    return gettext.GNUTranslations(written)


def all_of(translations: gettext.GNUTranslations) -> dict[object, str]:
    return {key: text for key, text in vars(translations)["_catalog"].items() if key}


@pytest.mark.parametrize("path", CATALOGUES, ids=[path.stem for path in CATALOGUES])
def test_our_catalogues_are_read_as_babel_reads_them(path: Path) -> None:
    ours = gettext.GNUTranslations(io.BytesIO(first_words.as_mo(first_words.read(path.read_text(encoding="utf-8")))))
    assert all_of(ours) == all_of(by_babel(path))
    assert len(all_of(ours)) > 100


def test_every_form_of_a_message_is_understood(source: Path, tmp_path: Path) -> None:
    source.write_text(source.read_text(encoding="utf-8") + MANY_LINES, encoding="utf-8")
    assert first_words.compile_changed(tmp_path) == [source.with_suffix(".mo")]
    with source.with_suffix(".mo").open("rb") as file:
        ours = gettext.GNUTranslations(file)
    assert all_of(ours) == all_of(by_babel(source))
    assert ours.gettext('line one\nand "two" of {name}') == "第一行\n“二”\\{name}"
    assert ours.ngettext("{n} container", "{n} containers", 3) == "{n} 个容器"


def test_babel_s_own_are_left_alone_and_made_all_the_same(source: Path, tmp_path: Path) -> None:
    first_words.compile_changed(tmp_path)
    assert source.with_suffix(".json") in catalogues.compile_all(tmp_path), "the page's catalogue is still to come"
    assert first_words.compile_changed(tmp_path) == []
