"""Containers as evidence: what one is, whether it runs, and the near misses when it does not."""

from __future__ import annotations

import difflib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dockyard.engine import container_config, container_inside, container_ports
from dockyard.engine.references import matches
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, exit_meaning, listing, short

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence

_EXISTS = N_("A container named `{name}`.")
_RUNS = N_("A running container named `{name}`.")
_IMAGE = N_("The container `{name}` made from the image `{image}`.")

MISSING = sentence(
    "container.missing",
    found=N_("There is no container named `{name}`. {others}"),
    wanted=_EXISTS,
    look_at=N_(
        "`docker ps -a` lists every container, stopped ones too; `docker run --name {name} ...` names a new one."
    ),
)
REMOVED = sentence(
    "container.removed",
    found=N_("A container named `{name}` was there, made from `{image}`, but it has been removed."),
    wanted=_EXISTS,
    look_at=N_("Create it again; leave out `--rm` if it is meant to stay."),
    more=N_("With `--rm` the engine removes a container as soon as its main process ends."),
)
OTHER_NAME = sentence(
    "container.other_name",
    found=N_("There is a container of `{image}`, but it is named `{other}`, not `{name}`."),
    wanted=_EXISTS,
    look_at=N_("`docker rename {other} {name}` gives it the name; `--name` does so when a container is made."),
    more=N_("Without `--name` the engine makes a name up from an adjective and a surname."),
)
SIMILAR_NAME = sentence(
    "container.similar_name",
    found=N_("There is no container named `{name}`, but one named `{other}`."),
    wanted=_EXISTS,
    look_at=N_("`docker rename {other} {name}`"),
)
PRESENT = sentence(
    "container.present",
    settles=True,
    found=N_("The container `{name}` is still there; its state is {state}."),
    wanted=N_("No container named `{name}`."),
    look_at=N_("`docker rm {name}` removes a stopped container, `docker rm -f {name}` also a running one."),
)
EXITED = sentence(
    "container.exited",
    found=N_("The container `{name}` has exited with code {code}. Its last line was: {log}"),
    wanted=_RUNS,
    look_at=N_("`docker logs {name}` shows all it said; `docker ps -a` shows its command."),
    more=N_("{meaning}"),
)
NEVER_STARTED = sentence(
    "container.never_started",
    found=N_("The container `{name}` was created but has never run. {error}"),
    wanted=_RUNS,
    look_at=N_("`docker start {name}`"),
    more=N_("`docker create` only makes a container; `docker run` makes it and starts it."),
)
PAUSED = sentence(
    "container.paused",
    found=N_("The container `{name}` is paused."),
    wanted=_RUNS,
    look_at=N_("`docker unpause {name}`"),
)
RESTARTING = sentence(
    "container.restarting",
    settles=True,
    found=N_("The container `{name}` ends with code {code} and is restarted, {count} times so far. It says: {log}"),
    wanted=_RUNS,
    look_at=N_("`docker logs {name}` says why it ends; its restart policy is `{policy}`."),
)
RUNNING = sentence(
    "container.running",
    settles=True,
    found=N_("The container `{name}` is still running."),
    wanted=N_("The container `{name}` stopped."),
    look_at=N_("`docker stop {name}`"),
)
OTHER_IMAGE = sentence(
    "container.other_image",
    found=N_("The container `{name}` was made from the image `{other}`."),
    wanted=_IMAGE,
    look_at=N_("Remove it (`docker rm -f {name}`) and run one from `{image}`: a container's image can't be changed."),
)
OTHER_TAG = sentence(
    "container.other_tag",
    found=N_("The container `{name}` was made from `{other}`: the right repository, another tag."),
    wanted=_IMAGE,
    look_at=N_("Remove it (`docker rm -f {name}`) and run one from `{image}`."),
    more=N_("A name without a tag means the tag `latest`, whatever other tags are on this machine."),
)
EXIT_CODE = sentence(
    "container.exit_code",
    found=N_("The container `{name}` ended with exit code {code}. Its last line was: {log}"),
    wanted=N_("The container `{name}` ended with exit code {wanted_code}."),
    look_at=N_("`docker logs {name}`"),
    more=N_("{meaning}"),
)
LOGS = sentence(
    "container.logs",
    settles=True,
    found=N_("The output of `{name}` does not hold `{text}`. Its last line is: {log}"),
    wanted=N_("`{text}` in the output of the container `{name}`."),
    look_at=N_("`docker logs {name}`"),
)


