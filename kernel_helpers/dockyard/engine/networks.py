"""Networks as evidence: driver, addresses, members, aliases, and the near misses between networks."""

from __future__ import annotations

import difflib
from typing import Any

from dockyard.engine.inspected import Inspected
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import codes, listing

MISSING = sentence(
    "network.missing",
    found=N_("There is no network named `{name}`. {others}"),
    wanted=N_("A network named `{name}`."),
    look_at=N_("`docker network ls`; `docker network create {name}`"),
)
SIMILAR = sentence(
    "network.similar_name",
    found=N_("There is no network named `{name}`, but one named `{other}`."),
    wanted=N_("A network named `{name}`."),
    look_at=N_("A network can't be renamed: make a new one with `docker network create {name}`."),
)
PRESENT = sentence(
    "network.present",
    found=N_("The network `{name}` is still there. {others}"),
    wanted=N_("No network named `{name}`."),
    look_at=N_("`docker network rm {name}`, once no container is on it."),
)
SETTING = sentence(
    "network.setting",
    found=N_("The network `{name}` has {setting} {other}."),
    wanted=N_("The network `{name}` with {setting} {value}."),
    look_at=N_("`docker network rm {name}`, then create it again: this is fixed when a network is made."),
)
NO_MEMBER = sentence(
    "network.no_member",
    found=N_("The container `{container}` is not on the network `{name}`, but on: {others}"),
    wanted=N_("The container `{container}` on the network `{name}`."),
    look_at=N_("`docker network connect {name} {container}`"),
)


class Network(Inspected):
    """One network, perhaps a missing one."""

    where = "/networks/{name}"

    @property
    def driver(self) -> str:
        """Its driver: bridge, host, none, ...; "" where it is missing."""
        return str(self.facts.get("Driver", ""))

    @property
    def internal(self) -> bool:
        """Whether it has no way out."""
        return bool(self.facts.get("Internal"))

    @property
    def subnets(self) -> list[str]:
        """Its address ranges, as 172.18.0.0/16."""
        ranges = (self.facts.get("IPAM") or {}).get("Config") or []
        return [entry["Subnet"] for entry in ranges if "Subnet" in entry]

    @property
    def options(self) -> dict[str, str]:
        """Its driver's options."""
        return self.facts.get("Options") or {}

    @property
    def members(self) -> dict[str, str]:
        """The running containers on it and their addresses."""
        listed = (self.facts.get("Containers") or {}).values()
        return {member["Name"]: member["IPv4Address"].partition("/")[0] for member in listed}

    def must_exist(self, **settings: Any) -> None:
        """Demand that there is a network of this name.

        Args:
            settings: what else it must have: driver="bridge", internal=True, subnet="172.28.0.0/16".
        """
        if not self.exists:
            self._say_missing()
        self.the.require(self.exists, MISSING, name=self.name)
        for setting, value in settings.items():
            have: Any = {"driver": self.driver, "internal": self.internal, "subnet": self.subnets}[setting]
            met = value in have if isinstance(have, list) else have == value
            shown = ", ".join(have) if isinstance(have, list) else have
            self.the.require(met, SETTING, name=self.name, setting=setting, value=value, other=shown)

    def must_have_option(self, option: str, value: str) -> None:
        """Demand a driver's option, as com.docker.network.bridge.enable_icc=false."""
        self.must_exist()
        have = self.options.get(option, "-")
        self.the.require(have == value, SETTING, name=self.name, setting=option, value=value, other=have)

    def must_be_gone(self) -> None:
        """Demand that there is none of this name. Ask the journal first whether there ever was one."""
        others = listing(N_("On it are: {names}."), self.members) if self.exists else ""
        self.the.require(not self.exists, PRESENT, name=self.name, others=others)

    def must_have_member(self, container: str, alias: str = "") -> None:
        """Demand a container on it, running or not, and an alias that others find it by."""
        self.must_exist()
        self.the.container(container).must_exist()
        on = self.the.container(container).networks
        facts = {"name": self.name, "container": container, "others": codes(sorted(on)) or "-"}
        self.the.require(self.name in on, NO_MEMBER, **facts)
        if alias:
            self.the.container(container).must_be_on(self.name, alias)

    def _say_missing(self) -> None:
        names = [network["Name"] for network in self.the.get("/networks") or []]
        close = difflib.get_close_matches(self.name, names, 1, 0.7)
        if close:
            raise NotYet(SIMILAR, name=self.name, other=close[0])
        own = sorted(set(names) - {"bridge", "host", "none"})
        raise NotYet(MISSING, name=self.name, others=listing(N_("There are: {names}."), own))
