"""The claims of the notes about ports and links (lines 608-675), each with an experiment; their lesson is to come."""

from dockyard.claims import Choice, Claim, Since
from dockyard.exercises import _

_BUSYBOX = "docker image inspect busybox >/dev/null 2>&1 || docker pull --quiet busybox >/dev/null\n"
_SERVE = "mkdir -p /www && echo hello > /www/index.html && exec httpd -f -p 80 -h /www"

logs_port = Claim(
    id="networking.logs_port",
    notes=("614",),
    statement=_("`docker ps` and `docker logs` show the ports and the application's messages."),
    question=_("A web server's port is published on 7070. Which of the two commands shows that?"),
    choices=(
        Choice("both", _("Both commands."), notes=True),
        Choice("ps", _("Only `docker ps`.")),
    ),
    experiment=_BUSYBOX
    + f"""\
docker run --detach --name claim-web -p 127.0.0.1:7070:80 busybox sh -c '{_SERVE}' >/dev/null
echo ps=$(docker ps --filter name=claim-web --format '{{{{.Ports}}}}' | grep -c 7070)
echo logs=$(docker logs claim-web 2>&1 | grep -c 7070)
docker port claim-web
""",
    outcome=lambda seen: {("1", "1"): "both", ("1", "0"): "ps"}.get((seen.value("ps"), seen.value("logs")), ""),
    expected=(Since("20.10", "ps"),),
    why=_("`docker logs` repeats what the main process wrote, and a process doesn't know which port leads to its own."),
    today=_("`docker port NAME` prints just the ports."),
    cleanup="docker rm --force claim-web >/dev/null 2>&1",
)

