"""Makes the world's content in a staging directory, as much at a time as the processors take; not its final place."""

import functools
import json
import os
import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dockyard.i18n import _
from dockyard.images import packages, recipes
from dockyard.images.builder import Builder
from dockyard.images.packages import Package, Suite
from dockyard.images.recipes import Image, Variant
from dockyard.images.tasks import Tasks
from dockyard.images.workshop import Workshop
from dockyard.machine.progress import Progress, Report

_HUB = "localhost:5000"
# Rough shares of the time, in seconds, for the progress bar; the images' own are in their recipes.
_SECONDS_FOR_PACKAGES, _SECONDS_FOR_SITE = 25, 5


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a variant.

    Attributes:
        tags: its tags on the hub.
        version: the upstream version that it holds, "" where there is none.
        size: the bytes that it takes once pulled.
        seconds: how long it took to build and push.
    """

    tags: list[str]
    version: str
    size: int
    seconds: float


class World:
    """One build, from packages to catalogue."""

    def __init__(self, workshop: Workshop, rootfs: Path, staging: Path, report: Report) -> None:
        self._workshop = workshop
        self._staging = staging
        self._content = staging / "content"
        self._report = report
        self._report_lock = threading.Lock()
        self._suites = {name: Suite(name, staging / "packages") for name in recipes.SUITES}
        self._variants = [(image, variant) for image in recipes.IMAGES for variant in image.variants]
        self._built: dict[str, Built] = {}
        self._done = 0.0
        self._total = _SECONDS_FOR_PACKAGES + _SECONDS_FOR_SITE + sum(variant.seconds for _i, variant in self._variants)
        # more builds at a time than processors: each waits for the disk or the engine now and then
        self._slots = threading.BoundedSemaphore(2 * (os.cpu_count() or 1))
        self._say(0, _("fetching Debian packages"))
        self._builder = Builder(workshop, rootfs, staging)

    def make(self) -> None:
        """Make everything."""
        tasks = Tasks()
        tasks.add("engine", self._boot)
        for suite in self._suites.values():
            tasks.add(f"packages {suite.name}", functools.partial(self._collect, suite))
            tasks.add(suite.name, functools.partial(self._offer_for_build, suite), "engine", f"packages {suite.name}")
        # what others stand on first, then what takes longest
        for image, variant in sorted(self._variants, key=lambda pair: (bool(pair[1].needs), -pair[1].seconds)):
            name = image.reference(variant)
            needs = [variant.needs] if variant.needs else []
            tasks.add(name, functools.partial(self._build, image, variant), variant.suite, *needs)
            tasks.add(f"push {name}", functools.partial(self._push, image, variant), name)
        tasks.add("site", self._fill_site, "busybox:1.37", *self._suites)
        tasks.run(self._workshop.stop)
        self._write_catalogue()

    def _say(self, seconds: float, doing: str) -> None:
        with self._report_lock:
            self._done += seconds
            self._report(Progress("images", 0.98 * self._done / self._total, doing))

    def _boot(self) -> None:
        self._builder.wait()
        self._builder.run(["/srv/sources/files/keys"], "keys")

    def _collect(self, suite: Suite) -> None:
        packages.collect(self._workshop, suite, self._staging / "sources" / "files" / "collect")

    def _offer_for_build(self, suite: Suite) -> None:
        """Give the builder all packages of a suite, and the build context of its base image."""
        self._offer(suite, self._staging / "apt", "/srv/apt", packages.downloaded(suite))
        context = self._staging / "sources" / "dockerfiles" / f"debian-{suite.name}"
        shutil.copytree(context.with_name("debian"), context)
        os.link(suite.base, context / "rootfs.tar")
        shutil.copy(self._content / "tls" / "ca.crt", context)
        keyring = context / "apt" / "keyrings" / "world.asc"
        keyring.parent.mkdir()
        shutil.copy(self._content / "apt-key", keyring)
        sources = context / "apt" / "sources.list.d" / "debian.sources"
        sources.write_text(sources.read_text().replace("SUITE", suite.name))
        self._say(_SECONDS_FOR_PACKAGES / len(self._suites), _("building images"))

    def _offer(self, suite: Suite, root: Path, inside: str, offered: Sequence[Package]) -> None:
        """Write and sign an apt repository; inside is what the builder calls its root."""
        lists = packages.write_repository(root, suite.name, offered)
        signed = self._builder.run(["/srv/sources/files/sign", inside, suite.name], f"packages-{suite.name}")
        (lists / "InRelease").write_text(signed)

    def _marker(self, name: str) -> Path:
        """Return the file that says that a variant is on the hub, whenever that was."""
        return self._staging / "done" / f"{_file_name(name)}.json"

    def _build(self, image: Image, variant: Variant) -> None:
        name = image.reference(variant)
        if self._marker(name).exists():
            return
        version = self._suites[variant.suite].version(variant.package) if variant.package else ""
        tags = list(variant.tags)
        if version and variant.exact and variant.exact.format(version) not in tags:
            tags.append(variant.exact.format(version))
        labels = {
            "title": image.name,
            "description": f"{image.title_en}. Built by Dockyard from Debian packages.",
            "vendor": "Dockyard",
            "version": version or variant.tags[0],
        }
        argv = ["docker", "build", "--progress=plain", "--provenance=false", "--network=host"]
        argv += ["--add-host=apt.example.com:127.0.0.1", f"--build-arg=SUITE={variant.suite}"]
        argv += [f"--label=org.opencontainers.image.{key}={value}" for key, value in labels.items()]
        argv += [f"--tag={image.name}:{tag}" for tag in tags]
        argv += [f"--tag={_HUB}/{image.repository}:{tag}" for tag in tags]
        log = f"image-{_file_name(name)}"
        with self._slots:
            began = time.monotonic()
            self._builder.run([*argv, f"/srv/sources/dockerfiles/{variant.folder}"], log)
            seconds = time.monotonic() - began
        size = self._builder.run(["docker", "image", "inspect", "--format={{.Size}}", name], log)
        self._built[name] = Built(tags, version, int(size), seconds)

    def _push(self, image: Image, variant: Variant) -> None:
        name = image.reference(variant)
        marker = self._marker(name)
        if marker.exists():
            self._built[name] = Built(**json.loads(marker.read_text()))
        else:
            built = self._built[name]
            with self._slots:
                began = time.monotonic()
                for tag in built.tags:
                    argv = ["docker", "push", "--quiet", f"{_HUB}/{image.repository}:{tag}"]
                    self._builder.run(argv, f"image-{_file_name(name)}")
                seconds = built.seconds + time.monotonic() - began
            self._built[name] = Built(built.tags, built.version, built.size, round(seconds, 1))
            part = marker.with_suffix(".part")
            part.write_text(json.dumps(asdict(self._built[name])))
            part.rename(marker)
        self._say(variant.seconds, _("built {image}").format(image=name))

    def _fill_site(self) -> None:
        self._builder.run(["/srv/sources/files/site"], "site")
        for suite in self._suites.values():
            later = suite.later()
            offered = [package for package in packages.downloaded(suite) if package.file.name in later]
            self._offer(suite, self._content / "apt", "/srv/content/apt", offered)
        self._say(_SECONDS_FOR_SITE, _("the sites are filled"))

    def _write_catalogue(self) -> None:
        """Write the catalogue, which says that the content is whole."""
        images = []
        for image in recipes.IMAGES:
            variants = [self._built[image.reference(variant)] for variant in image.variants]
            images.append(
                {
                    "name": image.name,
                    "repository": image.repository,
                    "tags": [tag for built in variants for tag in built.tags],
                    "description": {"en": image.title_en, "zh": image.title_zh},
                    "stars": image.stars,
                    "variants": [asdict(built) for built in variants],
                }
            )
        text = json.dumps({"built": int(time.time()), "images": images}, ensure_ascii=False, indent=1)
        (self._content / "catalogue.json").write_text(text + "\n")


def _file_name(reference: str) -> str:
    return reference.replace("/", "+")
