"""The claims of the notes about building images, each with an experiment."""

import re

from dockyard.claims import Choice, Claim, Observation, Since
from dockyard.exercises import _

_BUSYBOX = "docker image inspect busybox >/dev/null 2>&1 || docker pull --quiet busybox >/dev/null\n"
_DEBIAN = "docker image inspect debian >/dev/null 2>&1 || docker pull --quiet debian >/dev/null\n"


def _exit_code(seen: Observation, name: str, succeeds: str, fails: str) -> str:
    """Return one key where an exit code was printed as 0, another where it was not, none where nothing was printed."""
    code = seen.value(name)
    return (succeeds if code == "0" else fails) if code else ""


# ------------------------------------------------------------------------------------------------ layers


def _layers(seen: Observation) -> str:
    before, after = seen.value("before"), seen.value("after")
    if not (before and after):
        return ""
    added = int(after) - int(before)
    return {0: "none", 5: "every"}.get(added, "some")


instruction_layers = Claim(
    id="building.instruction_layers",
    notes=("83", "108"),
    statement=_("Each instruction of a Dockerfile builds a layer."),
    question=_(
        "A Dockerfile has five instructions after its FROM: ENV, LABEL, EXPOSE, USER and CMD. How many layers "
        "does it "
        "put on top of those of `busybox`?"
    ),
    choices=(
        Choice("every", _("Five: one for each instruction"), notes=True),
        Choice("some", _("Some of them, but not five")),
        Choice("none", _("None")),
    ),
    experiment=_BUSYBOX + "docker build --quiet --tag claim-layers - <<'END' >/dev/null\n"
    'FROM busybox\nENV MODE=test\nLABEL author=me\nEXPOSE 80\nUSER nobody\nCMD ["true"]\nEND\n'
    "echo before=$(docker image inspect --format '{{len .RootFS.Layers}}' busybox)\n"
    "echo after=$(docker image inspect --format '{{len .RootFS.Layers}}' claim-layers)\n"
    "docker history --format '{{.Size}}  {{.CreatedBy}}' claim-layers",
    outcome=_layers,
    expected=(Since("20.10", "none"),),
    why=_(
        "A layer holds changes of files. Only RUN, COPY and ADD change files (and WORKDIR, when it has to make the "
        "directory). The others change the image's settings, which lie beside the layers: `docker history` lists "
        "them "
        "with 0B."
    ),
    today=_("Save on RUN, COPY and ADD where it helps; as many ENV and LABEL as you like cost nothing."),
    cleanup="docker rmi --force claim-layers",
)


def _limit(seen: Observation) -> str:
    deepest = seen.value("runs")
    return deepest if deepest in {"42", "125", "127"} else "none" if deepest == "130" else ""


layer_limit = Claim(
    id="building.layer_limit",
    notes=("109",),
    statement=_("An image can have at most 127 layers; it used to be 42."),
    question=_(
        "Images with 130, 128, 127, 126 and 125 layers are built by BuildKit, and each is run, until one works. "
        "Which is "
        "the first that works?"
    ),
    choices=(
        Choice("42", _("None of them: 42 is the most")),
        Choice("125", _("The one with 125 layers")),
        Choice("127", _("The one with 127 layers"), notes=True),
        Choice("none", _("The one with 130 layers: there is no such limit")),
    ),
    experiment=_BUSYBOX + 'touch file; for n in $(seq 1 130); do echo "COPY file /$n"; done > copies\n'
    "export DOCKER_BUILDKIT=1\n"
    "for n in 130 128 127 126 125; do\n"
    "  { echo 'FROM busybox'; head -n $((n - 1)) copies; } > Dockerfile\n"
    "  docker build --tag claim-limit . > log 2>&1 || { echo \"$n: $(grep -o 'max depth exceeded' log | tail -n "
    '1)"; continue; }\n'
    "  docker run --rm claim-limit true 2> log && echo runs=$n && break\n"
    "  echo \"$n: built, but: $(grep -o 'max depth exceeded' log)\"; docker rmi --force claim-limit > log\n"
    "done",
    outcome=_limit,
    expected=(Since("20.10", "127"),),
    why=_(
        "AUFS, whose limit this was, left Docker with version 24.0, but overlay2, which took its place, has one "
        "as well: a "
        "container needs the image's layers and two of its own, and that must fit. The legacy builder stops even "
        "earlier, at 125. With the containerd image store, the default of new installations since Docker 29, only the "
        "kernel's limit remains, about 500."
    ),
    today=_(
        "Nobody gets near it by accident. A step that is worth a cache entry of its own may have a RUN of its own."
    ),
    cleanup="docker rmi --force claim-limit",
)

