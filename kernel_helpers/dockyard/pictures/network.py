"""Draws the network: the world, the machine, its networks with their containers, and the ports that lead to them.

Each container has a row of its own, as high as its published ports need, so that every port's line is a straight one.
"""

from collections.abc import Iterator, Sequence

from dockyard.i18n import _, ngettext
from dockyard.pictures.drawing import MARGIN, Drawing, Tone
from dockyard.pictures.network_facts import Member, Network, Port
from dockyard.pictures.picture import Picture
from dockyard.pictures.words import lines, more, whole

WIDTH = 820
_WORLD = 108
_MACHINE = 168  # where the machine's box begins,
_PORTS, _PORT_WIDTH = 180, 184  # where its ports are,
_LANES = 394  # where its networks are,
_CARDS = 406  # and where their containers are
_INSIDE = WIDTH - MARGIN - 12
_TOP, _HEAD, _EMPTY = 66, 46, 30
_CARD, _PORT_ROW, _GAP = 42, 26, 8
_MOST_MEMBERS = 20


def picture(networks: Sequence[Network]) -> Picture:
    """Return the map of a machine's networks."""
    title = _("The machine's networks")
    drawing = Drawing(title, WIDTH)
    drawing.text(MARGIN, 30, title, room=WIDTH - 2 * MARGIN, face="title")
    drawing.text(MARGIN, 51, _summary(networks), room=WIDTH - 2 * MARGIN, soft=True)
    height = sum(_lane_height(network) + _GAP for network in networks) + 42
    _ground(drawing, height)
    y = _TOP + 38.0
    for network in networks:
        _lane(drawing, y, network)
        y += _lane_height(network) + _GAP
    _legend(drawing, _TOP + height + 24)
    return Picture(title, drawing.svg(_TOP + height + 40), (_summary(networks), *lines(list(_lines(networks)))))


def _ground(drawing: Drawing, height: float) -> None:
    """Draw the world and the machine, which all else lies in."""
    world = drawing.item(_("The world outside: it reaches what is published on 0.0.0.0"))
    world.box(MARGIN, _TOP, (_WORLD, height))
    world.text(MARGIN + 12, _TOP + 24, _("world"), room=_WORLD - 20, face="name")
    world.text(MARGIN + 12, _TOP + 41, _("hub, web, DNS"), room=_WORLD - 20, face="small")
    drawing.box(_MACHINE, _TOP, (WIDTH - MARGIN - _MACHINE, height), "quiet")
    drawing.text(_PORTS, _TOP + 24, _("machine"), room=_PORT_WIDTH, face="name")
    drawing.text(_LANES, _TOP + 24, _("networks of the engine"), room=_INSIDE - _LANES, face="small")


def _shown(network: Network) -> Sequence[Member]:
    return network.members if len(network.members) <= _MOST_MEMBERS else network.members[: _MOST_MEMBERS - 1]


def _row_height(member: Member) -> float:
    return max(_CARD, len(member.ports) * _PORT_ROW + 4) + _GAP


def _lane_height(network: Network) -> float:
    shown = _shown(network)
    rows = sum(_row_height(member) for member in shown)
    rest = 20 if len(shown) < len(network.members) else 0
    return _HEAD + (rows + rest + 4 if shown else _EMPTY - 6)


def _lane(drawing: Drawing, y: float, network: Network) -> None:
    part = drawing.item(_network_in_words(network))
    part.box(_LANES, y, (_INSIDE - _LANES, _lane_height(network)), "plain")
    part.bar(_LANES + 1, y + 8, (4, _lane_height(network) - 16), _tone(network))
    room = _INSIDE - _CARDS - 8
    part.text(_CARDS, y + 20, network.name, room=room * 0.48, face="name")
    part.text(_INSIDE - 12, y + 20, _kind(network), room=room * 0.5, face="code", soft=True, end=True)
    part.text(_CARDS, y + 37, _reach(network), room=room, face="small")
    row = y + _HEAD
    if not network.members:
        part.text(_CARDS, row + 12, _("no container is on it"), room=room, soft=True)
    for member in _shown(network):
        _card(drawing, row, member)
        row += _row_height(member)
    left = len(network.members) - len(_shown(network))
    if left:
        drawing.text(_CARDS, row + 12, more(left), room=room, face="small")


def _tone(network: Network) -> Tone:
    return "writable" if network.internal else "own" if network.by_name else "quiet"