# How long a restarted container must have run before it counts as running, in seconds.
_PROVES_ITSELF = 3


class Container(container_config.Configured, container_ports.Published, container_inside.Inside):
    """One container, perhaps a missing one. Its facts can be read; each must_ method demands one and names near misses.

    Args:
        the: the evidence that it is part of.
        name: its name, its id or the beginning of its id.
    """

    def __init__(self, the: Evidence, name: str) -> None:
        super().__init__(the, name)

    # ------------------------------------------------------------------------------------------------ facts

    @property
    def state(self) -> str:
        """Its state as in `docker ps`: created, running, paused, restarting, removing, exited, dead; "" if missing."""
        return str(self.facts.get("State", {}).get("Status", ""))

    @property
    def running(self) -> bool:
        """Whether it runs and is neither paused nor about to be restarted."""
        return self.state == "running"

    @property
    def exit_code(self) -> int:
        """The exit code of its last run; 0 before it has run."""
        return int(self.facts.get("State", {}).get("ExitCode", 0))

    def logs(self, lines: int = 100) -> str:
        """Return the last lines of its output, both streams."""
        return str(self.the.ask("logs", self.name, tail=lines) or "")

    @property
    def last_line(self) -> str:
        """The last line of its output that is not blank."""
        lines = [line for line in self.logs(5).splitlines() if line.strip()]
        return lines[-1].strip() if lines else ""

    # ------------------------------------------------------------------------------------------------ demands

    def must_exist(self, image: str = "") -> None:
        """Demand that it exists, running or not, and that it was made from an image.

        Args:
            image: the image's name; without a tag, any tag of it will do.
        """
        if not self.exists:
            self._say_missing(image)
        self.the.require(self.exists, MISSING, name=self.name)
        if image:
            self._must_be_of(image)

    def must_run(self, image: str = "") -> None:
        """Demand that it runs, and that it was made from an image."""
        self.must_exist(image)
        if not self.running or self._flaps():
            self._say_why_not_running()
        self.the.require(self.running, EXITED, name=self.name)

    def must_be_stopped(self) -> None:
        """Demand that it exists and no longer runs."""
        self.must_exist()
        if self.state == "created":
            self._say_why_not_running()
        self.the.require(self.state in ("exited", "dead"), RUNNING, name=self.name)

    def must_be_gone(self) -> None:
        """Demand that there is none of this name. Ask the journal first whether there ever was one."""
        self.the.require(not self.exists, PRESENT, name=self.name, state=self.state)

    def must_have_exited(self, code: int = 0) -> None:
        """Demand that it ran and ended with an exit code."""
        self.must_be_stopped()
        self.the.require(
            self.exit_code == code,
            EXIT_CODE,
            name=self.name,
            code=self.exit_code,
            wanted_code=code,
            log=self._quoted_last_line(),
            meaning=exit_meaning(self.exit_code),
        )

    def must_have_said(self, text: str) -> None:
        """Demand a text in its output."""
        self.must_exist()
        self.the.require(text in self.logs(), LOGS, name=self.name, text=text, log=self._quoted_last_line())

    # ------------------------------------------------------------------------------------------------ near misses

    def _quoted_last_line(self) -> str:
        return as_code(short(self.last_line)) if self.last_line else "-"

    def _must_be_of(self, image: str) -> None:
        if matches(self.image, image) or self.image_id == self.the.image(image).id:
            self.the.require(True, OTHER_IMAGE, name=self.name, image=image)  # noqa: FBT003 - what holds is remembered
            return
        repository = image.partition(":")[0]
        said = OTHER_TAG if matches(self.image, repository) else OTHER_IMAGE
        raise NotYet(said, name=self.name, image=image, other=self.image)

    def _say_missing(self, image: str) -> None:
        others = summaries(self.the)
        for other in others if image else ():
            if matches(other.image, image):
                raise NotYet(OTHER_NAME, name=self.name, image=other.image, other=other.name)
        gone = self.the.journal.container(self.name)
        if gone is not None and gone.removed:
            raise NotYet(REMOVED, name=self.name, image=gone.image)
        close = difflib.get_close_matches(self.name.lower(), [other.name.lower() for other in others], 1, 0.75)
        for other in others:
            if other.name.lower() in close:
                raise NotYet(SIMILAR_NAME, name=self.name, other=other.name)
        raise NotYet(MISSING, name=self.name, others=listing(N_("There are: {names}."), [o.name for o in others]))

    def _flaps(self) -> bool:
        """Return whether it runs only because it was restarted a moment ago, as between two crashes."""
        if not self.facts["RestartCount"]:
            return False
        started = datetime.fromisoformat(self.facts["State"]["StartedAt"])
        now = datetime.fromisoformat(self.the.engine.info["SystemTime"])
        return (now - started).total_seconds() < _PROVES_ITSELF

    def _say_why_not_running(self) -> None:
        facts: dict[str, Any] = {"name": self.name, "code": self.exit_code}
        state = self.facts["State"]
        if self.state == "created":
            raise NotYet(NEVER_STARTED, error=short(state.get("Error", "")), **facts)
        if self.state == "paused":
            raise NotYet(PAUSED, **facts)
        facts["log"] = self._quoted_last_line()
        if self.running or self.state == "restarting":
            policy = self.facts["HostConfig"]["RestartPolicy"]["Name"]
            raise NotYet(RESTARTING, count=self.facts["RestartCount"], policy=policy, **facts)
        meaning = exit_meaning(self.exit_code, out_of_memory=bool(state.get("OOMKilled")))
        raise NotYet(EXITED, meaning=meaning, **facts)