late_cleanup = Claim(
    id="building.late_cleanup",
    notes=("130-131",),
    statement=_("Whatever a layer does not need must be deleted before that layer ends; later is too late."),
    question=_(
        "One RUN writes a file of 20 MB, the next one deletes it. By how much is the image larger than `busybox`?"
    ),
    choices=(
        Choice("kept", _("By 20 MB: later is too late"), notes=True),
        Choice("freed", _("By nothing: the file is gone")),
    ),
    experiment=_BUSYBOX + "docker build --quiet --tag claim-late - <<'END' >/dev/null\n"
    "FROM busybox\nRUN dd if=/dev/zero of=/big bs=1M count=20\nRUN rm /big\nEND\n"
    "docker history --format '{{.Size}}  {{.CreatedBy}}' claim-late\n"
    "size() { docker image inspect --format '{{.Size}}' $1; }\n"
    "echo more=$((($(size claim-late) - $(size busybox)) / 1000000)) MB",
    outcome=lambda seen: (
        ("kept" if int(seen.value("more").split()[0]) >= 20 else "freed") if seen.value("more") else ""
    ),
    expected=(Since("20.10", "kept"),),
    why=_(
        "A finished layer never changes. A later one can only note that a file is deleted, and hide it; the "
        "lower layer "
        "with its 20 MB is still pushed, pulled and stored."
    ),
    today=_("Write, use and delete in one RUN, or leave the mess in an earlier stage that is not shipped."),
    cleanup="docker rmi --force claim-late",
)

# ------------------------------------------------------------------------------------------------ the Dockerfile

from_first = Claim(
    id="building.from_first",
    notes=("92",),
    statement=_("FROM is required, and it must be the first instruction."),
    question=_(
        "A Dockerfile begins with a comment and `ARG TAG=latest`, and only then says `FROM busybox:$TAG`. Does "
        "it build?"
    ),
    choices=(
        Choice("refused", _("No: FROM must come first"), notes=True),
        Choice("builds", _("Yes")),
    ),
    experiment=_BUSYBOX
    + "cat > Dockerfile <<'END'\n# which busybox\nARG TAG=latest\nFROM busybox:$TAG\nCMD [\"true\"]\nEND\n"
    "docker build --quiet --tag claim-from . >/dev/null; echo arg_first=$?\n"
    "printf 'RUN true\\nFROM busybox\\n' | docker build --quiet --tag claim-from - >/dev/null 2>&1; echo "
    "run_first=$?",
    outcome=lambda seen: _exit_code(seen, "arg_first", "builds", "refused"),
    expected=(Since("20.10", "builds"),),
    why=_(
        "ARG may stand before FROM, so that the base image can be chosen at build time; comments and parser "
        "directives "
        "may, too. Everything else, such as RUN, needs an image to work on and is refused."
    ),
    today=_(
        "`docker build --build-arg TAG=1.37 .` picks the base. An ARG before FROM is not known after it unless "
        "it is declared again."
    ),
    cleanup="docker rmi --force claim-from",
)

scratch_exists = Claim(
    id="building.scratch_exists",
    notes=("94",),
    statement=_("The image `scratch` is only an idea: it does not really exist, and stands for an empty image."),
    question=_("What does `docker pull scratch` do?"),
    choices=(
        Choice("refused", _("It refuses: there is nothing to pull"), notes=True),
        Choice("pulled", _("It pulls an empty image")),
    ),
    experiment="docker pull scratch; echo pull=$?\ndocker images --quiet scratch | wc -l",
    outcome=lambda seen: _exit_code(seen, "pull", "pulled", "refused"),
    expected=(Since("20.10", "refused"),),
    why=_("The name is reserved: neither pull nor tag accept it. FROM scratch means that the next layer is the first."),
    today=_("`FROM scratch` is the base for one static program, mostly as the last of several stages."),
)

