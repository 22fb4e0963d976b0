"""The claims of the lesson on images: what the notes say in lines 1-79 and 319-330, put to the engine."""

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _

# A mirror in DOCKER_OPTS would be in the way of one in daemon.json, so it is put aside; RESTORE brings all of it back.
KEEP = """\
mkdir -p /etc/docker /root/.claim
cp -p /etc/docker/daemon.json /etc/default/docker /root/.claim/ 2>/dev/null
grep -qs ^DOCKER_OPTS /etc/default/docker && { rm /etc/default/docker; service docker restart >/dev/null; }
"""
RESTORE = """
if [ -d /root/.claim ]; then
  rm -f /etc/docker/daemon.json
  cp -p /root/.claim/daemon.json /etc/docker/ 2>/dev/null
  if [ -e /root/.claim/docker ] && [ ! -e /etc/default/docker ]; then
    cp -p /root/.claim/docker /etc/default/
    service docker restart >/dev/null
  else
    service docker reload >/dev/null
  fi
  rm -r /root/.claim
fi
"""


def _who_reads(seen: Observation) -> str:
    if seen.value("engine") != "0":
        return "engine"
    return "script" if seen.value("script") != "0" else "nobody"


options_file = Claim(
    id="images.options_file",
    notes=("5-9",),
    statement=_("Options of the engine are set in /etc/default/docker, in the variable DOCKER_OPTS."),
    question=_("Who reads that file?"),
    choices=(
        Choice("engine", _("The engine itself, however it is started."), notes=True),
        Choice("script", _("Only what starts the engine: a service script. The engine does not know the file.")),
        Choice("nobody", _("Nobody any more.")),
    ),
    experiment="""\
echo engine=$(grep -ac /etc/default/docker /usr/sbin/dockerd)
echo script=$(grep -c /etc/default/docker /etc/init.d/docker)
dockerd --help | tr -s ' \\n' ' ' | grep -o 'Daemon configuration file (default "[^"]*")'
""",
    outcome=_who_reads,
    expected=(Since("20.10", "script"),),
    why=_(
        "DOCKER_OPTS is a variable of start scripts. The script in this machine reads it, and so does systemd with "
        "Debian's package docker.io; with Docker's own package docker-ce it does not. The engine looks for "
        "/etc/docker/daemon.json, as its own help says."
    ),
    today=_(
        "Put options into /etc/docker/daemon.json, in one place only: an option that is also on the command line keeps "
        "the engine from starting."
    ),
)

reload = Claim(
    id="images.reload",
    notes=("10-13",),
    statement=_("After a registry mirror has been set, the docker service must be restarted."),
    question=_("The mirror is written into daemon.json and the engine gets the signal SIGHUP. What does it take?"),
    choices=(
        Choice("restart", _("A restart: the engine goes on without the mirror."), notes=True),
        Choice("reload", _("The signal is enough: the same process uses the mirror now.")),
    ),
    experiment=KEEP
    + """\
echo '{"registry-mirrors": ["http://claim.example.com"]}' > /etc/docker/daemon.json
before=$(pidof dockerd)
kill -HUP $before
mirrors() { docker info --format '{{.RegistryConfig.Mirrors}}'; }
for turn in $(seq 20); do mirrors | grep -q claim && break; sleep 0.1; done
echo "mirrors=$(mirrors)"
[ "$before" = "$(pidof dockerd)" ] && echo process=same || echo process=other
""",
    outcome=lambda seen: (
        "reload" if "claim.example.com" in seen.value("mirrors") and seen.value("process") == "same" else "restart"
    ),
    expected=(Since("20.10", "reload"),),
    why=_(
        "Registry mirrors are among the few options that the engine reads again when it gets SIGHUP. For most others, "
        "and for everything in DOCKER_OPTS, the notes are right."
    ),
    today=_("`systemctl reload docker`, here `service docker reload`: the containers don't notice."),
    cleanup=RESTORE,
)

