"""The claims of the notes about advanced networking and the appendix (lines 678-741); their lesson is to come."""

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _

_BUSYBOX = "docker image inspect busybox >/dev/null 2>&1 || docker pull --quiet busybox >/dev/null\n"
_LAN = "docker network create claim-lan >/dev/null\n"
_LAN_DOWN = "docker rm --force claim-a claim-b >/dev/null 2>&1\ndocker network rm claim-lan >/dev/null 2>&1"

# ------------------------------------------------------------------------------------------------ bridges and options

docker0 = Claim(
    id="advanced.docker0",
    notes=("679", "723"),
    statement=_("All containers are attached to the bridge docker0."),
    question=_("A container is started on a network of its own. Is it attached to docker0?"),
    choices=(
        Choice("all", _("Yes, like all of them."), notes=True),
        Choice("default", _("No: to another bridge.")),
    ),
    experiment=_BUSYBOX
    + _LAN
    + """\
before=$(ip -o link show master docker0 | wc -l)
docker run --detach --network claim-lan --name claim-a busybox sleep 60 >/dev/null
echo more=$(($(ip -o link show master docker0 | wc -l) - before))
ip -o link show type bridge | cut -d: -f2
""",
    outcome=lambda seen: {"0": "default", "1": "all"}.get(seen.value("more"), ""),
    expected=(Since("20.10", "default"),),
    why=_("docker0 is the bridge of the network named `bridge`. Each network that you make gets a bridge of its own."),
    today=_("`docker network ls`, and `ip link show type bridge` beside it."),
    cleanup=_LAN_DOWN,
)

network_values = Claim(
    id="advanced.network_values",
    notes=("696",),
    statement=_("`--net` takes bridge, none, host or container:NAME."),
    question=_("What does `docker run --net claim-lan` do, where `claim-lan` is a network that was made before?"),
    choices=(
        Choice("error", _("It fails: that is none of the four."), notes=True),
        Choice("joins", _("The container is on that network.")),
    ),
    experiment=_BUSYBOX
    + _LAN
    + """\
docker run --detach --net claim-lan --name claim-a busybox sleep 60 >/dev/null; echo exit=$?
docker inspect --format 'networks={{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}' claim-a
""",
    outcome=lambda seen: (
        "joins" if seen.value("networks") == "claim-lan" else "error" if seen.value("exit") not in {"", "0"} else ""
    ),
    expected=(Since("20.10", "joins"),),
    why=_("Networks with names came with Docker 1.9. `--net` is the old spelling of `--network`."),
    today=_("`--network NAME`, and `docker network connect` for a second one while the container runs."),
    cleanup=_LAN_DOWN,
)

single_dash = Claim(
    id="advanced.single_dash",
    notes=("729",),
    statement=_("`-icc=false` keeps containers from reaching each other."),
    question=_("What does the engine make of `dockerd -icc=false`?"),
    choices=(
        Choice("taken", _("It takes it."), notes=True),
        Choice("unknown", _("It refuses: there is no such option.")),
    ),
    experiment="""\
dockerd -icc=false --version; echo one=$?
dockerd --icc=false --version; echo two=$?
""",
    outcome=lambda seen: "" if seen.value("two") != "0" else "taken" if seen.value("one") == "0" else "unknown",
    expected=(Since("20.10", "unknown"),),
    why=_("Long options have two dashes; after one dash each letter is an option of its own."),
    today=_('`"icc": false` in daemon.json.'),
)


def _reached(seen: Observation) -> str:
    if seen.value("control") != "0":
        return ""
    return {"0": "engine", "1": "network"}.get(seen.value("apart"), "")