run_shell = Claim(
    id="building.run_shell",
    notes=("101",),
    statement=_("The shell form of RUN works just like a command that is typed on the command line."),
    question=_("At the prompt of a Debian system `echo {a,b}` prints `a b`. What does `RUN echo {a,b}` print there?"),
    choices=(
        Choice("same", _("`a b`, as at the prompt"), notes=True),
        Choice("literal", _("`{a,b}`")),
    ),
    experiment=_DEBIAN + "echo prompt=$(docker run --rm debian bash -c 'echo {a,b}')\n"
    "printf 'FROM debian\\nRUN echo {a,b} > /said\\n' | docker build --quiet --tag claim-shell - >/dev/null\n"
    "echo run=$(docker run --rm claim-shell cat /said)\n"
    "docker run --rm debian ls -l /bin/sh",
    outcome=lambda seen: {"a b": "same", "{a,b}": "literal"}.get(seen.value("run"), ""),
    expected=(Since("20.10", "literal"),),
    why=_(
        "The shell form is run by `/bin/sh -c`. On Debian that is dash, not the bash that people type into: no "
        "braces, no `[[ ]]`, no `source`, and before Debian 13 no `pipefail` either; on busybox and Alpine it is ash."
    ),
    today=_('Write for sh, or choose: `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`.'),
    cleanup="docker rmi --force claim-shell",
)

comment_inside = Claim(
    id="building.comment_inside",
    notes=("129",),
    statement=_(
        "A `\\` at the end of a line continues an instruction, and a `#` at the beginning of a line makes a comment."
    ),
    question=_(
        "A RUN goes on over three lines, and the middle one begins with `#`. A shell would end the command "
        "there. Does "
        "the build do what the first and the third line say?"
    ),
    choices=(
        Choice("both", _("Yes: the comment is taken out first"), notes=True),
        Choice("broken", _("No: the command ends at the comment, or fails")),
    ),
    experiment=_BUSYBOX
    + "cat > Dockerfile <<'END'\nFROM busybox\nRUN echo one > /said \\\n# a comment in the middle\n    && echo "
    "two >> /said\nEND\n"
    "docker build --quiet --tag claim-comment . >/dev/null\n"
    "echo said=$(docker run --rm claim-comment cat /said)",
    outcome=lambda seen: "both" if seen.value("said") == "one two" else "broken",
    expected=(Since("20.10", "both"),),
    why=_(
        "The builder takes comment lines out before it joins the lines, so the shell never sees them. That holds "
        "only at "
        "the beginning of a line: `EXPOSE 80 # web` is an error."
    ),
    today=_(
        "Explain long RUN instructions line by line. BuildKit's here-documents (`RUN <<END`) read even better; begin "
        "them with `set -e`, or an error in the middle goes unnoticed."
    ),
    cleanup="docker rmi --force claim-comment",
)


def _repeated(seen: Observation) -> str:
    found = (seen.value("ids"), seen.value("files"))
    return {("same", "same"): "bits", ("different", "same"): "files", ("different", "different"): "nothing"}.get(
        found, ""
    )


repeatable = Claim(
    id="building.repeatable",
    notes=("81",),
    statement=_("With a Dockerfile an image can be made again: that solves the problem of what cannot be repeated."),
    question=_(
        "The same Dockerfile is built twice without the cache, one second apart. What do the two images have in common?"
    ),
    choices=(
        Choice("bits", _("Everything, the id included")),
        Choice("files", _("The files in them, but not the id"), notes=True),
        Choice("nothing", _("Neither the id nor the files")),
    ),
    experiment=_BUSYBOX + "printf 'FROM busybox\\nRUN echo hello > /file\\n' > Dockerfile\n"
    "docker build --quiet --no-cache --tag claim-first . >/dev/null\nsleep 1\n"
    "docker build --quiet --no-cache --tag claim-second . >/dev/null\n"
    'same() { [ "$1" = "$2" ] && echo same || echo different; }\n'
    "id() { docker image inspect --format '{{.Id}}' $1; }\n"
    "echo ids=$(same $(id claim-first) $(id claim-second))\n"
    "file() { docker run --rm $1 cat /file; }\n"
    "echo files=$(same $(file claim-first) $(file claim-second))",
    outcome=_repeated,
    expected=(Since("20.10", "files"),),
    why=_(
        "The steps are repeated, and the files say the same. The id is a checksum of everything, also of the times at "
        "which files and layers were made, so no two builds share it. And `apt-get install` brings tomorrow's version "
        "tomorrow."
    ),
    today=_(
        "Name exact tags or digests in FROM and versions in packages. Who needs the same bits as well sets "
        "SOURCE_DATE_EPOCH for the image's own times and, for those of the files in it, gives BuildKit 0.13 or newer "
        "the exporter option `rewrite-timestamp=true` (for an archive: `--output type=oci,...`)."
    ),
    cleanup="docker rmi --force claim-first claim-second",
)

