"""The claims of the notes about registries (lines 440-548), each with an experiment; their lesson is to come."""

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _

_REGISTRY = """\
docker image inspect registry:2 >/dev/null 2>&1 || docker pull --quiet registry:2 >/dev/null
docker image inspect busybox >/dev/null 2>&1 || docker pull --quiet busybox >/dev/null
"""
_UP = """\
docker run --detach --name claim-registry --publish 127.0.0.1:5056:5000 registry:2 >/dev/null
until curl -sf http://127.0.0.1:5056/v2/ >/dev/null; do sleep 0.1; done
"""
_DOWN = "docker rm --force --volumes claim-registry >/dev/null 2>&1\n"

login_file = Claim(
    id="registries.login_file",
    notes=("447-450",),
    statement=_("One logs in to Docker Hub with `docker login`."),
    question=_("Where is the password after that?"),
    choices=(
        Choice("nowhere", _("Nowhere, or where nobody can read it."), notes=True),
        Choice("file", _("In a file, for everybody who can read the file.")),
    ),
    experiment="""\
# the learner's account at this machine's hub; the directory `here` stands for ~/.docker
echo dockyard | docker --config "$PWD/here" login --username learner --password-stdin > said 2>&1; echo exit=$?
echo found=$(sed -n 's/.*"auth": "\\(.*\\)"/\\1/p' here/config.json | base64 --decode)
""",
    outcome=lambda seen: (
        "" if seen.value("exit") != "0" else "file" if seen.value("found") == "learner:dockyard" else "nowhere"
    ),
    expected=(Since("20.10", "file"),),
    why=_("~/.docker/config.json holds name and password in base64, which is no encryption: `base64 -d` reads it."),
    today=_(
        "A credential helper (`credsStore`) keeps them in the system's key ring. Without one use an access token, "
        "which "
        "can be revoked, and `docker logout`."
    ),
)

search_automated = Claim(
    id="registries.search_automated",
    notes=("451-470",),
    statement=_("Docker Hub builds images automatically when a project on GitHub or Bitbucket changes."),
    question=_("Does `docker search nginx` say which images are built so, in a column AUTOMATED?"),
    choices=(Choice("there", _("Yes, it has."), notes=True), Choice("gone", _("No, it has none."))),
    experiment="docker search --limit 3 nginx | head -n 1 | sed 's/^/header=/'\n",
    outcome=lambda seen: (
        "" if "STARS" not in seen.value("header") else "there" if "AUTOMATED" in seen.value("header") else "gone"
    ),
    expected=(Since("20.10", "there"), Since("25.0", "gone")),
    why=_("Docker Hub no longer tells: automated builds have cost money since 2021, and hardly anybody has them."),
    today=_(
        "Build in your own pipeline and push the result. `docker search --filter is-official=true` finds trusted bases."
    ),
)

search_private = Claim(
    id="registries.search_private",
    notes=("491",),
    statement=_("In a private registry one can push, pull and search images."),
    question=_("A registry of your own holds `claim/box`. Does `docker search 127.0.0.1:5056/claim` find it?"),
    choices=(
        Choice("found", _("Yes, it does."), notes=True),
        Choice("error", _("No: that registry can't be searched.")),
    ),
    experiment=_REGISTRY
    + _UP
    + """\
docker tag busybox 127.0.0.1:5056/claim/box
docker push --quiet 127.0.0.1:5056/claim/box
docker search 127.0.0.1:5056/claim; echo search=$?
echo catalog=$(curl -s http://127.0.0.1:5056/v2/_catalog)
""",
    outcome=lambda seen: (
        "" if "claim/box" not in seen.value("catalog") else "found" if seen.value("search") == "0" else "error"
    ),
    expected=(Since("20.10", "error"),),
    why=_(
        "Searching belonged to the first protocol of registries. The second one has no search; Docker Hub adds its own."
    ),
    today=_("`curl http://HOST:5000/v2/_catalog` lists repositories, `/v2/NAME/tags/list` the tags of one."),
    cleanup=_DOWN + "docker rmi 127.0.0.1:5056/claim/box >/dev/null 2>&1",
)

config_path = Claim(
    id="registries.config_path",
    notes=("475-485",),
    statement=_("The registry in the image `registry` reads /etc/docker/registry/config.yml."),
    question=_("Which configuration does a container of `registry:2` start with?"),
    choices=(
        Choice("docker", _("/etc/docker/registry/config.yml"), notes=True),
        Choice("distribution", _("/etc/distribution/config.yml")),
    ),
    experiment=_REGISTRY
    + """\
docker image inspect --format 'command={{json .Config.Cmd}}' registry:2
""",
    outcome=lambda seen: (
        "docker"
        if "/etc/docker/registry/config.yml" in seen.value("command")
        else "distribution"
        if "/etc/distribution" in seen.value("command")
        else ""
    ),
    expected=(Since("20.10", "docker"),),
    why=_(
        "That is what the image's CMD says. `registry:3`, of 2025, reads /etc/distribution/config.yml: a file that is "
        "mounted at the old place is silently left unread."
    ),
    today=_("Name the version, `registry:2` or `registry:3`, and look at CMD before mounting a configuration."),
)