mirror_scope = Claim(
    id="images.mirror_scope",
    notes=("5-9",),
    statement=_("With a registry mirror set, pulls go through the mirror."),
    question=_(
        "The mirror is set. One image is pulled from Docker Hub, one from a registry on port 5055 of this machine. "
        "For which of the two is the mirror asked?"
    ),
    choices=(
        Choice("both", _("For both."), notes=True),
        Choice("hub", _("Only for the one from Docker Hub.")),
        Choice("neither", _("For neither: it only helps when Docker Hub can't be reached.")),
    ),
    experiment=KEEP
    + """\
echo '{"registry-mirrors": ["http://mirror.example.com"]}' > /etc/docker/daemon.json
service docker reload >/dev/null
until docker info --format '{{.RegistryConfig.Mirrors}}' | grep -q mirror; do sleep 0.1; done
docker images -q registry:2 > /root/.claim/registry; docker rmi registry:2 >/dev/null 2>&1
docker run -d --name claim-registry -p 127.0.0.1:5055:5000 registry:2 >/dev/null 2>&1
until curl -sf http://127.0.0.1:5055/v2/ >/dev/null; do sleep 0.1; done
docker pull -q busybox
docker tag busybox 127.0.0.1:5055/claim/own
docker push -q 127.0.0.1:5055/claim/own
docker rmi 127.0.0.1:5055/claim/own >/dev/null
docker pull -q 127.0.0.1:5055/claim/own
echo "mirror=$(curl -s http://mirror.example.com/v2/_catalog)"
""",
    outcome=lambda seen: (
        ("both" if "claim/own" in seen.value("mirror") else "hub") if "library/" in seen.value("mirror") else "neither"
    ),
    expected=(Since("20.10", "hub"),),
    why=_(
        "The option registry-mirrors concerns Docker Hub alone. A name with another registry leads there directly. "
        "(`library/registry` is the image that the registry itself was started from: that came from Docker Hub, too.)"
    ),
    today=_(
        "For other registries write the mirror's or proxy's own address into the image's name, or let the network "
        "administrator set up a proxy."
    ),
    cleanup="""\
docker rm -f -v claim-registry >/dev/null 2>&1
docker rmi 127.0.0.1:5055/claim/own >/dev/null 2>&1
[ -s /root/.claim/registry ] || docker rmi registry:2 >/dev/null 2>&1
"""
    + RESTORE,
)

no_tag = Claim(
    id="images.no_tag",
    notes=("16-19",),
    statement=_("The form of a pull is `docker pull repository:tag`, as if the tag could not be left out."),
    question=_("What does `docker pull busybox` do, without a tag?"),
    choices=(
        Choice("error", _("It fails: the tag is missing."), notes=True),
        Choice("all", _("It pulls every tag of the repository.")),
        Choice("latest", _("It pulls the tag `latest`.")),
    ),
    experiment='docker pull busybox; echo "exit=$?"',
    outcome=lambda seen: (
        "error" if seen.value("exit") != "0" else "latest" if "Using default tag: latest" in seen.output else "all"
    ),
    expected=(Since("20.10", "latest"),),
    why=_("Whatever names an image, in every command and in FROM, gets the tag `latest` where it has none."),
    today=_(
        "Name the tag wherever something is to be run again. `latest` is a name like any other and does not mean the "
        "newest; all tags at once would be `docker pull --all-tags`."
    ),
)

two_parts = Claim(
    id="images.two_parts",
    notes=("20-22",),
    statement=_("The name of a repository has two parts: user and software."),
    question=_("Can an image be named `registry.example.com/team/shop/web:1`, with three parts behind the registry?"),
    choices=(
        Choice("no", _("No, two parts at most."), notes=True),
        Choice("yes", _("Yes, any number of parts.")),
    ),
    experiment=(
        "docker pull -q busybox\n"
        "docker tag busybox registry.example.com/team/shop/web:1; echo tag=$?\n"
        "docker images --format '{{.Repository}}:{{.Tag}}' 'registry.example.com/*/*/*'"
    ),
    outcome=lambda seen: "yes" if seen.value("tag") == "0" else "no",
    expected=(Since("20.10", "yes"),),
    why=_("Two parts are the rule of Docker Hub. Docker itself takes any depth, and other registries make use of it."),
    today=_("Expect names such as `ghcr.io/owner/project/part:1.4`; only the part before the first `/` is special."),
    cleanup="docker rmi registry.example.com/team/shop/web:1 >/dev/null 2>&1",
)

