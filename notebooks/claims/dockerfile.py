"""The claims of the lesson on the instructions of a Dockerfile."""

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _


def _said(seen: Observation, name: str, **keys: str) -> str:
    """Return the key whose value the experiment printed behind a name; "" for any other."""
    return next((key for key, value in keys.items() if seen.value(name) == value), "")


# ------------------------------------------------------------------------------------------------ COPY and ADD

copy_outside = Claim(
    id="dockerfile.copy_outside",
    notes=("175-179",),
    statement=_("A source path of COPY is a path in the build context."),
    question=_(
        "Beside the context lies a file `note` that says *outside*, in the context another `note` that says *inside*. "
        "What does `COPY ../note /note` copy?"
    ),
    choices=(
        Choice("outside", _("The one outside: `..` is the directory above.")),
        Choice("inside", _("The one inside: nothing outside the context can be reached."), notes=True),
        Choice("fails", _("None: the build stops.")),
    ),
    experiment="""
mkdir context
echo outside > note
echo inside > context/note
printf '%s\\n' 'FROM busybox' 'COPY ../note /note' > context/Dockerfile
if docker build -q -t claim-outside context >/dev/null 2>error; then
  echo "note=$(docker run --rm claim-outside cat /note)"
else
  echo note=none
  tail -n 1 error
fi
""",
    outcome=lambda seen: _said(seen, "note", outside="outside", inside="inside", fails="none"),
    expected=(Since("20.10", "fails"), Since("23.0", "inside")),
    why=_(
        "The builder sees what was sent to it, and the context is all that was sent. BuildKit treats its root like the "
        "root of a file system, where `..` leads nowhere; the legacy builder refuses such a path."
    ),
    today=_(
        "Never write `..` in COPY. Start the build one directory higher and name the Dockerfile with `-f`, or bring a "
        "second directory along: `docker build --build-context other=../other .` and `COPY --from=other`."
    ),
    cleanup="docker rmi -f claim-outside",
)

copy_several = Claim(
    id="dockerfile.copy_several",
    notes=("174-179",),
    statement=_(
        "COPY takes several source paths, and a destination that is absolute or relative to the working directory."
    ),
    question=_("`COPY a b /target`, with two sources and no slash at the end: what happens?"),
    choices=(
        Choice("works", _("/target becomes a directory with both files in it."), notes=True),
        Choice("fails", _("The build stops: several files need a directory, and /target does not say that it is one.")),
        Choice("last", _("/target becomes a file: b, since it came last.")),
    ),
    experiment="""
echo a > a
echo b > b
printf '%s\\n' 'FROM busybox' 'COPY a b /target' > Dockerfile
if docker build -q -t claim-several . >/dev/null 2>error; then
  docker run --rm claim-several sh -c '[ -d /target ] && echo target=directory || echo target=file; grep -r "" /target'
else
  echo target=none
  tail -n 1 error
fi
""",
    outcome=lambda seen: _said(seen, "target", works="directory", last="file", fails="none"),
    expected=(Since("20.10", "fails"), Since("23.0", "last")),
    why=_(
        "Only the slash says that a directory is meant. The legacy builder insists on it; BuildKit copies one file "
        "after the other to the same name, and says nothing."
    ),
    today=_(
        "Write the slash: `COPY a b /target/`. The reference asks for it, and whoever reads it knows what becomes of "
        "/target."
    ),
    cleanup="docker rmi -f claim-several",
)

copy_metadata = Claim(
    id="dockerfile.copy_metadata",
    notes=("183-184",),
    statement=_("COPY keeps all metadata of a source file: permissions, owner, times."),
    question=_("The file belongs to user 1234, has mode 741 and is from 2001. What has its copy in the image?"),
    choices=(
        Choice("all", _("Everything: owner, mode and time."), notes=True),
        Choice("owner", _("Mode and time; but it belongs to root.")),
        Choice("none", _("None of it: root, mode 644, today.")),
    ),
    experiment="""
echo tea > menu
chown 1234:1234 menu
chmod 741 menu
touch -d '2001-02-03 04:05' menu
printf '%s\\n' 'FROM busybox' 'COPY menu /menu' > Dockerfile
docker build -q -t claim-metadata . >/dev/null
show='echo owner=$(stat -c %u:%g menu); echo mode=$(stat -c %a menu); echo year=$(stat -c %y menu | cut -c1-4)'
echo '# in the context'
echo "$(eval "$show")" | sed 's/^/context-/'
echo '# in the image'
docker run --rm -w / claim-metadata sh -c "$show"
""",
    outcome=lambda seen: {
        ("1234:1234", "741", "2001"): "all",
        ("0:0", "741", "2001"): "owner",
        ("0:0", "644", "2026"): "none",
    }.get((seen.value("owner"), seen.value("mode"), seen.value("year")), ""),
    expected=(Since("20.10", "owner"),),
    why=_(
        "A user number of your machine means nothing inside an image, so every copied file belongs to root (0:0). Mode "
        "and time come along."
    ),
    today=_("`COPY --chown=USER:GROUP` sets the owner and, with BuildKit, `--chmod=640` the mode, in the same layer."),
    cleanup="docker rmi -f claim-metadata",
)

