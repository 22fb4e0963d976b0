"""The journal as evidence: what happened since the exercise was started, also to things that are gone by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dockyard.engine.past_containers import PastContainer, apply
from dockyard.engine.references import matches
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, codes, listing, short

if TYPE_CHECKING:
    from collections.abc import Callable

    from dockyard.engine.evidence import Evidence

_RAN = N_("A container of `{image}` having run.")

NEVER_RAN = sentence(
    "journal.never_ran",
    found=N_("No container of `{image}` has run since this exercise was started. {others}"),
    wanted=_RAN,
    look_at=N_("`docker run {image}`"),
)
OTHER_COMMAND = sentence(
    "journal.other_command",
    found=N_("A container of `{image}` ran, with the command {others}."),
    wanted=N_("A container of `{image}` having run `{command}`."),
    look_at=N_("The command stands after the image's name: `docker run {image} {command}`."),
)
NOT_REMOVED = sentence(
    "journal.not_removed",
    settles=True,
    found=N_("A container of `{image}` ran as it should, but it is still there: `{name}` ({state})."),
    wanted=N_("A container of `{image}` having run, and nothing left of it."),
    look_at=N_("`docker rm {name}`, then run one with `--rm`."),
    more=N_("Without `--rm` a container stays after its end, so that one can look at what it left."),
)
NO_TERMINAL = sentence(
    "journal.no_terminal",
    found=N_("A container of `{image}` ran, but without {others}."),
    wanted=N_("A container of `{image}` having run with a terminal and an open standard input."),
    look_at=N_("`docker run -it {image}`: `-i` keeps standard input open, `-t` gives a terminal."),
)
EXIT_CODE = sentence(
    "journal.exit_code",
    found=N_("A container of `{image}` ran and ended with exit code {others}."),
    wanted=N_("A container of `{image}` having ended with exit code {code}."),
    look_at=N_("`docker run ...; echo $?` shows the exit code."),
)
STILL_RUNNING = sentence(
    "journal.still_running",
    settles=True,
    found=N_("The container `{name}` of `{image}` is still running."),
    wanted=N_("A container of `{image}` having run and ended."),
    look_at=N_("Type `exit` in it, or `docker stop {name}`."),
)
NEVER_PULLED = sentence(
    "journal.never_pulled",
    found=N_("Nothing was pulled under the name `{image}`. {others}"),
    wanted=N_("A pull of `{image}`."),
    look_at=N_("`docker pull {image}`"),
)
NEVER_REMOVED = sentence(
    "journal.never_removed",
    found=N_("The image `{image}` has not been removed since this exercise was started."),
    wanted=N_("`{image}` having been removed."),
    look_at=N_("`docker rmi {image}`"),
)
NO_EXEC = sentence(
    "journal.no_exec",
    found=N_("Nothing was run inside `{name}` with `docker exec`. {others}"),
    wanted=N_("`docker exec` having run {command} in `{name}`."),
    look_at=N_("`docker exec {name} COMMAND`"),
)
NEVER_REMOVED_CONTAINER = sentence(
    "journal.never_removed_container",
    found=N_("The container `{name}` has not been removed since this exercise was started."),
    wanted=N_("The container `{name}` having been removed."),
    look_at=N_("`docker rm {name}`"),
)
NEVER_HAPPENED = sentence(
    "journal.never_happened",
    found=N_("The engine's journal shows no `{action}` of a {type} like `{subject}` since this exercise was started."),
    wanted=N_("`{action}` of the {type} `{subject}`."),
    look_at=N_("`docker events --since 10m` shows what the engine did."),
)


class Journal:
    """What happened since the exercise was started.

    Args:
        the: the evidence that it is part of.
    """

    def __init__(self, the: Evidence) -> None:
        self.the = the

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events, oldest first: time, type, action, actor, attributes, inspect.

        A container's inspect stands beside the newest of its events that has one.
        """
        return self.the.ask("events", "") or []

    @property
    def containers(self) -> list[PastContainer]:
        """The containers that something happened to, in the order in which they appeared."""
        found: dict[str, PastContainer] = {}
        for event in self.events:
            if event["type"] == "container":
                apply(event, found.setdefault(event["actor"], PastContainer(event["actor"])))
        return list(found.values())

    def container(self, name: str) -> PastContainer | None:
        """Return the last container that had a name, or None."""
        named = [container for container in self.containers if container.name == name]
        return named[-1] if named else None

    def runs(self, image: str) -> list[PastContainer]:
        """Return the containers of an image that ran; without a tag, of any of its tags."""
        wanted = self.the.image(image).id
        return [
            container
            for container in self.containers
            if container.started
            and (matches(container.image, image) or (wanted and container.inspect.get("Image") == wanted))
        ]

    @property
    def pulls(self) -> list[str]:
        """The names of the images that were pulled."""
        return [e["actor"] for e in self.events if (e["type"], e["action"]) == ("image", "pull")]

    def removals(self, image: str) -> list[dict[str, Any]]:
        """Return the events in which an image lost a name or went away.

        Such an event names the image by its id only: where the image is not there now, each of them may be meant.
        """
        known = self.the.image(image).id
        return [
            event
            for event in self.events
            if event["type"] == "image"
            and event["action"] in ("untag", "delete")
            and (not known or event["actor"] == known)
        ]

    def happened(self, type_: str, action: str, subject: str = "") -> list[dict[str, Any]]:
        """Return the events of a type and an action whose actor or name holds a text.

        Args:
            type_: container, image, network, volume, daemon, builder.
            action: as in `docker events`: create, start, die, destroy, tag, untag, delete, ...
            subject: a name, an image's reference or an id.
        """
        return [
            event
            for event in self.events
            if event["type"] == type_
            and event["action"].partition(":")[0] == action
            and (subject in event["actor"] or subject in event["attributes"].get("name", ""))
        ]

    # ------------------------------------------------------------------------------------------------ demands

    def must_show(self, type_: str, action: str, subject: str = "") -> None:
        """Demand an event; the arguments are those of `happened`."""
        met = self.happened(type_, action, subject)
        self.the.require(met, NEVER_HAPPENED, type=type_, action=action, subject=subject)

    def must_show_pull(self, image: str) -> None:
        """Demand that an image was pulled."""
        met = any(matches(name, image) for name in self.pulls)
        self.the.require(met, NEVER_PULLED, image=image, others=listing(N_("Pulled were: {names}."), self.pulls))

    def must_show_container_removal(self, container: str) -> None:
        """Demand that a container was removed."""
        self.the.require(self.happened("container", "destroy", container), NEVER_REMOVED_CONTAINER, name=container)

    def must_show_image_removal(self, image: str) -> float:
        """Demand that an image was removed, though it may be here again, and return when that was last."""
        found = self.removals(image)
        self.the.require(found, NEVER_REMOVED, image=image)
        return float(found[-1]["time"])

    def must_show_exec(self, container: str, command: str = "") -> None:
        """Demand that `docker exec` ran something in a container, there or gone.

        Args:
            container: the container's name.
            command: a text that the command line must hold.
        """
        past = self.container(container)
        execs = past.execs if past else []
        facts = {
            "name": container,
            "command": as_code(command or "…"),
            "others": listing(N_("These were: {names}."), execs),
        }
        self.the.require(any(command in line for line in execs), NO_EXEC, **facts)

    def must_show_run(
        self,
        image: str,
        command: str = "",
        *,
        terminal: bool = False,
        exit_code: int | None = None,
        removed: bool = False,
    ) -> PastContainer:
        """Demand that a container ran, and return the last one that fits.

        Args:
            image: its image; without a tag, any tag of it will do.
            command: a text in its command line.
            terminal: whether it must have had -i and -t.
            exit_code: the code that it must have ended with.
            removed: whether it must be gone.
        """
        fit = self.runs(image)
        facts: dict[str, Any] = {"image": image, "command": command, "code": exit_code}
        ran = [container.image for container in self.containers if container.started]
        self.the.require(fit, NEVER_RAN, others=listing(N_("These ran: {names}."), ran), **facts)
        steps: list[tuple[bool, Callable[[PastContainer], bool], Callable[[PastContainer], NotYet]]] = [
            (bool(command), lambda c: command in c.command, lambda c: _other_command(c, facts)),
            (terminal, lambda c: c.tty and c.interactive, lambda c: _no_terminal(c, facts)),
            (
                removed or exit_code is not None,
                lambda c: c.exit_code is not None,
                lambda c: NotYet(STILL_RUNNING, name=c.name, **facts),
            ),
            (
                exit_code is not None,
                lambda c: c.exit_code == exit_code,
                lambda c: NotYet(EXIT_CODE, others=c.exit_code, **facts),
            ),
            (removed, lambda c: c.removed, lambda c: self._not_removed(c, facts)),
        ]
        for asked, fits, miss in steps:
            if asked:
                near = fit[-1]
                fit = [container for container in fit if fits(container)]
                if not fit:
                    raise miss(near)
        return fit[-1]

    def _not_removed(self, container: PastContainer, facts: dict[str, Any]) -> NotYet:
        state = self.the.container(container.id).state
        return NotYet(NOT_REMOVED, name=container.name, state=state, **facts)


def _other_command(container: PastContainer, facts: dict[str, Any]) -> NotYet:
    return NotYet(OTHER_COMMAND, others=as_code(short(container.command)), **facts)


def _no_terminal(container: PastContainer, facts: dict[str, Any]) -> NotYet:
    missing = [flag for flag, had in (("-i", container.interactive), ("-t", container.tty)) if not had]
    return NotYet(NO_TERMINAL, others=codes(missing), **facts)
