"""The claims of the notes about containers (lines 333-437), each with an experiment; their lesson is to come."""

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _

_BUSYBOX = "docker image inspect busybox >/dev/null 2>&1 || docker pull --quiet busybox >/dev/null\n"

# ------------------------------------------------------------------------------------------------ who may


def _who(seen: Observation) -> str:
    if seen.value("other") == "0":
        return ""  # the socket is open to everybody, so the group proves nothing
    return {"0": "group"}.get(seen.value("group"), "root")


sudo = Claim(
    id="containers.sudo",
    notes=("341",),
    statement=_("Docker's commands are run with `sudo`."),
    question=_("An ordinary user is in the group `docker`, another one is not. Who of them may run `docker ps`?"),
    choices=(
        Choice("root", _("Neither: only root may, hence `sudo`."), notes=True),
        Choice("group", _("The one in the group `docker`.")),
    ),
    experiment="""\
ls -l /run/docker.sock
docker=$(getent group docker | cut -d: -f3)
setpriv --reuid 1234 --regid 1234 --groups $docker docker ps --quiet >/dev/null; echo group=$?
setpriv --reuid 1234 --regid 1234 --clear-groups docker ps --quiet >/dev/null; echo other=$?
""",
    outcome=_who,
    expected=(Since("20.10", "group"),),
    why=_(
        "The command only writes to the engine's socket, and the group `docker` may do that. It is the engine that "
        "runs as root."
    ),
    today=_(
        "Put only those into the group whom you would give root: `docker run -v /:/host` is enough to become it. "
        "Rootless Docker needs neither."
    ),
)

# ------------------------------------------------------------------------------------------------ run, stop


def _pulls(seen: Observation) -> str:
    if seen.value("never") == "0":
        return ""  # the image was not away
    return "pulled" if seen.value("run") == "0" else "error"


pulls = Claim(
    id="containers.pulls",
    notes=("345-346",),
    statement=_("`docker run` looks for the image on this machine and downloads it where it is missing."),
    question=_("The image `busybox:1.37.0` is not here. What does `docker run busybox:1.37.0` do?"),
    choices=(
        Choice("pulled", _("It pulls the image, then runs the container."), notes=True),
        Choice("error", _("It fails: the image must be pulled first.")),
    ),
    experiment="""\
docker rmi busybox:1.37.0 >/dev/null 2>&1
docker run --rm --pull=never busybox:1.37.0 true; echo never=$?
docker run --rm busybox:1.37.0 true; echo run=$?
""",
    outcome=_pulls,
    expected=(Since("20.10", "pulled"),),
    why=_("Only a missing image is pulled: one that is here is taken as it is, however old it may be."),
    today=_("`--pull=always` asks the registry each time, `--pull=never` not even for a missing image."),
    cleanup="docker rmi busybox:1.37.0",
)


def _stopped(seen: Observation) -> str:
    return {"true": "runs", "false": "ended"}.get(seen.value("running"), "")


