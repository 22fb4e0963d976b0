"""What an image holds as evidence: its layers, its history, its size and the configuration that containers inherit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dockyard.engine.inspected import Inspected
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, codes, short
from dockyard.i18n import _

CONFIG = sentence(
    "image.config",
    found=N_("In `{name}`, {instruction} is {other}."),
    wanted=N_("{instruction} of `{name}` being {value}."),
    look_at=N_("`docker inspect -f '{{json .Config}}' {name}`"),
)
SHELL_FORM = sentence(
    "image.shell_form",
    found=N_("In `{name}`, {instruction} has the shell form: it runs as {other}."),
    wanted=N_("{instruction} of `{name}` being {value}."),
    look_at=N_("The exec form is a JSON array with double quotes: {instruction} {value}"),
    more=N_("In the shell form a shell is process 1; signals such as that of `docker stop` end with it."),
)
EXEC_FORM = sentence(
    "image.exec_form",
    found=N_("In `{name}`, {instruction} has the exec form: {other}."),
    wanted=N_("{instruction} of `{name}` being {value}."),
    look_at=N_("The shell form is a plain line, without brackets and quotes."),
)
ENV = sentence(
    "image.env",
    found=N_("In `{name}`, the environment is: {others}"),
    wanted=N_("`{variable}={value}` in the environment of `{name}`."),
    look_at=N_("ENV {variable}={value}"),
)
LISTED = sentence(
    "image.listed",
    found=N_("In `{name}`, {instruction} has: {others}"),
    wanted=N_("{value} in {instruction} of `{name}`."),
    look_at=N_("`docker inspect -f '{{json .Config}}' {name}`"),
)
LABEL = sentence(
    "image.label",
    found=N_("The labels of `{name}` are: {others}"),
    wanted=N_("The label `{label}` on `{name}`."),
    look_at=N_("LABEL {label}"),
)
LAYERS = sentence(
    "image.layers",
    found=N_("`{name}` has {count} layers."),
    wanted=N_("`{name}` with at most {limit} layers."),
    look_at=N_("`docker history {name}` shows which instruction made which layer."),
)
SIZE = sentence(
    "image.size",
    found=N_("`{name}` takes {size} MB."),
    wanted=N_("`{name}` within {limit} MB."),
    look_at=N_("`docker history {name}` shows how much each instruction added."),
    more=N_("What a later layer deletes still takes its place in the earlier one."),
)
HISTORY = sentence(
    "image.history",
    found=N_("No step in the history of `{name}` holds `{text}`. The last step was: {last}"),
    wanted=N_("`{text}` in the history of `{name}`."),
    look_at=N_("`docker history --no-trunc {name}`"),
)
HISTORY_UNWANTED = sentence(
    "image.history_unwanted",
    found=N_("A step in the history of `{name}` holds `{text}`: {step}"),
    wanted=N_("No step with `{text}` in the history of `{name}`."),
    look_at=N_("`docker history --no-trunc {name}`"),
)

# The instructions whose value `must_have` compares: where the image's configuration keeps it.
_INSTRUCTIONS = {
    "CMD": "Cmd",
    "ENTRYPOINT": "Entrypoint",
    "WORKDIR": "WorkingDir",
    "USER": "User",
    "STOPSIGNAL": "StopSignal",
    "SHELL": "Shell",
    "HEALTHCHECK": "Healthcheck",
    "ONBUILD": "OnBuild",
}
# The instructions that collect values: where the image's configuration keeps them.
_COLLECTIONS = {"EXPOSE": "ExposedPorts", "VOLUME": "Volumes", "ONBUILD": "OnBuild"}
_SHELL = ["/bin/sh", "-c"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of `docker history`."""

    created_by: str
    size: int
    comment: str

    @property
    def empty(self) -> bool:
        """Whether it added no file system content."""
        return self.size == 0


