"""The claims of the notes about volumes (lines 550-606), each with an experiment; their lesson is to come."""

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _

_BUSYBOX = "docker image inspect busybox >/dev/null 2>&1 || docker pull --quiet busybox >/dev/null\n"

two_ways = Claim(
    id="volumes.two_ways",
    notes=("551-553",),
    statement=_("There are two ways to manage data in containers: volumes, and containers that hold volumes."),
    question=_("What does `docker run --mount type=tmpfs,target=/scratch` do?"),
    choices=(
        Choice("two", _("It fails: there is no such thing."), notes=True),
        Choice("more", _("It mounts a file system in memory, which is neither of the two.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --rm --mount type=tmpfs,target=/scratch busybox grep ' /scratch ' /proc/mounts; echo exit=$?
""",
    outcome=lambda seen: (
        "more" if "tmpfs /scratch" in seen.output and seen.value("exit") == "0" else "two" if seen.value("exit") else ""
    ),
    expected=(Since("20.10", "more"),),
    why=_(
        "Whatever is mounted into a container is outside its layer: a volume, a directory of the host, memory. "
        "Containers that hold volumes were needed before volumes had names, which they have had since Docker 1.9."
    ),
    today=_("Named volumes for data, host directories for what you edit, tmpfs for secrets and scratch."),
)


def _hidden(seen: Observation) -> str:
    facts = (seen.value("bind"), seen.value("volume"))
    return {("", "welcome"): "copied", ("", ""): "hidden"}.get(facts, "")


hides = Claim(
    id="volumes.hides",
    notes=("562",),
    statement=_("What is mounted hides the files that the image has at that place."),
    question=_(
        "The image has a file /data/welcome. A new volume is mounted at /data. What does the container see there?"
    ),
    choices=(
        Choice("hidden", _("Nothing: the file is hidden."), notes=True),
        Choice("copied", _("The file: it was copied into the volume.")),
    ),
    experiment=_BUSYBOX
    + """\
printf 'FROM busybox\\nRUN mkdir /data; touch /data/welcome\\n' | docker build --quiet -t claim-welcome - >/dev/null
echo bind=$(docker run --rm -v "$PWD":/data claim-welcome ls /data)
echo volume=$(docker run --rm -v claim-new:/data claim-welcome ls /data)
echo without=$(docker run --rm --mount source=claim-other,target=/data,volume-nocopy claim-welcome ls /data)
""",
    outcome=_hidden,
    expected=(Since("20.10", "copied"),),
    why=_(
        "A volume that is still empty is filled from the image when it is first mounted. After that, and for every "
        "directory of the host, the notes are right."
    ),
    today=_("`volume-nocopy` leaves it empty. A host directory over /app hides all that the build put there."),
    cleanup="docker volume rm claim-new claim-other >/dev/null 2>&1; docker rmi --force claim-welcome >/dev/null 2>&1",
)

outlive = Claim(
    id="volumes.outlive",
    notes=("560",),
    statement=_("A volume stays by default, also when its container is removed."),
    question=_("A container with a volume at /data is removed by `docker rm`. Is its volume still there?"),
    choices=(
        Choice("stays", _("Yes, it stays."), notes=True),
        Choice("goes", _("No, it goes along.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --name claim-box -v /data busybox true
volume=$(docker inspect --format '{{range .Mounts}}{{.Name}}{{end}}' claim-box)
docker rm claim-box >/dev/null
docker volume inspect $volume >/dev/null; echo left=$?
docker volume rm $volume >/dev/null
docker run --name claim-box --rm -v /data busybox true
""",
    outcome=lambda seen: {"0": "stays", "1": "goes"}.get(seen.value("left"), ""),
    expected=(Since("20.10", "stays"),),
    why=_("A volume is an object of its own. But it has no name that anybody knows, and so it stays for ever."),
    today=_("Name what must stay: `-v store:/data`. `--rm` takes volumes without a name along."),
    cleanup="docker rm --force --volumes claim-box >/dev/null 2>&1",
)

rm_volume = Claim(
    id="volumes.rm_volume",
    notes=("568-570",),
    statement=_("`docker rm -v` deletes the volumes of a container."),
    question=_(
        "A container has the volume `claim-store` at /a, and one without a name at /b. What does `docker rm -v` leave?"
    ),
    choices=(
        Choice("none", _("Neither."), notes=True),
        Choice("named", _("`claim-store`.")),
        Choice("both", _("Both volumes.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --name claim-box -v claim-store:/a -v /b busybox true
nameless=$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/b"}}{{.Name}}{{end}}{{end}}' claim-box)
docker rm --volumes claim-box >/dev/null
docker volume inspect claim-store >/dev/null 2>&1; echo named=$?
docker volume inspect $nameless >/dev/null 2>&1; echo nameless=$?
""",
    outcome=lambda seen: {("1", "1"): "none", ("0", "1"): "named", ("0", "0"): "both"}.get(
        (seen.value("named"), seen.value("nameless")), ""
    ),
    expected=(Since("20.10", "named"),),
    why=_("Who gave a volume a name wants to find it again: such a volume goes only when it is asked for by name."),
    today=_(
        "`docker volume rm NAME`, or `docker volume prune`, which since 23.0 spares named ones unless told `--all`."
    ),
    cleanup="docker rm --force --volumes claim-box >/dev/null 2>&1; docker volume rm claim-store >/dev/null 2>&1",
)


def _missing(seen: Observation) -> str:
    if seen.value("mount") in {"", "0"}:
        return ""  # the directory was there
    return "made" if seen.value("v") == "0" else "error"


missing_directory = Claim(
    id="volumes.missing_directory",
    notes=("571-576",),
    statement=_("A directory of the host can be mounted into a container."),
    question=_("The directory does not exist. What does `-v` do?"),
    choices=(
        Choice("made", _("It makes the directory, and mounts it."), notes=True),
        Choice("error", _("It refuses: there is nothing to mount.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --rm -v "$PWD/one":/x busybox true; echo v=$?
docker run --rm --mount type=bind,source="$PWD/two",target=/x busybox true; echo mount=$?
ls -ld one
""",
    outcome=_missing,
    expected=(Since("20.10", "made"),),
    why=_(
        "`-v` was made to be short, and forgiving. So a mistyped path is no error: an empty directory appears, and it "
        "belongs to root. `--mount type=bind` refuses."
    ),
    today=_("In scripts write `--mount type=bind,...`: a path that is wrong is said at once."),
)

history_file = Claim(
    id="volumes.history_file",
    notes=("585-590",),
    statement=_("With `-v ~/.bash_history:/.bash_history` the commands typed in the container are recorded."),
    question=_("Which file does the container's bash write its history to?"),
    choices=(
        Choice("mounted", _("/.bash_history, the one that is mounted."), notes=True),
        Choice("other", _("Another one: nothing of it reaches the host.")),
    ),
    experiment="""\
docker image inspect debian >/dev/null 2>&1 || docker pull --quiet debian >/dev/null
touch history
docker run --rm -v "$PWD/history":/.bash_history debian bash -ic 'echo file=$HISTFILE' 2>/dev/null
""",
    outcome=lambda seen: (
        "" if not seen.value("file") else "mounted" if seen.value("file") == "/.bash_history" else "other"
    ),
    expected=(Since("20.10", "other"),),
    why=_("bash keeps its history in the home directory, and root's is /root. Nobody reads /.bash_history."),
    today=_(
        "`-v ~/.bash_history:/root/.bash_history`. Where the file is missing on the host, `-v` makes a directory of "
        "that "
        "name, and bash can't write to it."
    ),
)

data_container = Claim(
    id="volumes.data_container",
    notes=("592-603",),
    statement=_("A container made only to hold a volume lends it to others with `--volumes-from`."),
    question=_("That container ended long ago. Do others still get its volume?"),
    choices=(
        Choice("yes", _("Yes: it need not run."), notes=True),
        Choice("no", _("No: it must be running.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --name claim-data -v /data busybox sh -c 'echo treasure > /data/chest'
echo running=$(docker inspect --format '{{.State.Running}}' claim-data)
echo chest=$(docker run --rm --volumes-from claim-data busybox cat /data/chest)
""",
    outcome=lambda seen: (
        "" if seen.value("running") != "false" else "yes" if seen.value("chest") == "treasure" else "no"
    ),
    expected=(Since("20.10", "yes"),),
    why=_("The container only remembers which volumes it has. The volumes are there as long as nobody removes them."),
    today=_("A named volume needs no container to be found again: `-v dbdata:/data` in each of them."),
    cleanup="docker rm --force --volumes claim-data >/dev/null 2>&1",
)


def _last(seen: Observation) -> str:
    return {("0", "1"): "last", ("1", "1"): "first", ("0", "0"): "never"}.get(
        (seen.value("first"), seen.value("last")), ""
    )


last_container = Claim(
    id="volumes.last_container",
    notes=("604-606",),
    statement=_("To delete a volume without a name, use `docker rm -v` on the last container that mounts it."),
    question=_(
        "Two containers share a volume, and both are removed by `docker rm -v`, one after the other. When does it go?"
    ),
    choices=(
        Choice("last", _("With the second container."), notes=True),
        Choice("first", _("With the first one, although the other still has it.")),
        Choice("never", _("It stays for good.")),
    ),
    experiment=_BUSYBOX
    + """\
docker run --name claim-one -v /data busybox true
docker run --name claim-two --volumes-from claim-one busybox true
volume=$(docker inspect --format '{{range .Mounts}}{{.Name}}{{end}}' claim-one)
docker rm --volumes claim-one >/dev/null; docker volume inspect $volume >/dev/null 2>&1; echo first=$?
docker rm --volumes claim-two >/dev/null; docker volume inspect $volume >/dev/null 2>&1; echo last=$?
docker volume rm $volume >/dev/null 2>&1
""",
    outcome=_last,
    expected=(Since("20.10", "last"),),
    why=_("A volume that another container still has, running or not, can't be removed."),
    today=_("Volumes that nobody has any more: `docker volume ls -f dangling=true`, and `docker volume prune`."),
    cleanup="docker rm --force --volumes claim-one claim-two >/dev/null 2>&1",
)
