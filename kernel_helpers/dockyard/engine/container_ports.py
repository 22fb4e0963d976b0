"""A container's published ports as evidence, and the near misses: another port, loopback only, another container's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dockyard.engine.inspected import InspectedContainer
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import codes

_PUBLISHED = N_("Port {host} of the machine leading to port {port}/{protocol} of `{name}`.")
_RECREATE = N_("Ports are fixed when a container is made: `docker rm -f {name}`, then run it with `-p {host}:{port}`.")

NOT_PUBLISHED = sentence(
    "port.not_published",
    found=N_("The container `{name}` publishes no port."),
    wanted=_PUBLISHED,
    look_at=_RECREATE,
    more=N_("EXPOSE in an image only declares a port; `-p` is what makes the engine listen on the machine."),
)
OTHER_HOST_PORT = sentence(
    "port.other_host_port",
    found=N_("Port {port} of `{name}` is published, but on {others} of the machine, not on {host}."),
    wanted=_PUBLISHED,
    look_at=_RECREATE,
    more=N_("In `-p 8080:80` the machine's port comes first, the container's second."),
)
OTHER_CONTAINER_PORT = sentence(
    "port.other_container_port",
    found=N_("Port {host} of the machine leads to port {others} of `{name}`, not to {port}."),
    wanted=_PUBLISHED,
    look_at=_RECREATE,
    more=N_("In `-p 8080:80` the machine's port comes first, the container's second."),
)
SWAPPED = sentence(
    "port.swapped",
    found=N_("The ports of `{name}` are the other way round: {port} of the machine leads to {host} of the container."),
    wanted=_PUBLISHED,
    look_at=_RECREATE,
    more=N_("In `-p 8080:80` the machine's port comes first, the container's second."),
)
OTHER_PORTS = sentence(
    "port.other_ports",
    found=N_("The container `{name}` publishes {others}."),
    wanted=_PUBLISHED,
    look_at=_RECREATE,
)
OTHER_PROTOCOL = sentence(
    "port.other_protocol",
    found=N_("Port {host} of the machine leads to port {port} of `{name}`, but over {others} instead of {protocol}."),
    wanted=_PUBLISHED,
    look_at=N_("`-p {host}:{port}/{protocol}`; without a protocol it is tcp."),
)
OTHER_CONTAINER = sentence(
    "port.other_container",
    found=N_("Port {host} of the machine leads to the container `{other}`, not to `{name}`."),
    wanted=_PUBLISHED,
    look_at=N_("`docker ps` shows who has the port; `docker rm -f {other}` frees it."),
    more=N_("An address and port can belong to one container at a time."),
)
LOOPBACK = sentence(
    "port.loopback",
    found=N_("Port {host} is published on {others} only, so it answers inside the machine and nowhere else."),
    wanted=N_("Port {host} of the machine, on every address, leading to port {port}/{protocol} of `{name}`."),
    look_at=_RECREATE,
)
EVERYWHERE = sentence(
    "port.everywhere",
    found=N_("Port {host} is published on {others}: everybody who reaches the machine reaches it."),
    wanted=N_("Port {host} on {address} only, leading to port {port}/{protocol} of `{name}`."),
    look_at=N_("`-p {address}:{host}:{port}`"),
)
EXPOSED = sentence(
    "port.not_mapped_random",
    found=N_("Port {port} of `{name}` is not published."),
    wanted=N_("Port {port}/{protocol} of `{name}` published on any port of the machine."),
    look_at=N_(
        "`-P` publishes every port that the image exposes; `-p {port}` one of your choice. See `docker port {name}`."
    ),
)


@dataclass(frozen=True, slots=True)
class PublishedPort:
    """A port of the machine that leads to a port of a container."""

    address: str
    host: int
    port: int
    protocol: str

    @property
    def everywhere(self) -> bool:
        """Whether it listens on all addresses of the machine."""
        return self.address in ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound

    def __str__(self) -> str:
        address = "" if self.everywhere else f"{self.address}:"
        return f"{address}{self.host}->{self.port}/{self.protocol}"


class Published(InspectedContainer):
    """The published ports of a container."""

    @property
    def ports(self) -> list[PublishedPort]:
        """The ports that it publishes or, when it does not run, that it asked for."""
        live = (self.facts.get("NetworkSettings") or {}).get("Ports") or {}
        asked = self.host_config.get("PortBindings") or {}
        return _read(live) or _read(asked)

    def must_publish(self, host: int | str, port: int | str, protocol: str = "tcp", address: str = "") -> None:
        """Demand that a port of the machine leads to one of its own.

        Args:
            host: the machine's port.
            port: the container's port.
            protocol: tcp, udp or sctp.
            address: the machine's address that it must be limited to; without one it must be reachable from everywhere.
        """
        wanted: dict[str, Any] = {
            "name": self.name,
            "host": int(host),
            "port": int(port),
            "protocol": protocol,
            "address": address,
        }
        fits = [p for p in self.ports if (p.host, p.port, p.protocol) == (int(host), int(port), protocol)]
        if not fits:
            self._say_other_port(wanted)
        others = codes(sorted({p.address or "0.0.0.0" for p in fits}))  # noqa: S104 - shown, not bound
        if address:
            self.the.require(all(p.address == address for p in fits), EVERYWHERE, others=others, **wanted)
        else:
            self.the.require(any(p.everywhere for p in fits), LOOPBACK, others=others, **wanted)

    def must_publish_somewhere(self, port: int | str, protocol: str = "tcp") -> int:
        """Demand that a port of its own is published, on whichever port of the machine, and return that one."""
        found = [p.host for p in self.ports if (p.port, p.protocol) == (int(port), protocol) and p.host]
        self.the.require(found, EXPOSED, name=self.name, port=int(port), protocol=protocol)
        return found[0]

    def _say_other_port(self, wanted: dict[str, Any]) -> None:
        host, port, protocol = wanted["host"], wanted["port"], wanted["protocol"]
        holder = self.the.port_holder(host, protocol)
        if holder and holder != self.name:
            raise NotYet(OTHER_CONTAINER, other=holder, **wanted)
        mine = self.ports
        if not mine:
            raise NotYet(NOT_PUBLISHED, **wanted)
        for said, others in (
            (OTHER_PROTOCOL, [p.protocol for p in mine if (p.host, p.port) == (host, port)]),
            (SWAPPED, [str(p.port) for p in mine if (p.host, p.port) == (port, host)]),
            (OTHER_HOST_PORT, [str(p.host) for p in mine if (p.port, p.protocol) == (port, protocol)]),
            (OTHER_CONTAINER_PORT, [str(p.port) for p in mine if (p.host, p.protocol) == (host, protocol)]),
        ):
            if others:
                raise NotYet(said, others=", ".join(sorted(set(others))), **wanted)
        raise NotYet(OTHER_PORTS, others=codes(sorted({str(p) for p in mine})), **wanted)


def _read(bindings: dict[str, Any]) -> list[PublishedPort]:
    """Return the ports in a port map of the engine: {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]}."""
    found = []
    for inside, outsides in bindings.items():
        port, _slash, protocol = inside.partition("/")
        found += [
            PublishedPort(out.get("HostIp", ""), first_port(out.get("HostPort") or "0"), int(port), protocol or "tcp")
            for out in outsides or []
        ]
    return found


def first_port(ports: str) -> int:
    """Return a port, of a range ("8080-8090") the first: which one of it the engine takes, it decides at each start."""
    return int(ports.partition("-")[0])
