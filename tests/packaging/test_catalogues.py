"""One .po serves Python and JupyterLab."""

import gettext
import json
from pathlib import Path

import catalogues


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
