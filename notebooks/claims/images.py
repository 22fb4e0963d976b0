"""The claims of the lesson on images."""

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _

# ------------------------------------------------------------------------------------------------ which file


def _which_file(seen: Observation) -> str:
    by_default, by_json = seen.value("default") == "1", seen.value("json") == "1"
    return {(True, False): "default", (False, True): "json", (True, True): "both"}.get((by_default, by_json), "")


options_file = Claim(
    id="images.options_file",
    notes=("7-13",),
    statement=_(
        "A registry mirror is set with DOCKER_OPTS in /etc/default/docker, and takes effect when the service restarts."
    ),
    question=_(
        "A mirror is written into /etc/default/docker and the engine is told to read its options again (SIGHUP). Then "
        "the "
        "same with /etc/docker/daemon.json. After which of the two does the engine know the mirror?"
    ),
    choices=(
        Choice("default", _("After /etc/default/docker"), notes=True),
        Choice("json", _("After /etc/docker/daemon.json")),
        Choice("both", _("After either of them")),
    ),
    experiment="""\
cp /etc/default/docker default.kept; cp /etc/docker/daemon.json json.kept 2>/dev/null
mirrors() {  # waits up to two seconds for the engine to have read its options
  kill -HUP "$(pidof dockerd)"
  for turn in 1 2 3 4 5 6 7 8 9 10; do
    docker info --format '{{.RegistryConfig.Mirrors}}' | grep -c claim.example.com && return
    sleep 0.2
  done | tail -n 1
}
echo 'DOCKER_OPTS="--registry-mirror=http://claim.example.com"' >> /etc/default/docker
echo "default=$(mirrors)"
cp default.kept /etc/default/docker
mkdir -p /etc/docker
echo '{"registry-mirrors": ["http://claim.example.com"]}' > /etc/docker/daemon.json
echo "json=$(mirrors)"
rm /etc/docker/daemon.json; [ -f json.kept ] && cp json.kept /etc/docker/daemon.json
kill -HUP "$(pidof dockerd)"
""",
    outcome=_which_file,
    expected=(Since("20.10", "json"),),
    why=_(
        "The engine itself never reads /etc/default/docker. A service script of the old init system does, and hands "
        "the "
        "options over when it starts the engine; where systemd starts it, nobody reads that file."
    ),
    today=_(
        "Write options into /etc/docker/daemon.json. Some of them, mirrors among them, need no restart: "
        "`systemctl reload docker`, or `service docker reload`, is enough."
    ),
)

# ------------------------------------------------------------------------------------------------ names


def _depth(seen: Observation) -> str:
    hub, other = seen.value("hub"), seen.value("other")
    return {("yes", "yes"): "any", ("no", "yes"): "other", ("no", "no"): "two"}.get((hub, other), "")


any_depth = Claim(
    id="images.any_depth",
    notes=("18-22",),
    statement=_("A repository's name has two parts: user/software. Without a user, `library` is meant."),
    question=_("Can an image be named `localhost:5000/team/project/app`, with three parts behind the registry?"),
    choices=(
        Choice("two", _("No: two parts at most"), notes=True),
        Choice("other", _("Yes, but not without a registry in front")),
        Choice("any", _("Yes, with a registry in front and without")),
    ),
    experiment="""\
docker pull --quiet hello-world
try() { docker tag hello-world "$1" && docker image inspect "$1" >/dev/null && echo yes || echo no; }
echo "other=$(try localhost:5000/team/project/app:1)"
echo "hub=$(try claim/team/project/app:1)"
""",
    outcome=_depth,
    expected=(Since("20.10", "any"),),
    why=_(
        "A name may have any number of parts. `library/` is put in front only where a name for Docker Hub has a single "
        "part. That Docker Hub itself gives out names of two parts is its own rule, not the engine's."
    ),
    today=_("On other registries use as many parts as the project needs: registry.example.com/group/team/app:1.4."),
    cleanup="docker rmi -f localhost:5000/team/project/app:1 claim/team/project/app:1",
)


def _tag(seen: Observation) -> str:
    if "Using default tag: latest" in seen.output and seen.value("tags") == "hello-world:latest":
        return "latest"
    return "error" if seen.value("code") not in ("", "0") else ""


default_tag = Claim(
    id="images.default_tag",
    notes=("18",),
    statement=_("`docker pull` takes a repository's name, a colon and a tag."),
    question=_("What does `docker pull hello-world` do, without a tag?"),
    choices=(
        Choice("error", _("It fails: the tag is missing"), notes=True),
        Choice("latest", _("It pulls the tag `latest`")),
        Choice("all", _("It pulls every tag there is")),
    ),
    experiment="""\
docker rmi --force hello-world >/dev/null 2>&1
docker pull hello-world; echo "code=$?"
echo "tags=$(docker images --format '{{.Repository}}:{{.Tag}}' hello-world | xargs)"
""",
    outcome=_tag,
    expected=(Since("20.10", "latest"),),
    why=_(
        "`latest` is what Docker puts where no tag is given. It is a tag like any other, and nothing keeps it on the "
        "newest version: it stands where its publisher put it last."
    ),
    today=_("Name the version that you tested: `nginx:1.26`. Name the digest too where it must never change."),
)