redis_recipe = Claim(
    id="building.redis_recipe",
    notes=("112-126",),
    statement=_(
        "One RUN installs `gcc libc6-dev make`, fetches the source of Redis with wget, compiles it and removes "
        "what is "
        "not needed any more."
    ),
    question=_(
        "Debian jessie is long out of support, so the recipe is run on today's Debian, with the small compiler "
        "tcc in the "
        "place of gcc. How far does it get?"
    ),
    choices=(
        Choice("built", _("To the end: Redis is compiled"), notes=True),
        Choice("packages", _("Not past apt-get: the packages are not found")),
        Choice("wget", _("Up to wget, which is not there")),
    ),
    experiment=_DEBIAN + "cat > Dockerfile <<'END'\nFROM debian\n"
    "RUN buildDeps='tcc libc6-dev make' \\\n"
    "    && apt-get update \\\n"
    "    && apt-get install -y $buildDeps \\\n"
    "    && wget -O redis.tar.gz http://download.redis.io/releases/redis-3.2.5.tar.gz \\\n"
    "    && mkdir -p /usr/src/redis \\\n"
    "    && tar -xzf redis.tar.gz -C /usr/src/redis --strip-components=1 \\\n"
    "    && make -C /usr/src/redis install \\\n"
    "    && rm -rf /var/lib/apt/lists/* redis.tar.gz /usr/src/redis \\\n"
    "    && apt-get purge -y --auto-remove $buildDeps\n"
    "END\n"
    "docker build --tag claim-redis . > log 2>&1; echo build=$?\n"
    "grep -E -o 'wget: (command )?not found|Unable to locate package [a-z0-9-]+' log | sort -u",
    outcome=lambda seen: (
        "built"
        if seen.value("build") == "0"
        else "wget"
        if "wget:" in seen.output
        else "packages"
        if "Unable to locate" in seen.output
        else ""
    ),
    expected=(Since("20.10", "wget"),),
    why=_(
        "wget is neither in the base image nor among the packages that are installed. The shell does not find "
        "it, and "
        "`&&` ends the RUN there; of what apt-get had installed nothing is kept either."
    ),
    today=_(
        "Put wget (and ca-certificates, for an address with https) among the build packages, check the archive's "
        "sum, or "
        "let `ADD --checksum=` fetch it; and compile in a stage of its own."
    ),
    cleanup="docker rmi --force claim-redis",
)

# ------------------------------------------------------------------------------------------------ the context


def _context_size(seen: Observation) -> str:
    legacy = re.search(r"Sending build context to Docker daemon\s+([\d.]+)\s*(\w+)", seen.output)
    sizes = re.findall(r"transferring context: ([\d.]+)\s*(k?M?B)", seen.output)
    if legacy:
        return "whole" if legacy[2] == "MB" else "needed"
    return ("whole" if any(unit == "MB" for _number, unit in sizes) else "needed") if sizes else ""


context_size = Claim(
    id="building.context_size",
    notes=("140",),
    statement=_("docker build packs everything in the directory and uploads it to the engine."),
    question=_(
        "The directory holds a file of 20 MB that no instruction asks for, and a Dockerfile that copies one of 6 "
        "bytes. "
        "How much is sent to the engine?"
    ),
    choices=(
        Choice("whole", _("All of it, 20 MB"), notes=True),
        Choice("needed", _("Only what the Dockerfile asks for")),
    ),
    experiment=_BUSYBOX + "head -c 20000000 /dev/urandom > big\necho small > small\n"
    "printf 'FROM busybox\\nCOPY small /small\\n' > Dockerfile\n"
    "docker build --no-cache --tag claim-context . 2>&1 | grep -E -o 'Sending build "
    "context.*[0-9]+.*|transferring context: [0-9.]+.?B'",
    outcome=_context_size,
    expected=(Since("20.10", "whole"), Since("23.0", "needed")),
    why=_(
        "The legacy builder sends the whole directory before it reads the Dockerfile. BuildKit, the default "
        "since Engine "
        "23.0, reads the Dockerfile first, asks for the files that it copies, and next time only for those that "
        "changed. (The 2B that it shows are the look for a .dockerignore.)"
    ),
    today=_("A .dockerignore is worth having all the same: it keeps secrets out of `COPY . .`, and the cache valid."),
    cleanup="docker rmi --force claim-context",
)

