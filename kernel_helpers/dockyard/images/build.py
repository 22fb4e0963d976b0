"""Builds the world's content, as much at a time as the processors take, and puts it in place in one step."""

import concurrent.futures
import contextlib
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dockyard.errors import DiskFullError
from dockyard.i18n import _
from dockyard.images import packages, recipes, store
from dockyard.images.builder import Builder
from dockyard.images.packages import Package, Suite
from dockyard.images.recipes import Image, Variant
from dockyard.images.workshop import Workshop
from dockyard.machine.locks import lock, try_lock
from dockyard.machine.progress import Progress, Report, silent
from dockyard.machine.userns import id_map, user_namespace

_PACKAGE = Path(__file__).parent
_HUB = "localhost:5000"
_SPACE_NEEDED = 3_000_000_000
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


def build(rootfs: Path, report: Report = silent) -> Path:
    """Return the world's content, building it first where it is missing.

    It is built once however many ask for it at the same time: the others wait. What an interrupted build had finished,
    the next one keeps.

    Args:
        rootfs: the machine's root filesystem, with an engine that has BuildKit and runs without cgroups.
        report: is told what happens meanwhile.

    Raises:
        ImagesError: something could not be built.
        HostError: this user cannot make a user namespace.
        DiskFullError: too little space is left.
    """
    target = store.directory() / store.content_hash()
    with lock(target.with_name(f"{target.name}.lock")):
        if store.installed() != target:
            _build(rootfs, target, report)
        current = target.with_name("current")
        new = target.with_name("current.new")
        new.unlink(missing_ok=True)
        new.symlink_to(target.name)
        new.rename(current)
    report(Progress("images", 1, _("the course images are ready")))
    return target


def _build(rootfs: Path, target: Path, report: Report) -> None:
    free = shutil.disk_usage(target.parent).free
    if free < _SPACE_NEEDED:
        raise DiskFullError(
            _("{path} has {free} MB left; building the course images needs {needed} MB.").format(
                path=target.parent, free=free // 1_000_000, needed=_SPACE_NEEDED // 1_000_000
            ),
            _("Free some space, or choose another disk: export DOCKYARD_HOME=/path/with/space"),
        )
    _remove_abandoned(target)
    ids = id_map()
    staging = target.with_name(f"{target.name}.partial")
    with _plain_umask(), user_namespace(ids) as namespace:
        for name in ("", "content", "packages", "done", "log"):
            (staging / name).mkdir(parents=True, exist_ok=True)
        workshop = Workshop(namespace, staging / "log")
        store.remove(staging / "engine", staging / "sources", staging / "apt")
        for name in ("engine", "apt"):
            (staging / name).mkdir()
        _copy_sources(staging)
        if os.getuid() == 0:
            for name in ("content", "packages", "engine", "apt", "sources"):
                os.chown(staging / name, ids.root_uid, ids.root_gid)
        try:
            _World(workshop, rootfs, staging, report).make()
        except BaseException:
            workshop.stop()
            store.remove(staging / "engine")
            raise
        workshop.stop()
    store.seal(staging / "content")
    store.remove(target)
    (staging / "content").rename(target)
    store.discard(staging)


def _remove_abandoned(target: Path) -> None:
    """Remove what other builds have left, unless one of them is under way."""
    store.remove(*target.parent.glob("*.trash"))
    for staging in target.parent.glob("*.partial"):
        if staging.stem != target.name:
            descriptor = try_lock(staging.with_suffix(".lock"))
            if descriptor is not None:
                store.remove(staging)
                os.close(descriptor)