add_mode = Claim(
    id="dockerfile.add_mode",
    notes=("187-188",),
    statement=_("ADD downloads a source that is a URL, and gives the file the mode 600."),
    question=_("`ADD https://files.example.com/app.conf /etc/`: what is its mode in the image?"),
    choices=(
        Choice("600", _("600: only root may read it."), notes=True),
        Choice("644", _("644, as with a file that curl writes.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'ADD https://files.example.com/app.conf /etc/' > Dockerfile
docker build -q -t claim-add-mode . >/dev/null
docker run --rm claim-add-mode stat -c 'mode=%a' /etc/app.conf
""",
    outcome=lambda seen: seen.value("mode"),
    expected=(Since("20.10", "600"),),
    why=_(
        "A download has no mode of its own, and ADD takes the safest. A server that runs as another user then can't "
        "read it."
    ),
    today=_(
        "`ADD --chmod=644 --checksum=sha256:... URL DEST` (Engine 25 or newer) sets the mode and checks what came. "
        "Or `RUN curl` and unpack in the same RUN, when the archive should not stay."
    ),
    cleanup="docker rmi -f claim-add-mode",
)

add_tar = Claim(
    id="dockerfile.add_tar",
    notes=("189",),
    statement=_("ADD unpacks a source that is a tar archive, packed with gzip, bzip2 or xz."),
    question=_("One archive lies in the context, the same comes from a URL. Which of them does ADD unpack?"),
    choices=(
        Choice("both", _("Both."), notes=True),
        Choice("local", _("The local one only.")),
        Choice("neither", _("Neither; that takes a RUN tar.")),
    ),
    experiment="""
curl -sO https://files.example.com/site.tar.gz
printf '%s\\n' 'FROM busybox' 'ADD site.tar.gz /local/' \\
  'ADD https://files.example.com/site.tar.gz /remote/' > Dockerfile
docker build -q -t claim-add-tar . >/dev/null
docker run --rm claim-add-tar sh -c 'for d in local remote; do echo "$d=$(ls /$d)"; done'
""",
    outcome=lambda seen: {
        ("index.html", "index.html"): "both",
        ("index.html", "site.tar.gz"): "local",
        ("site.tar.gz", "site.tar.gz"): "neither",
    }.get((seen.value("local"), seen.value("remote")), ""),
    expected=(Since("20.10", "local"),),
    why=_("ADD does two things, but never both at once: it downloads, or it unpacks."),
    today=_(
        "COPY for files, ADD for a local archive. For a download, `RUN curl ... | tar -xz` leaves no archive in a "
        "layer. Newer frontends (Dockerfile 1.17) know `ADD --unpack=true URL`."
    ),
    cleanup="docker rmi -f claim-add-tar",
)

# ------------------------------------------------------------------------------------------------ CMD and ENTRYPOINT

single_quotes = Claim(
    id="dockerfile.single_quotes",
    notes=("198",),
    statement=_("The exec form is parsed as JSON: it takes double quotes, not single ones."),
    question=_("What does the builder make of `CMD ['echo', 'tea']`?"),
    choices=(
        Choice("exec", _("The exec form: echo, with one argument.")),
        Choice("shell", _("No exec form: the line goes to a shell, brackets and all."), notes=True),
        Choice("fails", _("An error: the build stops and points at the line.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' "CMD ['echo', 'tea']" > Dockerfile
if docker build -q -t claim-quotes . >/dev/null 2>error; then
  echo "cmd=$(docker inspect -f '{{json .Config.Cmd}}' claim-quotes)"
  docker run --rm claim-quotes
  echo "code=$?"
else
  echo cmd=none
  tail -n 1 error
fi
""",
    outcome=lambda seen: (
        "fails" if seen.value("cmd") == "none" else "shell" if seen.value("cmd").startswith('["/bin/sh"') else "exec"
    ),
    expected=(Since("20.10", "shell"),),
    why=_(
        "What isn't valid JSON is taken for the shell form, without a word. The shell then looks for a program named "
        "`[echo,`."
    ),
    today=_(
        "Double quotes, and `docker inspect -f '{{json .Config.Cmd}}'` when in doubt. Newer builders warn: the build "
        "check JSONArgsRecommended."
    ),
    cleanup="docker rmi -f claim-quotes",
)

shell_signals = Claim(
    id="dockerfile.shell_signals",
    notes=("199",),
    statement=_("In the shell form a command does not run by itself: it becomes an argument of `sh -c`."),
    question=_(
        "A program says goodbye when it gets SIGTERM. In a debian image it is started by `CMD /app`. What does `docker "
        "stop` bring about?"
    ),
    choices=(
        Choice("goodbye", _("The program is process 1: it says goodbye and ends with code 0.")),
        Choice(
            "killed",
            _("Process 1 is sh: nothing happens until the wait is over, then all are killed (137)."),
            notes=True,
        ),
    ),
    experiment="""
printf '%s\\n' '#!/bin/sh' "trap 'echo goodbye; exit 0' TERM" 'while :; do sleep 0.1; done' > app
chmod 755 app
printf '%s\\n' 'FROM debian' 'COPY app /app' 'CMD /app' > Dockerfile
docker build -q -t claim-signals . >/dev/null
docker run -d --name claim-signals claim-signals >/dev/null
sleep 0.5
ps -o args= --sid "$(docker inspect -f '{{.State.Pid}}' claim-signals)" | sed 's/^/process: /'
docker stop -t 1 claim-signals >/dev/null
docker logs claim-signals
echo "code=$(docker inspect -f '{{.State.ExitCode}}' claim-signals)"
""",
    outcome=lambda seen: _said(seen, "code", goodbye="0", killed="137"),
    expected=(Since("20.10", "killed"),),
    why=_(
        "The shell is process 1 and gets the signal; it waits for the program and passes nothing on. Process 1 has no "
        "default reaction to SIGTERM either, so only the kill at the end helps."
    ),
    today=_(
        "The exec form, or `exec` in the shell form. `docker run --init` puts a small process 1 in front that passes "
        "signals on and clears up after orphans (processes whose parent has ended). It depends on the shell: busybox's "
        "sh gives way to its last command by itself."
    ),
    cleanup="docker rm -f claim-signals; docker rmi -f claim-signals",
)

main_process = Claim(
    id="dockerfile.main_process",
    notes=("201-203",),
    statement=_("A container lives as long as its main process; other processes are no reason to stay."),
    question=_(
        "The main process starts `sleep 300` in the background and ends after half a second. What becomes of the "
        "container?"
    ),
    choices=(
        Choice("running", _("It goes on until sleep has ended.")),
        Choice("exited", _("It ends at once, and sleep with it."), notes=True),
    ),
    experiment="""
docker run -d --name claim-main busybox sh -c 'sleep 300 & sleep 0.5' >/dev/null
sleep 0.2
ps -o args= --sid "$(docker inspect -f '{{.State.Pid}}' claim-main)" | sed 's/^/process: /'
timeout 5 docker wait claim-main >/dev/null
echo "state=$(docker inspect -f '{{.State.Status}}' claim-main)"
""",
    outcome=lambda seen: seen.value("state"),
    expected=(Since("20.10", "exited"),),
    why=_(
        "The main process is process 1 of a PID namespace; when it ends, the kernel kills whatever else is in there."
    ),
    today=_(
        "One container, one main process, in the foreground. It is a convention that serves well, not a ban: a process "
        "1 that looks after several (tini, s6, supervisord) is possible."
    ),
    cleanup="docker rm -f claim-main",
)

entrypoint_purpose = Claim(
    id="dockerfile.entrypoint_purpose",
    notes=("205-206",),
    statement=_("ENTRYPOINT serves the same purpose as CMD: it says which program a container starts, and with what."),
    question=_('An image has `ENTRYPOINT ["echo", "tea"]`. What does `docker run IMAGE date` do?'),
    choices=(
        Choice("replaced", _("It runs date, as it would with CMD."), notes=True),
        Choice("added", _("It prints: tea date")),
        Choice("tea", _("It prints: tea")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'CMD ["echo", "tea"]' | docker build -q -t claim-cmd - >/dev/null
printf '%s\\n' 'FROM busybox' 'ENTRYPOINT ["echo", "tea"]' | docker build -q -t claim-entrypoint - >/dev/null
echo "cmd=$(docker run --rm claim-cmd date +today)"
echo "entrypoint=$(docker run --rm claim-entrypoint date +today)"
""",
    outcome=lambda seen: _said(seen, "entrypoint", replaced="today", added="tea date +today", tea="tea"),
    expected=(Since("20.10", "added"),),
    why=_(
        "Arguments replace CMD, but are added to an ENTRYPOINT in exec form. One says what always runs, the other what "
        "usually follows."
    ),
    today=_(
        "ENTRYPOINT for an image that *is* a command, CMD for its default arguments, or CMD alone. `--entrypoint` "
        "replaces the entry point when one has to look inside."
    ),
    cleanup="docker rmi -f claim-cmd claim-entrypoint",
)

exec_word = Claim(
    id="dockerfile.exec_word",
    notes=("280-282",),
    statement=_('`CMD ["exec", "gosu", "redis", "redis-server"]` starts the server as the user redis.'),
    question=_('What does a container with `CMD ["exec", "id"]` do?'),
    choices=(
        Choice("runs", _("It runs id."), notes=True),
        Choice("127", _("It does not start: there is no program exec (127).")),
        Choice("shell", _("It starts a shell, which runs id.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'CMD ["exec", "id"]' | docker build -q -t claim-exec - >/dev/null
docker run --rm claim-exec 2>error
echo "code=$?"
grep -o 'exec: "exec": [a-z ]*' error
""",
    outcome=lambda seen: "127" if seen.value("code") == "127" else "runs" if seen.output.startswith("uid=0") else "",
    expected=(Since("20.10", "127"),),
    why=_("exec is a word of the shell, not a program, and the exec form has no shell."),
    today=_(
        '`CMD ["gosu", "redis", "redis-server"]`: nothing has to give way. exec belongs in entry point scripts and '
        "shell forms."
    ),
    cleanup="docker rmi -f claim-exec",
)

# ------------------------------------------------------------------------------------------------ ENV and ARG

env_space = Claim(
    id="dockerfile.env_space",
    notes=("209-212",),
    statement=_("ENV has two forms: a name and a value with a space between them, or any number of NAME=VALUE."),
    question=_("Which variables does `ENV ONE TWO= THREE=four` set?"),
    choices=(
        Choice("one", _("One, named ONE; the whole rest is its value."), notes=True),
        Choice("three", _("Three: ONE, TWO and THREE.")),
        Choice("fails", _("No variable: the build stops.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'ENV ONE TWO= THREE=four' > Dockerfile
if docker build -q -t claim-env . >/dev/null 2>error; then
  docker run --rm claim-env env | grep -E '^(ONE|TWO|THREE)=' > seen
  cat seen
  echo "variables=$(wc -l < seen)"
else
  echo variables=none
  tail -n 1 error
fi
""",
    outcome=lambda seen: _said(seen, "variables", one="1", three="3", fails="none"),
    expected=(Since("20.10", "one"),),
    why=_(
        "No equals sign in the first word: the form with a space is meant, and its value runs to the end of the line."
    ),
    today=_(
        "`ENV NAME=VALUE`, always. The form with a space is deprecated since 20.10, for it hides exactly such slips; "
        "newer builders warn (LegacyKeyValueFormat)."
    ),
    cleanup="docker rmi -f claim-env",
)

env_same_line = Claim(
    id="dockerfile.env_same_line",
    notes=("213",),
    statement=_("Instructions after an ENV, and programs at run time, can use its variables."),
    question=_("After `ENV TEA=black` comes `ENV TEA=green CUP=$TEA`. What is CUP?"),
    choices=(
        Choice("green", _("green: it stands on the left of it.")),
        Choice("black", _("black: only instructions that come later see the new value."), notes=True),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'ENV TEA=black' 'ENV TEA=green CUP=$TEA' | docker build -q -t claim-line - >/dev/null
docker run --rm claim-line env | grep -E '^(TEA|CUP)='
""",
    outcome=lambda seen: seen.value("CUP"),
    expected=(Since("20.10", "black"),),
    why=_("Variables are filled in for a whole instruction before it takes effect."),
    today=_("One ENV for each variable that another one needs."),
    cleanup="docker rmi -f claim-line",
)

arg_gone = Claim(
    id="dockerfile.arg_gone",
    notes=("234-236",),
    statement=_("What ARG sets belongs to the build: in a container it no longer exists."),
    question=_(
        "An image was built with `--build-arg TOKEN=s3cret`, and a RUN made use of it. Where can the token still be "
        "found?"
    ),
    choices=(
        Choice("nowhere", _("Nowhere.")),
        Choice("history", _("In no container, but in the image's history."), notes=True),
        Choice("environment", _("In the environment of its containers.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'ARG TOKEN' 'RUN test -n "$TOKEN"' > Dockerfile
docker build -q --build-arg TOKEN=s3cret -t claim-arg . >/dev/null
echo "environment=$(docker run --rm claim-arg env | grep -c s3cret)"
echo "history=$(docker history --no-trunc claim-arg | grep -c s3cret)"
docker history --no-trunc --format '{{.CreatedBy}}' claim-arg | grep s3cret
""",
    outcome=lambda seen: (
        "environment" if seen.value("environment") != "0" else "history" if seen.value("history") != "0" else "nowhere"
    ),
    expected=(Since("20.10", "history"),),
    why=_("The builder writes down with which arguments a step ran: that is how it knows whether its cache fits."),
    today=_(
        "Never pass a secret as ARG or ENV. `RUN --mount=type=secret` and `docker build --secret` are made for it."
    ),
    cleanup="docker rmi -f claim-arg",
)

# ------------------------------------------------------------------------------------------------ VOLUME and EXPOSE

volume_layer = Claim(
    id="dockerfile.volume_layer",
    notes=("244-246",),
    statement=_("What a container writes into a directory named by VOLUME is not recorded in its storage layer."),
    question=_("A container writes one file into the volume /data and one into /srv. What does `docker diff` list?"),
    choices=(
        Choice("both", _("Both files.")),
        Choice("srv", _("Only the one in /srv."), notes=True),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'RUN mkdir /srv' 'VOLUME /data' | docker build -q -t claim-volume - >/dev/null
docker run --name claim-volume claim-volume sh -c 'echo 1 > /data/file; echo 2 > /srv/file'
docker diff claim-volume | sort -k 2
echo "data=$(docker diff claim-volume | grep -c /data/file)"
echo "srv=$(docker diff claim-volume | grep -c /srv/file)"
""",
    outcome=lambda seen: {("1", "1"): "both", ("0", "1"): "srv"}.get((seen.value("data"), seen.value("srv")), ""),
    expected=(Since("20.10", "srv"),),
    why=_(
        "At /data an anonymous volume is mounted: a directory of the engine, beside the layers. `docker commit` misses "
        "it, too."
    ),
    today=_(
        "Right, and double-edged: each `docker run` without -v makes a new anonymous volume. Many images do without "
        "VOLUME and leave it to `docker run -v` or Compose."
    ),
    cleanup="docker rm -fv claim-volume; docker rmi -f claim-volume",
)

volume_build = Claim(
    id="dockerfile.volume_build",
    notes=("246",),
    statement=_("Whatever is written into a directory named by VOLUME, it is not recorded in a layer."),
    question=_(
        "In a Dockerfile, `RUN echo tea > /data/menu` stands *after* `VOLUME /data`. Does a container find the file?"
    ),
    choices=(
        Choice("lost", _("No: what goes into the volume is in no layer."), notes=True),
        Choice("kept", _("Yes: while building there is no volume yet.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'RUN mkdir /data' 'VOLUME /data' 'RUN echo tea > /data/menu' > Dockerfile
docker build -q -t claim-volume-build . >/dev/null
docker run --rm claim-volume-build cat /data/menu 2>/dev/null
echo "code=$?"
""",
    outcome=lambda seen: "kept" if seen.value("code") == "0" else "lost",
    expected=(Since("20.10", "lost"), Since("23.0", "kept")),
    why=_(
        "The legacy builder ran every step in a container, with a volume that was thrown away. BuildKit only notes "
        "VOLUME down in the configuration."
    ),
    today=_("Put VOLUME last, after everything that fills the directory: then both builders do the same."),
    cleanup="docker rmi -f claim-volume-build",
)

expose_needed = Claim(
    id="dockerfile.expose_needed",
    notes=("253-255",),
    statement=_("EXPOSE is a declaration; it neither opens a port nor closes one."),
    question=_(
        "A web server listens on port 8080, its image has no EXPOSE, and -p was not given. Can another container reach "
        "it?"
    ),
    choices=(
        Choice("yes", _("Yes, on the same network: nothing keeps it away."), notes=True),
        Choice("no", _("No: the port is not exposed.")),
    ),
    experiment="""
docker network create claim-net >/dev/null
docker run -d --name claim-server --network claim-net busybox \\
  sh -c 'mkdir /www; echo tea > /www/index.html; exec httpd -f -h /www -p 8080' >/dev/null
echo "declared=$(docker inspect -f '{{json .Config.ExposedPorts}}' claim-server)"
docker run --rm --network claim-net busybox sh -c \\
  'for n in 1 2 3 4 5; do wget -q -O - http://claim-server:8080/ && break; sleep 0.2; done'
echo "code=$?"
""",
    outcome=lambda seen: "yes" if seen.value("code") == "0" else "no",
    expected=(Since("20.10", "yes"),),
    why=_(
        "On a network of their own containers reach every port of each other. EXPOSE is information: for people and "
        "for -P."
    ),
    today=_("Write EXPOSE for whoever reads the image. It is no firewall: for that there are separate networks."),
    cleanup="docker rm -f claim-server; docker network rm claim-net",
)

publish_all = Claim(
    id="dockerfile.publish_all",
    notes=("256-257",),
    statement=_(
        "With `docker run -P` every port that EXPOSE declares is mapped to a port of the host, picked at random."
    ),
    question=_("An image declares 9090, but its server listens on 8080. What does -P publish?"),
    choices=(
        Choice("8080", _("8080, where something listens.")),
        Choice("9090", _("9090, which is declared."), notes=True),
        Choice("both", _("Both of the ports.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'EXPOSE 9090' 'CMD ["httpd", "-f", "-p", "8080"]' > Dockerfile
docker build -q -t claim-ports . >/dev/null
docker run -d -P --name claim-ports claim-ports >/dev/null
echo "published=$(docker port claim-ports | sed 's,/.*,,' | sort -u | xargs)"
""",
    outcome=lambda seen: _said(seen, "published", **{"8080": "8080", "9090": "9090", "both": "8080 9090"}),
    expected=(Since("20.10", "9090"),),
    why=_("The engine does not look who listens. It takes the declared ports, tcp or udp, and picks ports for them."),
    today=_(
        "Right. `docker port` tells which port it became. The numbers come from the kernel's range for clients "
        "(net.ipv4.ip_local_port_range), so they begin at 32768 on most systems; where the kernel "
        "tells none, Engine 26.1 takes 49153 to 65535."
    ),
    cleanup="docker rm -f claim-ports; docker rmi -f claim-ports",
)

# ------------------------------------------------------------------------------------------------ WORKDIR and USER

workdir_missing = Claim(
    id="dockerfile.workdir_missing",
    notes=("262",),
    statement=_("The directory that WORKDIR names must exist already; WORKDIR does not make it."),
    question=_("What does `WORKDIR /no/such/place` do?"),
    choices=(
        Choice("fails", _("The build stops: no such directory."), notes=True),
        Choice("made", _("It makes the directory.")),
        Choice("later", _("The image is built, but its containers don't start.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'WORKDIR /no/such/place' > Dockerfile
if docker build -q -t claim-workdir . >/dev/null 2>error; then
  docker run --rm claim-workdir sh -c 'echo "pwd=$(pwd)"; stat -c owner=%U .' || echo pwd=none
else
  echo pwd=unbuilt
  tail -n 1 error
fi
""",
    outcome=lambda seen: _said(seen, "pwd", made="/no/such/place", fails="unbuilt", later="none"),
    expected=(Since("20.10", "made"),),
    why=_(
        "WORKDIR makes what is missing, with all directories above it. With BuildKit they belong to the USER named "
        "before, with the legacy builder always to root."
    ),
    today=_("No `RUN mkdir` before WORKDIR. When another user than root is to write there, say so: `RUN chown`."),
    cleanup="docker rmi -f claim-workdir",
)

user_missing = Claim(
    id="dockerfile.user_missing",
    notes=("266-267",),
    statement=_("USER only switches to a user; one that was not made before can't be switched to."),
    question=_(
        "Neither `USER nobody-knows` nor `USER 12345` is in /etc/passwd. With which of them does a container start?"
    ),
    choices=(
        Choice("none", _("With neither."), notes=True),
        Choice("number", _("With the number.")),
        Choice("both", _("With both.")),
    ),
    experiment="""
for user in nobody-knows 12345; do
  printf '%s\\n' 'FROM busybox' "USER $user" | docker build -q -t claim-user - >/dev/null
  if docker run --rm claim-user id 2>error; then echo "$user=starts"; else echo "$user=refused"; tail -n 1 error; fi
  docker rmi -f claim-user >/dev/null
done
""",
    outcome=lambda seen: {
        ("refused", "refused"): "none",
        ("refused", "starts"): "number",
        ("starts", "starts"): "both",
    }.get((seen.value("nobody-knows"), seen.value("12345")), ""),
    expected=(Since("20.10", "number"),),
    why=_(
        "A name must be looked up in the image's /etc/passwd. The kernel knows numbers only, and any number will do; "
        "the group is then 0."
    ),
    today=_("`USER 1500:1500` works even in an image from scratch, and an orchestrator can see that it isn't root."),
    cleanup="docker rmi -f claim-user",
)

run_server = Claim(
    id="dockerfile.run_server",
    notes=("268-272",),
    statement=_('The example for USER ends with `RUN ["redis-server"]`, to start the server as that user.'),
    question=_('What comes of `FROM redis` and `RUN ["redis-server"]`?'),
    choices=(
        Choice("image", _("An image whose containers start the server."), notes=True),
        Choice("waits", _("A build that does not end: the server runs in it.")),
        Choice("fails", _("A build that stops with an error.")),
    ),
    experiment="""
docker pull -q redis >/dev/null
printf '%s\\n' 'FROM redis' 'RUN ["redis-server"]' > Dockerfile
docker build --no-cache -t claim-server . >output 2>&1 &
for n in $(seq 100); do
  grep -qs 'Ready to accept' output && break
  kill -0 $! 2>/dev/null || break
  sleep 0.2
done
sleep 1
if kill $! 2>/dev/null; then echo build=waits; else wait $! && echo build=done || echo build=failed; fi
grep -o 'Ready to accept connections[a-z ]*' output | head -n 1
""",
    outcome=lambda seen: _said(seen, "build", image="done", waits="waits", fails="failed"),
    expected=(Since("20.10", "waits"),),
    why=_("RUN happens while the image is built, and the step ends when its program ends. A server doesn't."),
    today=_('CMD says what containers run: `CMD ["redis-server"]`.'),
    cleanup="docker rmi -f claim-server",
)

# ------------------------------------------------------------------------------------------------ HEALTHCHECK

health_options = Claim(
    id="dockerfile.health_options",
    notes=("289-293",),
    statement=_("HEALTHCHECK knows three options: --interval, --timeout and --retries."),
    question=_("How many does this engine know?"),
    choices=(
        Choice("3", _("Three."), notes=True),
        Choice("4", _("Four: there is also --start-period.")),
        Choice("5", _("Five: there are also --start-period and --start-interval.")),
    ),
    experiment="""
known=0
for option in --interval=5s --timeout=3s --retries=2 --start-period=9s --start-interval=1s; do
  printf '%s\\n' 'FROM busybox' "HEALTHCHECK $option CMD true" > Dockerfile
  if docker build -q -t claim-health . >/dev/null 2>&1; then
    known=$((known + 1))
    echo "yes ${option%=*}"
  else
    echo "no  ${option%=*}"
  fi
  docker rmi -f claim-health >/dev/null 2>&1
done
echo "known=$known"
""",
    outcome=lambda seen: seen.value("known"),
    expected=(Since("20.10", "4"), Since("25.0", "5")),
    why=_(
        "--start-period (17.05) is time for starting up, in which failures don't count; --start-interval (25.0) is how "
        "often to ask during that time."
    ),
    today=_(
        "`--start-period=30s --start-interval=1s` for servers that take their time: healthy as soon as they are, and "
        "no false alarm."
    ),
    cleanup="docker rmi -f claim-health",
)

health_unhealthy = Claim(
    id="dockerfile.health_unhealthy",
    notes=("287-288",),
    statement=_("After a number of failures in a row a container's state becomes unhealthy."),
    question=_("And what does the engine do then, for a container with `--restart=always`?"),
    choices=(
        Choice("marked", _("Nothing: the container runs on, with the mark unhealthy."), notes=True),
        Choice("restarted", _("It restarts the container.")),
        Choice("stopped", _("It stops the container.")),
    ),
    experiment="""
docker run -d --name claim-ill --restart=always --health-cmd 'exit 1' --health-interval 200ms --health-retries 2 \\
  busybox sleep 300 >/dev/null
for n in $(seq 50); do
  [ "$(docker inspect -f '{{.State.Health.Status}}' claim-ill)" = unhealthy ] && break
  sleep 0.2
done
sleep 1
docker inspect -f 'health={{.State.Health.Status}}' claim-ill
docker inspect -f 'state={{.State.Status}}' claim-ill
docker inspect -f 'restarts={{.RestartCount}}' claim-ill
""",
    outcome=lambda seen: (
        ""
        if seen.value("health") != "unhealthy"
        else "stopped"
        if seen.value("state") != "running"
        else "marked"
        if seen.value("restarts") == "0"
        else "restarted"
    ),
    expected=(Since("20.10", "marked"),),
    why=_("A restart policy looks at the end of the main process. Health is a mark that others may read."),
    today=_(
        "Compose waits for it (`depends_on: condition: service_healthy`), Swarm replaces unhealthy tasks, monitoring "
        "raises an alarm. Kubernetes ignores HEALTHCHECK and has probes of its own."
    ),
    cleanup="docker rm -f claim-ill",
)

# ------------------------------------------------------------------------------------------------ ONBUILD

onbuild_any = Claim(
    id="dockerfile.onbuild_any",
    notes=("306-307",),
    statement=_("Behind ONBUILD stands another instruction, such as RUN or COPY."),
    question=_("Which instructions may not stand there?"),
    choices=(
        Choice("none", _("All of them may."), notes=True),
        Choice("some", _("ONBUILD itself, FROM and MAINTAINER may not.")),
        Choice("config", _("Only those that make a layer may: RUN, COPY, ADD.")),
    ),
    experiment="""
for instruction in 'RUN true' 'ENV A=1' 'CMD ["true"]' 'ONBUILD RUN true' 'FROM busybox' 'MAINTAINER me'; do
  printf '%s\\n' 'FROM busybox' "ONBUILD $instruction" > Dockerfile
  docker build -q -t claim-onbuild . >/dev/null 2>&1 && answer=yes || answer=no
  docker rmi -f claim-onbuild >/dev/null 2>&1
  echo "${instruction%% *}=$answer"
done
""",
    outcome=lambda seen: {
        "yes yes yes yes": "none",
        "yes no no no": "some",
        "no no no no": "config",
    }.get(" ".join(seen.value(name) for name in ("ENV", "ONBUILD", "FROM", "MAINTAINER")), ""),
    expected=(Since("20.10", "some"),),
    why=_(
        "Triggers run after the child's FROM: another FROM can't come there, and a chain of ONBUILD would only confuse."
    ),
    today=_(
        "ONBUILD is rare by now: who reads the child's Dockerfile does not see what happens, and the OCI image format "
        "does not know it. A template or a few plain lines in each child are easier to follow."
    ),
    cleanup="docker rmi -f claim-onbuild",
)

onbuild_grandchild = Claim(
    id="dockerfile.onbuild_grandchild",
    notes=("307-308",),
    statement=_("A trigger does not run in the build that defines it, but in the build of the next level."),
    question=_("`ONBUILD RUN echo x >> /marks` stands in the parent. How many lines has /marks in a grandchild?"),
    choices=(
        Choice("1", _("One: it ran for the child, and the child has no trigger."), notes=True),
        Choice("2", _("Two: once for the child, once for the grandchild.")),
        Choice("3", _("Three: it ran in every build.")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'RUN touch /marks' 'ONBUILD RUN echo x >> /marks' > Dockerfile
docker build -q -t claim-parent . >/dev/null
printf '%s\\n' 'FROM claim-parent' | docker build -q -t claim-child - >/dev/null
printf '%s\\n' 'FROM claim-child' | docker build -q -t claim-grandchild - >/dev/null
for image in parent child grandchild; do
  echo "$image=$(docker run --rm claim-$image sh -c 'wc -l < /marks')"
done
""",
    outcome=lambda seen: seen.value("grandchild"),
    expected=(Since("20.10", "1"),),
    why=_("The child's configuration no longer has the trigger: it was used up."),
    today=_(
        "`docker inspect -f '{{json .Config.OnBuild}}' IMAGE` shows what an image would do to yours. Look before you "
        "build on it."
    ),
    cleanup="docker rmi -f claim-grandchild claim-child claim-parent",
)

run_quoted = Claim(
    id="dockerfile.run_quoted",
    notes=("310-313",),
    statement=_('The example for ONBUILD makes its directory with `RUN "mkdir /app"`.'),
    question=_("What does this RUN do?"),
    choices=(
        Choice("made", _("It makes the directory /app."), notes=True),
        Choice("127", _("It fails: command not found (127).")),
    ),
    experiment="""
printf '%s\\n' 'FROM busybox' 'RUN "mkdir /app"' > Dockerfile
if docker build --no-cache -t claim-quoted . >output 2>&1; then echo result=made; else echo result=failed; fi
grep -o 'mkdir /app: not found' output | head -n 1
grep -oE '(exit code: |non-zero code: )[0-9]+' output | head -n 1
""",
    outcome=lambda seen: "made" if seen.value("result") == "made" else "127" if "127" in seen.output else "",
    expected=(Since("20.10", "127"),),
    why=_("Quoted, it is a single word to the shell: it looks for a program whose name is mkdir, space, /app."),
    today=_("`RUN mkdir /app`, or no RUN at all: WORKDIR makes the directory."),
    cleanup="docker rmi -f claim-quoted",
)
