"""The commands that handle course images: list them, build them."""

import argparse
import dataclasses
import json
from typing import TYPE_CHECKING

from dockyard import images, setup
from dockyard.cli import display
from dockyard.i18n import _, language

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse gives it no public name


def add_parsers(subparsers: "Subparsers") -> None:
    """Add `dockyard images list` and `dockyard images build` to the command line."""
    parser = subparsers.add_parser("images", help=_("list or build the course images that the hub holds"))
    verbs = parser.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    listing = verbs.add_parser("list", help=_("list the course images"))
    listing.add_argument("--json", action="store_true", help=_("print them as JSON"))
    listing.set_defaults(run=_list)
    building = verbs.add_parser("build", help=_("build the course images and all else that the world holds"))
    building.set_defaults(run=_build)


def _list(chosen: argparse.Namespace) -> int:
    catalogue = images.catalogue()
    if chosen.json:
        print(json.dumps([dataclasses.asdict(image) for image in catalogue], ensure_ascii=False))
        return 0
    for image in catalogue:
        size = f"{image.size / 1e6:.0f} MB" if image.size else "-"
        description = image.description_zh if language() == "zh" else image.description_en
        print(f"{image.name:18} {size:>8}  {description}\n{'':18} {' '.join(image.tags)}")
    if images.installed() is None:
        print(_("They have not been built yet: dockyard images build"))
    return 0


def _build(_chosen: argparse.Namespace) -> int:
    with display.progress() as report:
        setup.prepare(report=report)
    print(_("The course images are ready: dockyard images list"))
    return 0