library = Claim(
    id="images.library",
    notes=("20-22",),
    statement=_("Without a registry Docker Hub is meant, without a user `library`: the official images."),
    question=_("Do `busybox`, `library/busybox` and `docker.io/library/busybox` bring the same image?"),
    choices=(
        Choice("same", _("Yes, one image under one name."), notes=True),
        Choice("several", _("They bring the same image, but it is listed under three names.")),
        Choice("different", _("No, at least one of them is another image, or missing.")),
    ),
    experiment=(
        "for name in busybox library/busybox docker.io/library/busybox; do docker pull -q $name; done\n"
        "for name in busybox library/busybox docker.io/library/busybox; do\n"
        "  docker image inspect --format '{{.Id}}' $name\n"
        "done | sort | uniq -c > ids\n"
        'echo "ids=$(wc -l < ids)"\n'
        "echo \"names=$(docker images --format '{{.Repository}}:{{.Tag}}' | grep -c '^\\(.*/\\)*busybox:latest$')\""
    ),
    outcome=lambda seen: (
        "different" if seen.value("ids") != "1" else "same" if seen.value("names") == "1" else "several"
    ),
    expected=(Since("20.10", "same"),),
    why=_("All three are spelled out to docker.io/library/busybox:latest before anything is looked up."),
    today=_(
        "Read a short name in full when you check where an image comes from: `docker.io` and `library` are implied."
    ),
)

kept = Claim(
    id="images.kept",
    notes=("36",),
    statement=_(
        "A container is not removed when it ends, so that one can look for the cause, unless `--rm` was given."
    ),
    question=_("A container writes a file and ends. Can the file still be read?"),
    choices=(
        Choice("file", _("Yes: the container stays, with its files."), notes=True),
        Choice("empty", _("No: the container stays in the list, but its files are gone.")),
        Choice("gone", _("No: the container is gone.")),
    ),
    experiment=(
        "docker run --name claim-kept busybox sh -c 'echo evidence > /note; exit 3'\n"
        "docker wait claim-kept >/dev/null\n"
        "docker ps -a --filter name=claim-kept --format 'state={{.Status}}'\n"
        "docker cp claim-kept:/note note && echo file=$(cat note)"
    ),
    outcome=lambda seen: "gone" if not seen.value("state") else "file" if seen.value("file") == "evidence" else "empty",
    expected=(Since("20.10", "file"),),
    why=_("A stopped container keeps its layer, its logs and its exit code until somebody removes it."),
    today=_(
        "`docker logs` and `docker cp` work on stopped containers. `--rm` takes all of that away; clear up with "
        "`docker container prune`."
    ),
    cleanup="docker rm -f claim-kept >/dev/null 2>&1",
)

dangling_free = Claim(
    id="images.dangling_free",
    notes=("42-45",),
    statement=_("A dangling image has lost its value and can be removed at will."),
    question=_(
        "A container was made from the image before it lost its name. What does `docker rmi` with the image's id do?"
    ),
    choices=(
        Choice("removed", _("It removes the image."), notes=True),
        Choice("refused", _("It refuses: the container still needs the image.")),
    ),
    experiment=(
        "printf 'FROM busybox\\nENV CLAIM=1\\n' | docker build -q -t claim-note - >/dev/null\n"
        "old=$(docker images -q claim-note)\n"
        "docker run --name claim-user claim-note true\n"
        "printf 'FROM busybox\\nENV CLAIM=2\\n' | docker build -q -t claim-note - >/dev/null\n"
        "echo dangling=$(docker images -q -f dangling=true | grep -c $old)\n"
        "docker rmi $old\n"
        "echo exit=$?\n"
        "docker rm claim-user >/dev/null; docker rmi $old >/dev/null 2>&1"
    ),
    outcome=lambda seen: "" if seen.value("dangling") != "1" else "removed" if seen.value("exit") == "0" else "refused",
    expected=(Since("20.10", "refused"),),
    why=_(
        "The container is built on the image's layers, whether it runs or not, and whether the image has a name or not."
    ),
    today=_(
        "`docker image prune` skips such images without an error. To see who needs one: "
        "`docker ps -a --filter ancestor=ID`."
    ),
    cleanup="docker rm -f claim-user >/dev/null 2>&1; docker rmi claim-note >/dev/null 2>&1",
)