icc = Claim(
    id="advanced.icc",
    notes=("686", "725-727"),
    statement=_("By default containers reach each other; the engine's option `--icc=false` forbids it."),
    question=_("Can it be forbidden on a single network, while the engine has its default?"),
    choices=(
        Choice("engine", _("No: it is an option of the engine, for all of them."), notes=True),
        Choice("network", _("Yes: there is an option of the network.")),
    ),
    experiment=_BUSYBOX
    + _LAN
    + """\
docker network create --opt com.docker.network.bridge.enable_icc=false claim-apart >/dev/null
for network in claim-lan claim-apart; do
  docker run --detach --network $network --name claim-a busybox sleep 60 >/dev/null
  docker run --rm --network $network busybox ping -c 1 -W 1 claim-a >/dev/null; code=$?
  [ $network = claim-lan ] && echo control=$code || echo apart=$code
  docker rm --force claim-a >/dev/null
done
""",
    outcome=_reached,
    expected=(Since("20.10", "network"),),
    why=_(
        "The engine's option is about the default network only. What the firewall drops between them is the "
        "network's affair."
    ),
    today=_(
        "Better than forbidding: a network for each group that must talk, so that the others are not there at all."
    ),
    cleanup=_LAN_DOWN + "\ndocker network rm claim-apart >/dev/null 2>&1",
)

ip6tables = Claim(
    id="advanced.ip6tables",
    notes=("688",),
    statement=_("`--iptables` says whether Docker may add iptables rules."),
    question=_("Is that one option for the rules of IPv4 and of IPv6?"),
    choices=(
        Choice("one", _("Yes, one for both."), notes=True),
        Choice("two", _("No: IPv6 has an option of its own.")),
    ),
    experiment="""\
dockerd --help | grep -E 'ip6?tables'
echo own=$(dockerd --help | grep -c -- --ip6tables)
""",
    outcome=lambda seen: {"0": "one", "1": "two"}.get(seen.value("own"), ""),
    expected=(Since("20.10", "two"),),
    why=_("IPv6 came to Docker's firewall with 20.10, first as an experiment, and since 27.0 it is on by default."),
    today=_("Leave both on: without the rules there is neither NAT nor any separation of networks."),
)

# ------------------------------------------------------------------------------------------------ names

# The machine's own resolv.conf is put back by cleanup, whatever happens in between.
_RESOLV_BACK = "[ -e /root/.claim-resolv ] && cat /root/.claim-resolv > /etc/resolv.conf && rm /root/.claim-resolv\n"


def _updated(seen: Observation) -> str:
    return {("0", "1"): "start", ("1", "1"): "at_once"}.get((seen.value("running"), seen.value("restarted")), "")