# ------------------------------------------------------------------------------------------------ containers stay


def _stays(seen: Observation) -> str:
    return {("1", "0"): "stays", ("0", "0"): "goes"}.get((seen.value("plain"), seen.value("rm")), "")


stays = Claim(
    id="images.stays_after_exit",
    notes=("34-35",),
    statement=_("A container stays after its end, unless it was started with `--rm`."),
    question=_("`docker run hello-world` has printed its text and ended. What does `docker ps -a` show?"),
    choices=(
        Choice("stays", _("The container, as exited"), notes=True),
        Choice("goes", _("Nothing: it removed itself")),
    ),
    experiment="""\
docker run --name claim-plain hello-world >/dev/null
docker run --name claim-rm --rm hello-world >/dev/null
docker ps -a --filter name=claim- --format '{{.Names}}: {{.Status}}'
echo "plain=$(docker ps -aq --filter name=claim-plain | wc -l)"
echo "rm=$(docker ps -aq --filter name=claim-rm | wc -l)"
""",
    outcome=_stays,
    expected=(Since("20.10", "stays"),),
    why=_(
        "Its files and its output are kept, so that one can see why it ended: `docker logs`, `docker cp`, `docker "
        "diff`."
    ),
    today=_("Use `--rm` for what runs once, and `docker container prune` now and then for the rest."),
    cleanup="docker rm -f claim-plain claim-rm",
)

# ------------------------------------------------------------------------------------------------ dangling


def _empty_list(seen: Observation) -> str:
    return {"0": "nothing", "1": "error"}.get(seen.value("second"), "")


empty_list = Claim(
    id="images.rmi_nothing",
    notes=("42-45",),
    statement=_("`docker rmi $(docker images -q -f dangling=true)` removes the dangling images."),
    question=_("The command has removed them all. What does it do when you run it a second time?"),
    choices=(
        Choice("nothing", _("Nothing: there is nothing left to remove"), notes=True),
        Choice("error", _("It fails")),
    ),
    experiment="""\
docker pull --quiet busybox
for n in 1 2; do printf 'FROM busybox\\nENV CLAIM=%s\\n' $n | docker build --quiet --tag claim-draft - ; done
docker image prune --force >/dev/null
docker rmi $(docker images -q -f dangling=true); echo "second=$?"
docker image prune --force; echo "prune=$?"
""",
    outcome=_empty_list,
    expected=(Since("20.10", "error"),),
    why=_(
        'The inner command prints nothing, so `docker rmi` is called without a name: "requires at least 1 argument". '
        "In a script that stops at errors, that is where it stops."
    ),
    today=_("`docker image prune` removes dangling images, and is content when there are none."),
    cleanup="docker rmi -f claim-draft",
)

# ------------------------------------------------------------------------------------------------ intermediate images


def _hidden(seen: Observation) -> str:
    count = seen.value("hidden")
    return "" if not count.isdigit() else "some" if int(count) else "none"


intermediate = Claim(
    id="images.intermediate",
    notes=("47-51",),
    statement=_("`docker images` shows only top-level images; with `-a` the intermediate images of builds appear too."),
    question=_(
        "After a build of four instructions with this engine's usual builder: does `docker images -a` show more?"
    ),
    choices=(
        Choice("some", _("Yes: the images of the steps in between"), notes=True),
        Choice("none", _("No: the same list")),
    ),
    experiment="""\
docker pull --quiet busybox
before=$(docker images -aq | wc -l)
printf 'FROM busybox\\nRUN echo 1 > /one\\nRUN echo 2 > /two\\nENV CLAIM=intermediate\\n' > Dockerfile
docker build --tag claim-steps . 2>&1 | tail -n 3
docker images -a | head -n 6
echo "hidden=$(( $(docker images -aq | wc -l) - before - 1 ))"
""",
    outcome=_hidden,
    expected=(Since("20.10", "some"), Since("23.0", "none")),
    why=_(
        "Only the legacy builder makes an image of every step. BuildKit, the usual builder since Engine 23, keeps the "
        "steps in a build cache of its own."
    ),
    today=_("Look at the build cache with `docker buildx du`, and clear it with `docker builder prune`."),
    cleanup="docker rmi -f claim-steps",
)

# ------------------------------------------------------------------------------------------------ layers of containers


def _own_layer(seen: Observation) -> str:
    return {"": "own", "hello": "shared"}.get(seen.value("second"), "")