outside_context = Claim(
    id="building.outside_context",
    notes=("142",),
    statement=_("A file that is needed but does not lie in the directory of the Dockerfile should be copied there."),
    question=_(
        "deploy/Dockerfile copies page.html, which lies one directory above. Can the image be built without copying "
        "page.html anywhere?"
    ),
    choices=(
        Choice("copy", _("No: it must be copied into deploy/"), notes=True),
        Choice("wider", _("Yes")),
    ),
    experiment=_BUSYBOX + "mkdir deploy; echo hello > page.html\n"
    "printf 'FROM busybox\\nCOPY page.html /page.html\\n' > deploy/Dockerfile\n"
    "docker build --quiet deploy >/dev/null 2>&1; echo deploy_as_context=$?\n"
    "docker build --quiet --tag claim-outside --file deploy/Dockerfile . >/dev/null; echo parent_as_context=$?",
    outcome=lambda seen: _exit_code(seen, "parent_as_context", "wider", "copy"),
    expected=(Since("20.10", "wider"),),
    why=_(
        "The context and the place of the Dockerfile are two things. `-f` names the Dockerfile, the last "
        "argument the context."
    ),
    today=_(
        "Build from the directory that holds all you need, with `-f`. For files from somewhere else altogether: "
        "`--build-context name=path` and `COPY --from=name`."
    ),
    cleanup="docker rmi --force claim-outside",
)

dockerignore_syntax = Claim(
    id="building.dockerignore_syntax",
    notes=("144",),
    statement=_("A .dockerignore is written in the same syntax as a .gitignore."),
    question=_(
        "The only line is `*.log`, which makes Git ignore both a.log and sub/b.log. Which of the two gets into "
        "an image "
        "with `COPY . /c`?"
    ),
    choices=(
        Choice("neither", _("Neither, as with Git"), notes=True),
        Choice("nested", _("Only sub/b.log")),
        Choice("both", _("Both")),
    ),
    experiment=_BUSYBOX + "mkdir sub; touch a.log sub/b.log keep.txt\n"
    "echo '*.log' | tee .gitignore > .dockerignore\n"
    "git init --quiet; echo git_ignores=$(git check-ignore a.log sub/b.log)\n"
    "printf 'FROM busybox\\nCOPY . /c\\n' | docker build --quiet --tag claim-ignore --file - . >/dev/null\n"
    "echo image=$(docker run --rm claim-ignore find /c -name '*.log')",
    outcome=lambda seen: (
        {"": "neither", "/c/sub/b.log": "nested"}.get(seen.value("image"), "both") if "image=" in seen.output else ""
    ),
    expected=(Since("20.10", "nested"),),
    why=_(
        "In a .dockerignore every pattern counts from the top of the context, and `*` does not cross a `/`. Git "
        "lets a "
        "pattern without a slash match in every directory."
    ),
    today=_("Write `**/*.log`. A copy of the .gitignore is a good start only after each line has been looked at."),
    cleanup="docker rmi --force claim-ignore",
)

# ------------------------------------------------------------------------------------------------ other sources

git_branch = Claim(
    id="building.git_branch",
    notes=("149-151",),
    statement=_("The address of a Git repository without a branch means the branch master."),
    question=_(
        "The repository hello.git has the branches `master`, `main` and `v2`, and its HEAD says `main`. What "
        "does its plain "
        "address build?"
    ),
    choices=(
        Choice("master", _("The branch master"), notes=True),
        Choice("head", _("The branch main")),
        Choice("newest", _("The branch v2, the newest")),
    ),
    experiment="git ls-remote --symref https://git.example.com/dockyard/hello.git HEAD | head -n 1\n"
    + _BUSYBOX
    + "docker build --quiet --tag claim-git https://git.example.com/dockyard/hello.git >/dev/null; echo build=$?\n"
    "echo message=$(docker run --rm --pull never claim-git 2>/dev/null)",
    outcome=lambda seen: {"master": "master", "main": "head", "v2": "newest"}.get(
        seen.value("message").removeprefix("Built from the branch ").rstrip("."), ""
    ),
    expected=(Since("20.10", "master"), Since("23.0", "head")),
    why=_(
        "The legacy builder asks for master whenever no branch is named. BuildKit asks the repository: its HEAD "
        "says which "
        "branch is the default, and nowadays that is mostly main."
    ),
    today=_("Name what you mean: `#v1.0`, `#main:web`. A tag or a commit gives the same tomorrow; a branch moves on."),
    cleanup="docker rmi --force claim-git",
)

