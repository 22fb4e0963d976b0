"""How a container was configured as evidence: command, environment, user, mounts, networks, limits, health, labels."""

from __future__ import annotations

from typing import Any

from dockyard.engine.inspected import InspectedContainer
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, codes, short

_RECREATE = N_("`docker rm -f {name}`, then run it again with what is missing: this is fixed when a container is made.")

ENV_MISSING = sentence(
    "container.env_missing",
    found=N_("The container `{name}` has no environment variable `{variable}`. It has: {others}"),
    wanted=N_("`{variable}={value}` in the environment of `{name}`."),
    look_at=_RECREATE,
)
ENV_OTHER = sentence(
    "container.env_other",
    found=N_("In the container `{name}`, `{variable}` is `{other}`."),
    wanted=N_("`{variable}={value}` in the environment of `{name}`."),
    look_at=_RECREATE,
)
COMMAND = sentence(
    "container.command",
    found=N_("The container `{name}` runs {other}."),
    wanted=N_("`{command}` as the command of the container `{name}`."),
    look_at=N_("What stands after the image's name in `docker run` is the command."),
)
USER = sentence(
    "container.user",
    found=N_("The container `{name}` runs as {other}."),
    wanted=N_("The container `{name}` running as `{user}`."),
    look_at=N_("`docker run --user {user}`, or USER in the Dockerfile."),
)
SETTING = sentence(
    "container.setting",
    found=N_("The container `{name}` has {setting} set to {other}."),
    wanted=N_("{setting} of the container `{name}` set to {value}."),
    look_at=_RECREATE,
)
LABEL = sentence(
    "container.label",
    found=N_("The container `{name}` has no label `{label}`. It has: {others}"),
    wanted=N_("The label `{label}` on the container `{name}`."),
    look_at=N_("`docker run --label {label}`"),
)
HEALTH = sentence(
    "container.health",
    settles=True,
    found=N_("The health of `{name}` is {other}. Its last check said: {log}"),
    wanted=N_("The container `{name}` being {value}."),
    look_at=N_("`docker inspect -f '{{json .State.Health}}' {name}` shows the last checks."),
    more=N_("A container is starting until its first check succeeds, unhealthy after several failures in a row."),
)
NO_HEALTH = sentence(
    "container.no_health",
    found=N_("The container `{name}` has no health check."),
    wanted=N_("The container `{name}` being {value}."),
    look_at=N_("HEALTHCHECK in the Dockerfile, or `docker run --health-cmd`."),
)
MOUNT_MISSING = sentence(
    "mount.missing",
    found=N_("In `{name}` nothing is mounted at {target}. Its mounts: {others}"),
    wanted=N_("{source} mounted at {target} in `{name}`."),
    look_at=N_("`docker run -v SOURCE:{target}`: the source comes first."),
)
MOUNT_OTHER = sentence(
    "mount.other_source",
    found=N_("In `{name}`, {target} comes from {other}."),
    wanted=N_("{source} mounted at {target} in `{name}`."),
    look_at=N_("`docker run -v SOURCE:{target}`: a source with a slash is a path, one without is a volume's name."),
    more=N_("`-v {target}` alone makes an anonymous volume: a new one with a long name for each container."),
)
MOUNT_WRITABLE = sentence(
    "mount.writable",
    found=N_("In `{name}`, {target} is mounted read-write."),
    wanted=N_("{target} mounted read-only in `{name}`."),
    look_at=N_("`:ro` at the end of `-v`."),
)
MOUNT_READ_ONLY = sentence(
    "mount.read_only",
    found=N_("In `{name}`, {target} is mounted read-only."),
    wanted=N_("{target} mounted read-write in `{name}`."),
    look_at=N_("Leave out `:ro` at the end of `-v`."),
)
NOT_ON_NETWORK = sentence(
    "container.not_on_network",
    found=N_("The container `{name}` is not on the network `{network}`, but on: {others}"),
    wanted=N_("The container `{name}` on the network `{network}`."),
    look_at=N_("`docker network connect {network} {name}`"),
)
NO_ALIAS = sentence(
    "container.no_alias",
    found=N_("On the network `{network}`, `{name}` answers to: {others}"),
    wanted=N_("`{name}` having the alias `{alias}` on the network `{network}`."),
    look_at=N_("`docker network connect --alias {alias} {network} {name}`, or `--network-alias` when it is made."),
)

# The settings that `must_have` knows: where the inspect keeps them. Docker Engine API reference, ContainerInspect.
_SETTINGS = {
    "restart": ("HostConfig", "RestartPolicy", "Name"),
    "memory": ("HostConfig", "Memory"),
    "nano_cpus": ("HostConfig", "NanoCpus"),
    "pids": ("HostConfig", "PidsLimit"),
    "privileged": ("HostConfig", "Privileged"),
    "read_only": ("HostConfig", "ReadonlyRootfs"),
    "auto_remove": ("HostConfig", "AutoRemove"),
    "init": ("HostConfig", "Init"),
    "network_mode": ("HostConfig", "NetworkMode"),
    "log_driver": ("HostConfig", "LogConfig", "Type"),
    "tty": ("Config", "Tty"),
    "stdin_open": ("Config", "OpenStdin"),
    "hostname": ("Config", "Hostname"),
    "workdir": ("Config", "WorkingDir"),
    "stop_signal": ("Config", "StopSignal"),
    "stop_timeout": ("Config", "StopTimeout"),
    "dns": ("HostConfig", "Dns"),
    "dns_search": ("HostConfig", "DnsSearch"),
}