class Configured(Inspected):
    """What an image holds."""

    where = "/images/{name}/json"

    @property
    def short_id(self) -> str:
        """Its id as `docker images` prints it."""
        return self.id.removeprefix("sha256:")[:12]

    @property
    def config(self) -> dict[str, Any]:
        """What containers inherit."""
        return self.facts.get("Config") or {}

    @property
    def layers(self) -> list[str]:
        """The digests of its layers' content, lowest first."""
        return (self.facts.get("RootFS") or {}).get("Layers") or []

    @property
    def size(self) -> int:
        """Its size in bytes, as `docker images` counts it."""
        return int(self.facts.get("Size", 0))

    @property
    def created(self) -> float:
        """When it was made, in seconds since the epoch; 0 where it is missing or does not tell."""
        text = str(self.facts.get("Created", ""))
        return datetime.fromisoformat(text).timestamp() if text else 0.0

    @property
    def history(self) -> list[Step]:
        """The steps that made it, newest first."""
        found = self.the.get(f"/images/{self.name}/history") or []
        return [Step(step["CreatedBy"], step["Size"], step["Comment"]) for step in found]

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that it sets."""
        return dict(entry.partition("=")[::2] for entry in self.config.get("Env") or [])

    @property
    def labels(self) -> dict[str, str]:
        """Its labels."""
        return self.config.get("Labels") or {}

    def instruction(self, name: str) -> Any:
        """Return what an instruction of `_INSTRUCTIONS` left, as the engine keeps it."""
        return self.config.get(_INSTRUCTIONS[name])

    def must_have(self, instruction: str, value: Any) -> None:
        """Demand what an instruction left, as "CMD" and ["nginx", "-g", "daemon off;"].

        Args:
            instruction: CMD, ENTRYPOINT, WORKDIR, USER, STOPSIGNAL, SHELL, HEALTHCHECK or ONBUILD.
            value: the value as the engine keeps it; the shell form is ["/bin/sh", "-c", "..."].
        """
        have = self.instruction(instruction)
        facts = {"name": self.name, "instruction": instruction, "value": _shown(value), "other": _shown(have)}
        if isinstance(value, list) and isinstance(have, list) and have != value:
            if have[:2] == _SHELL and value[:2] != _SHELL:
                raise NotYet(SHELL_FORM, **facts)
            if value[:2] == _SHELL and have[:2] != _SHELL:
                raise NotYet(EXEC_FORM, **facts)
        self.the.require(have == value, CONFIG, **facts)

    def must_list(self, instruction: str, value: str) -> None:
        """Demand one entry of what EXPOSE ("80/tcp"), VOLUME ("/data") or ONBUILD collected."""
        have = list(self.config.get(_COLLECTIONS[instruction]) or [])
        facts = {
            "name": self.name,
            "instruction": instruction,
            "value": as_code(value),
            "others": codes(have) or "-",
        }
        self.the.require(value in have, LISTED, **facts)

    def must_have_env(self, variable: str, value: str) -> None:
        """Demand an environment variable that it sets."""
        others = codes(f"{key}={have}" for key, have in self.environment.items()) or "-"
        met = self.environment.get(variable) == value
        self.the.require(met, ENV, name=self.name, variable=variable, value=value, others=others)

    def must_have_label(self, label: str) -> None:
        """Demand a label, as key or key=value."""
        key, equals, value = label.partition("=")
        others = codes(f"{k}={v}" for k, v in self.labels.items()) or "-"
        met = key in self.labels and (not equals or self.labels[key] == value)
        self.the.require(met, LABEL, name=self.name, label=label, others=others)

    def must_have_at_most(self, layers: int) -> None:
        """Demand a number of layers that is not passed."""
        self.the.require(len(self.layers) <= layers, LAYERS, name=self.name, count=len(self.layers), limit=layers)

    def must_fit(self, megabytes: float) -> None:
        """Demand a size in MB (of 1,000,000 bytes, as Docker counts) that is not passed."""
        size = f"{self.size / 1e6:.1f}"
        self.the.require(self.size <= megabytes * 1e6, SIZE, name=self.name, size=size, limit=megabytes)

    def must_have_step(self, text: str) -> None:
        """Demand a text in a step of its history."""
        steps = [f"{step.created_by} {step.comment}" for step in self.history]
        last = as_code(short(steps[0])) if steps else "-"
        self.the.require(any(text in step for step in steps), HISTORY, name=self.name, text=text, last=last)

    def must_have_no_step(self, text: str) -> None:
        """Demand that no step of its history holds a text."""
        found = [step.created_by for step in self.history if text in step.created_by]
        step = as_code(short(found[0])) if found else ""
        self.the.require(not found, HISTORY_UNWANTED, name=self.name, text=text, step=step)


def _shown(value: Any) -> str:
    """Return a value of an instruction as a Dockerfile would show it."""
    if not value:
        return _("not set")
    if isinstance(value, list):
        return as_code("[" + ", ".join(f'"{word}"' for word in value) + "]")
    return as_code(str(value))
