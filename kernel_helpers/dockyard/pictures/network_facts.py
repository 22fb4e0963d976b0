"""Reads from evidence who is on which network, under which names, and which ports lead to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockyard.engine import Container, Evidence

# https://docs.docker.com/engine/network/drivers/bridge/#options
_ICC, _DEVICE = "com.docker.network.bridge.enable_icc", "com.docker.network.bridge.name"
_DEFAULT = "bridge"


@dataclass(frozen=True, slots=True)
class Port:
    """A published port.

    Args:
        address: the machine's address that it is published on.
        host: the port of the machine.
        container: the port of the container.
        protocol: tcp or udp.
        open: whether it is published on all addresses, so that the world reaches it.
    """

    address: str
    host: int
    container: int
    protocol: str
    open: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A container on a network.

    Args:
        name: its name.
        running: whether it runs.
        address: its address there; "" where it has none.
        aliases: other names that it has there.
        links: what it reaches by another name through --link, as "name as alias".
        ports: its published ports; on one network only, where it is on several.
    """

    name: str
    running: bool
    address: str = ""
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    ports: tuple[Port, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """A network.

    Args:
        name: its name.
        device: the machine's end of it where it has a name, such as docker0; else the driver.
        driver: bridge, host, none, ...
        subnets: its address ranges.
        internal: whether it has no way out.
        by_name: whether its members find each other by name.
        between: whether its members reach each other at all.
        members: who is on it.
    """

    name: str
    device: str
    driver: str
    subnets: tuple[str, ...]
    internal: bool
    by_name: bool
    between: bool
    members: tuple[Member, ...]


def read(the: Evidence) -> tuple[Network, ...]:
    """Return the networks: docker0 first, then the learner's own; host and none only where somebody is on them."""
    listed: list[dict[str, Any]] = the.get("/networks") or []
    containers = sorted(the.containers(), key=lambda container: container.name)
    networks = [_network(one, containers, listed) for one in sorted(listed, key=_rank)]
    return tuple(one for one in networks if one.members or one.driver not in ("host", "null"))


def _rank(listed: dict[str, Any]) -> tuple[bool, bool, str]:
    return listed["Driver"] in ("host", "null"), listed["Name"] != _DEFAULT, listed["Name"]


def _network(listed: dict[str, Any], containers: Sequence[Container], all_: Sequence[dict[str, Any]]) -> Network:
    name, driver = listed["Name"], listed["Driver"]
    internal = {one["Name"] for one in all_ if one["Internal"]}
    options = listed.get("Options") or {}
    pools = (listed.get("IPAM") or {}).get("Config") or []
    return Network(
        name=name,
        device=options.get(_DEVICE) or driver,
        driver=driver,
        subnets=tuple(pool["Subnet"] for pool in pools if pool.get("Subnet")),
        internal=listed["Internal"],
        by_name=name != _DEFAULT and driver not in ("host", "null"),
        between=options.get(_ICC) != "false" and driver != "null",
        members=tuple(_member(one, name, internal) for one in containers if name in _endpoints(one)),
    )


def _endpoints(container: Container) -> dict[str, Any]:
    return (container.facts.get("NetworkSettings") or {}).get("Networks") or {}


def _member(container: Container, network: str, internal: set[str]) -> Member:
    endpoints = _endpoints(container)
    endpoint = endpoints[network]
    # The engine publishes ports through one of the networks that have a way out.
    ways_out = sorted(name for name in endpoints if name not in internal)
    own_names = {container.facts["Name"].removeprefix("/"), container.id[:12]}
    aliases = endpoint.get("DNSNames") or endpoint.get("Aliases") or []
    return Member(
        name=container.facts["Name"].removeprefix("/"),
        running=container.running,
        address=endpoint["IPAddress"],
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias not in own_names),
        links=tuple(_link(link) for link in container.host_config.get("Links") or []),
        ports=_ports(container) if container.running and ways_out[:1] == [network] else (),
    )


def _link(told: str) -> str:
    """Return a link, which the engine tells as /web:/app/web, in words."""
    target, _colon, alias = told.partition(":")
    return f"{target.strip('/')} → {alias.rpartition('/')[2]}"


def _ports(container: Container) -> tuple[Port, ...]:
    """Return the published ports; one that is open on IPv4 and IPv6 is one."""
    found: dict[tuple[object, ...], Port] = {}
    for port in container.ports:
        shown = Port(port.address or "0.0.0.0", port.host, port.port, port.protocol, port.everywhere)  # noqa: S104 - shown
        found.setdefault((port.host, port.protocol, port.everywhere or port.address), shown)
    return tuple(sorted(found.values(), key=lambda port: (port.host, port.protocol)))
