"""Says what a set-up consists of: which tasks, what each needs, and when it has nothing to do."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dockyard.i18n import _, ngettext

import extension
from host import apt_install, has_venv
from lanes import Job, Task, TaskError
from stamps import Stamps, digest

# What an editable installation copies, so what it must be repeated for: metadata, shared files, catalogues.
PACKAGE = (
    "pyproject.toml",
    "labextension/package.json",
    "tools/hatch_build.py",
    "kernel_helpers/dockyard/jupyter",
    "kernel_helpers/dockyard/kernelspec",
    "kernel_helpers/dockyard/locale",
    extension.RESULT,
)
DPKG_GRACE_SECONDS = 300.0  # dpkg must never be killed in the middle of a package


@dataclass(frozen=True, slots=True)
class Setup:
    """The tasks that make a clone ready to use.

    Args:
        root: the repository.
        packages: the Debian packages that are missing and may be installed by us.
        tests: whether what only the tests need is wanted too.
        machine: whether what machines start from is wanted.
    """

    root: Path
    packages: tuple[str, ...] = ()
    tests: bool = False
    machine: bool = True

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def cache(self) -> Path:
        """What the bootstrap itself keeps: logs, stamps, a private Node."""
        return self.root / ".cache"

    @property
    def python(self) -> str:
        """The virtual environment's interpreter."""
        return str(self.venv / "bin" / "python")

    def tasks(self) -> list[Task]:
        """Return the tasks, in the order in which people read them."""
        debian = ("debian",) if self.packages else ()
        tasks = [
            Task("venv", _("Virtual env"), self._venv, () if has_venv() else debian),
            Task("python", _("Python packages"), self._requirements("requirements.txt"), ("venv",)),
            Task("node", "Node", self._node, ("venv",)),
            Task("yarn", _("Node packages"), self._yarn, ("node",)),
            Task("labextension", _("JupyterLab panel"), self._labextension, ("python", "yarn")),
        ]
        if self.tests:
            tasks.append(Task("tests", _("Test tools"), self._requirements("requirements-test.txt"), ("python",)))
        # pip works on one thing at a time in one environment
        tasks.append(Task("dockyard", _("Dockyard itself"), self._dockyard, ("labextension", tasks[-1].name)))
        if self.packages:
            tasks.insert(0, Task("debian", _("Debian packages"), self._debian))
        if self.machine:
            tasks.append(Task("rootfs", _("Root filesystem"), self._build("rootfs"), debian))
            tasks.append(Task("images", _("Course images"), self._build("images"), ("rootfs",)))
        return tasks

    # ------------------------------------------------------------------ Debian

    def _debian(self, job: Job) -> None:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        job.report(_("reading the package lists"), 0.0)
        job.call(["apt-get", "update"], env=env)
        total = len(self.packages)
        seen: set[str] = set()

        def on_line(line: str) -> None:
            if line.startswith("Setting up "):
                name = line.split()[2]
                seen.add(name)
                share = min(0.95, 0.3 + 0.6 * len(seen) / (total + len(seen)))
                job.report(_("setting up {name}").format(name=name), share)

        job.report(_("installing {what}").format(what=" ".join(self.packages)), 0.2)
        job.call(apt_install(self.packages), on_line=on_line, env=env, grace=DPKG_GRACE_SECONDS)

    # ------------------------------------------------------------------ Python

    def _venv(self, job: Job) -> None:
        # a virtual environment holds its own absolute path, so one that was moved is of no use
        whole = Path(self.python).exists() and str(self.venv) in self._venv_settings()
        if whole and not self._unfinished.exists():
            job.kept()
            return
        job.report(_("making .venv"))
        shutil.rmtree(self.venv, ignore_errors=True)
        self.venv.mkdir()
        self._unfinished.touch()
        job.call([sys.executable, "-m", "venv", str(self.venv)])
        # Yarn comes with it: so Node packages are fetched while pip installs the rest.
        self._pip_install(job, ["--constraint", "requirements.txt", "jupyter-builder"], count=4)

    @property
    def _unfinished(self) -> Path:
        """The mark of an installation at work: what a stopped one left behind can't be trusted."""
        return self.venv / ".installing"

    def _venv_settings(self) -> str:
        try:
            return (self.venv / "pyvenv.cfg").read_text(encoding="utf-8")
        except OSError:
            return ""

    def _requirements(self, name: str) -> Callable[[Job], None]:
        def run(job: Job) -> None:
            want = digest(self.root, ["requirements.txt", name], also=[self._venv_settings()])
            if self._in_venv.holds(name, want):
                job.kept()
                return
            self._pip_install(job, ["-r", name], count=_pins(self.root / name))
            self._in_venv.write(name, want)

        return run

    def _dockyard(self, job: Job) -> None:
        if self._in_venv.holds("dockyard", self._package_digest()):
            job.kept()
            return
        self._pip_install(job, ["--no-deps", "--no-build-isolation", "--editable", "."], count=1)
        # taken again: the build compiles the catalogues, which lie beside their sources
        self._in_venv.write("dockyard", self._package_digest())

    def _package_digest(self) -> str:
        return digest(self.root, PACKAGE, also=[self._venv_settings()])

    def _pip_install(self, job: Job, arguments: Sequence[str], *, count: int) -> None:
        """Run pip as its user configured it: index, mirror, proxy and certificates are theirs to choose."""
        collected = 0

        def on_line(line: str) -> None:
            nonlocal collected
            word, _space, rest = line.strip().partition(" ")
            if word in ("Collecting", "Obtaining", "Requirement"):
                collected += 1
                name = rest.removeprefix("already satisfied: ").split(" ")[0]
                job.report(name, min(0.7, 0.7 * collected / count))
            elif word == "Installing":
                words = ngettext("installing {count} package", "installing {count} packages", count)
                job.report(words.format(count=count), 0.7)

        job.report(_("pip starts"), 0.0)
        self._unfinished.touch()
        job.call([*self._pip(), *arguments], on_line=on_line)
        self._unfinished.unlink()

    def _pip(self) -> list[str]:
        return [self.python, "-m", "pip", "install", "--progress-bar", "off", "--disable-pip-version-check"]

    # ------------------------------------------------------------------ Node and the labextension

    def _node(self, job: Job) -> None:
        wanted = self.root / "requirements-node.txt"
        private = self.cache / "node"
        # the checks run ESLint, Prettier and Jest, whether or not the extension is built already
        needless = self._labextension_done() and not self.tests
        if needless or extension.node_directory(private):
            job.kept()
            return
        job.report(_("this host has no Node 20: taking it as a Python package"))
        draft = self.cache / "node.draft"
        shutil.rmtree(draft, ignore_errors=True)
        job.call([*self._pip(), "--no-deps", "--no-compile", "--target", str(draft), "-r", str(wanted)])
        shutil.rmtree(private, ignore_errors=True)
        draft.rename(private)

    def _yarn(self, job: Job) -> None:
        if self._labextension_done():
            job.kept()
            return
        locked = _locked(self.root / "labextension" / "yarn.lock")
        fetched: set[str] = set()  # Yarn names some more than once

        def on_line(line: str) -> None:
            if "YN0013" in line:  # "can't be found in the cache and will be fetched"
                fetched.add(line)
            job.report(_yarn_words(line), min(0.7, 0.7 * len(fetched) / locked))

        job.report(_("reading the lock file"), 0.0)
        extension.install(self.root, self._node_environment(), self._caller(job, on_line))

    def _labextension(self, job: Job) -> None:
        if self._labextension_done():
            job.kept()
            return
        job.report(_("compiling"))
        extension.build(self.root, self._node_environment(), self._caller(job, lambda _line: None))
        if not extension.built(self.root):
            raise TaskError(_("The build ended well but left no extension.") + f"\n{job.where_the_log_is()}")
        self._stamps.write("labextension", self._labextension_digest())

    def _node_environment(self) -> dict[str, str]:
        node = extension.node_directory(self.cache / "node")
        if node is None:
            raise TaskError(_("No Node 20 was found.") + "\n→ rm -rf .cache/node && make setup")
        return extension.environment(node, self.venv / "bin")

    @staticmethod
    def _caller(job: Job, on_line: Callable[[str], None]) -> extension.Call:
        def call(argv: Sequence[str], cwd: Path, env: Mapping[str, str]) -> None:
            job.call(argv, cwd=cwd, env=env, on_line=on_line)

        return call

    def _labextension_done(self) -> bool:
        stamped = self._stamps.holds("labextension", self._labextension_digest())
        return stamped and extension.built(self.root)

    def _labextension_digest(self) -> str:
        return digest(self.root, extension.SOURCES)

    # ------------------------------------------------------------------ what machines start from

    def _build(self, step: str) -> Callable[[Job], None]:
        def run(job: Job) -> None:
            words: list[str] = []

            def on_line(line: str) -> None:
                if line.startswith("{"):
                    told = json.loads(line)
                    job.report(told["doing"], told["fraction"])
                else:
                    words.append(line)

            job.report(_("looking at what is there"))
            try:
                job.call([sys.executable, str(self.root / "tools" / "setup_machine.py"), step], on_line=on_line)
            except TaskError as error:  # the package's own errors say all there is to say
                raise TaskError("\n".join(words) or str(error)) from error

        return run

    # ------------------------------------------------------------------ what is done

    @property
    def _in_venv(self) -> Stamps:
        return Stamps(self.venv / ".done")

    @property
    def _stamps(self) -> Stamps:
        return Stamps(self.cache / "done")


def _pins(path: Path) -> int:
    """Return how many packages a requirements file names, those that it includes counted too."""
    count = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            count += _pins(path.parent / line[3:].strip())
        elif "==" in line:
            count += 1
    return max(1, count)


def _locked(lock: Path) -> int:
    """Return how many packages a yarn.lock names."""
    return max(1, lock.read_text(encoding="utf-8").count("  resolution: "))


def _yarn_words(line: str) -> str:
    """Return what Yarn says, without its line marks and reasons (`➤ YN0013: │ NAME@npm:1.0 can't be found ...`)."""
    return line.partition(": ")[2].lstrip("└┌│ ").partition(" can't be")[0] if line.startswith("➤") else line.strip()