class Summary:
    """A container as `docker ps -a` lists it.

    Args:
        listed: one entry of the engine's list.
    """

    def __init__(self, listed: dict[str, Any]) -> None:
        self.id: str = listed["Id"]
        names = [name.removeprefix("/") for name in listed["Names"]]
        # A legacy link adds a second name with a slash in it.
        self.name: str = next((name for name in names if "/" not in name), listed["Id"][:12])
        self.image: str = listed["Image"]
        self.state: str = listed["State"]
        self.ports: list[dict[str, Any]] = listed.get("Ports") or []
        self.labels: dict[str, str] = listed.get("Labels") or {}
        self.mounts: list[dict[str, Any]] = listed.get("Mounts") or []
        self.networks: list[str] = sorted((listed.get("NetworkSettings") or {}).get("Networks") or {})


def summaries(the: Evidence) -> list[Summary]:
    """Return all containers as `docker ps -a` lists them, running ones first."""
    found = [Summary(entry) for entry in the.get("/containers/json", all="true") or []]
    return sorted(found, key=lambda container: container.state != "running")


def select(the: Evidence, image: str = "", *, running: bool | None = None, label: str = "") -> list[Container]:
    """Return the containers that fit; see `Evidence.containers`."""
    key, _equals, value = label.partition("=")
    return [
        Container(the, found.name)
        for found in summaries(the)
        if (not image or matches(found.image, image))
        and (running is None or (found.state == "running") == running)
        and (not label or (key in found.labels and value in ("", found.labels[key])))
    ]