persistent = Claim(
    id="registries.persistent",
    notes=("483",),
    statement=_("With `-v DIRECTORY:/var/lib/registry` the registry's images lie in that directory of the machine."),
    question=_("An image is pushed, and the registry's container removed. What is left in the directory?"),
    choices=(
        Choice("kept", _("The image: a new registry on that directory has it."), notes=True),
        Choice("gone", _("Nothing: the images are in the container.")),
    ),
    experiment=_REGISTRY
    + """\
up() {
  docker run -d --name claim-registry -v "$PWD/store":/var/lib/registry -p 127.0.0.1:5056:5000 registry:2 >/dev/null
  until curl -sf http://127.0.0.1:5056/v2/ >/dev/null; do sleep 0.1; done
}
up
docker tag busybox 127.0.0.1:5056/claim/box
docker push --quiet 127.0.0.1:5056/claim/box
docker rm --force --volumes claim-registry >/dev/null
up
echo catalog=$(curl -s http://127.0.0.1:5056/v2/_catalog)
""",
    outcome=lambda seen: (
        ""
        if "repositories" not in seen.value("catalog")
        else "kept"
        if "claim/box" in seen.value("catalog")
        else "gone"
    ),
    expected=(Since("20.10", "kept"),),
    why=_("The image's registry writes to /var/lib/registry, and what is mounted there outlives the container."),
    today=_("A named volume does the same and needs no directory: `-v store:/var/lib/registry`."),
    cleanup=_DOWN + "docker rmi 127.0.0.1:5056/claim/box >/dev/null 2>&1",
)


def _pushed(seen: Observation) -> str:
    if seen.value("loopback") != "0":
        return ""
    return "pushed" if seen.value("address") == "0" else "refused"


plain_http = Claim(
    id="registries.plain_http",
    notes=("491-508",),
    statement=_("An image is tagged `ADDRESS:5000/NAME` and pushed to the private registry there."),
    question=_("The registry speaks plain HTTP. Does a push work to 127.0.0.1, and to another address of its?"),
    choices=(
        Choice("pushed", _("Yes, to both of them."), notes=True),
        Choice("refused", _("Only to 127.0.0.1: for the other one the engine insists on HTTPS.")),
    ),
    experiment=_REGISTRY
    + _UP
    + """\
address=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' claim-registry)
docker tag busybox 127.0.0.1:5056/claim/box
docker tag busybox $address:5000/claim/box
docker push --quiet 127.0.0.1:5056/claim/box; echo loopback=$?
docker push --quiet $address:5000/claim/box; echo address=$?
docker rmi $address:5000/claim/box >/dev/null
""",
    outcome=_pushed,
    expected=(Since("20.10", "refused"),),
    why=_("What is not on this machine could be anybody, so the engine wants a certificate. 127.0.0.0/8 is exempt."),
    today=_(
        "Give the registry a certificate. For a trial network there is `insecure-registries` in daemon.json: no "
        "encryption, and nobody is who they say."
    ),
    cleanup=_DOWN + "docker rmi 127.0.0.1:5056/claim/box >/dev/null 2>&1",
)

flavours = Claim(
    id="registries.flavours",
    notes=("510-548",),
    statement=_("The registry's configuration has templates (flavours): common, local, s3, dev, test, prod, ..."),
    question=_("`registry:2` is given the notes' example as its configuration. What does it do?"),
    choices=(
        Choice("starts", _("It starts."), notes=True),
        Choice("refuses", _("It ends at once: it can't read that file.")),
    ),
    experiment=_REGISTRY
    + """\
cat > config.yml <<'END'
common:
    loglevel: info
    search_backend: "_env:SEARCH_BACKEND:"
dev:
    loglevel: debug
    storage: local
    storage_path: /srv/docker
END
mounted="$PWD/config.yml:/etc/docker/registry/config.yml"
timeout 5 docker run --rm --name claim-registry -v "$mounted" registry:2 > said 2>&1; echo exit=$?
head -n 2 said
""",
    outcome=lambda seen: {"1": "refuses", "124": "starts"}.get(seen.value("exit"), ""),
    expected=(Since("20.10", "refuses"),),
    why=_(
        "Flavours belonged to the first registry, written in Python and given up in 2015. The one of today has another "
        "configuration, with `version: 0.1` on top and one storage."
    ),
    today=_(
        "Storage is filesystem, s3, gcs or azure; each setting can be given as REGISTRY_STORAGE_... in the environment."
    ),
    cleanup=_DOWN,
)