who_downloads = Claim(
    id="building.who_downloads",
    notes=("151", "157"),
    statement=_("For an address, the Docker engine downloads the archive (or clones the repository) and unpacks it."),
    question=_(
        "The client is started without any network: it can reach the engine through its socket, and nothing "
        "else. Can it "
        "build from https://files.example.com/context.tar.gz?"
    ),
    choices=(
        Choice("engine", _("Yes: the engine downloads"), notes=True),
        Choice("client", _("No: the client would have to download")),
    ),
    experiment="docker image inspect nginx >/dev/null 2>&1 || docker pull --quiet nginx >/dev/null\n"
    "unshare --net docker build --quiet --tag claim-download https://files.example.com/context.tar.gz 2>&1 | "
    "tail -n 1\n"
    "docker image inspect claim-download >/dev/null 2>&1; echo built=$?",
    outcome=lambda seen: _exit_code(seen, "built", "engine", "client"),
    expected=(Since("20.10", "client"), Since("23.0", "engine")),
    why=_(
        "With the legacy builder the client fetched the archive and sent it on. BuildKit works in the engine, "
        "and does it "
        "there. It matters when the two are on different machines: whose network, whose proxy, whose password?"
    ),
    today=_("`curl ... | docker build -` makes certain that it is your side that downloads."),
    cleanup="docker rmi --force claim-download",
)

stdin_context = Claim(
    id="building.stdin_context",
    notes=("159-165",),
    statement=_(
        "`docker build - < Dockerfile` reads the Dockerfile from standard input. For a context from there, it "
        "takes an archive."
    ),
    question=_(
        "The Dockerfile says `COPY notes.txt /`, and notes.txt lies in the current directory. What does `docker "
        "build - < "
        "Dockerfile` do?"
    ),
    choices=(
        Choice("works", _("It builds, as with a dot at the end")),
        Choice("fails", _("It fails: notes.txt is not found"), notes=True),
    ),
    experiment=_BUSYBOX + "echo remember > notes.txt\nprintf 'FROM busybox\\nCOPY notes.txt /\\n' > Dockerfile\n"
    "docker build --quiet --tag claim-point . >/dev/null; echo point=$?\n"
    "docker build --quiet --tag claim-minus - < Dockerfile >/dev/null 2>&1; echo minus=$?\n"
    "docker build --quiet --tag claim-both --file - . < Dockerfile >/dev/null; echo file_minus=$?",
    outcome=lambda seen: _exit_code(seen, "minus", "works", "fails"),
    expected=(Since("20.10", "fails"),),
    why=_(
        "The minus stands in the place of the context. Whoever gives a Dockerfile there gives no directory, so "
        "the context "
        "is empty. RUN works; COPY finds nothing."
    ),
    today=_("`docker build -f - .` reads the Dockerfile from standard input and has the directory as its context."),
    cleanup="docker rmi --force claim-point claim-minus claim-both",
)


def _formats(seen: Observation) -> str:
    built = [program for program in ("gzip", "bzip2", "xz") if seen.value(program) == "0"]
    return {"gzip bzip2 xz": "all", "gzip": "gzip", "": "none"}.get(" ".join(built), "")


stdin_formats = Claim(
    id="building.stdin_formats",
    notes=("168-170",),
    statement=_("An archive on standard input is taken for the context if it is compressed with gzip, bzip2 or xz."),
    question=_(
        "One archive is compressed with gzip, with bzip2 and with xz, and each time given to `docker build -`. "
        "Which of "
        "them builds?"
    ),
    choices=(
        Choice("all", _("All three"), notes=True),
        Choice("gzip", _("Only the one by gzip")),
        Choice("none", _("None: what comes from standard input is read as a Dockerfile")),
    ),
    experiment=_BUSYBOX + "echo hello > file\nprintf 'FROM busybox\\nCOPY file /file\\n' > Dockerfile\n"
    "tar -cf context.tar file Dockerfile\n"
    "for program in gzip bzip2 xz; do\n"
    "  $program -c context.tar | docker build --quiet --tag claim-packed - >/dev/null; echo $program=$?\n"
    "done\n"
    "docker build --quiet --tag claim-plain - < context.tar >/dev/null 2>&1; echo plain=$?",
    outcome=_formats,
    expected=(Since("20.10", "all"),),
    why=_(
        "The first bytes decide. What begins like a compressed file or holds a tar header is an archive, and all "
        "else is a "
        "Dockerfile; so plain tar is recognised as well, as the last line shows. For xz the engine starts the "
        "program xz, "
        "which has to be installed where the engine runs."
    ),
    today=_("`tar -c . | docker build -` sends exactly the files that you choose, without a temporary archive."),
    cleanup="docker rmi --force claim-packed claim-plain",
)