class Configured(InspectedContainer):
    """The configuration of a container."""

    @property
    def command(self) -> list[str]:
        """What its main process is started with: entry point and command."""
        return [*(self.config.get("Entrypoint") or []), *(self.config.get("Cmd") or [])]

    @property
    def environment(self) -> dict[str, str]:
        """Its environment variables."""
        return dict(entry.partition("=")[::2] for entry in self.config.get("Env") or [])

    @property
    def labels(self) -> dict[str, str]:
        """Its labels, the image's among them."""
        return self.config.get("Labels") or {}

    @property
    def mounts(self) -> dict[str, dict[str, Any]]:
        """Its mounts by their place in it: Type, Name, Source, RW."""
        return {mount["Destination"]: mount for mount in self.facts.get("Mounts") or []}

    @property
    def networks(self) -> dict[str, dict[str, Any]]:
        """The networks that it is on: IPAddress, Aliases, Gateway, ..."""
        return (self.facts.get("NetworkSettings") or {}).get("Networks") or {}

    @property
    def health(self) -> str:
        """Starting, healthy or unhealthy, in lower case; "" without a health check."""
        return str((self.facts.get("State", {}).get("Health") or {}).get("Status", ""))

    def setting(self, name: str) -> Any:
        """Return one of the settings that `must_have` knows, as the engine keeps it."""
        value: Any = self.facts
        for step in _SETTINGS[name]:
            value = (value or {}).get(step)
        return value

    def must_have(self, **settings: Any) -> None:
        """Demand settings by the names in `_SETTINGS`, as restart="always", tty=True, memory=33554432."""
        for name, value in settings.items():
            have = self.setting(name)
            facts = {
                "name": self.name,
                "setting": name,
                "value": as_code(str(value)),
                "other": as_code(str(have)),
            }
            self.the.require(have == value, SETTING, **facts)

    def must_run_command(self, text: str) -> None:
        """Demand a text in the command line of its main process, entry point included."""
        line = " ".join(self.command)
        self.the.require(text in line, COMMAND, name=self.name, command=text, other=as_code(short(line)))

    def must_have_env(self, variable: str, value: str) -> None:
        """Demand an environment variable."""
        have = self.environment
        facts = {"name": self.name, "variable": variable, "value": value}
        if variable not in have:
            raise NotYet(ENV_MISSING, others=codes(sorted(have)) or "-", **facts)
        self.the.require(have[variable] == value, ENV_OTHER, other=have[variable], **facts)

    def must_run_as(self, user: str) -> None:
        """Demand the user (name, uid, or either with :group) that its main process is started as."""
        have = str(self.config.get("User", ""))
        self.the.require(have == user, USER, name=self.name, user=user, other=as_code(have or "root"))

    def must_have_label(self, label: str) -> None:
        """Demand a label, as key or key=value."""
        key, equals, value = label.partition("=")
        have = self.labels
        others = codes(f"{k}={v}" for k, v in have.items()) or "-"
        met = key in have and (not equals or have[key] == value)
        self.the.require(met, LABEL, name=self.name, label=label, others=others)

    def must_be_healthy(self, wanted: str = "healthy") -> None:
        """Demand a state of health: healthy, unhealthy or starting."""
        checks = (self.facts.get("State", {}).get("Health") or {}).get("Log") or []
        log = as_code(short(checks[-1].get("Output", ""))) if checks else "-"
        if not self.health:
            raise NotYet(NO_HEALTH, name=self.name, value=wanted)
        self.the.require(self.health == wanted, HEALTH, name=self.name, value=wanted, other=self.health, log=log)

    def must_mount(self, target: str, source: str = "", *, writable: bool | None = None) -> None:
        """Demand a mount.

        Args:
            target: its place in the container.
            source: a path of the machine, a volume's name, or "" for an anonymous volume or whatever is there.
            writable: whether it must be read-write; None for either.
        """
        mount = self.mounts.get(target)
        facts = {"name": self.name, "target": target, "source": as_code(source or "…")}
        if mount is None:
            others = codes(f"{m.get('Name') or m['Source']}:{place}" for place, m in self.mounts.items()) or "-"
            raise NotYet(MOUNT_MISSING, others=others, **facts)
        have = mount.get("Name") or mount["Source"]
        self.the.require(not source or source == have, MOUNT_OTHER, other=as_code(short(have, 30)), **facts)
        if writable is not None and mount["RW"] != writable:
            raise NotYet(MOUNT_WRITABLE if mount["RW"] else MOUNT_READ_ONLY, **facts)

    def must_be_on(self, network: str, alias: str = "") -> None:
        """Demand a network that it is on and, on it, an alias that others find it by."""
        on = self.networks
        facts = {"name": self.name, "network": network}
        self.the.require(network in on, NOT_ON_NETWORK, others=codes(sorted(on)) or "-", **facts)
        if alias:
            have = on[network].get("Aliases") or []
            self.the.require(alias in have, NO_ALIAS, alias=alias, others=codes(have) or "-", **facts)
