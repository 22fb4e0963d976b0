"""One .po serves Python and JupyterLab."""

import gettext
import json
from pathlib import Path

import pytest

import catalogues

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "machine"
msgstr "机器"

msgctxt "verb"
msgid "run"
msgstr "运行"

msgid "{n} container"
msgid_plural "{n} containers"
msgstr[0] "{n} 个容器"

msgid "not translated"
msgstr ""

#, fuzzy
msgid "guessed"
msgstr "猜的"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / catalogues.LOCALE / "zh_CN" / "LC_MESSAGES" / "dockyard.po"
    place.parent.mkdir(parents=True)
    place.write_text(PO.lstrip(), encoding="utf-8")
    return place


def test_python_reads_the_one(source: Path, tmp_path: Path) -> None:
    catalogues.compile_all(tmp_path)
    with source.with_suffix(".mo").open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert chinese.gettext("machine") == "机器"
    assert chinese.ngettext("{n} container", "{n} containers", 3) == "{n} 个容器"
    assert chinese.gettext("guessed") == "guessed"


def test_jupyterlab_reads_the_other(source: Path, tmp_path: Path) -> None:
    catalogues.compile_all(tmp_path)
    assert json.loads(source.with_suffix(".json").read_text(encoding="utf-8")) == {
        "": {
            "domain": "dockyard",
            "language": "zh-CN",
            "plural_forms": "nplurals=1; plural=0;",
            "version": "dockyard",
        },
        "machine": ["机器"],
        "verb\x04run": ["运行"],
        "{n} container": ["{n} 个容器", "{n} 个容器"],
    }


def test_only_what_is_newer_is_compiled(source: Path, tmp_path: Path) -> None:
    assert len(catalogues.compile_all(tmp_path)) == 2
    assert catalogues.compile_all(tmp_path) == []
    source.with_suffix(".json").unlink()
    assert len(catalogues.compile_all(tmp_path)) == 2
