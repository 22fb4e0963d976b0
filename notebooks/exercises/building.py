"""The exercises of the lesson on building images."""

import hashlib

from dockyard.exercises import Answer, Evidence, Exercise, Mistake, NotYet, Parameters, Sentence, _, sentence

# ------------------------------------------------------------------------------------------------ shared


def _changed(exercise: str) -> Sentence:
    return sentence(
        f"building.{exercise}.dockerfile",
        found=_("The Dockerfile {path} is no longer what it was."),
        wanted=_("The Dockerfile {path} as the exercise brought it."),
        look_at=_("`%reset {exercise}` puts it back. The goal can be reached by options of `docker build` alone."),
    )


def _must_be_unchanged(the: Evidence, said: Sentence, path: str, content: str) -> None:
    file = the.machine.file(path)
    file.must_exist()
    the.require(file.content.strip() == content.strip(), said, path=path, exercise=said.name.rpartition(".")[0])


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "-"


# ------------------------------------------------------------------------------------------------ a first Dockerfile

PAGE = "/usr/share/nginx/html/index.html"


def _check_first(the: Evidence, p: Parameters) -> None:
    image = the.build(p["image"]).must_exist()
    image.must_stand_on("nginx")
    image.file(PAGE).must_hold(f"Hello, {p['who']}!")