def _card(drawing: Drawing, y: float, member: Member) -> None:
    height = _row_height(member) - _GAP
    for number, port in enumerate(member.ports):
        _port(drawing, y + height / 2 + (number - (len(member.ports) - 1) / 2) * _PORT_ROW, member, port)
    part = drawing.item(_member_in_words(member))
    width = _INSIDE - 12 - _CARDS
    part.box(_CARDS, y, (width, height), "plain" if member.running else "quiet")
    middle = y + height / 2
    names = _other_names(member)
    base = middle + (-3 if names else 5)
    part.bar(_CARDS + 12, base - 9, (9, 9), "shared" if member.running else "quiet")
    part.text(_CARDS + 28, base, member.name, room=width - 172, face="name")
    address = member.address or (_("not running") if not member.running else "")
    part.text(_CARDS + width - 12, base, address, room=128, face="code", end=True, soft=not member.address)
    if names:
        part.text(_CARDS + 28, middle + 14, names, room=width - 40, face="small")


def _port(drawing: Drawing, y: float, member: Member, port: Port) -> None:
    tone: Tone = "shared" if port.open else "writable"
    part = drawing.item(_port_in_words(member, port))
    if port.open:
        part.line([(MARGIN + _WORLD, y), (_PORTS, y)], tone, arrow=True)
    part.line([(_PORTS + _PORT_WIDTH, y), (_CARDS, y)], tone, arrow=True)
    part.pill(_PORTS, y - 11, (_PORT_WIDTH, 22), tone)
    part.text(_PORTS + 12, y + 4, _port_label(port), room=_PORT_WIDTH - 22, face="label")


def _legend(drawing: Drawing, y: float) -> None:
    entries: tuple[tuple[Tone, str], ...] = (
        ("shared", _("0.0.0.0: the world reaches it")),
        ("writable", _("127.0.0.1: only the machine itself reaches it")),
    )
    x = float(MARGIN)
    for tone, words in entries:
        drawing.bar(x, y - 8, (12, 8), tone)
        drawing.text(x + 18, y, words, room=330, face="small")
        x += 260


# --------------------------------------------------------------------------------------------------- in words


def _summary(networks: Sequence[Network]) -> str:
    names = {member.name for network in networks for member in network.members}
    ports = sum(len(member.ports) for network in networks for member in network.members)
    parts = (
        ngettext("{count} network", "{count} networks", len(networks)).format(count=len(networks)),
        ngettext("{count} container", "{count} containers", len(names)).format(count=len(names)),
        ngettext("{count} published port", "{count} published ports", ports).format(count=ports),
    )
    return " · ".join(parts)


def _kind(network: Network) -> str:
    return " · ".join([network.device, *network.subnets[:1]])


def _reach(network: Network) -> str:
    """Return what the containers on a network reach."""
    if network.driver == "host":
        return _("Their network is the machine's own, and so are their ports.")
    if network.driver == "null":
        return _("They reach nothing but themselves.")
    if not network.between:
        inside, everywhere = (
            _("They reach neither each other nor the world."),
            _("They reach the world, but not each other."),
        )
    elif network.by_name:
        inside, everywhere = (
            _("They reach each other by name, but not the world."),
            _("They reach each other by name, and the world."),
        )
    else:
        inside, everywhere = (
            _("They reach each other by address, but not the world."),
            _("They reach each other by address, and the world."),
        )
    return inside if network.internal else everywhere


def _other_names(member: Member) -> str:
    parts = [_("also called {names}").format(names=", ".join(member.aliases))] if member.aliases else []
    parts += [_("linked: {names}").format(names=", ".join(member.links))] if member.links else []
    return "; ".join(parts)


def _port_label(port: Port) -> str:
    protocol = "" if port.protocol == "tcp" else f"/{port.protocol}"
    return f"{port.address}:{port.host} → {port.container}{protocol}"


def _port_in_words(member: Member, port: Port) -> str:
    sentence = (
        _("{port} of {name}: the world reaches it on the machine's port {host}")
        if port.open
        else _("{port} of {name}: only the machine itself reaches it, on {address}:{host}")
    )
    inner = f"{port.container}/{port.protocol}"
    return sentence.format(port=inner, name=whole(member.name), host=port.host, address=port.address)


def _member_in_words(member: Member) -> str:
    what = member.address or (_("no address") if member.running else _("not running"))
    return whole(": ".join([member.name, "; ".join(filter(None, [what, _other_names(member)]))]))


def _network_in_words(network: Network) -> str:
    return whole(f"{network.name} ({_kind(network)}): {_reach(network)}")


def _lines(networks: Sequence[Network]) -> Iterator[str]:
    for network in networks:
        yield _network_in_words(network)
        if not network.members:
            yield f"- {_('no container is on it')}"
        for member in network.members:
            yield f"- {_member_in_words(member)}"
            for port in member.ports:
                yield f"↳ {_port_in_words(member, port)}"