empty_rmi = Claim(
    id="images.empty_rmi",
    notes=("42-45",),
    statement=_("`docker rmi $(docker images -q -f dangling=true)` removes the dangling images."),
    question=_("What happens when there are none?"),
    choices=(
        Choice("nothing", _("Nothing: there is nothing to remove."), notes=True),
        Choice("error", _("An error, and an exit code other than 0.")),
    ),
    experiment=(
        "# a label that no image has stands in for a machine without dangling images\n"
        "docker rmi $(docker images -q -f dangling=true -f label=claim-none)\n"
        "echo exit=$?\n"
        "docker image prune -f --filter label=claim-none\n"
        "echo prune=$?"
    ),
    outcome=lambda seen: "nothing" if seen.value("exit") == "0" else "error",
    expected=(Since("20.10", "error"),),
    why=_("The shell puts nothing in the place of the brackets, and `docker rmi` without an image is wrong usage."),
    today=_("`docker image prune -f` is content with nothing. It is the line for a script."),
)

images_all = Claim(
    id="images.all",
    notes=("46-51",),
    statement=_("`docker images` shows only top-level images; with `-a` the intermediate images appear as well."),
    question=_(
        "An image is built in four steps. Does `docker images -a` list more images of that build than without `-a`?"
    ),
    choices=(
        Choice("more", _("Yes, the image of each step."), notes=True),
        Choice("same", _("No, only the finished image.")),
    ),
    experiment=(
        "printf 'FROM busybox\\nLABEL claim=all\\nENV A=1\\nRUN echo b > /b\\n' > Dockerfile\n"
        "docker build -q -t claim-all . >/dev/null\n"
        "echo without=$(docker images -q -f label=claim=all | wc -l)\n"
        "echo with=$(docker images -q -a -f label=claim=all | wc -l)"
    ),
    outcome=lambda seen: (
        "" if seen.value("without") != "1" else "same" if seen.value("with") == seen.value("without") else "more"
    ),
    expected=(Since("20.10", "more"), Since("23.0", "same")),
    why=_(
        "Intermediate images are how the legacy builder remembers its steps. BuildKit, the default since 23.0, keeps a "
        "build cache instead, and its images have no images in between."
    ),
    today=_("`docker buildx du` (or `docker system df`) shows the build cache, `docker builder prune` clears it."),
    cleanup="docker rmi claim-all >/dev/null 2>&1",
)

own_layer = Claim(
    id="images.own_layer",
    notes=("53",),
    statement=_("A container adds a layer of its own on top of the image, and that is its storage."),
    question=_("Two containers run from one image; the first one deletes /bin/ls. Who still has it?"),
    choices=(
        Choice("other", _("The other container, and the image."), notes=True),
        Choice("image", _("Only the image: running containers share what they change.")),
        Choice("nobody", _("Nobody: the file was in the image, and there it is gone.")),
    ),
    experiment=(
        "docker run -d --name claim-one busybox sleep 60 >/dev/null\n"
        "docker run -d --name claim-two busybox sleep 60 >/dev/null\n"
        "docker exec claim-one rm /bin/ls\n"
        'has() { docker run --rm "$@" >/dev/null 2>&1 && echo yes || echo no; }\n'
        "echo first=$(docker exec claim-one ls / >/dev/null 2>&1 && echo yes || echo no)\n"
        "echo second=$(docker exec claim-two ls / >/dev/null 2>&1 && echo yes || echo no)\n"
        "echo image=$(has busybox ls /)"
    ),
    outcome=lambda seen: (
        ""
        if seen.value("first") != "no"
        else "nobody"
        if seen.value("image") == "no"
        else "other"
        if seen.value("second") == "yes"
        else "image"
    ),
    expected=(Since("20.10", "other"),),
    why=_(
        "The image's layers are read-only. What a container changes is copied into its own layer first, and a deletion "
        "is a mark there."
    ),
    today=_("What shall outlive a container belongs in a volume, a directory outside of its layer, not in the layer."),
    cleanup="docker rm -f claim-one claim-two >/dev/null 2>&1",
)

diff_volume = Claim(
    id="images.diff_volume",
    notes=("66-70",),
    statement=_("Every change of a file is recorded in the container's layer, unless a volume is used."),
    question=_(
        "A container with a volume at /data writes /data/inside and /outside. Which of the two does `docker diff` show?"
    ),
    choices=(
        Choice("outside", _("Only /outside."), notes=True),
        Choice("both", _("Both of them.")),
        Choice("none", _("None of them, because the container has a volume.")),
    ),
    experiment=(
        "docker run --name claim-diff -v /data busybox sh -c 'echo 1 > /data/inside; echo 2 > /outside'\n"
        "docker diff claim-diff | sort\n"
        "echo inside=$(docker diff claim-diff | grep -c /data/inside)\n"
        "echo outside=$(docker diff claim-diff | grep -c /outside)"
    ),
    outcome=lambda seen: (
        "none" if seen.value("outside") != "1" else "both" if seen.value("inside") != "0" else "outside"
    ),
    expected=(Since("20.10", "outside"),),
    why=_("A volume is another directory, mounted over /data; the layer holds no more than the empty place for it."),
    today=_("The same holds for `docker commit`: data in volumes does not get into the image."),
    cleanup="docker rm -f -v claim-diff >/dev/null 2>&1",
)