resolv_update = Claim(
    id="advanced.resolv_update",
    notes=("700-702",),
    statement=_("When the host's DNS settings change, all containers get them at once by /etc/resolv.conf."),
    question=_("The machine's /etc/resolv.conf gets a search domain. When does a running container see it?"),
    choices=(
        Choice("at_once", _("At once."), notes=True),
        Choice("start", _("When it is started again.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --detach --name claim-a busybox sleep 60 >/dev/null
cp /etc/resolv.conf /root/.claim-resolv
echo 'search claim.example' >> /etc/resolv.conf
echo running=$(docker exec claim-a grep -c claim.example /etc/resolv.conf)
docker restart --time 0 claim-a >/dev/null
echo restarted=$(docker exec claim-a grep -c claim.example /etc/resolv.conf)
""",
    outcome=_updated,
    expected=(Since("20.10", "start"),),
    why=_("The container has a file of its own, written from the host's whenever it is started, and mounted into it."),
    today=_(
        "On networks of your own the file names the engine's DNS server, 127.0.0.11, which asks the host's servers."
    ),
    cleanup=_RESOLV_BACK + "docker rm --force claim-a >/dev/null 2>&1",
)

resolv_source = Claim(
    id="advanced.resolv_source",
    notes=("706-707",),
    statement=_("Without --dns and --dns-search a container uses the host's /etc/resolv.conf."),
    question=_("Which name server does a container on a network of your own have in its /etc/resolv.conf?"),
    choices=(
        Choice("host", _("The host's."), notes=True),
        Choice("engine", _("127.0.0.11")),
    ),
    experiment=_BUSYBOX
    + _LAN
    + """\
grep ^nameserver /etc/resolv.conf
echo default=$(docker run --rm busybox grep -c '^nameserver 127.0.0.11' /etc/resolv.conf)
echo own=$(docker run --rm --network claim-lan busybox grep -c '^nameserver 127.0.0.11' /etc/resolv.conf)
""",
    outcome=lambda seen: (
        "" if seen.value("default") != "0" else {"1": "engine", "0": "host"}.get(seen.value("own"), "")
    ),
    expected=(Since("20.10", "engine"),),
    why=_(
        "At that address the engine itself answers: for names on the network alone, for all others it asks the "
        "host's servers."
    ),
    today=_("`docker run --dns` still changes whom it asks; the address in the file stays."),
    cleanup=_LAN_DOWN,
)

hostname = Claim(
    id="advanced.hostname",
    notes=("694", "704"),
    statement=_("The name given with --hostname can't be seen outside of the container."),
    question=_(
        "`claim-a` has `--hostname lighthouse`. Does another container on the same network of yours find `lighthouse`?"
    ),
    choices=(
        Choice("hidden", _("No, it stays unseen."), notes=True),
        Choice("found", _("Yes, by DNS.")),
    ),
    experiment=_BUSYBOX
    + _LAN
    + """\
docker run --detach --network claim-lan --hostname lighthouse --name claim-a busybox sleep 60 >/dev/null
docker run --rm --network claim-lan busybox ping -c 1 -W 2 claim-a >/dev/null; echo name=$?
docker run --rm --network claim-lan busybox ping -c 1 -W 2 lighthouse; echo hostname=$?
""",
    outcome=lambda seen: (
        "" if seen.value("name") != "0" else {"0": "found", "1": "hidden"}.get(seen.value("hostname"), "")
    ),
    expected=(Since("20.10", "found"),),
    why=_(
        "The engine's DNS server knows a container by its name, its aliases, its short id, and its host name. The "
        "default network has no such server: there the notes are right."
    ),
    today=_("`--network-alias` is meant for this: it may be the same for several containers."),
    cleanup=_LAN_DOWN,
)

# ------------------------------------------------------------------------------------------------ the firewall

ip_forward = Claim(
    id="advanced.ip_forward",
    notes=("709-720",),
    statement=_("Where forwarding is off, it must be switched on by hand with sysctl."),
    question=_("Nobody has given `--ip-forward` to the engine of this machine. What is net.ipv4.ip_forward?"),
    choices=(
        Choice("off", _("0: it is yours to switch on."), notes=True),
        Choice("on", _("1: the engine switched it on.")),
    ),
    experiment="""\
sysctl net.ipv4.ip_forward
dockerd --help | grep -A 1 -- '--ip-forward '
echo forward=$(sysctl -n net.ipv4.ip_forward)
""",
    outcome=lambda seen: {"0": "off", "1": "on"}.get(seen.value("forward"), ""),
    expected=(Since("20.10", "on"),),
    why=_(
        "`--ip-forward` is true by default. To forward, the engine also sets the policy of the FORWARD chain to DROP."
    ),
    today=_("Nothing to do. Who routes other traffic through this host must allow it in the chain DOCKER-USER."),
)

forward_policy = Claim(
    id="advanced.forward_policy",
    notes=("725-726",),
    statement=_("By default the policy of the FORWARD chain is ACCEPT, and DROP with `--icc=false`."),
    question=_("What is the policy of the FORWARD chain, now that the engine has its defaults?"),
    choices=(Choice("accept", _("ACCEPT"), notes=True), Choice("drop", _("DROP"))),
    experiment="""\
iptables -S FORWARD | head -n 1
echo policy=$(iptables -S FORWARD | head -n 1 | cut -d' ' -f3)
""",
    outcome=lambda seen: {"ACCEPT": "accept", "DROP": "drop"}.get(seen.value("policy"), ""),
    expected=(Since("20.10", "drop"),),
    why=_(
        "Since 1.13 the engine drops what it has no rule for: otherwise every neighbour could reach unpublished ports."
    ),
    today=_("`iptables -S` shows all of it; rules of your own belong in DOCKER-USER, which Docker leaves alone."),
)


def _chains(seen: Observation) -> str:
    count = seen.value("chains")
    return ("one" if count == "0" else "chains") if count else ""


chains = Claim(
    id="advanced.chains",
    notes=("724-726",),
    statement=_("Docker allows traffic between containers by a rule in the FORWARD chain."),
    question=_("How does Docker keep its rules?"),
    choices=(
        Choice("one", _("In FORWARD itself."), notes=True),
        Choice("chains", _("In chains of its own, to which FORWARD leads.")),
    ),
    experiment="""\
iptables -S | grep '^-N DOCKER'
echo chains=$(iptables -S | grep -c '^-N DOCKER')
""",
    outcome=_chains,
    expected=(Since("20.10", "chains"),),
    why=_(
        "Published ports, separation of networks and your own rules each have a chain. Their names change from "
        "version to version; DOCKER-USER stays."
    ),
    today=_("Write rules into DOCKER-USER, and don't rely on the others."),
)

# ------------------------------------------------------------------------------------------------ the appendix

inspect_address = Claim(
    id="advanced.inspect_address",
    notes=("740",),
    statement=_("`docker inspect ID | grep IPAddress` lists a container's address."),
    question=_("The container is on a network of your own. What is its `.NetworkSettings.IPAddress`?"),
    choices=(
        Choice("address", _("Its address."), notes=True),
        Choice("empty", _("Empty: the address stands elsewhere.")),
    ),
    experiment=_BUSYBOX
    + _LAN
    + """\
docker run --detach --network claim-lan --name claim-a busybox sleep 60 >/dev/null
docker inspect claim-a | grep IPAddress
echo top=$(docker inspect --format '{{.NetworkSettings.IPAddress}}' claim-a)
echo network=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' claim-a)
""",
    outcome=lambda seen: "" if not seen.value("network") else "address" if seen.value("top") else "empty",
    expected=(Since("20.10", "empty"),),
    why=_(
        "A container has an address for each of its networks. The field on top is that of the default network, and "
        "goes with Engine 29."
    ),
    today=_(
        "`docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' NAME`; between containers "
        "use names."
    ),
    cleanup=_LAN_DOWN,
)


def _listens(seen: Observation) -> str:
    if seen.value("5672") != "1":
        return ""
    return {"1": "all", "0": "some"}.get(seen.value("1883"), "")


rabbitmq_ports = Claim(
    id="advanced.rabbitmq_ports",
    notes=("741",),
    statement=_("RabbitMQ is run with the ports 5672, 15672, 25672, 61613 and 1883 published."),
    question=_("Does anything listen on the ports 61613 (STOMP) and 1883 (MQTT)?"),
    choices=(
        Choice("all", _("Yes, as on the others."), notes=True),
        Choice("some", _("No.")),
    ),
    experiment="""\
docker image inspect rabbitmq:management >/dev/null 2>&1 || docker pull --quiet rabbitmq:management >/dev/null
docker run --detach --name claim-rabbit rabbitmq:management >/dev/null
pid=$(docker inspect --format '{{.State.Pid}}' claim-rabbit)
listens() { nsenter --target $pid --net ss --listening --tcp --numeric --no-header | grep -c ":$1 "; }
for turn in $(seq 240); do [ "$(listens 15672)" = 1 ] && [ "$(listens 5672)" = 1 ] && break; sleep 0.25; done
for port in 5672 15672 25672 61613 1883; do echo $port=$(listens $port); done
""",
    outcome=_listens,
    expected=(Since("20.10", "some"),),
    why=_(
        "STOMP and MQTT are plugins that are off. 25672 is for other servers of a cluster: nobody else should reach it."
    ),
    today=_(
        "Publish what is used: `-p 5672:5672 -p 127.0.0.1:15672:15672`, and never with root/root on every address."
    ),
    cleanup="docker rm --force --volumes claim-rabbit >/dev/null 2>&1",
)