first = Exercise(
    id="building.first",
    title=_("From commit to Dockerfile"),
    goal=_(
        "Build an image `{image}` from a Dockerfile. It is built on `nginx`, and its page "
        "/usr/share/nginx/html/index.html says `Hello, {who}!`."
    ),
    notes=("80-91", "133-137"),
    parameters={"image": ("harbour:v3", "quay:v3"), "who": ("sailor", "whale", "pilot")},
    setup=("with_image nginx\nwithout_image harbour:v3 harbour quay:v3 quay\nwithout_dangling_images"),
    check=_check_first,
    hints=(
        _("Two instructions are enough: what to start from, and one command that writes the page."),
        _(
            "In an empty directory write a file named `Dockerfile`: `FROM nginx`, and "
            "`RUN echo 'Hello, {who}!' > /usr/share/nginx/html/index.html`."
        ),
        _("Then, in that directory, and with the dot at the end: `docker build -t {image} .`"),
    ),
    solution=Answer(
        "mkdir -p /root/harbour\n"
        "cd /root/harbour\n"
        "cat > Dockerfile <<'END'\n"
        "FROM nginx\n"
        "RUN echo '<h1>Hello, {who}!</h1>' > /usr/share/nginx/html/index.html\n"
        "END\n"
        "docker build -t {image} .",
        why=_(
            "What `docker commit` keeps to itself is now written down: anybody can read it, change it, build it again."
        ),
    ),
    others=(
        Answer(
            "mkdir -p /root/harbour\n"
            "cd /root/harbour\n"
            "echo '<h1>Hello, {who}!</h1>' > index.html\n"
            "printf 'FROM nginx\\nCOPY index.html /usr/share/nginx/html/\\n' > Dockerfile\n"
            "docker build -t {image} .",
            why=_("A page of more than one line is better off in a file of its own, brought in by COPY."),
        ),
        Answer(
            "printf 'FROM nginx\\nRUN echo \"Hello, {who}!\" > /usr/share/nginx/html/index.html\\n' | docker "
            "build -t {image} -",
            why=_("`-` reads the Dockerfile from standard input: enough for one that copies no files."),
        ),
    ),
    mistakes=(
        Mistake(
            "docker run --name draft nginx sh -c \"echo 'Hello, {who}!' > /usr/share/nginx/html/index.html\"\n"
            "docker commit draft {image}\ndocker rm draft",
            gets="build.committed",
        ),
        Mistake(
            "mkdir -p /root/harbour\n"
            "cd /root/harbour\n"
            "printf 'FROM nginx\\nRUN echo \"Hello, {who}!\" > /usr/share/nginx/html/index\\n' > Dockerfile\n"
            "docker build -t {image} .",
            gets="file.content",
        ),
        Mistake(
            "mkdir -p /root/harbour\n"
            "cd /root/harbour\n"
            "printf 'FROM nginx\\nRUN echo \"Hello, {who}!\" > /usr/share/nginx/html/index.html\\n' > Dockerfile\n"
            "docker build .",
            gets="image.untagged",
            repair="docker tag $(docker images -q -f dangling=true | head -n 1) {image}",
        ),
        Mistake(
            'printf \'FROM busybox\\nRUN mkdir -p /usr/share/nginx/html; echo "Hello, {who}!" > '
            "/usr/share/nginx/html/index.html\\n' | docker build -t {image} -",
            gets="image.not_on_top",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ scratch

SCRATCH_MORE = sentence(
    "building.scratch.more",
    found=_("`tiny:1` has {layers} layers, and at its top lie: {names}"),
    wanted=_("`tiny:1` with one layer, and in it nothing but /hello."),
    look_at=_("Each FROM brings all of its image along. One name stands for: start with nothing."),
)
SCRATCH_SHELL = sentence(
    "building.scratch.shell",
    found=_("`tiny:1` starts {command}, but there is no /bin/sh in it."),
    wanted=_("`tiny:1` starting /hello itself, without a shell."),
    look_at=_('The form with brackets needs no shell: `CMD ["/hello"]`'),
    more=_("A command without brackets is handed to `/bin/sh -c`, and an image made from scratch has no shell."),
)


def _check_scratch(the: Evidence, _p: Parameters) -> None:
    image = the.build("tiny:1").must_exist()
    names = sorted(image.file("/").names)
    image.file("/hello").must_exist()
    met = len(image.layers) == 1 and names == ["hello"]
    the.require(met, SCRATCH_MORE, layers=len(image.layers), names=_code(names[:6]))
    command = [*(image.config.get("Entrypoint") or []), *(image.config.get("Cmd") or [])]
    the.require(command[:1] != ["/bin/sh"], SCRATCH_SHELL, command=f"`{' '.join(command)}`")
    the.journal.must_show_run("tiny:1", exit_code=0)


scratch = Exercise(
    id="building.scratch",
    title=_("An image from nothing"),
    goal=_(
        "/root/tiny/hello is a program that needs no library and no shell. Build an image `tiny:1` that holds "
        "this one "
        "file, /hello, and nothing else, and let a container of it say hello."
    ),
    notes=("94-98",),
    setup=(
        "with_image hello-world busybox\nwithout_image tiny:1 tiny\nrm -rf /root/tiny; mkdir -p /root/tiny\n"
        "id=$(docker create hello-world)\ndocker cp $id:/hello /root/tiny/hello >/dev/null\ndocker rm $id >/dev/null"
    ),
    check=_check_scratch,
    hints=(
        _("Every image is built on another one, or on the one that does not exist: `scratch`."),
        _(
            "`COPY hello /` brings the file in. CMD says what a container starts; without a shell it needs the "
            "exec form."
        ),
        _(
            "In /root/tiny: `printf 'FROM scratch\\nCOPY hello /\\nCMD [\"/hello\"]\\n' > Dockerfile`, then "
            "`docker build -t tiny:1 .` and `docker run --rm tiny:1`"
        ),
    ),
    solution=Answer(
        "cd /root/tiny\n"
        "cat > Dockerfile <<'END'\n"
        "FROM scratch\n"
        "COPY hello /\n"
        'CMD ["/hello"]\n'
        "END\n"
        "docker build -t tiny:1 .\n"
        "docker run --rm tiny:1",
        why=_(
            "`FROM scratch` adds nothing. The COPY makes the first and only layer, and CMD names a program, not "
            "a shell."
        ),
    ),
    others=(
        Answer(
            "cd /root/tiny\n"
            "printf 'FROM scratch\\nADD hello /hello\\nENTRYPOINT [\"/hello\"]\\n' > Dockerfile\n"
            "docker build -t tiny:1 .\n"
            "docker run --rm tiny:1",
            why=_("ADD of a plain file does what COPY does, and ENTRYPOINT names the program just as well."),
        ),
        Answer(
            "cd /root/tiny\n"
            "printf 'FROM scratch\\nCOPY hello /\\n' > Dockerfile\n"
            "docker build -t tiny:1 .\n"
            "docker run --rm tiny:1 /hello",
            why=_("Without CMD the command must be said at each `docker run`."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/tiny\n"
            "printf 'FROM busybox\\nCOPY hello /\\nCMD [\"/hello\"]\\n' > Dockerfile\n"
            "docker build -t tiny:1 .\n"
            "docker run --rm tiny:1",
            gets="building.scratch.more",
        ),
        Mistake(
            "cd /root/tiny\n"
            "printf 'FROM scratch\\nCOPY hello /\\nCMD /hello\\n' > Dockerfile\n"
            "docker build -t tiny:1 .\n"
            "docker run --rm tiny:1",
            gets="building.scratch.shell",
        ),
        Mistake(
            "cd /root/tiny\n"
            "printf 'FROM scratch\\nCOPY hello /\\nCMD [\"/hello\"]\\n' > Dockerfile\n"
            "docker build -t tiny:1 .",
            gets="journal.never_ran",
            repair="docker run --rm tiny:1",
        ),
        Mistake("docker tag hello-world tiny:1\ndocker run --rm tiny:1", gets="build.not_built"),
        Mistake(
            "cd /root/tiny\nprintf 'FROM scratch\\n' > Dockerfile\necho 'COPY ./tiny/hello /' >> Dockerfile\n"
            "docker build -t tiny:1 .",
            gets="image.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ both forms of RUN

FORMS_LITERAL = sentence(
    "building.run_forms.literal",
    found=_("`depot:1` has one directory that is really named {names}."),
    wanted=_("The three directories /srv/blue, /srv/green and /srv/red in `depot:1`."),
    look_at=_(
        "`RUN` without brackets is run by /bin/sh. Here that is dash, which leaves braces alone. bash is in the "
        "image, too."
    ),
    more=_("With brackets no shell runs at all, unless it is the program that you name: /bin/bash with `-c`."),
)
FORMS_ELSEWHERE = sentence(
    "building.run_forms.elsewhere",
    found=_("`depot:1` has the directories, but at its root: /blue, and not /srv/blue."),
    wanted=_("The three directories /srv/blue, /srv/green and /srv/red in `depot:1`."),
    look_at=_("Each RUN starts a shell of its own, in the same directory as the one before: a `cd` ends with its RUN."),
)
FORMS_QUOTES = sentence(
    "building.run_forms.quotes",
    found=_("There is no image `depot:1`. The Dockerfile in /root/depot has single quotes inside of the brackets."),
    wanted=_("An image named `depot:1` on this machine."),
    look_at=_("The exec form is JSON, and JSON knows double quotes only. Anything else is taken for the shell form."),
)


def _check_run_forms(the: Evidence, _p: Parameters) -> None:
    if not the.image("depot:1").exists and "['" in the.machine.file("/root/depot/Dockerfile").content:
        raise NotYet(FORMS_QUOTES)
    image = the.build("depot:1").must_exist()
    image.must_stand_on("debian")
    literal = [name for name in image.file("/srv").names if "{" in name]
    the.require(not literal, FORMS_LITERAL, names=_code(literal))
    the.require(not image.file("/blue").exists, FORMS_ELSEWHERE)
    for colour in ("blue", "green", "red"):
        image.file(f"/srv/{colour}").must_exist()


run_forms = Exercise(
    id="building.run_forms",
    title=_("Which shell?"),
    goal=_(
        "Build an image `depot:1` from `debian` with the directories /srv/blue, /srv/green and /srv/red. In your "
        "terminal `mkdir /srv/{blue,green,red}` would do it; make it do so in a Dockerfile."
    ),
    notes=("99-107",),
    setup="with_image debian\nwithout_image depot:1 depot\nrm -f /root/depot/Dockerfile; mkdir -p /root/depot",
    check=_check_run_forms,
    hints=(
        _("Braces are bash's. The shell form of RUN is run by `/bin/sh -c`."),
        _("The exec form runs exactly the program that it names. Name bash, and give it the command as one argument."),
        _('`RUN ["/bin/bash", "-c", "mkdir /srv/{blue,green,red}"]`'),
    ),
    solution=Answer(
        "cd /root/depot\n"
        "cat > Dockerfile <<'END'\n"
        "FROM debian\n"
        'RUN ["/bin/bash", "-c", "mkdir /srv/{blue,green,red}"]\n'
        "END\n"
        "docker build -t depot:1 .\n"
        "docker run --rm depot:1 ls /srv",
        why=_(
            "The exec form names the program itself: here a shell of your choice, with the whole command as one word."
        ),
    ),
    others=(
        Answer(
            "cd /root/depot\n"
            "cat > Dockerfile <<'END'\n"
            "FROM debian\n"
            'SHELL ["/bin/bash", "-c"]\n'
            "RUN mkdir /srv/{blue,green,red}\n"
            "END\n"
            "docker build -t depot:1 .",
            why=_("SHELL says once what runs every shell form after it."),
        ),
        Answer(
            "cd /root/depot\n"
            "printf 'FROM debian\\nRUN mkdir /srv/blue /srv/green /srv/red\\n' > Dockerfile\n"
            "docker build -t depot:1 .",
            why=_("What every shell understands needs no choice of shell."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/depot\n"
            "printf 'FROM debian\\nRUN mkdir /srv/{blue,green,red}\\n' > Dockerfile\n"
            "docker build -t depot:1 .",
            gets="building.run_forms.literal",
        ),
        Mistake(
            "cd /root/depot\n"
            'printf \'FROM debian\\nRUN ["mkdir", "/srv/{blue,green,red}"]\\n\' > Dockerfile\n'
            "docker build -t depot:1 .",
            gets="building.run_forms.literal",
        ),
        Mistake(
            "cd /root/depot\n"
            "printf \"FROM debian\\nRUN ['/bin/bash', '-c', 'mkdir /srv/{blue,green,red}']\\n\" > Dockerfile\n"
            "docker build -t depot:1 .",
            gets="building.run_forms.quotes",
        ),
        Mistake(
            "cd /root/depot\n"
            "printf 'FROM debian\\nRUN cd /srv\\nRUN mkdir blue green red\\n' > Dockerfile\n"
            "docker build -t depot:1 .",
            gets="building.run_forms.elsewhere",
        ),
        Mistake(
            "cd /root/depot\n"
            'printf \'FROM debian\\nRUN ["/bin/bash", "-c", "mkdir", "/srv/{blue,green,red}"]\\n\' > Dockerfile\n'
            "docker build -t depot:1 .",
            gets="image.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ one RUN, one layer

MENU = """FROM busybox
RUN mkdir -p /srv/menu
RUN echo leek > /srv/menu/soup
RUN echo bean > /srv/menu/salad
RUN echo plum > /srv/menu/cake
RUN chmod 600 /srv/menu/soup /srv/menu/salad /srv/menu/cake
"""


def _check_one_run(the: Evidence, _p: Parameters) -> None:
    image = the.build("menu:1").must_exist()
    image.must_stand_on("busybox")
    for name, content in (("soup", "leek"), ("salad", "bean"), ("cake", "plum")):
        file = image.file(f"/srv/menu/{name}")
        file.must_hold(content)
        file.must_have_mode("600")
    image.must_have_at_most(layers=len(the.image("busybox").layers) + 1)


one_run = Exercise(
    id="building.one_run",
    title=_("Five instructions, one layer"),
    goal=_(
        "The Dockerfile in /root/menu puts five layers on top of `busybox`. Change it so that `menu:1` holds the "
        "same "
        "three files, each with the mode 600, in one layer on top of `busybox`."
    ),
    notes=("108-109", "128-129"),
    setup=(
        "with_image busybox\nwithout_image menu:1 menu\n"
        "rm -rf /root/menu; mkdir -p /root/menu\n"
        f"cat > /root/menu/Dockerfile <<'END'\n{MENU}END"
    ),
    check=_check_one_run,
    hints=(
        _("Each RUN makes a layer, however many commands it holds."),
        _(
            "In a shell `&&` joins commands: the next one runs if the one before succeeded. `\\` at a line's end "
            "goes on below."
        ),
        _(
            "`RUN mkdir -p /srv/menu && echo leek > /srv/menu/soup && echo bean > /srv/menu/salad && "
            "echo plum > /srv/menu/cake && chmod 600 /srv/menu/*`"
        ),
    ),
    solution=Answer(
        "cd /root/menu\n"
        "cat > Dockerfile <<'END'\n"
        "FROM busybox\n"
        "RUN mkdir -p /srv/menu \\\n"
        "    && echo leek > /srv/menu/soup \\\n"
        "    && echo bean > /srv/menu/salad \\\n"
        "    && echo plum > /srv/menu/cake \\\n"
        "    && chmod 600 /srv/menu/*\n"
        "END\n"
        "docker build -t menu:1 .\n"
        "docker history menu:1",
        why=_("One instruction, one shell, one layer. `&&` also ends the build at the first command that fails."),
    ),
    others=(
        Answer(
            "cd /root/menu\n"
            "mkdir menu && cd menu\n"
            "echo leek > soup; echo bean > salad; echo plum > cake; chmod 600 *\n"
            "cd ..\n"
            "printf 'FROM busybox\\nCOPY menu /srv/menu\\n' > Dockerfile\n"
            "docker build -t menu:1 .",
            why=_("Files that exist before the build come in by one COPY, which keeps their modes."),
        ),
        Answer(
            "cd /root/menu\n"
            "sed -i 's/^FROM busybox/FROM busybox AS kitchen/' Dockerfile\n"
            "printf 'FROM busybox\\nCOPY --from=kitchen /srv/menu /srv/menu\\n' >> Dockerfile\n"
            "docker build -t menu:1 .",
            why=_(
                "With two stages the first may have as many layers as it likes: only what the last one copies counts."
            ),
        ),
    ),
    mistakes=(
        Mistake("cd /root/menu\ndocker build -t menu:1 .", gets="image.layers"),
        Mistake(
            "cd /root/menu\nsed -i '/chmod/d' Dockerfile\ndocker build -t menu:1 .",
            gets="file.mode",
        ),
        Mistake(
            "cd /root/menu\n"
            "printf 'FROM busybox\\nRUN mkdir -p /srv/menu; cd /srv/menu; echo leek > soup; echo plum > cake; "
            "chmod 600 *\\n' "
            "> Dockerfile\n"
            "docker build -t menu:1 .",
            gets="file.missing",
        ),
        Mistake(
            "cd /root/menu\n"
            "docker build -t menu:0 .\n"
            "docker run --name menu menu:0 true\n"
            "docker export menu | docker import - menu:1\n"
            "docker rm menu; docker rmi menu:0",
            gets="build.imported",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ clean up in time

LISTS = "/var/lib/apt/lists/*_dists_*"
CLEANUP_KEPT = sentence(
    "building.cleanup.kept",
    found=_("`fetch:1` still holds the package lists that `apt-get update` fetched: {names}"),
    wanted=_("No package lists in any layer of `fetch:1`."),
    look_at=_("`docker run --rm fetch:1 ls /var/lib/apt/lists`"),
    more=_("Once the packages are installed, nobody needs the lists; the next `apt-get update` fetches them anew."),
)
CLEANUP_BURIED = sentence(
    "building.cleanup.buried",
    found=_("The package lists can't be seen in `fetch:1` any more, but layer {layer} of {layers} still holds them."),
    wanted=_("No package lists in any layer of `fetch:1`."),
    look_at=_("`docker history fetch:1`: the RUN that deletes is another one than the RUN that fetched."),
    more=_(
        "A layer is finished when its instruction ends. A later `rm` hides a file; it does not make the image smaller."
    ),
)


def _check_cleanup(the: Evidence, p: Parameters) -> None:
    image = the.build("fetch:1").must_exist()
    image.must_stand_on("debian")
    image.file(f"/usr/bin/{p['tool']}").must_exist()
    kept = [name for name in image.file("/var/lib/apt/lists").names if "_dists_" in name]
    the.require(not kept, CLEANUP_KEPT, names=_code(kept[:1]))
    below = len(the.image("debian").layers)
    buried = [layer for layer in image.layers_with(LISTS) if layer > below]
    the.require(not buried, CLEANUP_BURIED, layer=(buried or [0])[0], layers=len(image.layers))


cleanup = Exercise(
    id="building.cleanup",
    title=_("Clean up before the layer closes"),
    goal=_(
        "Build an image `fetch:1` from `debian` in which the package `{tool}` is installed with apt-get, and see "
        "to it "
        "that no layer of it holds the package lists of /var/lib/apt/lists."
    ),
    notes=("110-111", "130-131"),
    parameters={"tool": ("wget", "curl")},
    setup="with_image debian\nwithout_image fetch:1 fetch\nmkdir -p /root/fetch",
    check=_check_cleanup,
    hints=(
        _("`apt-get update` fetches the lists, `apt-get install` reads them, and after that they are of no use."),
        _("Delete them in the RUN that fetched them: a later RUN can only hide them."),
        _("`RUN apt-get update && apt-get install -y --no-install-recommends {tool} && rm -rf /var/lib/apt/lists/*`"),
    ),
    solution=Answer(
        "cd /root/fetch\n"
        "cat > Dockerfile <<'END'\n"
        "FROM debian\n"
        "RUN apt-get update \\\n"
        "    && apt-get install -y --no-install-recommends {tool} \\\n"
        "    && rm -rf /var/lib/apt/lists/*\n"
        "END\n"
        "docker build -q -t fetch:1 .\n"
        "docker history fetch:1",
        why=_(
            "What is gone when the RUN ends never gets into the layer. `--no-install-recommends` leaves out packages "
            "that are merely nice to have."
        ),
    ),
    others=(
        Answer(
            "cd /root/fetch\n"
            "cat > Dockerfile <<'END'\n"
            "FROM debian\n"
            "RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update && apt-get install -y {tool}\n"
            "END\n"
            "DOCKER_BUILDKIT=1 docker build -t fetch:1 .",
            why=_("BuildKit only: the lists live in a cache beside the image, and the next build finds them there."),
        ),
        Answer(
            "cd /root/fetch\n"
            "cat > Dockerfile <<'END'\n"
            "FROM debian AS fat\n"
            "RUN apt-get update && apt-get install -y {tool}\n"
            "RUN rm -rf /var/lib/apt/lists/*\n"
            "FROM debian\n"
            "COPY --from=fat / /\n"
            "END\n"
            "docker build -t fetch:1 .",
            why=_("It works, but the last stage holds all of Debian twice. In the RUN itself is the better place."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/fetch\n"
            "printf 'FROM debian\\nRUN apt-get update && apt-get install -y {tool}\\n' > Dockerfile\n"
            "docker build -t fetch:1 .",
            gets="building.cleanup.kept",
        ),
        Mistake(
            "cd /root/fetch\n"
            "printf 'FROM debian\\nRUN apt-get update && apt-get install -y {tool}\\n"
            "RUN rm -rf /var/lib/apt/lists/*\\n' > Dockerfile\n"
            "docker build -t fetch:1 .",
            gets="building.cleanup.buried",
        ),
        Mistake(
            "cd /root/fetch\n"
            "printf 'FROM debian\\nRUN apt-get install -y {tool}\\n' > Dockerfile\n"
            "docker build -t fetch:1 .",
            gets="image.missing",
        ),
        Mistake(
            "cd /root/fetch\n"
            "printf 'FROM debian\\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\\n' > Dockerfile\n"
            "docker build -t fetch:1 .",
            gets="file.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ the context

SHOP = "FROM busybox\nCOPY index.html /www/index.html\n"
CONTEXT_MOVED = sentence(
    "building.context.moved",
    found=_("There are other files below /root/shop than before: {names}"),
    wanted=_("Only /root/shop/index.html and /root/shop/deploy/web.Dockerfile, where they were."),
    look_at=_("`%reset building.context` puts them back."),
    more=_("Context and Dockerfile are two things: the last argument names the one, `-f` the other."),
)
CONTEXT_CHANGED = _changed("context")


def _check_context(the: Evidence, _p: Parameters) -> None:
    listed = the.machine.runs("cd /root/shop && find . -type f | sort").output.split()
    wanted = ["./deploy/web.Dockerfile", "./index.html"]
    the.require(listed == wanted, CONTEXT_MOVED, names=_code([name[2:] for name in listed[:6]]))
    _must_be_unchanged(the, CONTEXT_CHANGED, "/root/shop/deploy/web.Dockerfile", SHOP)
    image = the.build("shop:1").must_exist()
    image.file("/www/index.html").must_hold("Open from nine to five")


context = Exercise(
    id="building.context",
    title=_("A Dockerfile somewhere else"),
    goal=_(
        "/root/shop/deploy/web.Dockerfile copies index.html, which lies in /root/shop. Build `shop:1` from the two "
        "without moving, copying or changing any file."
    ),
    notes=("138-142",),
    setup=(
        "with_image busybox\nwithout_image shop:1 shop\nwithout_dangling_images\n"
        "rm -rf /root/shop; mkdir -p /root/shop/deploy\n"
        "echo '<p>Open from nine to five</p>' > /root/shop/index.html\n"
        f"cat > /root/shop/deploy/web.Dockerfile <<'END'\n{SHOP}END"
    ),
    check=_check_context,
    hints=(
        _(
            "COPY finds what is in the context, and the context is the directory that `docker build` is given at "
            "its end."
        ),
        _("The Dockerfile need not lie at the top of the context, nor have that name: `-f` says where it is."),
        _("`cd /root/shop`, then `docker build -t shop:1 -f deploy/web.Dockerfile .`"),
    ),
    solution=Answer(
        "cd /root/shop\ndocker build -t shop:1 -f deploy/web.Dockerfile .",
        why=_(
            "The dot is the context, /root/shop, where index.html lies. `-f` names the Dockerfile, as seen from you."
        ),
    ),
    others=(
        Answer(
            "cd /root/shop/deploy\ndocker build -t shop:1 -f web.Dockerfile ..",
            why=_("Any directory can be the context, the one above as well."),
        ),
        Answer(
            "docker build -t shop:1 -f - /root/shop < /root/shop/deploy/web.Dockerfile",
            why=_("`-f -` reads the Dockerfile from standard input and leaves the context to be a directory."),
        ),
    ),
    mistakes=(
        Mistake("cd /root/shop/deploy\ndocker build -t shop:1 -f web.Dockerfile .", gets="image.missing"),
        Mistake(
            "cd /root/shop/deploy\ncp ../index.html .\ndocker build -t shop:1 -f web.Dockerfile .",
            gets="building.context.moved",
            repair="rm /root/shop/deploy/index.html",
        ),
        Mistake(
            "cd /root/shop/deploy\nsed -i 's|COPY |COPY ../|' web.Dockerfile\ndocker build -t shop:1 -f "
            "web.Dockerfile .",
            gets="building.context.dockerfile",
            repair="cd /root/shop/deploy\nsed -i 's|COPY ../|COPY |' web.Dockerfile\ndocker build -t shop:1 -f "
            "web.Dockerfile ..",
        ),
        Mistake("cd /root/shop\ndocker build -f deploy/web.Dockerfile .", gets="image.untagged"),
        Mistake("cd /root/shop\ndocker build -t shop -f deploy/web.Dockerfile .", gets="image.other_tag"),
    ),
)

# ------------------------------------------------------------------------------------------------ .dockerignore

APP = "FROM busybox\nCOPY . /app\n"
IGNORE_SECRET = sentence(
    "building.dockerignore.secret",
    found=_("/app/.env is in `app:1`, with the password in it."),
    wanted=_("No .env in any layer of `app:1`."),
    look_at=_("`docker build` reads the file `.dockerignore` at the top of the context, and no other one."),
    more=_("A .gitignore means nothing to Docker."),
)
IGNORE_NESTED = sentence(
    "building.dockerignore.nested",
    found=_("debug.log stayed out of `app:1`, but {name} got in."),
    wanted=_("No file that ends in .log in `app:1`, in whatever directory."),
    look_at=_("A pattern counts from the top of the context: `*.log` means the top alone, `**/*.log` every directory."),
)
IGNORE_LOGS = sentence(
    "building.dockerignore.logs",
    found=_("/app/debug.log is in `app:1`."),
    wanted=_("No file that ends in .log in `app:1`, in whatever directory."),
    look_at=_("`docker run --rm app:1 find /app`"),
)
IGNORE_GONE = sentence(
    "building.dockerignore.gone",
    found=_("/root/app lacks {names}."),
    wanted=_("All files of /root/app as they were: they only should not get into the image."),
    look_at=_("`%reset building.dockerignore` brings them back."),
)
IGNORE_CHANGED = _changed("dockerignore")
_APP_FILES = (".env", "debug.log", "logs/2024/old.log", "main.sh", "README.md")


def _check_dockerignore(the: Evidence, _p: Parameters) -> None:
    there = the.machine.runs("cd /root/app && find . -type f").output.split()
    lost = [name for name in _APP_FILES if f"./{name}" not in there]
    the.require(not lost, IGNORE_GONE, names=_code(lost))
    image = the.build("app:1").must_exist()
    the.require(not image.file("/app/.env").exists, IGNORE_SECRET)
    image.file("/app/.env").must_be_in_no_layer()
    the.require(not image.file("/app/debug.log").exists, IGNORE_LOGS)
    the.require(not image.file("/app/logs/2024/old.log").exists, IGNORE_NESTED, name="`/app/logs/2024/old.log`")
    image.file("/app/main.sh").must_hold("serving")
    image.file("/app/README.md").must_exist()
    _must_be_unchanged(the, IGNORE_CHANGED, "/root/app/Dockerfile", APP)


dockerignore = Exercise(
    id="building.dockerignore",
    title=_("What stays out"),
    goal=_(
        "The Dockerfile in /root/app copies the whole directory. Build `app:1` so that neither .env, which holds a "
        "password, nor any file that ends in .log gets into it, in whatever directory; main.sh and README.md must. "
        "Change neither the Dockerfile nor the files."
    ),
    notes=("143-144",),
    setup=(
        "with_image busybox\nwithout_image app:1 app\nrm -rf /root/app; mkdir -p /root/app/logs/2024\ncd /root/app\n"
        "echo PASSWORD=swordfish > .env; echo noise > debug.log; echo noise > logs/2024/old.log\n"
        "echo 'echo serving' > main.sh; echo '# app' > README.md\n"
        f"cat > Dockerfile <<'END'\n{APP}END"
    ),
    check=_check_dockerignore,
    hints=(
        _("A file at the top of the context lists what is not to be handed over. Its name begins with a dot."),
        _("The name is .dockerignore. `*.log` in it means the top directory alone."),
        _("`printf '.env\\n**/*.log\\n' > /root/app/.dockerignore`, then build"),
    ),
    solution=Answer(
        "cd /root/app\nprintf '.env\\n**/*.log\\n' > .dockerignore\ndocker build -t app:1 .\ndocker run --rm "
        "app:1 find /app -type f | sort",
        why=_("What .dockerignore names is not in the context, so no COPY can pick it up, today or in a year."),
    ),
    others=(
        Answer(
            "cd /root/app\nprintf '*\\n!main.sh\\n!README.md\\n' > .dockerignore\ndocker build -t app:1 .",
            why=_(
                "The other way round: nothing comes in but what is named. New files stay out until somebody wants them."
            ),
        ),
        Answer(
            "cd /root/app\nprintf '.env\\n*.log\\nlogs\\n' > .dockerignore\ndocker build -t app:1 .",
            why=_("Fine as long as all deeper logs lie in that one directory."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/app\nprintf '.env\\n*.log\\n' > .gitignore\ndocker build -t app:1 .",
            gets="building.dockerignore.secret",
        ),
        Mistake(
            "cd /root/app\nprintf '.env\\n*.log\\n' > .dockerignore\ndocker build -t app:1 .",
            gets="building.dockerignore.nested",
        ),
        Mistake(
            "cd /root/app\necho '.env' > .dockerignore\ndocker build -t app:1 .",
            gets="building.dockerignore.logs",
        ),
        Mistake(
            "cd /root/app\necho 'RUN rm -r /app/.env /app/debug.log /app/logs' >> Dockerfile\ndocker build -t app:1 .",
            gets="image.buried",
            repair="cd /root/app\nsed -i '$d' Dockerfile\nprintf '.env\\n**/*.log\\n' > .dockerignore\ndocker "
            "build -t app:1 .",
        ),
        Mistake(
            "cd /root/app\nrm -r .env debug.log logs\ndocker build -t app:1 .",
            gets="building.dockerignore.gone",
            repair="cd /root/app; mkdir -p logs/2024; touch .env debug.log logs/2024/old.log\n"
            "printf '.env\\n**/*.log\\n' > .dockerignore\ndocker build -t app:1 .",
        ),
        Mistake(
            "cd /root/app\nprintf '*\\n!main.sh\\n' > .dockerignore\ndocker build -t app:1 .",
            gets="file.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ Git

GIT_BRANCH = sentence(
    "building.git.branch",
    found=_("`gitweb:2` holds the page of another branch: {page}"),
    wanted=_("The page of the branch `v2`, which says `second version`."),
    look_at=_("Behind the `#` the branch comes first, then a colon, then the directory: `#BRANCH:DIRECTORY`."),
)
GIT_DIRECTORY = sentence(
    "building.git.directory",
    found=_(
        "`gitweb:2` was built from another directory of the repository: it holds /message.txt, and that says: {message}"
    ),
    wanted=_("`gitweb:2` built from the directory `web`."),
    look_at=_("Behind the `#` the branch comes first, then a colon, then the directory: `#BRANCH:DIRECTORY`."),
)


def _check_git(the: Evidence, _p: Parameters) -> None:
    image = the.build("gitweb:2").must_exist()
    message = image.file("/message.txt")
    the.require(not message.exists, GIT_DIRECTORY, message=f"`{message.content.strip()}`")
    page = image.file(PAGE)
    page.must_exist()
    the.require("Git, first version" not in page.content, GIT_BRANCH, page=f"`{page.content.strip()}`")
    page.must_hold("second version")


git = Exercise(
    id="building.git",
    title=_("Straight from Git"),
    goal=_(
        "Build an image `gitweb:2` straight from the repository https://git.example.com/dockyard/hello.git: from the "
        "directory `web` of the branch `v2`."
    ),
    notes=("146-151",),
    setup="with_image nginx busybox\nwithout_image gitweb:2 gitweb",
    check=_check_git,
    hints=(
        _("`docker build` takes the address of a repository where it takes a directory."),
        _("What follows a `#` says which branch, and, behind a colon, which directory in it."),
        _("`docker build -t gitweb:2 'https://git.example.com/dockyard/hello.git#v2:web'`"),
    ),
    solution=Answer(
        "docker build -t gitweb:2 'https://git.example.com/dockyard/hello.git#v2:web'",
        why=_(
            "Branch, colon, directory. Nothing is cloned into your directory; the commit is all that the build sees."
        ),
    ),
    others=(
        Answer(
            "cd $(mktemp -d)\n"
            "git clone --quiet --branch v2 https://git.example.com/dockyard/hello.git .\n"
            "docker build -t gitweb:2 web",
            why=_("Two steps instead of one, and useful where you want to look before you build."),
        ),
        Answer(
            "docker build -t gitweb:2 'https://git.example.com/dockyard/hello.git#refs/heads/v2:web'",
            why=_("The branch by its full name, so that no tag of the same name can be meant."),
        ),
    ),
    mistakes=(
        Mistake(
            "docker build -t gitweb:2 'https://git.example.com/dockyard/hello.git#:web'",
            gets="building.git.branch",
        ),
        Mistake(
            "docker build -t gitweb:2 'https://git.example.com/dockyard/hello.git#v2'",
            gets="building.git.directory",
        ),
        Mistake(
            "docker build -t gitweb:2 'https://git.example.com/dockyard/hello.git#web:v2'",
            gets="image.missing",
        ),
    ),
)

# ----------------------------------------------------------------------------------------------- an archive


def _check_archive_url(the: Evidence, _p: Parameters) -> None:
    image = the.build("archive:1").must_exist()
    image.must_stand_on("nginx")
    image.file(PAGE).must_hold("Hello from a tar archive")


archive_url = Exercise(
    id="building.archive_url",
    title=_("From an archive on a web server"),
    goal=_(
        "https://files.example.com/context.tar.gz holds a whole build context. Build the image `archive:1` from it."
    ),
    notes=("153-157",),
    setup="with_image nginx busybox\nwithout_image archive:1 archive\nwithout_dangling_images",
    check=_check_archive_url,
    hints=(
        _("Where a directory could stand, an address can stand too."),
        _("Nobody has to unpack the archive: what is in it is the context."),
        _("`docker build -t archive:1 https://files.example.com/context.tar.gz`"),
    ),
    solution=Answer(
        "docker build -t archive:1 https://files.example.com/context.tar.gz",
        why=_("It is downloaded, recognised as an archive, unpacked, and taken as the context, Dockerfile included."),
    ),
    others=(
        Answer(
            "curl -fsS https://files.example.com/context.tar.gz | docker build -t archive:1 -",
            why=_("An archive on standard input is a context as well. Now it is certain who downloads: curl does."),
        ),
        Answer(
            "cd $(mktemp -d)\n"
            "curl -fsS https://files.example.com/context.tar.gz | tar -xz\n"
            "docker build -t archive:1 .",
            why=_("By hand, with the chance to look at what one is about to build."),
        ),
    ),
    mistakes=(
        Mistake("docker build https://files.example.com/context.tar.gz", gets="image.untagged"),
        Mistake("docker build -t archive:1 https://files.example.com/site.tar.gz", gets="image.missing"),
        Mistake(
            "docker build -t archive:1 'https://git.example.com/dockyard/hello.git#main:web'",
            gets="file.content",
        ),
        Mistake("docker build -t archive:1 https://git.example.com/dockyard/hello.git", gets="image.not_on_top"),
    ),
)

# ------------------------------------------------------------------------------------------------ a Dockerfile on stdin

STDIN_WRITTEN = sentence(
    "building.stdin.written",
    found=_("/root/letter now also holds: {names}"),
    wanted=_("Nothing but message.txt in /root/letter: the Dockerfile is never written to disk."),
    look_at=_("`-f -` reads the Dockerfile from standard input. Remove what you wrote, and build again."),
)
STDIN_NO_COPY = sentence(
    "building.stdin.no_copy",
    found=_("`letter:1` is there, but without /message.txt."),
    wanted=_("`letter:1` built from all that /root/make-dockerfile prints, the COPY included."),
    look_at=_("With `docker build -` there is no context to copy from. `-f -` leaves room for one."),
)
MAKE_DOCKERFILE = """#!/bin/sh
echo 'FROM busybox'
echo 'COPY message.txt /message.txt'
echo 'CMD ["cat", "/message.txt"]'
"""


def _check_stdin(the: Evidence, _p: Parameters) -> None:
    names = the.machine.file("/root/letter").names
    extra = [name for name in names if name != "message.txt"]
    the.require(not extra, STDIN_WRITTEN, names=_code(extra))
    image = the.build("letter:1").must_exist()
    the.require(image.file("/message.txt").exists, STDIN_NO_COPY)
    image.file("/message.txt").must_hold("Dear Docker")


stdin = Exercise(
    id="building.stdin",
    title=_("A Dockerfile that is never a file"),
    goal=_(
        "The program /root/make-dockerfile prints a Dockerfile that copies message.txt. Build `letter:1` with what it "
        "prints and the directory /root/letter as the context, without writing any file into it."
    ),
    notes=("159-165",),
    setup=(
        "with_image busybox\nwithout_image letter:1 letter\nrm -rf /root/letter; mkdir -p /root/letter\n"
        "echo 'Dear Docker, thank you.' > /root/letter/message.txt\n"
        f"cat > /root/make-dockerfile <<'END'\n{MAKE_DOCKERFILE}END\nchmod 755 /root/make-dockerfile"
    ),
    check=_check_stdin,
    hints=(
        _("`docker build -` reads a Dockerfile from standard input, but then there is no directory to copy from."),
        _("`-f` names the Dockerfile, and its name may be `-`. The context stands at the end, as always."),
        _("`/root/make-dockerfile | docker build -t letter:1 -f - /root/letter`"),
    ),
    solution=Answer(
        "/root/make-dockerfile | docker build -t letter:1 -f - /root/letter\ndocker run --rm letter:1",
        why=_("Standard input is the Dockerfile, the directory is the context: each comes from where you say."),
    ),
    others=(
        Answer(
            "/root/make-dockerfile > /tmp/Dockerfile\n"
            "tar -c -C /tmp Dockerfile -C /root/letter message.txt | docker build -t letter:1 -",
            why=_(
                "An archive on standard input brings both along, here from two places: the Dockerfile and its files."
            ),
        ),
        Answer(
            "/root/make-dockerfile > /root/letter.Dockerfile\n"
            "docker build -t letter:1 -f /root/letter.Dockerfile /root/letter\n"
            "rm /root/letter.Dockerfile",
            why=_("A Dockerfile may lie outside of the context."),
        ),
    ),
    mistakes=(
        Mistake("/root/make-dockerfile | docker build -t letter:1 -", gets="image.missing"),
        Mistake(
            "cd /root/letter\n/root/make-dockerfile > Dockerfile\ndocker build -t letter:1 .",
            gets="building.stdin.written",
            repair="rm /root/letter/Dockerfile",
        ),
        Mistake("/root/make-dockerfile | grep -v COPY | docker build -t letter:1 -", gets="building.stdin.no_copy"),
    ),
)

# ------------------------------------------------------------------------------------------------ an archive on stdin

PARCEL_UNPACKED = sentence(
    "building.archive_stdin.unpacked",
    found=_("The archive was unpacked on the machine: {path} is there."),
    wanted=_("`parcel:1` built from /root/parcel.tar.gz as it is."),
    look_at=_("`docker build` unpacks an archive by itself. Remove the directory, and build from the archive."),
)
PARCEL_OTHER = sentence(
    "building.archive_stdin.other",
    found=_("`parcel:1` was built with the Dockerfile at the top of the archive, which is only a draft."),
    wanted=_("`parcel:1` built with the archive's image/Dockerfile."),
    look_at=_("`tar -tzf /root/parcel.tar.gz` lists what is in it; `-f` chooses among the Dockerfiles of a context."),
)
PARCEL_COPIES = (
    "find /root /tmp -path '*/image/Dockerfile' -not -path '*/.*' -exec grep -lx 'COPY contents.txt /contents.txt' {} +"
)


def _check_archive_stdin(the: Evidence, _p: Parameters) -> None:
    found = the.machine.runs(PARCEL_COPIES).output.splitlines()
    the.require(not found, PARCEL_UNPACKED, path=f"`{(found or ['-'])[0]}`")
    image = the.build("parcel:1").must_exist()
    the.require(not image.file("/draft").exists, PARCEL_OTHER)
    image.file("/contents.txt").must_hold("three apples")


archive_stdin = Exercise(
    id="building.archive_stdin",
    title=_("An archive through the letter box"),
    goal=_(
        "/root/parcel.tar.gz is a build context, and the Dockerfile to use in it is image/Dockerfile. Build `parcel:1` "
        "from the archive without unpacking it on the machine."
    ),
    notes=("166-170",),
    setup=(
        "with_image busybox\nwithout_image parcel:1 parcel\n"
        f'{PARCEL_COPIES} | while read -r file; do rm "$file"; done\n'
        "cd $(mktemp -d); mkdir image; echo 'three apples' > contents.txt\n"
        "printf 'FROM busybox\\nRUN touch /draft\\n' > Dockerfile\n"
        "printf 'FROM busybox\\nCOPY contents.txt /contents.txt\\n' > image/Dockerfile\n"
        "tar -czf /root/parcel.tar.gz Dockerfile contents.txt image; rm -r $PWD"
    ),
    check=_check_archive_stdin,
    hints=(
        _("`-` in the place of the directory reads standard input; an archive there is unpacked and is the context."),
        _("Options work as with a directory: `-f` names a Dockerfile in the archive."),
        _("`docker build -t parcel:1 -f image/Dockerfile - < /root/parcel.tar.gz`"),
    ),
    solution=Answer(
        "docker build -t parcel:1 -f image/Dockerfile - < /root/parcel.tar.gz\ndocker run --rm parcel:1 cat "
        "/contents.txt",
        why=_("The first bytes tell that it is an archive and how it was compressed; what is in it is the context."),
    ),
    others=(
        Answer(
            "cat /root/parcel.tar.gz | docker build -t parcel:1 --file=image/Dockerfile -",
            why=_("Whether a file or a pipe stands behind standard input makes no difference."),
        ),
        Answer(
            "gunzip -c /root/parcel.tar.gz | docker build -t parcel:1 -f image/Dockerfile -",
            why=_("An archive that is not compressed at all will do, too."),
        ),
        Answer(
            "mkdir -p /root/image\n"
            "docker build -t parcel:1 -f image/Dockerfile --iidfile /root/image/id - < /root/parcel.tar.gz",
            why=_("`--iidfile` writes the id of the new image into a file, here in a directory of your own."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t parcel:1 - < /root/parcel.tar.gz", gets="building.archive_stdin.other"),
        Mistake("docker build -t parcel:1 -f image/Dockerfile /root/parcel.tar.gz", gets="image.missing"),
        Mistake(
            "mkdir -p /root/parcel; cd /root/parcel; tar -xzf ../parcel.tar.gz\n"
            "docker build -t parcel:1 -f image/Dockerfile .",
            gets="building.archive_stdin.unpacked",
            repair="rm -r /root/parcel",
        ),
        Mistake(
            "mkdir -p /tmp/parcel; cd /tmp/parcel; tar -xzf /root/parcel.tar.gz\n"
            "docker build -t parcel:1 -f image/Dockerfile .",
            gets="building.archive_stdin.unpacked",
            repair="rm -r /tmp/parcel",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ two builders

BUILDERS_OLD = sentence(
    "building.builders.old",
    found=_("`duel:old` was built by BuildKit: its history says so."),
    wanted=_("`duel:old` built by the legacy builder."),
    look_at=_("The variable DOCKER_BUILDKIT chooses the builder: 0 the legacy one, 1 BuildKit."),
)
BUILDERS_NEW = sentence(
    "building.builders.new",
    found=_("`duel:new` was built by the legacy builder: nothing in its history names BuildKit."),
    wanted=_("`duel:new` built by BuildKit."),
    look_at=_("The variable DOCKER_BUILDKIT chooses the builder: 0 the legacy one, 1 BuildKit."),
)
DUEL = 'FROM busybox\nRUN echo ready > /ready\nCMD ["cat", "/ready"]\n'


def _check_builders(the: Evidence, _p: Parameters) -> None:
    old, new = the.build("duel:old"), the.build("duel:new")
    for one in (old, new):
        one.must_exist().file("/ready").must_exist()
    the.require(not old.by_buildkit, BUILDERS_OLD)
    the.require(new.by_buildkit, BUILDERS_NEW)


builders = Exercise(
    id="building.builders",
    title=_("Two builders, one Dockerfile"),
    goal=_(
        "Build the Dockerfile in /root/duel twice: as `duel:old` by the legacy builder, which the notes describe, and "
        "as `duel:new` by BuildKit. Then compare `docker history` of the two."
    ),
    notes=("139-140",),
    setup=(
        "with_image busybox\nwithout_image duel:old duel:new\nrm -rf /root/duel; mkdir -p /root/duel\n"
        f"cat > /root/duel/Dockerfile <<'END'\n{DUEL}END"
    ),
    check=_check_builders,
    hints=(
        _("An environment variable of the client decides who builds."),
        _("`VARIABLE=value command` sets a variable for one command. The variable is DOCKER_BUILDKIT."),
        _("`DOCKER_BUILDKIT=0 docker build -t duel:old /root/duel`; with 1, and the other tag, for BuildKit"),
    ),
    solution=Answer(
        "cd /root/duel\n"
        "DOCKER_BUILDKIT=0 docker build -t duel:old .\n"
        "DOCKER_BUILDKIT=1 docker build -t duel:new .\n"
        "docker history duel:old\n"
        "docker history duel:new",
        why=_("Since Engine 23.0 BuildKit is what you get when you say nothing; before, it was the legacy builder."),
    ),
    others=(
        Answer(
            "export DOCKER_BUILDKIT=0\n"
            "docker build -t duel:old /root/duel\n"
            "export DOCKER_BUILDKIT=1\n"
            "docker build -t duel:new /root/duel",
            why=_("`export` sets it for all commands that follow in this shell."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/duel\nDOCKER_BUILDKIT=1 docker build -t duel:old .\nDOCKER_BUILDKIT=1 docker build -t duel:new .",
            gets="building.builders.old",
        ),
        Mistake(
            "cd /root/duel\nDOCKER_BUILDKIT=0 docker build -t duel:old .\ndocker tag duel:old duel:new",
            gets="building.builders.new",
        ),
        Mistake("cd /root/duel\nDOCKER_BUILDKIT=0 docker build -t duel:old .", gets="image.other_tag"),
    ),
)

# ------------------------------------------------------------------------------------------------ the cache

API = "FROM busybox\nCOPY . /app\nRUN sh /app/install.sh\n"
CACHE_REBUILT = sentence(
    "building.cache.rebuilt",
    found=_("The installation ran twice: `api:1` and `api:2` hold different results of it."),
    wanted=_("`api:2` with the very installation of `api:1`, taken from the cache."),
    look_at=_(
        "Where does main.txt come in, before or after the installation? From the first change on, nothing is "
        "taken from the cache."
    ),
    more=_("So copy what the installation needs, install, and only then copy what changes every day."),
)
CACHE_SAME = sentence(
    "building.cache.same",
    found=_("main.txt is the same in `api:1` and `api:2`: {content}"),
    wanted=_("A change of main.txt between the two builds."),
    look_at=_("`echo version two > /root/api/main.txt`, then build `api:2`."),
)


def _check_cache(the: Evidence, _p: Parameters) -> None:
    first_, second = the.build("api:1").must_exist(), the.build("api:2").must_exist()
    for image in (first_, second):
        image.file("/app/main.txt").must_exist()
        image.file("/installed").must_exist()
    content = [image.file("/app/main.txt").content.strip() for image in (first_, second)]
    the.require(content[0] != content[1], CACHE_SAME, content=f"`{content[0]}`")
    the.require(first_.file("/installed").content == second.file("/installed").content, CACHE_REBUILT)


cache = Exercise(
    id="building.cache",
    title=_("In the right order"),
    goal=_(
        "In /root/api the file main.txt changes every day, while install.sh, which takes its time, does not. "
        "Change the "
        "Dockerfile so that a change of main.txt does not install again. Prove it: build `api:1`, write something else "
        "into main.txt, build `api:2`."
    ),
    notes=("82-83",),
    setup=(
        "with_image busybox\nwithout_image api:1 api:2\nrm -rf /root/api; mkdir -p /root/api\ncd /root/api\n"
        "echo version one > main.txt\n"
        "printf 'sleep 1\\ncat /proc/sys/kernel/random/uuid > /installed\\n' > install.sh\n"
        f"cat > Dockerfile <<'END'\n{API}END"
    ),
    check=_check_cache,
    hints=(
        _("A step comes from the cache while it and all steps before it are the same, and the files that they copy."),
        _("`COPY . /app` changes with every file. Which single file does the installation need?"),
        _("`COPY install.sh /app/`, then `RUN sh /app/install.sh`, and only then `COPY . /app`"),
    ),
    solution=Answer(
        "cd /root/api\n"
        "cat > Dockerfile <<'END'\n"
        "FROM busybox\n"
        "COPY install.sh /app/\n"
        "RUN sh /app/install.sh\n"
        "COPY . /app\n"
        "END\n"
        "docker build -t api:1 .\n"
        "echo version two > main.txt\n"
        "docker build -t api:2 .",
        why=_("What changes seldom stands first. So it is with requirements.txt, package.json and their kind."),
    ),
    others=(
        Answer(
            "cd /root/api\n"
            "printf 'FROM busybox\\nCOPY install.sh /app/\\nRUN sh /app/install.sh\\nCOPY main.txt /app/\\n' > "
            "Dockerfile\n"
            "docker build -t api:1 .\n"
            "date > main.txt\n"
            "docker build -t api:2 .",
            why=_("Naming each file is even more exact than copying all that is left."),
        ),
        Answer(
            "cd /root/api\n"
            "printf 'FROM busybox\\nRUN --mount=type=bind,source=install.sh,target=/install.sh sh /install.sh\\n"
            "COPY . /app\\n' > Dockerfile\n"
            "DOCKER_BUILDKIT=1 docker build -t api:1 .\n"
            "echo version two > main.txt\n"
            "DOCKER_BUILDKIT=1 docker build -t api:2 .",
            why=_("BuildKit only: the file is there for this one RUN and makes no layer."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/api\ndocker build -t api:1 .\necho version two > main.txt\ndocker build -t api:2 .",
            gets="building.cache.rebuilt",
            repair="cd /root/api\n"
            "printf 'FROM busybox\\nCOPY install.sh /app/\\nRUN sh /app/install.sh\\nCOPY . /app\\n' > Dockerfile\n"
            "docker build -t api:1 .\necho version three > main.txt\ndocker build -t api:2 .",
        ),
        Mistake(
            "cd /root/api\n"
            "printf 'FROM busybox\\nCOPY install.sh /app/\\nRUN sh /app/install.sh\\nCOPY . /app\\n' > Dockerfile\n"
            "docker build -t api:1 .\n"
            "docker build -t api:2 .",
            gets="building.cache.same",
            repair="cd /root/api\necho version two > main.txt\ndocker build -t api:2 .",
        ),
        Mistake(
            "cd /root/api\n"
            "printf 'FROM busybox\\nCOPY install.sh /app/\\nRUN sh /app/install.sh\\n' > Dockerfile\n"
            "docker build -t api:1 .\n"
            "echo version two > main.txt\n"
            "docker build -t api:2 .",
            gets="file.missing",
            repair="cd /root/api\necho 'COPY . /app' >> Dockerfile\necho version three > main.txt\ndocker build "
            "-t api:1 .\n"
            "echo version four > main.txt\ndocker build -t api:2 .",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ without the cache

NEWS = "FROM busybox\nRUN cat /proc/sys/kernel/random/uuid > /edition\n"
NO_CACHE_SAME = sentence(
    "building.no_cache.same",
    found=_("`news:2` holds the edition of `news:1`: the RUN was taken from the cache."),
    wanted=_("`news:2` with an edition of its own."),
    look_at=_("`docker build --help | grep cache`"),
    more=_(
        "The cache compares the text of a RUN. It cannot know that the same command would give something else today."
    ),
)
NO_CACHE_MOVED = sentence(
    "building.no_cache.moved",
    found=_("There is no image `news:2`, but `news:1` was built anew: the name has moved to the new image."),
    wanted=_("`news:2` beside the `news:1` that was there."),
    look_at=_("`-t` says which name the new image gets. `%reset building.no_cache` brings yesterday's `news:1` back."),
)
NO_CACHE_CHANGED = _changed("no_cache")


def _check_no_cache(the: Evidence, _p: Parameters) -> None:
    if not the.image("news:2").exists and the.journal.happened("image", "tag", "news:1"):
        raise NotYet(NO_CACHE_MOVED)
    image = the.build("news:2").must_exist()
    _must_be_unchanged(the, NO_CACHE_CHANGED, "/root/news/Dockerfile", NEWS)
    image.file("/edition").must_exist()
    the.require(image.file("/edition").content != the.image("news:1").file("/edition").content, NO_CACHE_SAME)


no_cache = Exercise(
    id="building.no_cache",
    title=_("Yesterday's news"),
    goal=_(
        "The Dockerfile in /root/news writes a new edition each time its RUN runs; `news:1` was built from it. Build "
        "`news:2` from the same, unchanged Dockerfile, with a new edition in it."
    ),
    notes=("136",),
    setup=(
        "with_image busybox\nwithout_image news:1 news:2\nrm -rf /root/news; mkdir -p /root/news\n"
        f"cat > /root/news/Dockerfile <<'END'\n{NEWS}END\ndocker build -q -t news:1 /root/news >/dev/null"
    ),
    check=_check_no_cache,
    hints=(
        _("The text of the RUN is the same, so the builder hands out what it made before."),
        _("One option of `docker build` forbids it to look into the cache."),
        _("`docker build --no-cache -t news:2 /root/news`"),
    ),
    solution=Answer(
        "docker build --no-cache -t news:2 /root/news",
        why=_("Every step runs again. `--pull` would ask the registry for a newer base image as well."),
    ),
    others=(
        Answer(
            "docker build --pull --no-cache --tag=news:2 /root/news",
            why=_("The usual pair for a nightly build: a fresh base, and nothing old on top of it."),
        ),
        Answer(
            "docker build --no-cache -t news:2 - < /root/news/Dockerfile",
            why=_("Options work the same for every kind of context."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t news:2 /root/news", gets="building.no_cache.same"),
        Mistake(
            "echo 'RUN true' >> /root/news/Dockerfile\nsed -i 's/^RUN cat/RUN  true; cat/' /root/news/Dockerfile\n"
            "docker build -t news:2 /root/news",
            gets="building.no_cache.dockerfile",
            repair="printf 'FROM busybox\\nRUN cat /proc/sys/kernel/random/uuid > /edition\\n' > "
            "/root/news/Dockerfile\n"
            "docker build --no-cache -t news:2 /root/news",
        ),
        Mistake("docker build --no-cache -t news:1 /root/news", gets="building.no_cache.moved"),
    ),
)

# ------------------------------------------------------------------------------------------------ several stages

GREET_C = '#include <stdio.h>\n\nint main(void)\n{\n    puts("Ahoy from a small image!");\n    return 0;\n}\n'
STAGES_COMPILER = sentence(
    "building.multistage.compiler",
    found=_("`greet:1` still holds the compiler: {path}, {size} MB in all."),
    wanted=_("`greet:1` with the program, and without the compiler in any layer."),
    look_at=_("A second FROM begins a new image; `COPY --from=` brings over what is needed from the first."),
    more=_("What becomes the image is the last stage alone."),
)
STAGES_NO_FROM = sentence(
    "building.multistage.no_from",
    found=_("There is no image `greet:1`, and no COPY in /root/greet/Dockerfile says from which stage it copies."),
    wanted=_("`greet:1` with the program, and without the compiler in any layer."),
    look_at=_("A plain COPY takes files from the context, and greet is not there: it lies in the first stage."),
)
STAGES_NOT_STARTED = sentence(
    "building.multistage.not_started",
    found=_("A container of `greet:1` was started, but its program could not do its work: exit code {code}."),
    wanted=_("A container of `greet:1` having run greet."),
    look_at=_(
        "The program looks for the C library of the image that it runs in. Does the last stage's image have one?"
    ),
)


def _check_multistage(the: Evidence, _p: Parameters) -> None:
    written = the.machine.file("/root/greet/Dockerfile").content
    if not the.image("greet:1").exists and "COPY" in written and "--from" not in written:
        raise NotYet(STAGES_NO_FROM)
    image = the.build("greet:1").must_exist()
    size = f"{image.size / 1e6:.0f}"
    the.require(not image.layers_with("/usr/bin/tcc"), STAGES_COMPILER, path="`/usr/bin/tcc`", size=size)
    tried = [past for past in the.journal.containers if past.inspect.get("Image") == image.id]
    codes = [past.exit_code if past.started else 127 for past in tried]
    if codes and codes[-1] is not None and 0 not in codes:
        raise NotYet(STAGES_NOT_STARTED, code=codes[-1])
    the.journal.must_show_run("greet:1", exit_code=0)


multistage = Exercise(
    id="building.multistage",
    title=_("Leave the workshop behind"),
    goal=_(
        "The image `compiler:1` is Debian with a C compiler. Use it to compile /root/greet/greet.c (`tcc -o /greet "
        "greet.c`) while an image `greet:1` is built, which holds the program but not the compiler, and run a "
        "container "
        "of it."
    ),
    notes=("130-131",),
    setup=(
        "with_image debian busybox\nwithout_image greet:1 greet\nrm -rf /root/greet; mkdir -p /root/greet\n"
        f"cat > /root/greet/greet.c <<'END'\n{GREET_C}END\n"
        "docker image inspect compiler:1 >/dev/null 2>&1 || docker build -q -t compiler:1 - >/dev/null <<'END'\n"
        "FROM debian\n"
        "RUN apt-get update && apt-get install -y --no-install-recommends tcc libc6-dev && rm -rf "
        "/var/lib/apt/lists/*\n"
        "END"
    ),
    check=_check_multistage,
    hints=(
        _("A Dockerfile may have more than one FROM. Each begins a stage, and the image is the last one."),
        _(
            "`FROM compiler:1 AS build` names a stage. `COPY --from=build /greet /greet` brings its result into "
            "the next one."
        ),
        _('Second stage: `FROM debian`, `COPY --from=build /greet /greet`, `CMD ["/greet"]`. Then build and run.'),
    ),
    solution=Answer(
        "cd /root/greet\n"
        "cat > Dockerfile <<'END'\n"
        "FROM compiler:1 AS build\n"
        "COPY greet.c .\n"
        "RUN tcc -o /greet greet.c\n"
        "\n"
        "FROM debian\n"
        "COPY --from=build /greet /greet\n"
        'CMD ["/greet"]\n'
        "END\n"
        "docker build -t greet:1 .\n"
        "docker run --rm greet:1",
        why=_("The first stage may be as untidy as a workshop: only what is copied out of it gets into the image."),
    ),
    others=(
        Answer(
            "cd /root/greet\n"
            "cat > Dockerfile <<'END'\n"
            "FROM compiler:1\n"
            "COPY greet.c .\n"
            "RUN tcc -o /greet greet.c\n"
            "\n"
            "FROM debian\n"
            "COPY --from=0 /greet /usr/local/bin/greet\n"
            'CMD ["greet"]\n'
            "END\n"
            "docker build -t greet:1 .\n"
            "docker run --rm greet:1",
            why=_("Stages without a name are counted from 0. A name still fits when somebody adds a stage in between."),
        ),
        Answer(
            "cd /root/greet\n"
            "docker run --rm -v $PWD:/src compiler:1 tcc -o /src/greet /src/greet.c\n"
            "printf 'FROM debian\\nCOPY greet /greet\\nCMD [\"/greet\"]\\n' > Dockerfile\n"
            "docker build -t greet:1 .\n"
            "docker run --rm greet:1",
            why=_("How it was done before stages existed: compile in one container, copy the result into the image."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/greet\n"
            "printf 'FROM compiler:1\\nCOPY greet.c .\\nRUN tcc -o /greet greet.c\\nCMD [\"/greet\"]\\n' > Dockerfile\n"
            "docker build -t greet:1 .\n"
            "docker run --rm greet:1",
            gets="building.multistage.compiler",
        ),
        Mistake(
            "cd /root/greet\n"
            "printf 'FROM compiler:1\\nCOPY greet.c .\\nRUN tcc -o /greet greet.c && rm /usr/bin/tcc\\n"
            'CMD ["/greet"]\\n\' > Dockerfile\n'
            "docker build -t greet:1 .\n"
            "docker run --rm greet:1",
            gets="building.multistage.compiler",
        ),
        Mistake(
            "cd /root/greet\n"
            "printf 'FROM compiler:1 AS build\\nCOPY greet.c .\\nRUN tcc -o /greet greet.c\\n"
            'FROM busybox\\nCOPY --from=build /greet /greet\\nCMD ["/greet"]\\n\' > Dockerfile\n'
            "docker build -t greet:1 .\n"
            "docker run --rm greet:1",
            gets="building.multistage.not_started",
        ),
        Mistake(
            "cd /root/greet\n"
            "printf 'FROM compiler:1 AS build\\nCOPY greet.c .\\nRUN tcc -o /greet greet.c\\n"
            'FROM debian\\nCOPY /greet /greet\\nCMD ["/greet"]\\n\' > Dockerfile\n'
            "docker build -t greet:1 .",
            gets="building.multistage.no_from",
        ),
        Mistake(
            "cd /root/greet\n"
            "printf 'FROM compiler:1 AS build\\nCOPY greet.c .\\nRUN tcc -o /greet greet.c\\n"
            'FROM debian\\nCOPY --from=build /greet /greet\\nCMD ["/greet"]\\n\' > Dockerfile\n'
            "docker build -t greet:1 .",
            gets="journal.never_ran",
            repair="docker run --rm greet:1",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ --target

TARGET = """FROM busybox AS build
RUN echo build > /stage && echo 'the program' > /program

FROM build AS test
RUN grep -q program /program && echo test > /stage && echo 'all tests passed' > /report

FROM busybox AS prod
COPY --from=build /program /program
RUN echo prod > /stage
"""
TARGET_STAGE = sentence(
    "building.target.stage",
    found=_("`{image}` is the stage `{stage}` of the Dockerfile."),
    wanted=_("`{image}` being the stage `{wanted_stage}`."),
    look_at=_(
        "A tag does not choose a stage; without a choice it is the last one. `docker build --help | grep -i stage`"
    ),
)
TARGET_CHANGED = _changed("target")


def _check_target(the: Evidence, _p: Parameters) -> None:
    _must_be_unchanged(the, TARGET_CHANGED, "/root/stages/Dockerfile", TARGET)
    for stage in ("test", "prod"):
        image = the.build(f"stages:{stage}").must_exist()
        image.file("/stage").must_exist()
        have = image.file("/stage").content.strip()
        the.require(have == stage, TARGET_STAGE, image=f"stages:{stage}", stage=have, wanted_stage=stage)


target = Exercise(
    id="building.target",
    title=_("Stop at a stage"),
    goal=_(
        "The Dockerfile in /root/stages has the stages `build`, `test` and `prod`. Without changing it, build "
        "the stage "
        "`test` as `stages:test` and the stage `prod` as `stages:prod`."
    ),
    notes=("133-137",),
    setup=(
        "with_image busybox\nwithout_image stages:test stages:prod stages\nrm -rf /root/stages; mkdir -p /root/stages\n"
        f"cat > /root/stages/Dockerfile <<'END'\n{TARGET}END"
    ),
    check=_check_target,
    hints=(
        _("Without a word about stages, `docker build` builds the last one."),
        _("`--target` names the stage that is to become the image."),
        _("`docker build --target test -t stages:test /root/stages`, and without `--target` for the last one"),
    ),
    solution=Answer(
        "cd /root/stages\ndocker build --target test -t stages:test .\ndocker build -t stages:prod .",
        why=_("One Dockerfile, several images: one to test in, one to ship."),
    ),
    others=(
        Answer(
            "cd /root/stages\ndocker build --target=prod --tag stages:prod .\ndocker build --target=test --tag "
            "stages:test .",
            why=_("Naming the last stage as well says what is meant, also when somebody adds another one below."),
        ),
        Answer(
            "cd /root/stages\n"
            "sed '/AS prod/,$d' Dockerfile | docker build -t stages:test -f - .\n"
            "docker build -t stages:prod .",
            why=_("A Dockerfile that ends with the stage gives the same image; `--target` says so in one word."),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/stages\ndocker build -t stages:test .\ndocker build -t stages:prod .",
            gets="building.target.stage",
        ),
        Mistake("cd /root/stages\ndocker build --target test -t stages:test .", gets="image.other_tag"),
        Mistake(
            "cd /root/stages\ndocker build -t stages:prod .\nsed -i '/AS prod/,$d' Dockerfile\ndocker build -t "
            "stages:test .",
            gets="building.target.dockerfile",
            repair="cd /root/stages\n"
            "printf '\\nFROM busybox AS prod\\nCOPY --from=build /program /program\\nRUN echo prod > /stage\\n' "
            ">> Dockerfile\n"
            "sed -i -e ':a' -e '/^\\n*$/{$d;N;ba' -e '}' Dockerfile; cat -s Dockerfile > new; mv new Dockerfile",
        ),
        Mistake("cd /root/stages\ndocker build --target tests -t stages:test .", gets="image.missing"),
    ),
)

# ------------------------------------------------------------------------------------------------ --build-arg

PAINT = "FROM busybox\nARG COLOUR=grey\nRUN echo $COLOUR > /colour\n"
ARG_DEFAULT = sentence(
    "building.build_arg.default",
    found=_("`paint:{colour}` is grey: the build took the default that the Dockerfile gives."),
    wanted=_("`{colour}` in the file /colour of `paint:{colour}`."),
    look_at=_("The build says which argument nobody asked for: `docker build --build-arg ... 2>&1 | grep -i consumed`"),
    more=_(
        "The name is the one behind ARG, in capital letters. Variables of your shell count only when "
        "`--build-arg` names them."
    ),
)
ARG_CHANGED = _changed("build_arg")


def _check_build_arg(the: Evidence, p: Parameters) -> None:
    colour = p["colour"]
    image = the.build(f"paint:{colour}").must_exist()
    _must_be_unchanged(the, ARG_CHANGED, "/root/paint/Dockerfile", PAINT)
    file = image.file("/colour")
    file.must_exist()
    the.require(file.content.strip() != "grey", ARG_DEFAULT, colour=colour)
    file.must_hold(colour)


build_arg = Exercise(
    id="building.build_arg",
    title=_("Another colour, the same Dockerfile"),
    goal=_(
        "Unless told otherwise, the Dockerfile in /root/paint paints everything grey. Without changing it, build "
        "`paint:{colour}`, whose file /colour says `{colour}`."
    ),
    notes=("133-137",),
    parameters={"colour": ("blue", "green", "red")},
    setup=(
        "with_image busybox\nwithout_image paint:blue paint:green paint:red paint paint:grey\n"
        "rm -rf /root/paint; mkdir -p /root/paint\n"
        f"cat > /root/paint/Dockerfile <<'END'\n{PAINT}END"
    ),
    check=_check_build_arg,
    hints=(
        _("ARG declares a variable that whoever builds may set."),
        _("`--build-arg NAME=value`, with the name exactly as ARG writes it."),
        _("`docker build --build-arg COLOUR={colour} -t paint:{colour} /root/paint`"),
    ),
    solution=Answer(
        "docker build --build-arg COLOUR={colour} -t paint:{colour} /root/paint",
        why=_("ARG gives the default, `--build-arg` another value for this one build."),
    ),
    others=(
        Answer(
            "export COLOUR={colour}\ndocker build --build-arg COLOUR -t paint:{colour} /root/paint",
            why=_("Without a value, `--build-arg` hands on your shell's variable of that name."),
        ),
        Answer(
            "sed 's/grey/{colour}/' /root/paint/Dockerfile | docker build -t paint:{colour} -",
            why=_("Another Dockerfile altogether: the file is unchanged, but nobody can see any more what was built."),
        ),
    ),
    mistakes=(
        Mistake(
            "docker build --build-arg colour={colour} -t paint:{colour} /root/paint",
            gets="building.build_arg.default",
        ),
        Mistake("COLOUR={colour} docker build -t paint:{colour} /root/paint", gets="building.build_arg.default"),
        Mistake(
            "sed -i 's/grey/{colour}/' /root/paint/Dockerfile\ndocker build -t paint:{colour} /root/paint",
            gets="building.build_arg.dockerfile",
            repair="sed -i 's/COLOUR={colour}/COLOUR=grey/' /root/paint/Dockerfile\n"
            "docker build --build-arg COLOUR={colour} -t paint:{colour} /root/paint",
        ),
        Mistake("docker build -e COLOUR={colour} -t paint:{colour} /root/paint", gets="image.missing"),
        Mistake("docker build --build-arg COLOUR={colour} -t paint /root/paint", gets="image.other_tag"),
    ),
)

# ------------------------------------------------------------------------------------------------ a secret

SECRET_NOT_USED = sentence(
    "building.secret.not_used",
    found=_("/fingerprint in `vault:1` is not made from the token: {content}"),
    wanted=_("The SHA-256 sum of /root/vault/token.txt in /fingerprint of `vault:1`."),
    look_at=_("`sha256sum /root/vault/token.txt`, and `docker run --rm vault:1 cat /fingerprint`"),
)


def _check_secret(the: Evidence, p: Parameters) -> None:
    image = the.build("vault:1").must_exist()
    image.must_have_no_step(p["token"])
    image.must_hide(p["token"])
    file = image.file("/fingerprint")
    file.must_exist()
    sum_ = hashlib.sha256(f"{p['token']}\n".encode()).hexdigest()
    the.require(sum_ in file.content, SECRET_NOT_USED, content=f"`{file.content.strip()[:80]}`")


secret = Exercise(
    id="building.secret",
    title=_("Use a secret, keep no copy"),
    goal=_(
        "Build an image `vault:1` from `busybox` in which a RUN writes the SHA-256 sum of /root/vault/token.txt to "
        "/fingerprint. The token itself must be neither in a layer nor in the history of the image."
    ),
    notes=("130-131",),
    parameters={"token": ("tok-4b7d1f", "tok-9e02aa", "tok-c31d58")},
    setup=(
        "with_image busybox\nwithout_image vault:1 vault\nwithout_build_cache\n"
        "rm -rf /root/vault; mkdir -p /root/vault\n"
        "echo {token} > /root/vault/token.txt"
    ),
    check=_check_secret,
    hints=(
        _("COPY would leave the token in a layer, ARG in the history. BuildKit can lend a file to one RUN."),
        _(
            "`RUN --mount=type=secret,id=token ...` finds the file at /run/secrets/token; the build hands it over with "
            "`--secret id=token,src=token.txt`."
        ),
        _(
            "`RUN --mount=type=secret,id=token sha256sum /run/secrets/token > /fingerprint` and, in /root/vault, "
            "`docker build --secret id=token,src=token.txt -t vault:1 .` (before Engine 23.0 with `DOCKER_BUILDKIT=1` "
            "in front)"
        ),
    ),
    solution=Answer(
        "cd /root/vault\n"
        "cat > Dockerfile <<'END'\n"
        "FROM busybox\n"
        "RUN --mount=type=secret,id=token sha256sum /run/secrets/token > /fingerprint\n"
        "END\n"
        "DOCKER_BUILDKIT=1 docker build --secret id=token,src=token.txt -t vault:1 .\n"
        "docker run --rm vault:1 cat /fingerprint",
        why=_(
            "The file is mounted for this one RUN and then gone: no layer, no history, no cache holds it. "
            "`DOCKER_BUILDKIT=1` is only needed before Engine 23.0."
        ),
    ),
    others=(
        Answer(
            "cd /root/vault\n"
            "cat > Dockerfile <<'END'\n"
            "FROM busybox AS private\n"
            "COPY token.txt /\n"
            "RUN sha256sum /token.txt > /fingerprint\n"
            "FROM busybox\n"
            "COPY --from=private /fingerprint /fingerprint\n"
            "END\n"
            "docker build -t vault:1 .",
            why=_("The image is clean; but the first stage, with the token, stays in the build cache of this machine."),
        ),
        Answer(
            "cd /root/vault\n"
            "cat > Dockerfile <<'END'\n"
            "FROM busybox\n"
            "RUN --mount=type=bind,source=token.txt,target=/token.txt sha256sum /token.txt > /fingerprint\n"
            "END\n"
            "DOCKER_BUILDKIT=1 docker build -t vault:1 .",
            why=_(
                "No layer either, but the token is part of the context: a `COPY . /` written next year would "
                "take it in."
            ),
        ),
    ),
    mistakes=(
        Mistake(
            "cd /root/vault\n"
            "printf 'FROM busybox\\nARG TOKEN\\nRUN echo $TOKEN | sha256sum > /fingerprint\\n' > Dockerfile\n"
            "docker build --build-arg TOKEN=$(cat token.txt) -t vault:1 .",
            gets="image.history_unwanted",
        ),
        Mistake(
            "cd /root/vault\n"
            "printf 'FROM busybox\\nCOPY token.txt /\\nRUN sha256sum /token.txt > /fingerprint\\nRUN rm "
            "/token.txt\\n' > Dockerfile\n"
            "docker build -t vault:1 .",
            gets="image.secret",
        ),
        Mistake(
            "cd /root/vault\n"
            "printf 'FROM busybox\\nRUN --mount=type=secret,id=token sha256sum /run/secrets/token > "
            "/fingerprint\\n' > Dockerfile\n"
            "DOCKER_BUILDKIT=1 docker build -t vault:1 .",
            gets="image.missing",
        ),
        Mistake(
            "cd /root/vault\n"
            "printf 'FROM busybox\\nRUN --mount=type=secret,id=token echo /run/secrets/token | sha256sum > "
            "/fingerprint\\n' > Dockerfile\n"
            "DOCKER_BUILDKIT=1 docker build --secret id=token,src=token.txt -t vault:1 .",
            gets="building.secret.not_used",
        ),
    ),
)