commit_settings = Claim(
    id="images.commit_settings",
    notes=("70-74",),
    statement=_("`docker commit` saves the container's storage layer, its changed files, as an image."),
    question=_("The container was started with `-e PASSWORD=secret`. What does the new image know of it?"),
    choices=(
        Choice("files", _("Nothing: only files are saved."), notes=True),
        Choice("settings", _("The variable is in the image, for everybody who gets it.")),
    ),
    experiment=(
        "docker run --name claim-commit -e PASSWORD=secret busybox true\n"
        "docker commit claim-commit claim-committed >/dev/null\n"
        "docker image inspect --format '{{json .Config.Env}}' claim-committed\n"
        "echo password=$(docker run --rm claim-committed sh -c 'echo $PASSWORD')"
    ),
    outcome=lambda seen: "settings" if seen.value("password") == "secret" else "files",
    expected=(Since("20.10", "settings"),),
    why=_(
        "A container's configuration goes into the image as well: environment, command, working directory, labels. "
        "`docker commit --change` changes some of it."
    ),
    today=_("One more reason to write a Dockerfile, and never to commit a container that was given a secret."),
    cleanup="docker rm -f claim-commit >/dev/null 2>&1; docker rmi claim-committed >/dev/null 2>&1",
)

commit_history = Claim(
    id="images.commit_history",
    notes=("75-79",),
    statement=_("`docker history` shows the history inside an image."),
    question=_(
        "Three files are written in a container by hand, then it is committed. What does `docker history` show of them?"
    ),
    choices=(
        Choice("files", _("What was done: the commands that wrote the files."), notes=True),
        Choice("command", _("Only that there is one more layer, and what the container was started with.")),
    ),
    experiment=(
        "docker run -d --name claim-hands busybox sleep 60 >/dev/null\n"
        'for n in 1 2 3; do docker exec claim-hands sh -c "echo $n > /by-hand-$n"; done\n'
        "docker commit claim-hands claim-hands:v2 >/dev/null\n"
        "docker history --no-trunc --format '{{.Size}} {{.CreatedBy}}' claim-hands:v2 | head -n 1\n"
        "echo files=$(docker history --no-trunc claim-hands:v2 | grep -c by-hand)"
    ),
    outcome=lambda seen: "command" if seen.value("files") == "0" else "files",
    expected=(Since("20.10", "command"),),
    why=_(
        "The history names what each layer was made by. For a commit that is the container's command; the engine "
        "saw no more."
    ),
    today=_("`docker commit --message` leaves a word to others. A Dockerfile leaves them every step."),
    cleanup="docker rm -f claim-hands >/dev/null 2>&1; docker rmi claim-hands:v2 >/dev/null 2>&1",
)

save_id = Claim(
    id="images.save_id",
    notes=("319-321",),
    statement=_("`docker save` stores an image in a tar file, and `docker load` brings it back."),
    question=_("The image is given to `docker save` by its id. How does it come back?"),
    choices=(
        Choice("named", _("As it was, name and all."), notes=True),
        Choice("nameless", _("The image is there, but without a name.")),
        Choice("missing", _("Not at all.")),
    ),
    experiment=(
        "printf 'FROM busybox\\nENV CLAIM=save\\n' | docker build -q -t claim-save - >/dev/null\n"
        "id=$(docker images -q claim-save)\n"
        "docker save -o by-id.tar $id\n"
        "docker rmi claim-save >/dev/null\n"
        "docker load -i by-id.tar\n"
        "docker image inspect --format 'names={{.RepoTags}}' $id\n"
        "docker rmi $id >/dev/null"
    ),
    outcome=lambda seen: (
        "missing" if "names=" not in seen.output else "named" if "claim-save" in seen.value("names") else "nameless"
    ),
    expected=(Since("20.10", "nameless"),),
    why=_("The file holds the names that were asked for. An id asks for no name."),
    today=_("Save by name, `docker save -o web.tar web:1.4`; several names go into one file and share its layers."),
    cleanup="docker rmi claim-save >/dev/null 2>&1",
)

