"""Turns what the engine's API tells about its objects into what the sidebar shows; a function of JSON to JSON.

The API's fields: https://docs.docker.com/reference/api/engine/version/v1.45/
"""

from collections.abc import Mapping
from typing import Any

from dockyard.engine.container_ports import first_port

View = dict[str, Any]

# Names, labels and commands are the learner's: what is longer than this (in characters) is cut for the panel,
_LONGEST = 200
# and of an event's attributes, which hold all labels of a container, no more than this many are passed on.
_MOST = 24
_OWN = frozenset({"container", "driver", "exitCode", "execID", "image", "name", "oldName", "signal", "type"})


def container(inspect: Mapping[str, Any]) -> View:
    """Return a container's view, from `GET /containers/{id}/json`."""
    state, config, host = inspect["State"], inspect["Config"], inspect["HostConfig"]
    return {
        "id": inspect["Id"],
        "name": text(inspect["Name"].removeprefix("/")),
        "image": text(config["Image"]),
        "imageId": inspect["Image"],
        "command": text(" ".join([inspect["Path"], *inspect["Args"]])),
        "state": state["Status"],
        "health": state.get("Health", {}).get("Status", ""),
        "exitCode": state["ExitCode"],
        "oomKilled": state["OOMKilled"],
        "error": text(state["Error"]),
        "created": inspect["Created"],
        "restarts": inspect["RestartCount"],
        "restartPolicy": host["RestartPolicy"]["Name"],
        "autoRemove": host["AutoRemove"],
        "ports": _ports(inspect),
        "mounts": [_mount(mount) for mount in inspect["Mounts"]],
        "networks": [_endpoint(*item) for item in sorted(inspect["NetworkSettings"]["Networks"].items())],
    }


def _ports(inspect: Mapping[str, Any]) -> list[View]:
    """Return published and merely exposed ports; an exposed one has no host port."""
    settings = inspect["NetworkSettings"].get("Ports") or {}
    wanted = inspect["HostConfig"].get("PortBindings") or {}
    found = []
    for name in sorted({*settings, *wanted}, key=_port_number):
        bindings = settings.get(name) or wanted.get(name) or [{}]
        found += [_port(name, binding) for binding in bindings]
    return found


def _port(name: str, binding: Mapping[str, str]) -> View:
    number, _slash, protocol = name.partition("/")
    return {
        "container": int(number),
        "protocol": protocol or "tcp",
        "address": binding.get("HostIp", ""),
        "host": first_port(binding.get("HostPort") or "0"),
    }


def _port_number(name: str) -> int:
    return int(name.partition("/")[0])


def _mount(mount: Mapping[str, Any]) -> View:
    return {
        "type": mount["Type"],
        "name": text(mount.get("Name", "")),
        "source": text(mount.get("Source", "")),
        "target": text(mount["Destination"]),
        "writable": mount["RW"],
    }


def _endpoint(name: str, endpoint: Mapping[str, Any]) -> View:
    return {
        "name": text(name),
        "id": endpoint["NetworkID"],
        "address": endpoint["IPAddress"],
        "aliases": [text(alias) for alias in endpoint.get("DNSNames") or endpoint.get("Aliases") or []],
    }


def image(listed: Mapping[str, Any], layers: list[str]) -> View:
    """Return an image's view, from `GET /images/json` and the layers that `GET /images/{id}/json` tells."""
    return {
        "id": listed["Id"],
        "tags": sorted(text(tag) for tag in listed.get("RepoTags") or [] if tag != "<none>:<none>"),
        "size": listed["Size"],
        "created": listed["Created"],
        "layers": layers,
    }


def volume(listed: Mapping[str, Any]) -> View:
    """Return a volume's view, from `GET /volumes`; an anonymous one has the label that the engine gives it."""
    labels = listed.get("Labels") or {}
    return {
        "id": listed["Name"],
        "name": text(listed["Name"]),
        "driver": listed["Driver"],
        "anonymous": "com.docker.volume.anonymous" in labels,
    }


def network(listed: Mapping[str, Any]) -> View:
    """Return a network's view, from `GET /networks`."""
    pools = listed["IPAM"].get("Config") or []
    return {
        "id": listed["Id"],
        "name": text(listed["Name"]),
        "driver": listed["Driver"],
        "internal": listed["Internal"],
        "subnets": [pool["Subnet"] for pool in pools if pool.get("Subnet")],
        "gateways": [pool["Gateway"] for pool in pools if pool.get("Gateway")],
    }


def event(told: Mapping[str, Any]) -> View:
    """Return an event's view, from `GET /events`."""
    return {
        "time": told["timeNano"] / 1e9,
        "type": told["Type"],
        "action": text(told["Action"]),
        "actor": told["Actor"].get("ID", ""),
        "attributes": attributes(told["Actor"].get("Attributes") or {}),
    }


def attributes(told: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes of an event to pass on; those that the engine itself gives go before labels."""
    ordered = sorted(told.items(), key=lambda item: (item[0] not in _OWN, item[0]))
    return {text(name): text(value) for name, value in ordered[:_MOST]}


def text(value: str) -> str:
    """Return a learner's text at a length that a panel can hold."""
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