own_layer = Claim(
    id="images.own_layer",
    notes=("52",),
    statement=_("A container adds a layer of its own on top of its image's layers."),
    question=_("Two containers run from one image. A file is written in the first. Does the second see it?"),
    choices=(
        Choice("own", _("No: each has its own layer"), notes=True),
        Choice("shared", _("Yes: they share the image")),
    ),
    experiment="""\
docker run -d --name claim-one busybox sleep 60 >/dev/null
docker run -d --name claim-two busybox sleep 60 >/dev/null
docker exec claim-one sh -c 'echo hello > /shared.txt'
docker diff claim-one
echo "second=$(docker exec claim-two cat /shared.txt 2>/dev/null)"
""",
    outcome=_own_layer,
    expected=(Since("20.10", "own"),),
    why=_("The image's layers are read only and shared by all; what a container writes goes into its own layer alone."),
    today=_("What containers must share belongs into a volume."),
    cleanup="docker rm -f claim-one claim-two",
)

# ------------------------------------------------------------------------------------------------ commit


def _committed(seen: Observation) -> str:
    return {("yes", "no"): "layer", ("yes", "yes"): "all"}.get((seen.value("layer"), seen.value("volume")), "")


commit = Claim(
    id="images.commit_volumes",
    notes=("70",),
    statement=_("`docker commit` keeps what was written in a container, unless it went into a volume."),
    question=_(
        "A container writes one file beside a volume and one into it, and is committed. What does the image hold?"
    ),
    choices=(
        Choice("layer", _("Only the file beside the volume"), notes=True),
        Choice("all", _("Both files")),
    ),
    experiment="""\
docker run --name claim-writer -v /data busybox sh -c 'echo 1 > /beside; echo 2 > /data/inside'
docker commit claim-writer claim-committed >/dev/null
holds() { docker run --rm claim-committed test -e "$1" && echo yes || echo no; }
echo "layer=$(holds /beside)"
echo "volume=$(holds /data/inside)"
""",
    outcome=_committed,
    expected=(Since("20.10", "layer"),),
    why=_("A volume is mounted over the container's layer; what is written into it never reaches the layer."),
    today=_("Back volumes up on their own, and build images from a Dockerfile instead of committing containers."),
    cleanup="docker rm -f -v claim-writer; docker rmi -f claim-committed",
)

# ------------------------------------------------------------------------------------------------ save and load


def _kept(seen: Observation) -> str:
    if not seen.value("before"):
        return ""
    return "all" if seen.value("before") == seen.value("after") else "some"


save_keeps = Claim(
    id="images.save_keeps",
    notes=("320-321",),
    statement=_("`docker save` and `docker load` carry an image to another place as it is."),
    question=_("Are the image's id, name and history the same after `docker save`, `docker rmi` and `docker load`?"),
    choices=(
        Choice("all", _("Yes, all of them"), notes=True),
        Choice("some", _("No: the id or the history changes")),
    ),
    experiment="""\
docker pull --quiet busybox
printf 'FROM busybox\\nENV CLAIM=save\\nCMD ["true"]\\n' | docker build --quiet --tag claim-saved:7 - >/dev/null
facts() { docker image inspect --format '{{.Id}} {{.RepoTags}}' claim-saved:7; docker history -q claim-saved:7 | wc -l; }
echo "before=$(facts | xargs)"
docker save claim-saved:7 > saved.tar
docker rmi claim-saved:7 >/dev/null
docker load < saved.tar
echo "after=$(facts | xargs)"
""",
    outcome=_kept,
    expected=(Since("20.10", "all"),),
    why=_("The file holds the layers, the configuration and the names; the id is the configuration's own digest."),
    today=_("Save by name. By id the names stay behind, and the loaded image is a dangling one."),
    cleanup="docker rmi -f claim-saved:7",
)

# ------------------------------------------------------------------------------------------------ rmi


def _rmi(seen: Observation) -> str:
    return {("no", "yes"): "name", ("no", "no"): "image"}.get((seen.value("name"), seen.value("image")), "")


rmi_names = Claim(
    id="images.rmi_names",
    notes=("322-330",),
    statement=_("`docker rmi nginx` deletes the local image."),
    question=_("An image has two names. What does `docker rmi` with one of them do?"),
    choices=(
        Choice("image", _("It deletes the image, with both names"), notes=True),
        Choice("name", _("It takes that name away; the image stays")),
    ),
    experiment="""\
docker pull --quiet busybox
printf 'FROM busybox\\nENV CLAIM=rmi\\n' | docker build --quiet --tag claim-first - >/dev/null
docker tag claim-first claim-second
docker rmi claim-first
is() { docker image inspect "$1" >/dev/null 2>&1 && echo yes || echo no; }
echo "name=$(is claim-first)"
echo "image=$(is claim-second)"
""",
    outcome=_rmi,
    expected=(Since("20.10", "name"),),
    why=_("A name is a pointer to an image. The image itself goes with its last name."),
    today=_("By id `docker rmi` refuses an image with names in several repositories; `-f` takes them all."),
    cleanup="docker rmi -f claim-first claim-second",
)