one_port = Claim(
    id="networking.one_port",
    notes=("615",),
    statement=_("Only one container can be bound to a given port."),
    question=_("Three containers want port 7000: on 127.0.0.1, on 127.0.0.2, and for UDP. How many get it?"),
    choices=(
        Choice("1", _("One"), notes=True),
        Choice("2", _("Two")),
        Choice("3", _("All three")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --detach --name claim-p1 -p 127.0.0.1:7000:80 busybox sleep 60 >/dev/null
docker run --detach --name claim-p2 -p 127.0.0.2:7000:80 busybox sleep 60 >/dev/null
docker run --detach --name claim-p3 -p 127.0.0.1:7000:80/udp busybox sleep 60 >/dev/null
docker ps --filter name=claim-p --format '{{.Names}} {{.Ports}}' | sort
echo running=$(docker ps --quiet --filter name=claim-p | wc -l)
""",
    outcome=lambda seen: seen.value("running") if seen.value("running") in {"1", "2", "3"} else "",
    expected=(Since("20.10", "3"),),
    why=_("What is taken is an address, a port and a protocol together."),
    today=_("Two web servers on port 80 of one machine: give each its own address, or put a proxy in front."),
    cleanup="docker rm --force claim-p1 claim-p2 claim-p3 >/dev/null 2>&1",
)

formats = Claim(
    id="networking.formats",
    notes=("616",),
    statement=_("`-p` takes ip:hostPort:containerPort, ip::containerPort or hostPort:containerPort."),
    question=_("What does `-p 80 -p 7100-7102:81-83` do?"),
    choices=(
        Choice("error", _("It fails: that is none of the three."), notes=True),
        Choice("more", _("It publishes four ports.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --detach --name claim-ports -p 80 -p 7100-7102:81-83 busybox sleep 60 >/dev/null; echo exit=$?
docker port claim-ports | grep -v '\\[::\\]' | sort
""",
    outcome=lambda seen: (
        ""
        if not seen.value("exit")
        else "error"
        if seen.value("exit") != "0"
        else "more"
        if "7102" in seen.output
        else ""
    ),
    expected=(Since("20.10", "more"),),
    why=_("A bare container port gets any free port of the machine, and either side may be a range."),
    today=_("In full: `[ip:][hostPort|range]:containerPort|range[/tcp|udp|sctp]`."),
    cleanup="docker rm --force claim-ports >/dev/null 2>&1",
)

all_interfaces = Claim(
    id="networking.all_interfaces",
    notes=("617-621",),
    statement=_("`-p 5000:80` binds the port on all addresses of all interfaces of the machine."),
    question=_("Where does a port published with `-p 7071:80` answer?"),
    choices=(
        Choice("everywhere", _("On every address of this machine, also from outside."), notes=True),
        Choice("loopback", _("On 127.0.0.1 only.")),
    ),
    experiment=_BUSYBOX
    + f"""\
docker run --detach --name claim-open -p 7071:80 busybox sh -c '{_SERVE}' >/dev/null
until curl -sf http://127.0.0.1:7071/ >/dev/null; do sleep 0.1; done
docker port claim-open
echo loopback=$(curl -s http://127.0.0.1:7071/)
echo outside=$(curl -s --max-time 3 http://$(hostname -I | cut -d' ' -f1):7071/)
""",
    outcome=lambda seen: (
        {"hello": "everywhere", "": "loopback"}.get(seen.value("outside"), "")
        if seen.value("loopback") == "hello"
        else ""
    ),
    expected=(Since("20.10", "everywhere"),),
    why=_(
        "0.0.0.0 and [::] mean every address. Docker writes its own firewall rules: those of the host, ufw's for "
        "example, don't hold it."
    ),
    today=_(
        "`-p 127.0.0.1:5000:80` for what only this machine is to reach; `ip` in daemon.json makes that the default."
    ),
    cleanup="docker rm --force claim-open >/dev/null 2>&1",
)

rm_detach = Claim(
    id="networking.rm_detach",
    notes=("658-659",),
    statement=_("`--rm` and `-d` can't be used together."),
    question=_("What does `docker run --rm -d busybox sleep 1` do?"),
    choices=(
        Choice("error", _("It fails: the two exclude each other."), notes=True),
        Choice("together", _("It runs in the background, and is removed when it ends.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --rm --detach --name claim-brief busybox sleep 1; echo exit=$?
docker wait claim-brief >/dev/null 2>&1
for turn in $(seq 50); do docker inspect claim-brief >/dev/null 2>&1 || break; sleep 0.1; done
echo left=$(docker ps --all --quiet --filter name=claim-brief | wc -l)
""",
    outcome=lambda seen: (
        ""
        if not seen.value("exit")
        else "together"
        if (seen.value("exit"), seen.value("left")) == ("0", "0")
        else "error"
    ),
    expected=(Since("20.10", "together"),),
    why=_(
        "Since Docker 1.13 the engine removes the container, not the command that started it; so nobody has to wait "
        "for it."
    ),
    today=_("`docker run --rm -d` for tools; without `--rm` where you will want the logs of a crash."),
    cleanup="docker rm --force claim-brief >/dev/null 2>&1",
)

_DB = f"docker run --detach --name claim-db -e PASSWORD=secret busybox sh -c '{_SERVE}' >/dev/null\n"
_DB_DOWN = "docker rm --force claim-db claim-app >/dev/null 2>&1"

link_tunnel = Claim(
    id="networking.link_tunnel",
    notes=("650", "671"),
    statement=_("A link makes a secure tunnel between two containers."),
    question=_("`claim-db` is linked to nobody. Can another container, on the default network too, reach its port 80?"),
    choices=(
        Choice("tunnel", _("No: that takes a link."), notes=True),
        Choice("open", _("Yes, by its address.")),
    ),
    experiment=_BUSYBOX
    + _DB
    + """\
address=$(docker inspect --format '{{.NetworkSettings.Networks.bridge.IPAddress}}' claim-db)
for turn in $(seq 20); do
  docker run --rm busybox wget -q -T 2 -O - http://$address/ > page 2>/dev/null && break
  sleep 0.1
done
echo page=$(cat page)
docker run --rm --link claim-db:db busybox cat /etc/hosts
""",
    outcome=lambda seen: "open" if seen.value("page") == "hello" else "tunnel" if "page=" in seen.output else "",
    expected=(Since("20.10", "open"),),
    why=_(
        "A link is a line in /etc/hosts and some variables. The packets go over the same bridge as all others, "
        "unencrypted."
    ),
    today=_("Networks of your own keep containers apart: who is not on the network does not reach them."),
    cleanup=_DB_DOWN,
)

link_secrets = Claim(
    id="networking.link_secrets",
    notes=("672-675",),
    statement=_("With a link, environment variables and /etc/hosts tell a container where the other one is."),
    question=_(
        "`claim-db` has the variable PASSWORD. What does a container that is linked to it see in its environment?"
    ),
    choices=(
        Choice("address", _("Where `claim-db` is: its address and ports."), notes=True),
        Choice("password", _("That, and the password.")),
        Choice("nothing", _("Nothing of either.")),
    ),
    experiment=_BUSYBOX
    + _DB
    + """\
docker run --rm --link claim-db:db busybox env | grep ^DB_ | sort
""",
    outcome=lambda seen: (
        "password" if "PASSWORD=secret" in seen.output else "address" if "DB_NAME" in seen.output else "nothing"
    ),
    expected=(Since("20.10", "password"), Since("29.0", "nothing")),
    why=_(
        "A link copies all of the other one's environment. Engine 29 no longer does so unless asked to; links may go "
        "with 30."
    ),
    today=_("A network of your own: names without variables. Secrets in files, not in the environment."),
    cleanup=_DB_DOWN,
)

names = Claim(
    id="networking.names",
    notes=("649-654", "660-661"),
    statement=_("Containers are connected by `--link`, which relies on their names."),
    question=_("Two containers are on a network of your own, without any link. Does one find the other by its name?"),
    choices=(
        Choice("link", _("No: that takes a link."), notes=True),
        Choice("dns", _("Yes, by DNS.")),
    ),
    experiment=_BUSYBOX
    + """\
docker network create claim-lan >/dev/null
docker run --detach --network claim-lan --name claim-db busybox sleep 60 >/dev/null
docker run --rm --network claim-lan busybox ping -c 1 -W 2 claim-db; echo own=$?
docker run --rm busybox ping -c 1 -W 2 claim-db; echo default=$?
""",
    outcome=lambda seen: {"0": "dns", "1": "link"}.get(seen.value("own"), ""),
    expected=(Since("20.10", "dns"),),
    why=_(
        "On networks of your own the engine answers DNS at 127.0.0.11, for all names on them. The default network "
        "has none."
    ),
    today=_("`docker network create`, `--network`, and a `--network-alias` where one name is not enough."),
    cleanup=_DB_DOWN + "\ndocker network rm claim-lan >/dev/null 2>&1",
)