stop = Claim(
    id="containers.stop",
    notes=("361",),
    statement=_("`docker stop` ends a running container."),
    question=_("The container's main process ignores the signal SIGTERM. What does `docker stop --time 1` come to?"),
    choices=(
        Choice("ended", _("The container ends: after a second the process is killed."), notes=True),
        Choice("runs", _("The container goes on.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --detach --name claim-deaf busybox sh -c 'trap "" TERM; while true; do sleep 1; done' >/dev/null
docker stop --time 1 claim-deaf
docker inspect --format 'running={{.State.Running}}' claim-deaf
docker inspect --format 'code={{.State.ExitCode}}' claim-deaf
""",
    outcome=_stopped,
    expected=(Since("20.10", "ended"),),
    why=_(
        "`docker stop` sends SIGTERM, waits, ten seconds unless told otherwise, and then sends SIGKILL, which nobody "
        "can ignore. A process 1 ignores SIGTERM also when it merely has no handler for it."
    ),
    today=_(
        "Let the main process handle SIGTERM, or name another signal with STOPSIGNAL; `--init` puts one that passes "
        "signals on before it. Since 28.0 the option is named `--timeout`."
    ),
    cleanup="docker rm --force claim-deaf >/dev/null 2>&1",
)

# ------------------------------------------------------------------------------------------------ into a container

attach = Claim(
    id="containers.attach",
    notes=("365-372",),
    statement=_("`docker attach` is a way to get into a container that runs in the background."),
    question=_(
        "A container runs a shell in the background. You attach to it and leave with `exit`. What about the container?"
    ),
    choices=(
        Choice("runs", _("It goes on: you were just a visitor."), notes=True),
        Choice("ended", _("It has ended.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --detach --interactive --name claim-shell busybox sh >/dev/null
echo exit | docker attach claim-shell
docker inspect --format 'running={{.State.Running}}' claim-shell
""",
    outcome=lambda seen: {"true": "runs", "false": "ended"}.get(seen.value("running"), ""),
    expected=(Since("20.10", "ended"),),
    why=_(
        "Attaching starts nothing: your keyboard is that of the main process. When it ends, the container ends with it."
    ),
    today=_(
        "`docker exec -it NAME sh` starts a process of your own. Out of an attached container without ending it: "
        "Ctrl-P Ctrl-Q."
    ),
    cleanup="docker rm --force claim-shell >/dev/null 2>&1",
)


def _shell(seen: Observation) -> str:
    if not (seen.value("set") and seen.value("unset")):
        return ""
    return "variable" if seen.value("unset") == "0" and seen.value("set") != "0" else "bash"


nsenter_shell = Claim(
    id="containers.nsenter_shell",
    notes=("373-375",),
    statement=_("`nsenter` starts a new shell, /bin/bash by default, in the namespaces of the container."),
    question=_("There is no bash in `busybox`. When does `nsenter`, without a command, start a shell there?"),
    choices=(
        Choice("bash", _("Never: it wants /bin/bash."), notes=True),
        Choice("variable", _("When $SHELL does not name bash: it starts $SHELL, or /bin/sh without one.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --detach --name claim-enter busybox sleep 60 >/dev/null
pid=$(docker inspect --format '{{.State.Pid}}' claim-enter)
enter() { nsenter --target $pid --mount --uts --ipc --net --pid </dev/null; }
SHELL=/bin/bash; export SHELL; enter; echo set=$?
unset SHELL; enter; echo unset=$?
""",
    outcome=_shell,
    expected=(Since("20.10", "variable"),),
    why=_("The shell is looked for in the container's files, but its name comes from the host's environment."),
    today=_(
        "`docker exec -it NAME sh`: no process id, no root on the host, and the container's own environment and limits."
    ),
    cleanup="docker rm --force claim-enter >/dev/null 2>&1",
)

# ------------------------------------------------------------------------------------------------ export, import

virtual_size = Claim(
    id="containers.virtual_size",
    notes=("417-422",),
    statement=_("`docker images` shows the size in a column named VIRTUAL SIZE."),
    question=_("What is the last column of `docker images`?"),
    choices=(Choice("virtual", _("VIRTUAL SIZE"), notes=True), Choice("size", _("SIZE"))),
    experiment="docker images | head -n 1 | sed 's/   */|/g; s/^/header=/'\n",
    outcome=lambda seen: "" if not seen.value("header") else "virtual" if "VIRTUAL" in seen.value("header") else "size",
    expected=(Since("20.10", "size"),),
    why=_(
        "It was renamed in Docker 1.10. The number stayed: all layers of the image, those that it shares with others "
        "included."
    ),
    today=_("`docker system df -v` says how much of an image is shared and how much is its own."),
)

import_directory = Claim(
    id="containers.import_directory",
    notes=("424",),
    statement=_("An image can be imported from a URL or from a directory as well."),
    question=_("`files` is a directory. What does `docker import ./files claim-imported` do?"),
    choices=(
        Choice("imported", _("It makes an image of the directory."), notes=True),
        Choice("error", _("It fails: a directory can't be imported.")),
    ),
    experiment="""\
mkdir files; echo hello > files/hello
docker import ./files claim-imported; echo directory=$?
tar -C files -c . | docker import - claim-imported; echo tar=$?
""",
    outcome=lambda seen: "" if seen.value("tar") != "0" else "imported" if seen.value("directory") == "0" else "error",
    expected=(Since("20.10", "error"),),
    why=_("`docker import` reads a tar archive: from a file, a URL, or standard input."),
    today=_(
        "`tar -C DIRECTORY -c . | docker import - NAME`. A Dockerfile with `FROM scratch` and COPY leaves a record."
    ),
    cleanup="docker rmi --force claim-imported >/dev/null 2>&1",
)


def _kept(seen: Observation) -> str:
    facts = (seen.value("command"), seen.value("layers"))
    return {("[]", "1"): "dropped", ('["cat","/two"]', "3"): "kept"}.get(facts, "")


import_drops = Claim(
    id="containers.import_drops",
    notes=("427-428",),
    statement=_("`docker load` keeps everything of an image; `docker import` drops its history and metadata."),
    question=_(
        "An image with three layers and a CMD is exported from a container and imported again. What is left of them?"
    ),
    choices=(
        Choice("dropped", _("One layer, and no CMD."), notes=True),
        Choice("kept", _("Three layers and the CMD: `docker export` takes them along.")),
    ),
    experiment=_BUSYBOX
    + """\
printf '%s\\n' 'FROM busybox' 'RUN echo 1 > /one' 'RUN echo 2 > /two' 'CMD ["cat", "/two"]' > Dockerfile
docker build --quiet --tag claim-rich . >/dev/null
docker create --name claim-export claim-rich >/dev/null
docker export claim-export | docker import - claim-poor >/dev/null
docker image inspect --format 'rich: {{json .Config.Cmd}} {{len .RootFS.Layers}}' claim-rich
docker image inspect --format 'command={{if .Config.Cmd}}{{json .Config.Cmd}}{{else}}[]{{end}}' claim-poor
docker image inspect --format 'layers={{len .RootFS.Layers}}' claim-poor
""",
    outcome=_kept,
    expected=(Since("20.10", "dropped"),),
    why=_(
        "`docker export` writes the files as a container sees them; which layer they came from is no longer in there."
    ),
    today=_("`docker import --change 'CMD [\"sh\"]'` sets what was lost. To move an image, save and load it."),
    cleanup="docker rm --force claim-export >/dev/null 2>&1; docker rmi --force claim-rich claim-poor >/dev/null 2>&1",
)

export_volume = Claim(
    id="containers.export_volume",
    notes=("400-412",),
    statement=_("`docker export` saves a snapshot of a container into a file."),
    question=_("The container has written /outside and, in a volume, /data/inside. What is in the snapshot?"),
    choices=(
        Choice("both", _("Both files."), notes=True),
        Choice("outside", _("Only /outside.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --name claim-snapshot -v /data busybox sh -c 'echo 1 > /data/inside; echo 2 > /outside'
docker export claim-snapshot | tar -t > names
echo outside=$(grep -cx outside names)
echo inside=$(grep -cx data/inside names)
""",
    outcome=lambda seen: {("1", "1"): "both", ("1", "0"): "outside"}.get(
        (seen.value("outside"), seen.value("inside")), ""
    ),
    expected=(Since("20.10", "outside"),),
    why=_("The snapshot is that of the container's own files. A volume is another directory, mounted into them."),
    today=_("Save a volume by itself: `docker run --rm -v NAME:/data busybox tar -c /data > data.tar`."),
    cleanup="docker rm --force --volumes claim-snapshot >/dev/null 2>&1",
)

# ------------------------------------------------------------------------------------------------ rm


def _cleared(seen: Observation) -> str:
    if seen.value("left") != "1":
        return ""
    return "quiet" if seen.value("exit") == "0" else "error"


rm_all = Claim(
    id="containers.rm_all",
    notes=("435-437",),
    statement=_("`docker rm $(docker ps -a -q)` clears up all stopped containers."),
    question=_("Two containers are stopped, a third one runs. What does the command do?"),
    choices=(
        Choice("quiet", _("It removes the two stopped ones, and all is well."), notes=True),
        Choice("error", _("It removes the two, tries the running one as well, and fails there.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --name claim-rm-1 busybox true; docker run --name claim-rm-2 busybox true
docker run --detach --name claim-rm-3 busybox sleep 60 >/dev/null
# only these three: the others on this machine are yours
docker rm $(docker ps -a -q --filter name=claim-rm-); echo exit=$?
echo left=$(docker ps -a -q --filter name=claim-rm- | wc -l)
""",
    outcome=_cleared,
    expected=(Since("20.10", "error"),),
    why=_("`docker ps -a` lists all containers. That the running one stays is only because `docker rm` refuses it."),
    today=_("`docker container prune` removes the stopped ones, and asks before it does."),
    cleanup="docker rm --force claim-rm-1 claim-rm-2 claim-rm-3 >/dev/null 2>&1",
)
