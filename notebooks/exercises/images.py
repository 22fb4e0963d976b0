"""The exercises of the lesson on images."""

from dockyard.exercises import Answer, Evidence, Exercise, Mistake, Parameters, _, sentence

# ------------------------------------------------------------------------------------------------ a mirror

MIRROR = "http://mirror.example.com"
DAEMON_JSON = """echo '{"registry-mirrors": ["http://mirror.example.com"]}' > /etc/docker/daemon.json\n"""
DOCKER_OPTS = """echo 'DOCKER_OPTS="--registry-mirror=http://mirror.example.com"' >> /etc/default/docker\n"""


def _check_mirror(the: Evidence, _p: Parameters) -> None:
    the.engine.must_use_mirror(MIRROR)


mirror = Exercise(
    id="images.mirror",
    title=_("Pull through a mirror"),
    goal=_(
        "Let the engine pull Docker Hub's images through the mirror `http://mirror.example.com`. "
        "`docker info` must name it under *Registry Mirrors*."
    ),
    notes=("1-13",),
    setup="without_engine_options",
    check=_check_mirror,
    hints=(
        _("The engine itself reads /etc/docker/daemon.json. The key is `registry-mirrors`, its value a list."),
        _("A file that changes says nothing to a program that has read it already: the engine must read it again."),
        _(
            'The file: `{"registry-mirrors": ["http://mirror.example.com"]}`. Then `service docker restart`, and look '
            "at `docker info --format '{{json .RegistryConfig.Mirrors}}'`."
        ),
    ),
    solution=Answer(
        "mkdir -p /etc/docker\n"
        + DAEMON_JSON
        + "service docker restart\ndocker info --format '{{json .RegistryConfig.Mirrors}}'",
        why=_("daemon.json is read by the engine itself, so it works on every system, whatever starts the engine."),
    ),
    others=(
        Answer(
            DOCKER_OPTS + "service docker restart",
            why=_(
                "As in the notes: the start script reads this file. Under systemd Debian's package still does, "
                "Docker's own package does not."
            ),
        ),
        Answer(
            "mkdir -p /etc/docker\n" + DAEMON_JSON + "service docker reload\nsleep 1",
            why=_("Mirrors are among the options that the engine reads again on SIGHUP: nothing has to stop."),
        ),
    ),
    mistakes=(
        Mistake(
            "mkdir -p /etc/docker\n" + DAEMON_JSON,
            gets="engine.not_restarted",
            repair="service docker restart",
        ),
        Mistake(
            "mkdir -p /etc/docker\n"
            """echo '{"registry-mirrors": ["http://mirror.example.com",]}' > /etc/docker/daemon.json\n"""
            "service docker restart",
            gets="engine.bad_json",
            repair="sed -i 's/,]/]/' /etc/docker/daemon.json; service docker restart",
        ),
        Mistake(
            "mkdir -p /etc/docker\n"
            """echo '{"registry-mirrors": ["http://mirror.example.org"]}' > /etc/docker/daemon.json\n"""
            "service docker restart",
            gets="engine.other_mirror",
        ),
        Mistake("service docker restart", gets="engine.no_mirror"),
        Mistake(
            "mkdir -p /etc/docker\n" + DAEMON_JSON + DOCKER_OPTS + "service docker restart",
            gets="engine.down",
            repair="rm /etc/default/docker\nservice docker restart",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ pull


def _check_pull_tag(the: Evidence, p: Parameters) -> None:
    the.image(f"debian:{p['tag']}").must_exist()


pull_tag = Exercise(
    id="images.pull_tag",
    title=_("Pull one tag"),
    goal=_("Bring the image `debian` with the tag `{tag}` to this machine."),
    notes=("14-22",),
    parameters={"tag": ("12", "bookworm")},
    setup="without_image debian:12 debian:bookworm example/debian:12 example/debian:bookworm",
    check=_check_pull_tag,
    hints=(
        _("`docker pull` takes a name and, after a colon, a tag."),
        _("Without a tag the engine asks for `latest`, and that is another image."),
        _("`docker pull debian:{tag}`"),
    ),
    solution=Answer(
        "docker pull debian:{tag}",
        why=_("The name `debian` has neither a registry nor a user in it, so Docker Hub and `library` are meant."),
    ),
    others=(
        Answer("docker pull docker.io/library/debian:{tag}", why=_("The same image by its full name.")),
        Answer("docker run --rm debian:{tag} true", why=_("`docker run` pulls an image that is not here yet.")),
    ),
    mistakes=(
        Mistake("docker pull debian", gets="image.other_tag"),
        Mistake("docker rmi debian\ndocker pull nginx", gets="image.missing"),
        Mistake(
            "docker pull debian:{tag}\ndocker tag debian:{tag} example/debian:{tag}\ndocker rmi debian:{tag}",
            gets="image.other_repository",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ pull by digest

DIGEST_TAG = sentence(
    "images.by_digest.tag",
    found=_("The container `pinned` was made from `{image}`. That is a tag, and a tag can move to another image."),
    wanted=_("The container `pinned`, made from `busybox@sha256:...`."),
    look_at=_("`docker images --digests busybox` shows the digest."),
    more=_("The name `pinned` is taken now: `docker rm -f pinned` makes it free."),
)
DIGEST_ID = sentence(
    "images.by_digest.id",
    found=_("The container `pinned` was made from `{image}`: an image's id, which no registry knows."),
    wanted=_("The container `pinned`, made from `busybox@sha256:...`."),
    look_at=_("The digest follows the repository's name and an `@`: `docker images --digests busybox`"),
    more=_("The id names the image on this machine, the digest what a registry keeps: two different numbers."),
)


def _check_by_digest(the: Evidence, _p: Parameters) -> None:
    pinned = the.container("pinned")
    pinned.must_exist()
    named = pinned.image
    by_id = "@" not in named and the.image(named).id.removeprefix("sha256:").startswith(named.removeprefix("sha256:"))
    the.require(not by_id, DIGEST_ID, image=named)
    pinned.must_exist("busybox")
    the.require("@sha256:" in named, DIGEST_TAG, image=named)


TO_PIN = """docker run --name pinned "$(docker image inspect --format '{{index .RepoDigests 0}}' busybox)" true"""

by_digest = Exercise(
    id="images.by_digest",
    title=_("Exactly this one"),
    goal=_(
        "Make a container named `pinned` from the image `busybox`, and name the image by its digest, so that the "
        "command means the same image even after somebody has moved the tag. What the container runs is up to you."
    ),
    notes=("16-22",),
    setup="with_image busybox\nwithout_container pinned",
    check=_check_by_digest,
    hints=(
        _("An option of `docker images` adds a column with digests."),
        _("The form is `repository@sha256:...`, and it may stand wherever `repository:tag` may."),
        _("`docker image inspect --format '{{index .RepoDigests 0}}' busybox` prints that name in full."),
        _("`docker run --name pinned $(docker image inspect --format '{{index .RepoDigests 0}}' busybox) true`"),
    ),
    solution=Answer(
        "docker images --digests busybox\n" + TO_PIN,
        why=_(
            "A digest is computed from the content and can't be moved: whoever pulls by digest gets these very bytes, "
            "or an error."
        ),
    ),
    others=(
        Answer(
            "digest=$(docker pull busybox | sed -n 's/^Digest: //p')\ndocker create --name pinned busybox@$digest",
            why=_("`docker pull` prints the digest. `docker create` makes a container without starting it."),
        ),
        Answer(
            "digest=$(docker images --digests --format '{{.Digest}}' busybox | head -n 1)\n"
            "docker run -d --name pinned docker.io/library/busybox@$digest true",
            why=_("A format picks the digest; the long name means the same repository."),
        ),
    ),
    mistakes=(
        Mistake(
            "docker run --name pinned busybox true", gets="images.by_digest.tag", repair="docker rm pinned\n" + TO_PIN
        ),
        Mistake(
            "docker run --name pinned $(docker images -q busybox | head -n 1) true",
            gets="images.by_digest.id",
            repair="docker rm pinned\n" + TO_PIN,
        ),
        Mistake(TO_PIN.replace("--name pinned ", ""), gets="container.missing"),
        Mistake(
            "docker pull hello-world\n" + TO_PIN.replace("busybox", "hello-world").replace(" true", ""),
            gets="container.other_image",
            repair="docker rm pinned\n" + TO_PIN,
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ list

LIST_TABLE = sentence(
    "images.list_names.table",
    found=_("/root/images.txt holds whole lines of the table: {line}"),
    wanted=_("Only `repository:tag` on each line of /root/images.txt."),
    look_at=_("An option lets you choose what is printed: `docker images --help`"),
)
LIST_IDS = sentence(
    "images.list_names.ids",
    found=_("/root/images.txt holds ids, not names: {line}"),
    wanted=_("`repository:tag` on each line of /root/images.txt."),
    look_at=_("`-q` prints ids; `--format` prints what you choose."),
)
LIST_NO_TAG = sentence(
    "images.list_names.no_tag",
    found=_("/root/images.txt names {line} without a tag."),
    wanted=_("`repository:tag` on each line of /root/images.txt."),
    look_at=_("The fields are `{{.Repository}}` and `{{.Tag}}`."),
)
LIST_LACKS = sentence(
    "images.list_names.lacks",
    found=_("/root/images.txt does not name `{image}`, which is on this machine."),
    wanted=_("Every name of every image of this machine in /root/images.txt."),
    look_at=_("`docker images`, and what you wrote: `cat /root/images.txt`"),
)


def _check_list_names(the: Evidence, _p: Parameters) -> None:
    file = the.machine.file("/root/images.txt")
    file.must_exist()
    lines = [line.strip() for line in file.content.splitlines() if line.strip()]
    names = [tag for image in the.images(dangling=False) for tag in image.tags]
    ids = [image.id.removeprefix("sha256:") for image in the.images()]
    for line in lines:
        the.require(len(line.split()) == 1, LIST_TABLE, line=f"`{line}`")
        plain = line.removeprefix("sha256:")
        the.require(not any(long.startswith(plain) for long in ids), LIST_IDS, line=f"`{line}`")
        the.require(":" in line.rpartition("/")[2], LIST_NO_TAG, line=f"`{line}`")
    for name in names:
        the.require(name in lines, LIST_LACKS, image=name)


list_names = Exercise(
    id="images.list_names",
    title=_("A list for a colleague"),
    goal=_(
        "Write the names of all images on this machine into /root/images.txt, as `repository:tag`, one on each line, "
        "and nothing else."
    ),
    notes=("23-28",),
    setup="with_image busybox hello-world\nrm -f /root/images.txt",
    check=_check_list_names,
    hints=(
        _("`docker images` prints a table. Its option `--format` prints only what you name."),
        _("`{{.Repository}}` and `{{.Tag}}` are two of the fields."),
        _("`docker images --format '{{.Repository}}:{{.Tag}}' > /root/images.txt`"),
    ),
    solution=Answer(
        "docker images --format '{{.Repository}}:{{.Tag}}' > /root/images.txt",
        why=_("A format is better than cutting columns: it stays right when a new version changes the table."),
    ),
    others=(
        Answer(
            """docker images | awk 'NR > 1 { print $1 ":" $2 }' > /root/images.txt""",
            why=_("It works as long as the table looks as it does today."),
        ),
        Answer(
            """docker image inspect --format '{{join .RepoTags "\\n"}}' $(docker images -q) """
            "| sort -u > /root/images.txt",
            why=_("From the images themselves: each knows all of its names."),
        ),
    ),
    mistakes=(
        Mistake("docker images > /root/images.txt", gets="images.list_names.table"),
        Mistake("docker images -q > /root/images.txt", gets="images.list_names.ids"),
        Mistake("docker images --format '{{.Repository}}' > /root/images.txt", gets="images.list_names.no_tag"),
        Mistake(
            "docker images --format '{{.Repository}}:{{.Tag}}' busybox > /root/images.txt",
            gets="images.list_names.lacks",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ run --rm


def _check_look_inside(the: Evidence, _p: Parameters) -> None:
    the.journal.must_show_run("debian", "os-release", terminal=True, exit_code=0, removed=True)


TO_LOOK = "script -qec 'docker run -it --rm debian cat /etc/os-release' /dev/null"

look_inside = Exercise(
    id="images.look_inside",
    title=_("In, and nothing left behind"),
    goal=_(
        "Start a container of `debian` with a terminal and an open standard input (`-it`), give it the command that "
        "prints /etc/os-release, and see to it that nothing of the container is left when it has ended."
    ),
    notes=("29-36",),
    setup="with_image debian\nwithout_containers_of debian",
    check=_check_look_inside,
    hints=(
        _("Three options: one keeps standard input open, one gives a terminal, one removes the container at its end."),
        _("The command to run stands behind the image's name: `cat /etc/os-release`."),
        _("In a terminal: `docker run -it --rm debian cat /etc/os-release`"),
    ),
    solution=Answer(
        f"{TO_LOOK} | sed 's/\\^@//'",
        why=_(
            "`--rm` removes the container when its main process ends. `script` only stands here because a cell has no "
            "terminal. Where nobody types it sends a byte of its own, which shows as `^@` and which `sed` takes out. "
            "In a terminal of yours you need neither `script` nor `sed`."
        ),
    ),
    others=(
        Answer(
            "script -qec 'docker run -it --name once debian cat /etc/os-release' /dev/null\ndocker rm once",
            why=_("Removed by hand: the same result, as long as nobody forgets it."),
        ),
    ),
    mistakes=(
        Mistake(
            "script -qec 'docker run -it debian cat /etc/os-release' /dev/null",
            gets="journal.not_removed",
            repair="docker rm $(docker ps -aq --filter ancestor=debian)",
        ),
        Mistake("docker run --rm debian cat /etc/os-release", gets="journal.no_terminal", repair=TO_LOOK),
        Mistake(
            "script -qec 'docker run -it --rm debian true' /dev/null", gets="journal.other_command", repair=TO_LOOK
        ),
        Mistake(
            "script -qec 'docker run -it --rm debian cat /etc/os-releases' /dev/null",
            gets="journal.exit_code",
            repair=TO_LOOK,
        ),
        Mistake(
            "script -qec 'docker run -it --rm busybox cat /etc/os-release' /dev/null",
            gets="journal.never_ran",
            repair=TO_LOOK,
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ dangling

DANGLING_KEPT = sentence(
    "images.dangling.kept",
    found=_("`draft:latest` is gone too, and it had a name."),
    wanted=_("The images without a name removed, and `draft:latest` still there."),
    look_at=_("`%reset images.dangling` builds all of them again."),
    more=_("`docker image prune -a` and `docker rmi $(docker images -q)` do not stop at dangling images."),
)
DANGLING_NAMED = sentence(
    "images.dangling.named",
    found=_("No image is without a name any more, but none was removed either: they were given names."),
    wanted=_("The images without a name removed, and `draft:latest` still there."),
    look_at=_("`docker images draft`, then `docker rmi` with the names that were not there before."),
)


def _check_dangling(the: Evidence, _p: Parameters) -> None:
    the.require(the.image("draft:latest").exists, DANGLING_KEPT)
    the.must_have_no_dangling_image()
    the.require(the.journal.happened("image", "delete"), DANGLING_NAMED)


dangling = Exercise(
    id="images.dangling",
    title=_("Clear away what has no name"),
    goal=_(
        "`draft:latest` was built three times, and each time the name moved on to the new image. "
        "Remove the two that are left without a name, and keep `draft:latest`."
    ),
    notes=("37-45",),
    setup=(
        "with_image busybox\nwithout_image draft draft:1 draft:2\nwithout_dangling_images\n"
        "for n in 1 2 3; do "
        "printf 'FROM busybox\\nENV DRAFT=%s\\n' $n | docker build --quiet --tag draft - >/dev/null; done"
    ),
    check=_check_dangling,
    hints=(
        _("`docker images` has a filter that shows only dangling images."),
        _("`docker images -q -f dangling=true` prints their ids; `docker rmi` takes ids."),
        _("`docker rmi $(docker images -q -f dangling=true)`, or `docker image prune`"),
    ),
    solution=Answer(
        "docker images -f dangling=true\ndocker rmi $(docker images -q -f dangling=true)",
        why=_("The inner command lists the ids, the outer one removes them."),
    ),
    others=(
        Answer("docker image prune --force", why=_("Made for this, and content when there is nothing to remove.")),
        Answer(
            "docker images -q --filter dangling=true | xargs --no-run-if-empty docker image rm",
            why=_("A pipe that a script can run every night: without ids, `docker image rm` is not called at all."),
        ),
    ),
    mistakes=(
        Mistake("docker images -f dangling=true", gets="image.dangling"),
        Mistake(
            "docker image prune --all --force",
            gets="images.dangling.kept",
            repair="printf 'FROM busybox\\n' | docker build -t draft -; docker image prune -f",
        ),
        Mistake("docker rmi $(docker images -q -f dangling=true | head -n 1)", gets="image.dangling"),
        Mistake(
            "n=0; for id in $(docker images -q -f dangling=true); do n=$((n + 1)); docker tag $id draft:$n; done",
            gets="images.dangling.named",
            repair="docker rmi draft:1 draft:2",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ a web server


def _check_web(the: Evidence, p: Parameters) -> None:
    web = the.container(p["name"])
    web.must_run("nginx")
    web.must_publish(p["port"], 80)
    the.world.http(p["port"]).must_answer()


web = Exercise(
    id="images.web",
    title=_("A web server for the world"),
    goal=_(
        "Run `nginx` in the background as a container named `{name}`, so that its page is at port {port} of the "
        "machine, for everybody outside too."
    ),
    notes=("54-58",),
    parameters={"name": ("frontdoor", "gate", "site"), "port": ("8080", "8088", "8090")},
    setup="with_image nginx\nwithout_container frontdoor gate site\nwithout_port 8080 8088 8090",
    check=_check_web,
    hints=(
        _("`--name` names a container, `-d` lets it run in the background, `-p` publishes a port."),
        _("`-p` takes two ports: first the machine's, then the container's. nginx listens on 80."),
        _("`docker run --name {name} -d -p {port}:80 nginx`"),
    ),
    solution=Answer(
        "docker run --name {name} -d -p {port}:80 nginx",
        why=_("The machine's port {port} now leads to port 80 of the container, on all of the machine's addresses."),
    ),
    others=(
        Answer(
            "docker create --name {name} --publish {port}:80 nginx\ndocker start {name}",
            why=_("`docker run` is `docker create` and `docker start` in one."),
        ),
        Answer(
            "docker run -d -p 0.0.0.0:{port}:80 nginx\ndocker rename $(docker ps -lq) {name}",
            why=_("A name can be given later; a port cannot."),
        ),
    ),
    mistakes=(
        Mistake(
            "docker run --name {name} -d -p 80:{port} nginx",
            gets="port.swapped",
            repair="docker rm -f {name}\ndocker run --name {name} -d -p {port}:80 nginx",
        ),
        Mistake(
            "docker run --name {name} -d nginx",
            gets="port.not_published",
            repair="docker rm -f {name}\ndocker run --name {name} -d -p {port}:80 nginx",
        ),
        Mistake(
            "docker run --name {name} -d -p 127.0.0.1:{port}:80 nginx",
            gets="port.loopback",
            repair="docker rm -f {name}\ndocker run --name {name} -d -p {port}:80 nginx",
        ),
        Mistake(
            "docker run -d -p {port}:80 nginx",
            gets="container.other_name",
            repair="docker rename $(docker ps -lq) {name}",
        ),
        Mistake(
            "docker create --name {name} -p {port}:80 nginx",
            gets="container.never_started",
            repair="docker start {name}",
        ),
        Mistake(
            "docker run --name {name} -d -p {port}:80 nginx nginx -t",
            gets="container.exited",
            repair="docker rm {name}\ndocker run --name {name} -d -p {port}:80 nginx",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ exec

EXEC_REPLACED = sentence(
    "images.exec_page.replaced",
    found=_("The page is right, but it came with a new container: {how}."),
    wanted=_("The page changed inside the `board` that was running already."),
    look_at=_("`docker exec` works in a container that runs; there is no need for a new one."),
)
BOARD = "docker run --name board -d -p 8081:80 nginx"
CHANGE_BOARD = "docker exec board sh -c 'echo \"<h1>Hello, {who}!</h1>\" > /usr/share/nginx/html/index.html'\n"


def _check_exec_page(the: Evidence, p: Parameters) -> None:
    board = the.container("board")
    board.must_run("nginx")
    the.world.http(8081).must_answer(f"Hello, {p['who']}!")
    command = " ".join(board.command)
    the.require("Hello" not in command, EXEC_REPLACED, how=f"`{command}`")
    the.require(not board.mounts, EXEC_REPLACED, how=f"`{', '.join(board.mounts)}`")


exec_page = Exercise(
    id="images.exec_page",
    title=_("Change a page in a running container"),
    goal=_(
        "The container `board` runs nginx. Make its page at port 8081 say `Hello, {who}!`, without making a new "
        "container."
    ),
    notes=("59-65",),
    parameters={"who": ("Docker", "whale", "harbour")},
    setup=f"with_image nginx\nwithout_container board\nwithout_port 8081\n{BOARD} >/dev/null",
    check=_check_exec_page,
    hints=(
        _("nginx serves /usr/share/nginx/html/index.html, inside the container."),
        _("`docker exec board COMMAND` runs a command there. `>` needs a shell in the container: `sh -c '...'`."),
        _("`docker exec board sh -c 'echo \"Hello, {who}!\" > /usr/share/nginx/html/index.html'`"),
    ),
    solution=Answer(
        CHANGE_BOARD + "curl -s http://localhost:8081/",
        why=_("The shell, and with it the `>`, runs in the container. Without `sh -c` your own shell would do it."),
    ),
    others=(
        Answer(
            "echo 'Hello, {who}!' > /root/index.html\n"
            "docker cp /root/index.html board:/usr/share/nginx/html/index.html",
            why=_("`docker cp` puts a file into a container, running or not."),
        ),
        Answer(
            "echo 'Hello, {who}!' | docker exec -i board tee /usr/share/nginx/html/index.html",
            why=_("`-i` hands your standard input to the command in the container."),
        ),
    ),
    mistakes=(
        Mistake("docker exec board echo 'Hello, {who}!' > /root/index.html", gets="http.body"),
        Mistake(
            "docker rm -f board\n"
            "docker run --name board -d -p 8081:80 nginx "
            'sh -c \'echo "Hello, {who}!" > /usr/share/nginx/html/index.html; exec nginx -g "daemon off;"\'',
            gets="images.exec_page.replaced",
            repair=f"docker rm -f board; {BOARD}\n" + CHANGE_BOARD,
        ),
        Mistake("docker stop board", gets="container.exited", repair="docker start board\n" + CHANGE_BOARD),
        Mistake(
            "docker rm -f board",
            gets="container.removed",
            repair=f"{BOARD}\n" + CHANGE_BOARD,
        ),
        Mistake("docker exec board rm /usr/share/nginx/html/index.html", gets="http.status"),
    ),
)

# ------------------------------------------------------------------------------------------------ diff

DIFF_WHOLE = sentence(
    "images.diff.whole",
    found=_("/root/answer.txt holds {count} lines."),
    wanted=_("One path in /root/answer.txt: the file that was deleted."),
    look_at=_("In what `docker diff` prints, the letter in front of a path says what happened to it."),
)
DIFF_OTHER = sentence(
    "images.diff.other",
    found=_("/root/answer.txt names {answer}. In front of that path `docker diff` puts {letter}."),
    wanted=_("The path of the file that was deleted in /root/answer.txt."),
    look_at=_("`docker diff patient`: A is added, C is changed, D is deleted."),
)
DIFF_NO_PATH = sentence(
    "images.diff.no_path",
    found=_("/root/answer.txt holds {answer}, and `docker diff patient` names no such path."),
    wanted=_("The path of the file that was deleted in /root/answer.txt."),
    look_at=_("`docker diff patient`"),
)


def _check_diff(the: Evidence, p: Parameters) -> None:
    file = the.machine.file("/root/answer.txt")
    file.must_exist()
    lines = [line.strip() for line in file.content.splitlines() if line.strip()]
    the.require(len(lines) == 1, DIFF_WHOLE, count=len(lines))
    answer = lines[0].removeprefix("D ")
    letter = the.container("patient").changes.get(answer, "")
    the.require(letter, DIFF_NO_PATH, answer=f"`{answer[:60]}`")
    the.require(answer == p["deleted"], DIFF_OTHER, answer=f"`{answer}`", letter=f"`{letter}`")


diff = Exercise(
    id="images.diff",
    title=_("What happened in there?"),
    goal=_(
        "Something was done to the files of the container `patient`. One file was deleted. "
        "Write its path, and nothing else, into /root/answer.txt."
    ),
    notes=("66-69",),
    parameters={"deleted": ("/etc/issue", "/etc/issue.net", "/etc/host.conf")},
    setup=(
        "with_image debian\nwithout_container patient\nrm -f /root/answer.txt\n"
        "docker run --name patient debian sh -c "
        "'for f in /etc/issue /etc/issue.net /etc/host.conf; do "
        "if [ $f = {deleted} ]; then rm $f; else echo x >> $f; fi; done; echo new > /etc/issue.new' >/dev/null"
    ),
    check=_check_diff,
    hints=(
        _("One command compares a container's files with those of its image."),
        _("It puts a letter in front of each path: A, C or D."),
        _("`docker diff patient`, then `echo PATH > /root/answer.txt`"),
    ),
    solution=Answer(
        "docker diff patient\ndocker diff patient | sed -n 's/^D //p' > /root/answer.txt",
        why=_("The engine knows only what lies in the container's own layer: a deleted file leaves a mark there."),
    ),
    others=(
        Answer("echo {deleted} > /root/answer.txt", why=_("Read off what `docker diff` printed.")),
        Answer(
            "docker container diff patient | grep ^D > /root/answer.txt", why=_("The same command by its newer name.")
        ),
    ),
    mistakes=(
        Mistake("docker diff patient > /root/answer.txt", gets="images.diff.whole"),
        Mistake("echo /etc/issue.new > /root/answer.txt", gets="images.diff.other"),
        Mistake("echo /etc/passwd > /root/answer.txt", gets="images.diff.no_path"),
        Mistake("docker diff patient", gets="file.missing"),
    ),
)

# ------------------------------------------------------------------------------------------------ commit


def _check_commit(the: Evidence, p: Parameters) -> None:
    version = the.image("shop:v2")
    version.must_exist()
    version.must_differ_from("nginx")
    version.must_stand_on("nginx")
    the.container(p["name"]).must_run("shop:v2")
    the.container(p["name"]).must_publish(8083, 80)
    the.world.http(8083).must_answer("A page made by hand")


commit = Exercise(
    id="images.commit",
    title=_("From a container to an image"),
    goal=_(
        "The page of the container `shopfront` was changed by hand. Keep its state as the image `shop:v2`, and run a "
        "container named `{name}` from it, in the background, whose page is at port 8083 of the machine."
    ),
    notes=("70-75",),
    parameters={"name": ("copy", "twin", "branch")},
    setup=(
        "with_image nginx\nwithout_container shopfront copy twin branch\nwithout_port 8082 8083\n"
        "without_image shop:v2 shop:latest\n"
        "docker run --name shopfront -d -p 8082:80 nginx >/dev/null\n"
        "docker exec shopfront sh -c 'echo \"<h1>A page made by hand</h1>\" > /usr/share/nginx/html/index.html'"
    ),
    check=_check_commit,
    hints=(
        _("`docker commit` makes an image of a container: first the container, then the image's name."),
        _("`docker commit shopfront shop:v2`. The second container then runs from `shop:v2`."),
        _("`docker run --name {name} -d -p 8083:80 shop:v2`"),
    ),
    solution=Answer(
        "docker commit --message 'a page made by hand' shopfront shop:v2\n"
        "docker run --name {name} -d -p 8083:80 shop:v2",
        why=_(
            "The container's layer becomes the new image's topmost layer. What was done in it, and why, is written "
            "down nowhere: that is why one builds images from a Dockerfile."
        ),
    ),
    others=(
        Answer(
            "docker tag $(docker commit shopfront) shop:v2\ndocker run --name {name} -d -p 8083:80 shop:v2",
            why=_("`docker commit` prints the new image's id; a name can be given afterwards."),
        ),
        Answer(
            "docker stop shopfront\ndocker container commit shopfront shop:v2\n"
            "docker run --name {name} -d -p 8083:80 shop:v2",
            why=_("A stopped container can be committed as well, and then nothing changes meanwhile."),
        ),
    ),
    mistakes=(
        Mistake("docker tag nginx shop:v2", gets="image.same"),
        Mistake(
            "docker commit shopfront",
            gets="image.untagged",
            repair="docker tag $(docker images -q -f dangling=true | head -n 1) shop:v2\n"
            "docker run --name {name} -d -p 8083:80 shop:v2",
        ),
        Mistake(
            "docker commit shopfront shop",
            gets="image.other_tag",
            repair="docker tag shop shop:v2\ndocker run --name {name} -d -p 8083:80 shop:v2",
        ),
        Mistake(
            "docker commit shopfront shop:v2\ndocker run --name {name} -d -p 8083:80 nginx",
            gets="container.other_image",
            repair="docker rm -f {name}\ndocker run --name {name} -d -p 8083:80 shop:v2",
        ),
        Mistake(
            "docker commit shopfront shop:v2\ndocker run --name {name} -d -p 8082:80 shop:v2",
            gets="container.never_started",
            repair="docker rm {name}\ndocker run --name {name} -d -p 8083:80 shop:v2",
        ),
        Mistake(
            "docker commit shopfront shop:v2",
            gets="container.missing",
            repair="docker run --name {name} -d -p 8083:80 shop:v2",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ history

HISTORY_WRONG = sentence(
    "images.history.other_step",
    found=_("/root/answer.txt names {answer}, which took {size} MB."),
    wanted=_("The name of the biggest file that a step of `riddle` made, in /root/answer.txt."),
    look_at=_("`docker history riddle`: the column SIZE is what each step added."),
)
HISTORY_NO_STEP = sentence(
    "images.history.no_step",
    found=_("/root/answer.txt holds {answer}: none of the files that the steps of `riddle` made."),
    wanted=_("The name of the biggest file that a step of `riddle` made, in /root/answer.txt."),
    look_at=_("`docker history --no-trunc riddle`"),
)
FRUITS = ("apple", "pear", "plum")


def _check_history(the: Evidence, p: Parameters) -> None:
    file = the.machine.file("/root/answer.txt")
    file.must_exist()
    answer = file.content.strip().removeprefix("/opt/")
    shown = " ".join(answer.split())[:60]
    the.require(answer in FRUITS, HISTORY_NO_STEP, answer=f"`{shown}`" if shown else "-")
    sizes = [step.size for step in the.image("riddle").history if f"/opt/{answer}" in step.created_by]
    size = f"{max(sizes, default=0) / 1e6:.1f}"
    the.require(answer == p["biggest"], HISTORY_WRONG, answer=f"`{answer}`", size=size)


history = Exercise(
    id="images.history",
    title=_("Who made it so big?"),
    goal=_(
        "Steps of the image `riddle` wrote three files below /opt: an apple, a pear and a plum. One of them is much "
        "bigger than the others, and a later step has deleted all three. Write the big one's name into "
        "/root/answer.txt."
    ),
    notes=("76-79",),
    parameters={"biggest": FRUITS},
    setup=(
        "with_image busybox\nwithout_image riddle\nrm -f /root/answer.txt\n"
        "{ echo FROM busybox; echo RUN mkdir -p /opt; for f in plum apple pear; do "
        "[ $f = {biggest} ] && size=3000000 || size=200000; "
        'echo "RUN head -c $size /dev/zero > /opt/$f"; done; echo "RUN rm /opt/apple /opt/pear /opt/plum"; } '
        "| docker build --quiet --tag riddle - >/dev/null"
    ),
    check=_check_history,
    hints=(
        _("A container of it would show nothing any more. One command lists an image's steps and what each added."),
        _("It cuts long commands; with `--no-trunc` it shows them whole."),
        _("`docker history --no-trunc riddle`, then `echo NAME > /root/answer.txt`"),
    ),
    solution=Answer(
        "docker history --no-trunc --format '{{.Size}} {{.CreatedBy}}' riddle\necho {biggest} > /root/answer.txt",
        why=_("Layers only add up: what a step wrote stays in the image, even when a later step deletes it."),
    ),
    others=(
        Answer(
            "docker history --no-trunc --human=false --format '{{.Size}} {{.CreatedBy}}' riddle | grep zero | sort -n "
            "| tail -n 1 | grep -oE 'apple|pear|plum' > /root/answer.txt",
            why=_("Sorted by size, in bytes."),
        ),
    ),
    mistakes=(
        Mistake("docker history riddle > /root/answer.txt", gets="images.history.no_step"),
        Mistake("docker run --rm riddle ls /opt > /root/answer.txt", gets="images.history.no_step"),
        Mistake(
            "for f in apple pear plum; do [ $f = {biggest} ] || echo $f; done | head -n 1 > /root/answer.txt",
            gets="images.history.other_step",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ save and load

SAVE_EXPORT = sentence(
    "images.save_load.export",
    found=_("/root/hello.tar holds the files of a container, not an image."),
    wanted=_("The image `hello-world` in /root/hello.tar."),
    look_at=_("`docker export` writes a container's files; for images there is another command."),
)
SAVE_STAYED = sentence(
    "images.save_load.stayed",
    found=_("/root/hello.tar holds the image, but `hello-world` has been on this machine all the time."),
    wanted=_("`hello-world` removed, and brought back from /root/hello.tar."),
    look_at=_("`docker rmi hello-world`, then `docker load -i /root/hello.tar`"),
)
SAVE_NAMELESS = sentence(
    "images.save_load.nameless",
    found=_("The image is back, but without its name: it is listed as `<none>`."),
    wanted=_("`hello-world` removed, and brought back from /root/hello.tar."),
    look_at=_(
        "`docker tag ID hello-world` names it. `docker save` keeps the names that it is given; an id is no name."
    ),
)
SAVE_PULLED = sentence(
    "images.save_load.pulled",
    found=_("`hello-world` is here, but it was pulled again, not loaded from the file."),
    wanted=_("`hello-world` removed, and brought back from /root/hello.tar."),
    look_at=_("Remove the image once more, then `docker load -i /root/hello.tar`."),
)


def _check_save_load(the: Evidence, _p: Parameters) -> None:
    the.machine.file("/root/hello.tar").must_exist()
    names = the.machine.runs("tar -tf /root/hello.tar").output.split()
    the.require("manifest.json" in names, SAVE_EXPORT)
    hello = the.image("hello-world")
    untagged = {event["actor"] for event in the.journal.happened("image", "untag")}
    nameless = any(image.id in untagged for image in the.images(dangling=True))
    the.require(hello.exists or not nameless, SAVE_NAMELESS)
    hello.must_exist()
    gone = [event["time"] for event in the.journal.happened("image", "untag", hello.id)]
    the.require(gone, SAVE_STAYED)
    pulled = [event["time"] for event in the.journal.happened("image", "pull", "hello-world")]
    the.require(max(pulled, default=0) < max(gone), SAVE_PULLED)


save_load = Exercise(
    id="images.save_load",
    title=_("An image in a file"),
    goal=_(
        "Save the image `hello-world` to /root/hello.tar, remove the image from this machine, and bring it back from "
        "the file."
    ),
    notes=("319-321",),
    setup="with_image hello-world\nwithout_containers_of hello-world\nrm -f /root/hello.tar",
    check=_check_save_load,
    hints=(
        _("Three commands: one writes an image to a file, one removes the image, one reads the file."),
        _("`docker save -o FILE IMAGE`, `docker rmi IMAGE`, `docker load -i FILE`"),
        _("`docker save -o /root/hello.tar hello-world`, `docker rmi hello-world`, `docker load -i /root/hello.tar`"),
    ),
    solution=Answer(
        "docker save -o /root/hello.tar hello-world\ndocker rmi hello-world\ndocker load -i /root/hello.tar",
        why=_(
            "The file holds the layers, the configuration and the names: all that is needed where there is no registry."
        ),
    ),
    others=(
        Answer(
            "docker save hello-world > /root/hello.tar\ndocker rmi hello-world\ncat /root/hello.tar | docker load",
            why=_(
                "Both work with standard input and output too, so an image can go through a pipe to another machine."
            ),
        ),
    ),
    mistakes=(
        Mistake(
            "docker save -o /root/hello.tar hello-world",
            gets="images.save_load.stayed",
            repair="docker rmi hello-world\ndocker load -i /root/hello.tar",
        ),
        Mistake(
            "docker save -o /root/hello.tar hello-world\ndocker rmi hello-world",
            gets="image.missing",
            repair="docker load -i /root/hello.tar",
        ),
        Mistake(
            "docker save -o /root/hello.tar $(docker images -q hello-world)\ndocker rmi hello-world\n"
            "docker load -i /root/hello.tar",
            gets="images.save_load.nameless",
            repair="docker tag $(docker images -q -f dangling=true | head -n 1) hello-world",
        ),
        Mistake(
            "docker create --name empty hello-world\ndocker export -o /root/hello.tar empty\ndocker rmi -f hello-world",
            gets="images.save_load.export",
            repair="docker rm empty\ndocker pull hello-world\ndocker save -o /root/hello.tar hello-world\n"
            "docker rmi hello-world\ndocker load -i /root/hello.tar",
        ),
        Mistake(
            "docker save -o /root/hello.tar hello-world\ndocker rmi hello-world\ndocker pull hello-world",
            gets="images.save_load.pulled",
            repair="docker rmi hello-world\ndocker load -i /root/hello.tar",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ rmi


def _check_rmi(the: Evidence, _p: Parameters) -> None:
    the.image("busybox").must_exist()
    the.image("retired:1").must_be_gone()
    the.container("leftover").must_be_gone()
    the.journal.must_show_container_removal("leftover")


rmi = Exercise(
    id="images.rmi",
    title=_("An image that won't go"),
    goal=_(
        "Remove the image `retired:1` and the container that was made from it. The image `busybox`, on which it "
        "stands, stays."
    ),
    notes=("322-330",),
    setup=(
        "with_image busybox\nwithout_container leftover\nwithout_image retired:1\n"
        "printf 'FROM busybox\\nENV RETIRED=1\\n' | docker build --quiet --tag retired:1 - >/dev/null\n"
        "docker run --name leftover retired:1 true"
    ),
    check=_check_rmi,
    hints=(
        _("`docker rmi` removes images, `docker rm` removes containers. Try the first and read what it says."),
        _("A container that has ended still needs its image's layers: see `docker ps -a`."),
        _("`docker rm leftover`, then `docker rmi retired:1`"),
    ),
    solution=Answer(
        "docker rm leftover\ndocker rmi retired:1",
        why=_("First what stands on top, then what is below."),
    ),
    others=(
        Answer("docker container rm leftover\ndocker image rm retired:1", why=_("The same by the newer names.")),
        Answer("docker rmi -f retired:1\ndocker rm leftover", why=_("Forced, the name goes first, the layers later.")),
    ),
    mistakes=(
        Mistake("docker rmi retired:1", gets="image.in_use"),
        Mistake("docker rm retired:1", gets="image.in_use"),
        Mistake("docker rm leftover", gets="image.present", repair="docker rmi retired:1"),
        Mistake("docker rmi -f retired:1", gets="container.present", repair="docker rm leftover"),
        Mistake(
            "docker rm leftover\ndocker rmi -f $(docker images -q)",
            gets="image.missing",
            repair="docker pull busybox",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ prune


def _check_prune(the: Evidence, _p: Parameters) -> None:
    the.container("keeper").must_run("kept:1")
    the.image("spare:1").must_exist()
    the.container("old-1").must_be_gone()
    the.container("old-2").must_be_gone()
    the.must_have_no_dangling_image()
    the.journal.must_show_container_removal("old-1")


KEPT = "printf 'FROM busybox\\nENV KEPT=1\\nCMD sleep 86400\\n' | docker build --quiet --tag kept:1 - >/dev/null\n"
SPARE = "printf 'FROM busybox\\nENV SPARE=%s\\n' 2 | docker build --quiet --tag spare:1 - >/dev/null\n"

prune = Exercise(
    id="images.prune",
    title=_("Only what nobody needs"),
    goal=_(
        "Somebody left things behind. Remove the stopped containers (among them `old-1` and `old-2`) and the images "
        "without a name. The container `keeper` goes on running, and the image `spare:1` stays, although no container "
        "uses it."
    ),
    notes=("36-45", "322-330"),
    setup=(
        "with_image busybox\nwithout_container keeper old-1 old-2\nwithout_image kept:1 spare:1\n"
        "without_dangling_images\n"
        + KEPT
        + SPARE.replace("' 2", "' 1")
        + "docker run --name old-1 spare:1 true\ndocker run --name old-2 busybox true\n"
        + SPARE
        + "docker run --name keeper -d kept:1 >/dev/null"
    ),
    check=_check_prune,
    hints=(
        _(
            "`docker ps -a` and `docker images -f dangling=true` show what there is. Each kind has a `prune` of its "
            "own."
        ),
        _(
            "`docker container prune` takes stopped containers, `docker image prune` dangling images. The order "
            "matters."
        ),
        _("`docker container prune --force`, then `docker image prune --force`"),
    ),
    solution=Answer(
        "docker container prune --force\ndocker image prune --force",
        why=_("First the containers: an image on which a container stands is not pruned, even without a name."),
    ),
    others=(
        Answer(
            "docker system prune --force",
            why=_("Both at once, and unused networks and build cache with them: only where nobody misses them."),
        ),
        Answer(
            "docker rm $(docker ps -aq --filter status=exited)\ndocker rmi $(docker images -q -f dangling=true)",
            why=_("By filters: the way before there was `prune`, and still right where you want to choose."),
        ),
    ),
    mistakes=(
        Mistake("docker image prune --force", gets="container.present"),
        Mistake(
            "docker image prune --force\ndocker rm old-1 old-2",
            gets="image.dangling",
            repair="docker image prune --force",
        ),
        Mistake("docker system prune --all --force", gets="image.missing", repair=SPARE),
        Mistake(
            "docker rm -f $(docker ps -aq)\ndocker image prune --force",
            gets="container.removed",
            repair="docker run --name keeper -d kept:1",
        ),
    ),
)