save_keeps = Claim(
    id="images.save_keeps",
    notes=("319-321",),
    statement=_("`docker save` and `docker load` carry an image to another place."),
    question=_("Are the id, the name and the history the same after `docker save`, `docker rmi` and `docker load`?"),
    choices=(
        Choice("all", _("Yes, all of them."), notes=True),
        Choice("some", _("No, something of it is lost.")),
    ),
    experiment=(
        "printf 'FROM busybox\\nENV CLAIM=keeps\\n' | docker build -q -t claim-keeps:7 - >/dev/null\n"
        "facts() {\n"
        "  docker image inspect --format '{{.Id}} {{.RepoTags}}' claim-keeps:7\n"
        "  docker history --no-trunc --format '{{.CreatedBy}}' claim-keeps:7 | md5sum\n"
        "}\n"
        "facts > before\n"
        "docker save -o keeps.tar claim-keeps:7\n"
        "docker rmi claim-keeps:7 >/dev/null\n"
        "docker load -q -i keeps.tar\n"
        "facts > after\n"
        "diff before after > difference && echo same=yes || echo same=no\n"
        "cat difference"
    ),
    outcome=lambda seen: {"yes": "all", "no": "some"}.get(seen.value("same"), ""),
    expected=(Since("20.10", "all"),),
    why=_(
        "The file holds the layers, the configuration and the names. The id is the configuration's own hash (with the "
        "image store of Engine 29, the manifest's)."
    ),
    today=_(
        "With the classic image store digests are the exception: they belong to what a registry keeps, so a loaded "
        "image has none until it is pulled or pushed. With the store that new installations of Engine 29 use, it has "
        "one at once."
    ),
    cleanup="docker rmi claim-keeps:7 >/dev/null 2>&1",
)

rmi_name = Claim(
    id="images.rmi_name",
    notes=("322-329",),
    statement=_("`docker rmi NAME` removes the image from this machine."),
    question=_("An image has the names `claim-a` and `claim-b`. What does `docker rmi claim-a` leave?"),
    choices=(
        Choice("gone", _("Nothing: the image is removed, and `claim-b` with it."), notes=True),
        Choice("name", _("The image, under the name `claim-b`.")),
        Choice("refused", _("Both: with two names it refuses.")),
    ),
    experiment=(
        "printf 'FROM busybox\\nENV CLAIM=names\\n' | docker build -q -t claim-a - >/dev/null\n"
        "docker tag claim-a claim-b\n"
        "docker rmi claim-a\n"
        "docker images --format '{{.Repository}}' --filter reference='claim-?' | sed 's/^/left=/'"
    ),
    outcome=lambda seen: (
        "refused" if "left=claim-a" in seen.output else "name" if seen.value("left") == "claim-b" else "gone"
    ),
    expected=(Since("20.10", "name"),),
    why=_("A name is taken away first (*Untagged*); layers go only with the last name (*Deleted*)."),
    today=_(
        "By id it is the other way round: with names in several repositories `docker rmi ID` refuses, unless forced."
    ),
    cleanup="docker rmi claim-a claim-b >/dev/null 2>&1",
)

rm_image = Claim(
    id="images.rm_image",
    notes=("327-330",),
    statement=_("`docker rm` removes containers, not images: don't mix them up."),
    question=_("`busybox` is an image here, and no container has that name. What does `docker rm busybox` do?"),
    choices=(
        Choice("error", _("It finds no such container, and the image stays."), notes=True),
        Choice("image", _("It removes the image.")),
        Choice("containers", _("It removes the containers made from that image.")),
    ),
    experiment=(
        "docker pull -q busybox\n"
        "docker create --name claim-stays busybox >/dev/null\n"
        "docker rm busybox\n"
        "echo image=$(docker images -q busybox:latest | wc -l)\n"
        "echo container=$(docker ps -aq --filter name=claim-stays | wc -l)"
    ),
    outcome=lambda seen: (
        "image" if seen.value("image") != "1" else "containers" if seen.value("container") != "1" else "error"
    ),
    expected=(Since("20.10", "error"),),
    why=_("Images and containers have names of their own; `docker rm` looks only among containers."),
    today=_("`docker image rm` and `docker container rm` say what they mean. They do the same as `rmi` and `rm`."),
    cleanup="docker rm -f claim-stays >/dev/null 2>&1",
)