@contextlib.contextmanager
def _plain_umask() -> Iterator[None]:
    """Let others read what is made meanwhile: with root on the host, the namespace's root is somebody else."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _copy_sources(staging: Path) -> None:
    """Copy this package's files to where the namespace's root can read them."""
    sources = staging / "sources"
    for name in ("content", "dockerfiles", "files"):
        shutil.copytree(_PACKAGE / name, sources / name, copy_function=shutil.copy)


class _World:
    """One build, from packages to catalogue; every step that takes long is a task in a thread of its own."""

    def __init__(self, workshop: Workshop, rootfs: Path, staging: Path, report: Report) -> None:
        self._workshop = workshop
        self._staging = staging
        self._content = staging / "content"
        self._report = report
        self._report_lock = threading.Lock()
        self._done = 0.0
        self._total = float(_SECONDS_FOR_PACKAGES + _SECONDS_FOR_SITE)
        self._total += sum(variant.seconds for image in recipes.IMAGES for variant in image.variants)
        self._suites = {name: Suite(name, staging / "packages") for name in recipes.SUITES}
        # more builds at a time than processors: each waits for the disk or the engine now and then
        self._slots = threading.BoundedSemaphore(2 * (os.cpu_count() or 1))
        self._say(0, _("fetching Debian packages"))
        self._builder = Builder(workshop, rootfs, staging)

    def make(self) -> None:
        """Make everything."""
        variants = [(image, variant) for image in recipes.IMAGES for variant in image.variants]
        variants.sort(key=lambda pair: -pair[1].seconds)
        # a thread for every task: most of them wait for another
        with concurrent.futures.ThreadPoolExecutor(len(variants) + len(self._suites) + 2) as pool:
            self._tasks: dict[str, concurrent.futures.Future[Built | None]] = {}
            begin = threading.Event()

            def submit(name: str, work: Callable[[], Built | None]) -> None:
                def when_all_are_known() -> Built | None:
                    begin.wait()
                    return work()

                self._tasks[name] = pool.submit(when_all_are_known)

            submit("engine", self._boot)
            for suite in self._suites.values():
                submit(suite.name, lambda suite=suite: self._collect(suite))  # type: ignore[misc]
            for image, variant in variants:
                name = f"{image.name}:{variant.tags[0]}"
                submit(name, lambda image=image, variant=variant: self._variant(image, variant))  # type: ignore[misc]
            submit("site", self._site)
            begin.set()
            try:
                for task in concurrent.futures.as_completed(self._tasks.values()):
                    task.result()
            except BaseException:
                self._workshop.stop()
                raise
        self._finish()

    def _say(self, seconds: float, doing: str) -> None:
        with self._report_lock:
            self._done += seconds
            self._report(Progress("images", 0.98 * self._done / self._total, doing))

    def _after(self, *tasks: str) -> None:
        for name in tasks:
            self._tasks[name].result()

    def _boot(self) -> None:
        self._builder.wait()
        self._builder.run(["/srv/sources/files/keys"], "keys")

    def _collect(self, suite: Suite) -> None:
        packages.collect(self._workshop, suite, self._staging / "sources" / "files" / "collect")
        self._after("engine")
        self._offer(suite, self._staging / "apt", "/srv/apt", packages.downloaded(suite))
        self._lay_out_base(suite)
        self._say(_SECONDS_FOR_PACKAGES / len(self._suites), _("building images"))

    def _offer(self, suite: Suite, root: Path, inside: str, offered: Sequence[Package]) -> None:
        """Write and sign an apt repository; inside is what the builder calls its root."""
        lists = packages.write_repository(root, suite.name, offered)
        signed = self._builder.run(["/srv/sources/files/sign", inside, suite.name], f"packages-{suite.name}")
        (lists / "InRelease").write_text(signed)

    def _lay_out_base(self, suite: Suite) -> None:
        """Make the build context of a suite's base image."""
        context = self._staging / "sources" / "dockerfiles" / f"debian-{suite.name}"
        shutil.copytree(context.with_name("debian"), context)
        os.link(suite.base, context / "rootfs.tar")
        shutil.copy(self._content / "tls" / "ca.crt", context)
        keyring = context / "apt" / "keyrings" / "world.asc"
        keyring.parent.mkdir()
        shutil.copy(self._content / "apt-key", keyring)
        sources = context / "apt" / "sources.list.d" / "debian.sources"
        sources.write_text(sources.read_text().replace("SUITE", suite.name))

    def _variant(self, image: Image, variant: Variant) -> Built:
        name = f"{image.name}:{variant.tags[0]}"
        marker = self._staging / "done" / f"{name.replace('/', '+')}.json"
        if marker.exists():
            built = Built(**json.loads(marker.read_text()))
        else:
            self._after(variant.suite, "engine", *([variant.needs] if variant.needs else []))
            with self._slots:
                built = self._build_variant(image, variant)
            part = marker.with_suffix(".part")
            part.write_text(json.dumps(asdict(built)))
            part.rename(marker)
        self._say(variant.seconds, _("built {image}").format(image=name))
        return built

    def _build_variant(self, image: Image, variant: Variant) -> Built:
        name = f"{image.name}:{variant.tags[0]}"
        log = f"image-{name.replace('/', '+')}"
        began = time.monotonic()
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
        self._builder.run([*argv, f"/srv/sources/dockerfiles/{variant.folder}"], log)
        for tag in tags:
            self._builder.run(["docker", "push", "--quiet", f"{_HUB}/{image.repository}:{tag}"], log)
        size = self._builder.run(["docker", "image", "inspect", "--format={{.Size}}", name], log)
        return Built(tags, version, int(size), round(time.monotonic() - began, 1))

    def _site(self) -> None:
        self._after("busybox:1.37")
        self._builder.run(["/srv/sources/files/site"], "site")
        self._after(*self._suites)
        for suite in self._suites.values():
            later = suite.later()
            offered = [package for package in packages.downloaded(suite) if package.file.name in later]
            self._offer(suite, self._content / "apt", "/srv/content/apt", offered)
        self._say(_SECONDS_FOR_SITE, _("the sites are filled"))

    def _finish(self) -> None:
        """Write the catalogue, which says that the content is whole."""
        images = []
        for image in recipes.IMAGES:
            variants = [self._tasks[f"{image.name}:{variant.tags[0]}"].result() for variant in image.variants]
            images.append(
                {
                    "name": image.name,
                    "repository": image.repository,
                    "tags": [tag for built in variants if built for tag in built.tags],
                    "description": {"en": image.title_en, "zh": image.title_zh},
                    "stars": image.stars,
                    "variants": [asdict(built) for built in variants if built],
                }
            )
        text = json.dumps({"built": int(time.time()), "images": images}, ensure_ascii=False, indent=1)
        (self._content / "signing-key").unlink()
        (self._content / "catalogue.json").write_text(text + "\n")
