"""The exercises of the lesson on the instructions of a Dockerfile."""

from typing import Any

from dockyard.engine.containers import Container
from dockyard.exercises import Answer, Evidence, Exercise, Mistake, NotYet, Parameters, _, sentence


def _build(image: str, directory: str, dockerfile: str) -> str:
    """Return the script that writes a Dockerfile and builds from it."""
    return f"cat > {directory}/Dockerfile <<'END'\n{dockerfile.strip()}\nEND\ndocker build -t {image} {directory}"


def _entered(image: Any) -> list[str]:
    """Return the command line that a container of an image starts with: entry point and command."""
    return [*(image.instruction("ENTRYPOINT") or []), *(image.instruction("CMD") or [])]


def _main_process(container: Container) -> tuple[int, str]:
    """Return the uid and the command line of a container's main process; (0, "") when it does not run."""
    main = next(iter(container.processes), None)
    return (main.uid, main.command) if main else (0, "")


# ------------------------------------------------------------------------------------------------ COPY

_PAGES = "/usr/share/nginx/html"

COPY_FLAT = sentence(
    "dockerfile.copy.flat",
    found=_("main.css lies at {place}: not the directory css was copied, but what is in it."),
    wanted=_("The style sheet at /usr/share/nginx/html/css/main.css."),
    look_at=_("Name the directory in the destination too: `COPY css /usr/share/nginx/html/css/`"),
    more=_("COPY copies the content of a directory, never the directory itself; `cp -r` does it the other way."),
)


def _check_copy(the: Evidence, _p: Parameters) -> None:
    image = the.build("teashop:1").must_exist()
    image.must_stand_on("nginx")
    image.file(f"{_PAGES}/index.html").must_hold("Tea shop")
    image.file(f"{_PAGES}/about.html").must_exist()
    flat = image.file(f"{_PAGES}/main.css").exists and not image.file(f"{_PAGES}/css/main.css").exists
    the.require(not flat, COPY_FLAT, place=f"{_PAGES}/main.css")
    image.file(f"{_PAGES}/css/main.css").must_exist()
    image.file(f"{_PAGES}/todo.txt").must_be_in_no_layer()
    teashop = the.container("teashop")
    teashop.must_run("teashop:1")
    teashop.must_publish(8101, 80)
    the.world.http(8101, "/css/main.css").must_answer("teal")


_RUN_TEASHOP = "\ndocker rm -f teashop 2>/dev/null\ndocker run -d --name teashop -p 8101:80 teashop:1"
_COPY_SOLUTION = (
    _build(
        "teashop:1",
        "/root/teashop",
        "FROM nginx\nCOPY *.html /usr/share/nginx/html/\nCOPY css /usr/share/nginx/html/css/",
    )
    + _RUN_TEASHOP
)

copy = Exercise(
    id="dockerfile.copy",
    title=_("A site in an image"),
    goal=_(
        "In /root/teashop lie two pages, a directory css with a style sheet, and todo.txt, which is nobody else's "
        "business. Write /root/teashop/Dockerfile and build the image `teashop:1` from it: nginx, with the pages in "
        "/usr/share/nginx/html and the style sheet in css below it, and without todo.txt in any layer. Then run it as "
        "`teashop`, published on port 8101."
    ),
    notes=("173-182",),
    setup=(
        "with_image nginx\nwithout_container teashop\nwithout_image teashop:1\nwithout_port 8101\n"
        "rm -rf /root/teashop\nmkdir -p /root/teashop/css\ncd /root/teashop\n"
        "echo '<link rel=stylesheet href=css/main.css><h1>Tea shop</h1>' > index.html\n"
        "echo '<h1>About us</h1>' > about.html\n"
        "echo 'h1 { color: teal }' > css/main.css\n"
        "echo 'raise the prices' > todo.txt"
    ),
    check=_check_copy,
    hints=(
        _("Two COPY lines: one for the pages, one for the directory. A wildcard picks the pages."),
        _("`COPY css DEST/` copies what is in css. Where should main.css end up?"),
        _(
            "`COPY *.html /usr/share/nginx/html/` and `COPY css /usr/share/nginx/html/css/`; then `docker build -t "
            "teashop:1 /root/teashop` and `docker run -d --name teashop -p 8101:80 teashop:1`"
        ),
    ),
    solution=Answer(
        _COPY_SOLUTION,
        why=_(
            "The wildcard takes the pages and nothing else. A directory as source stands for its content, so the "
            "destination names css once more. What is never copied is in no layer."
        ),
    ),
    others=(
        Answer(
            _build(
                "teashop:1",
                "/root/teashop",
                'FROM nginx\nWORKDIR /usr/share/nginx/html\nCOPY ["index.html", "about.html", "./"]\nCOPY css ./css/',
            )
            + _RUN_TEASHOP,
            why=_("The JSON form, for names with spaces in them, and destinations relative to WORKDIR."),
        ),
        Answer(
            "printf '%s\\n' todo.txt Dockerfile .dockerignore > /root/teashop/.dockerignore\n"
            + _build("teashop:1", "/root/teashop", "FROM nginx\nCOPY . /usr/share/nginx/html/")
            + _RUN_TEASHOP,
            why=_("Everything but what .dockerignore names. Right when most of the directory belongs in the image."),
        ),
    ),
    mistakes=(
        Mistake(
            _build("teashop:1", "/root/teashop", "FROM nginx\nCOPY *.html css /usr/share/nginx/html/"),
            gets="dockerfile.copy.flat",
        ),
        Mistake(_build("teashop:1", "/root/teashop", "FROM nginx\nCOPY . /usr/share/nginx/html/"), gets="file.present"),
        Mistake(
            _build(
                "teashop:1",
                "/root/teashop",
                "FROM nginx\nCOPY . /usr/share/nginx/html/\nRUN rm /usr/share/nginx/html/todo.txt",
            ),
            gets="image.buried",
        ),
        Mistake(
            _COPY_SOLUTION.replace("-p 8101:80", "-p 80:8101"),
            gets="port.swapped",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ COPY --chown --chmod


def _entry(image: Any, path: str, name: str) -> list[str]:
    """Return the line about a name or a number in an image's /etc/passwd or /etc/group, as a list of its fields."""
    lines = [line.split(":") for line in image.file(path).content.splitlines()]
    return next((line for line in lines if name in (line[0], *line[2:3])), [name, "", name, "0"])


def _bits(image: Any, path: str) -> int:
    """Return what the user that an image runs as may do with a file: the bits 4, 2 and 1 to read, write, run it."""
    name, _colon, group = str(image.instruction("USER") or "0").partition(":")
    user = _entry(image, "/etc/passwd", name)
    gid = _entry(image, "/etc/group", group)[2] if group else user[3]
    facts = image.file(path).facts
    shift = 6 if str(facts["uid"]) == user[2] else 3 if str(facts["gid"]) == gid else 0
    return int(facts["mode"], 8) >> shift & 7


def _check_copy_owner(the: Evidence, _p: Parameters) -> None:
    image = the.build("kiosk:1").must_exist()
    prices, program = image.file("/app/prices.txt"), image.file("/app/open.sh")
    prices.must_belong_to(1000, 1000)
    if int(prices.mode, 8) & 0o444 != 0o400:
        prices.must_have_mode("600")
    program.must_exist()
    if _entry(image, "/etc/passwd", str(image.instruction("USER") or "0").partition(":")[0])[2] != "1000":
        image.must_have("USER", "1000")
    if _bits(image, "/app/open.sh") & 5 != 5:
        program.must_have_mode("755")
    image.must_have_at_most(layers=len(the.image("busybox").layers) + 2)
    kiosk = the.container("kiosk")
    kiosk.must_have_exited(0)
    kiosk.must_have_said("tea 3")


_RUN_KIOSK = "\ndocker rm -f kiosk 2>/dev/null\ndocker run --name kiosk kiosk:1"

copy_owner = Exercise(
    id="dockerfile.copy_owner",
    title=_("Whose file is it?"),
    goal=_(
        "The image that /root/kiosk/Dockerfile describes runs as user 1000, and fails: the program may not be run, the "
        "prices not be read. Mend the Dockerfile and build `kiosk:1`: prices.txt belongs to user and group 1000, and "
        "only that user may read it; open.sh may be run by user 1000, as whom the image goes on running; and there are "
        "no more than two layers on top of busybox. Then run it as `kiosk`; it prints the prices."
    ),
    notes=("183-184",),
    since="23.0",
    setup=(
        "with_image busybox\nwithout_container kiosk\nwithout_image kiosk:1\n"
        "rm -rf /root/kiosk\nmkdir /root/kiosk\ncd /root/kiosk\n"
        "printf '#!/bin/sh\\ncat /app/prices.txt\\n' > open.sh\necho 'tea 3' > prices.txt\n"
        "chmod 644 open.sh\nchmod 600 prices.txt\n"
        "printf '%s\\n' 'FROM busybox' 'COPY open.sh prices.txt /app/' 'USER 1000' 'CMD [\"/app/open.sh\"]' > "
        "Dockerfile"
    ),
    check=_check_copy_owner,
    hints=(
        _("COPY has an option for the owner and, with BuildKit, one for the mode."),
        _(
            "Two COPY lines, since the two files need different modes: `COPY --chown=1000:1000 --chmod=... prices.txt "
            "...`"
        ),
        _(
            "`COPY --chown=1000:1000 --chmod=600 prices.txt /app/` and `COPY --chmod=755 open.sh /app/`, then build "
            "and `docker run --name kiosk kiosk:1`"
        ),
    ),
    solution=Answer(
        _build(
            "kiosk:1",
            "/root/kiosk",
            "FROM busybox\nCOPY --chmod=755 open.sh /app/\nCOPY --chown=1000:1000 --chmod=600 prices.txt /app/\n"
            'USER 1000\nCMD ["/app/open.sh"]',
        )
        + _RUN_KIOSK,
        why=_(
            "Owner and mode are set while the file is copied. A RUN chmod afterwards would store the whole file a "
            "second time, in a layer of its own."
        ),
    ),
    others=(
        Answer(
            "chmod 755 /root/kiosk/open.sh\n"
            + _build(
                "kiosk:1",
                "/root/kiosk",
                'FROM busybox\nCOPY --chown=1000:1000 open.sh prices.txt /app/\nUSER 1000\nCMD ["/app/open.sh"]',
            )
            + _RUN_KIOSK,
            why=_("Modes come along from the context, so they can be put right there; --chown works in every builder."),
        ),
        Answer(
            _build(
                "kiosk:1",
                "/root/kiosk",
                "FROM busybox\n"
                "RUN echo kiosk:x:1000:1000::/:/bin/sh >> /etc/passwd && echo kiosk:x:1000: >> /etc/group\n"
                "COPY --chown=kiosk:kiosk --chmod=700 open.sh prices.txt /app/\n"
                'USER kiosk\nCMD ["/app/open.sh"]',
            )
            + _RUN_KIOSK,
            why=_(
                "One layer gives the user a name, one holds both files: 700 is all for the owner, nothing for others."
            ),
        ),
        Answer(
            _build(
                "kiosk:1",
                "/root/kiosk",
                "FROM busybox\nCOPY --chown=1000:1000 --chmod=744 open.sh /app/\n"
                "COPY --chown=1000:1000 --chmod=400 prices.txt /app/\n"
                'USER 1000:1000\nCMD ["/app/open.sh"]',
            )
            + _RUN_KIOSK,
            why=_("The program belongs to the user too, so the owner's bits count; and a group goes with the user."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t kiosk:1 /root/kiosk" + _RUN_KIOSK, gets="file.owner"),
        Mistake(
            _build(
                "kiosk:1",
                "/root/kiosk",
                'FROM busybox\nCOPY --chown=1000:1000 open.sh prices.txt /app/\nUSER 1000\nCMD ["/app/open.sh"]',
            )
            + _RUN_KIOSK,
            gets="file.mode",
        ),
        Mistake(
            _build(
                "kiosk:1",
                "/root/kiosk",
                "FROM busybox\nCOPY --chmod=755 open.sh /app/\nCOPY --chown=1000:1000 --chmod=640 prices.txt /app/\n"
                'USER 1000\nCMD ["/app/open.sh"]',
            )
            + _RUN_KIOSK,
            gets="file.mode",
        ),
        Mistake(
            _build(
                "kiosk:1",
                "/root/kiosk",
                "FROM busybox\nCOPY --chmod=755 open.sh /app/\nCOPY --chown=1000:1000 --chmod=600 prices.txt /app/\n"
                'CMD ["/app/open.sh"]',
            )
            + _RUN_KIOSK,
            gets="image.config",
        ),
        Mistake(
            _build(
                "kiosk:1",
                "/root/kiosk",
                "FROM busybox\nCOPY open.sh prices.txt /app/\nRUN chown 1000:1000 /app/prices.txt\n"
                'RUN chmod 755 /app/open.sh\nUSER 1000\nCMD ["/app/open.sh"]',
            )
            + _RUN_KIOSK,
            gets="image.layers",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ ADD

ADD_PACKED = sentence(
    "dockerfile.add.packed",
    found=_("In `vendor:1` the archive lies at {place}, still packed."),
    wanted=_("What is in the archive, at /srv/menu-2 of `vendor:1`."),
    look_at=_("COPY copies a file as it is. Which instruction unpacks a local archive?"),
)
ADD_NESTED = sentence(
    "dockerfile.add.nested",
    found=_("In `vendor:1` the files lie in {place}, one directory too deep."),
    wanted=_("What is in the archive, at /srv/menu-2 of `vendor:1`."),
    look_at=_("`tar -tzf /root/vendor/menu-2.tar.gz` shows: the archive brings a directory of its own."),
)


def _check_add(the: Evidence, _p: Parameters) -> None:
    image = the.build("vendor:1").must_exist()
    for place in ("/srv/menu-2.tar.gz", "/srv/menu-2/menu-2.tar.gz", "/menu-2.tar.gz", "/tmp/menu-2.tar.gz"):  # noqa: S108 - in the image
        packed = image.file(place).exists and not image.file("/srv/menu-2/green.txt").exists
        the.require(not packed, ADD_PACKED, place=place)
    nested = "/srv/menu-2/menu-2"
    the.require(not image.file(nested).exists, ADD_NESTED, place=nested)
    image.file("/srv/menu-2/green.txt").must_hold("sencha")
    image.file("/srv/menu-2/black.txt").must_hold("assam")
    image.must_have_at_most(layers=len(the.image("busybox").layers) + 1)


add = Exercise(
    id="dockerfile.add",
    title=_("An archive, unpacked on the way"),
    goal=_(
        "/root/vendor/menu-2.tar.gz holds a directory menu-2 with two files. Build the image `vendor:1` from busybox "
        "that has them in /srv/menu-2, with a single layer on top of busybox: the archive itself must be in none."
    ),
    notes=("185-190",),
    setup=(
        "with_image busybox\nwithout_image vendor:1\nrm -rf /root/vendor\nmkdir -p /root/vendor/menu-2\ncd "
        "/root/vendor\n"
        "echo sencha > menu-2/green.txt\necho assam > menu-2/black.txt\n"
        "tar -czf menu-2.tar.gz menu-2\nrm -r menu-2"
    ),
    check=_check_add,
    hints=(
        _("One instruction copies files from the context and unpacks them when they are a tar archive."),
        _("What is unpacked at the destination is all that the archive holds, its directory menu-2 included."),
        _("`FROM busybox`, `ADD menu-2.tar.gz /srv/`, then `docker build -t vendor:1 /root/vendor`"),
    ),
    solution=Answer(
        _build("vendor:1", "/root/vendor", "FROM busybox\nADD menu-2.tar.gz /srv/"),
        why=_(
            "ADD unpacks a local tar archive straight into the layer. It is the one thing that it does better than "
            "COPY."
        ),
    ),
    others=(
        Answer(
            "tar -xzf /root/vendor/menu-2.tar.gz -C /root/vendor\n"
            + _build("vendor:1", "/root/vendor", "FROM busybox\nCOPY menu-2 /srv/menu-2/"),
            why=_("Unpacked before the build: COPY then says plainly what happens."),
        ),
        Answer(
            _build(
                "vendor:1",
                "/root/vendor",
                "FROM busybox AS unpacked\nCOPY menu-2.tar.gz /\nRUN tar -xzf /menu-2.tar.gz\n\n"
                "FROM busybox\nCOPY --from=unpacked /menu-2 /srv/menu-2/",
            ),
            why=_(
                "Unpacked in a stage of its own, of which only the result is taken. It works for every kind of archive."
            ),
        ),
    ),
    mistakes=(
        Mistake(
            _build("vendor:1", "/root/vendor", "FROM busybox\nCOPY menu-2.tar.gz /srv/"), gets="dockerfile.add.packed"
        ),
        Mistake(
            _build("vendor:1", "/root/vendor", "FROM busybox\nADD menu-2.tar.gz /srv/menu-2/"),
            gets="dockerfile.add.nested",
        ),
        Mistake(
            _build(
                "vendor:1",
                "/root/vendor",
                "FROM busybox\nCOPY menu-2.tar.gz /srv/\nRUN cd /srv && tar -xzf menu-2.tar.gz && rm menu-2.tar.gz",
            ),
            gets="image.layers",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ COPY --from

COPY_FROM_MORE = sentence(
    "dockerfile.copy_from.more",
    found=_("/usr/local/bin of `tools:1` has {count} names in it now, {others} among them."),
    wanted=_("The program busybox in /usr/local/bin of `tools:1`, and no other."),
    look_at=_("Copy the one file: /bin/busybox of the image busybox."),
    more=_(
        "The others are links to busybox, and /usr/local/bin comes first in PATH: they would hide Debian's own tools."
    ),
)

COPY_FROM_INSTALLED = sentence(
    "dockerfile.copy_from.installed",
    found=_("A step of `tools:1` installs packages: {step}"),
    wanted=_("`tools:1` made from nginx and one file of the image busybox, with nothing installed."),
    look_at=_("`COPY --from=IMAGE` takes files out of any image."),
)


def _check_copy_from(the: Evidence, _p: Parameters) -> None:
    image = the.build("tools:1").must_exist()
    image.must_stand_on("nginx")
    new = [step.created_by for step in image.history[: -len(the.image("nginx").history)]]
    installing = next((step for step in new if "apt" in step), "")
    the.require(not installing, COPY_FROM_INSTALLED, step=f"`{installing[:80]}`")
    names = image.file("/usr/local/bin").names
    shown = ", ".join(f"`{name}`" for name in sorted(names)[:3])
    the.require(len(names) < 10, COPY_FROM_MORE, count=len(names), others=shown)
    program = image.file("/usr/local/bin/busybox")
    program.must_exist()
    if program.facts["kind"] != "file" or program.mode != "755":
        program.must_have_mode("755")


copy_from = Exercise(
    id="dockerfile.copy_from",
    title=_("One program from another image"),
    goal=_(
        "nginx's image has no tool to ask a web server with. Build the image `tools:1` from nginx that has the program "
        "/bin/busybox of the image `busybox` as /usr/local/bin/busybox, ready to run, and install nothing."
    ),
    notes=("173-182",),
    setup=(
        "with_image nginx busybox\nwithout_container donor\nwithout_image tools:1\n"
        "rm -rf /root/tools\nmkdir /root/tools"
    ),
    check=_check_copy_from,
    hints=(
        _("COPY can take files out of an image, or out of an earlier stage, in place of the context."),
        _("The option is `--from=IMAGE`; the source is then a path in that image."),
        _("`FROM nginx`, `COPY --from=busybox /bin/busybox /usr/local/bin/`"),
    ),
    solution=Answer(
        _build("tools:1", "/root/tools", "FROM nginx\nCOPY --from=busybox /bin/busybox /usr/local/bin/"),
        why=_("An image is a source of files like the context. The program is static, so it runs on any Linux image."),
    ),
    others=(
        Answer(
            _build(
                "tools:1",
                "/root/tools",
                "FROM busybox AS donor\n\nFROM nginx\nCOPY --from=donor /bin/busybox /usr/local/bin/busybox",
            ),
            why=_("With a name for the stage. That way one line says which version all COPY lines take from."),
        ),
        Answer(
            "docker create --name donor busybox\ndocker cp donor:/bin/busybox /root/tools/busybox\ndocker rm donor\n"
            + _build("tools:1", "/root/tools", "FROM nginx\nCOPY busybox /usr/local/bin/"),
            why=_(
                "By hand, through the context. It does the same once; the Dockerfile no longer says where it came from."
            ),
        ),
    ),
    mistakes=(
        Mistake(
            _build("tools:1", "/root/tools", "FROM nginx\nCOPY --from=busybox /bin /usr/local/bin/"),
            gets="dockerfile.copy_from.more",
        ),
        Mistake(
            _build("tools:1", "/root/tools", "FROM busybox\nCOPY --from=nginx /usr/sbin/nginx /usr/sbin/\n"),
            gets="image.not_on_top",
        ),
        Mistake(
            _build(
                "tools:1",
                "/root/tools",
                "FROM nginx\nRUN apt-get update && apt-get install -y busybox-static",
            ),
            gets="dockerfile.copy_from.installed",
        ),
        Mistake(
            _build("tools:1", "/root/tools", "FROM nginx\nCOPY /bin/busybox /usr/local/bin/"),
            gets="image.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ CMD in the foreground

FOREGROUND_QUOTES = sentence(
    "dockerfile.foreground.quotes",
    found=_("CMD of `parlour:1` became the shell command {command}."),
    wanted=_("CMD of `parlour:1` starting nginx."),
    look_at=_("The exec form is JSON: double quotes only. `docker inspect -f '{{json .Config.Cmd}}' parlour:1`"),
)
FOREGROUND_BESIDE = sentence(
    "dockerfile.foreground.beside",
    settles=True,
    found=_("The main process of `parlour` is {command}, and nginx is something beside it."),
    wanted=_("nginx as the main process of the container `parlour`."),
    look_at=_(
        "`docker exec parlour cat /proc/1/comm` names it. Kill nginx in there: the container would go on as if "
        "nothing had happened."
    ),
    more=_("Docker sees the main process only: its end, its output, its exit code, its signals."),
)


def _check_foreground(the: Evidence, _p: Parameters) -> None:
    image = the.build("parlour:1").must_exist()
    command = _entered(image)
    quoted = command[:2] == ["/bin/sh", "-c"] and command[2].lstrip().startswith("[")
    the.require(not quoted, FOREGROUND_QUOTES, command=f"`{' '.join(command)}`")
    parlour = the.container("parlour")
    parlour.must_run("parlour:1")
    _uid, line = _main_process(parlour)
    the.require(line.startswith("nginx"), FOREGROUND_BESIDE, command=f"`{line}`")
    the.world.http(8105).must_answer("Open")


_RUN_PARLOUR = "\ndocker rm -f parlour 2>/dev/null\ndocker run -d --name parlour -p 8105:80 parlour:1"
_PARLOUR = "FROM nginx\nCOPY index.html /usr/share/nginx/html/\n"

foreground = Exercise(
    id="dockerfile.foreground",
    title=_("It stops at once"),
    goal=_(
        "A container of the image that /root/parlour/Dockerfile describes ends as soon as it has started. Mend the "
        "Dockerfile, build `parlour:1`, and run it as `parlour`, published on port 8105. nginx itself must be the main "
        "process."
    ),
    notes=("191-203",),
    setup=(
        "with_image nginx\nwithout_container parlour\nwithout_image parlour:1\nwithout_port 8105\n"
        "rm -rf /root/parlour\nmkdir /root/parlour\ncd /root/parlour\necho '<h1>Open</h1>' > index.html\n"
        "printf '%s\\n' 'FROM nginx' 'COPY index.html /usr/share/nginx/html/' 'CMD service nginx start' > Dockerfile"
    ),
    check=_check_foreground,
    hints=(
        _("`service` starts a server in the background and ends. What does a container do when its main process ends?"),
        _('nginx stays in the foreground with the option `-g "daemon off;"`.'),
        _('`CMD ["nginx", "-g", "daemon off;"]`'),
    ),
    solution=Answer(
        _build("parlour:1", "/root/parlour", _PARLOUR + 'CMD ["nginx", "-g", "daemon off;"]') + _RUN_PARLOUR,
        why=_("The server is the main process: its end is the container's end, and `docker stop` reaches it."),
    ),
    others=(
        Answer(
            _build("parlour:1", "/root/parlour", _PARLOUR) + _RUN_PARLOUR,
            why=_("Nothing at all: an image inherits CMD, and the one of nginx's image is right."),
        ),
        Answer(
            _build("parlour:1", "/root/parlour", _PARLOUR + "CMD exec nginx -g 'daemon off;'") + _RUN_PARLOUR,
            why=_("The shell form too, when the shell hands itself over with exec."),
        ),
        Answer(
            _build("parlour:1", "/root/parlour", _PARLOUR + 'ENTRYPOINT ["nginx"]\nCMD ["-g", "daemon off;"]')
            + _RUN_PARLOUR,
            why=_("Split in two, so that `docker run parlour:1 -t` would test the configuration."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t parlour:1 /root/parlour" + _RUN_PARLOUR, gets="container.exited"),
        Mistake(
            _build("parlour:1", "/root/parlour", _PARLOUR + "CMD service nginx start; tail -f /dev/null")
            + _RUN_PARLOUR,
            gets="dockerfile.foreground.beside",
        ),
        Mistake(
            _build("parlour:1", "/root/parlour", _PARLOUR + "CMD ['nginx', '-g', 'daemon off;']") + _RUN_PARLOUR,
            gets="dockerfile.foreground.quotes",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ signals

SIGNALS_SHELL = sentence(
    "dockerfile.signals.shell",
    found=_("Containers of `bye:1` start with {command}: the main process is a shell, and the signal ends with it."),
    wanted=_("/app as the main process in containers of `bye:1`."),
    look_at=_('The exec form needs no shell: CMD ["/app"]'),
    more=_("A shell that waits for a program does not pass signals on. Some shells replace themselves, some don't."),
)
_SIGINT = ("SIGINT", "INT", "2")


def _check_signals(the: Evidence, _p: Parameters) -> None:
    image = the.build("bye:1").must_exist()
    command = _entered(image)
    shell = command[:2] == ["/bin/sh", "-c"] and "exec " not in command[-1]
    the.require(not shell, SIGNALS_SHELL, command=f"`{' '.join(command)}`")
    if str(image.instruction("STOPSIGNAL")).upper() not in _SIGINT:
        image.must_have("STOPSIGNAL", "SIGINT")
    bye = the.container("bye")
    bye.must_exist("bye:1")
    bye.must_have_exited(0)
    bye.must_have_said("saved")


_RUN_BYE = "\ndocker rm -f bye 2>/dev/null\ndocker run -d --name bye bye:1\nsleep 0.5\ndocker stop -t 2 bye"
_BYE = "FROM debian\nCOPY app /app\n"

signals = Exercise(
    id="dockerfile.signals",
    title=_("A goodbye that is heard"),
    goal=_(
        "The program /root/bye/app saves its work and ends with code 0 when it gets the signal SIGINT; it does not "
        "know any other. With the Dockerfile beside it, `docker stop` kills it after the wait. Mend the Dockerfile so "
        "that neither `docker run` nor `docker stop` needs an option for it: build `bye:1`, run it as `bye` and stop "
        "it with `docker stop`. It must say `saved` and end with code 0."
    ),
    notes=("191-203",),
    setup=(
        "with_image debian\nwithout_container bye\nwithout_image bye:1\nrm -rf /root/bye\nmkdir /root/bye\ncd "
        "/root/bye\n"
        "printf '%s\\n' '#!/bin/sh' \"trap 'echo saved; exit 0' INT\" 'echo working' 'while :; do sleep 0.1; done' > "
        "app\n"
        "chmod 755 app\nprintf '%s\\n' 'FROM debian' 'COPY app /app' 'CMD /app' > Dockerfile"
    ),
    check=_check_signals,
    hints=(
        _(
            "Two things are in the way: who is process 1, and which signal it gets. `docker exec bye cat /proc/1/comm` "
            "answers the first."
        ),
        _("The exec form takes the shell away. An instruction says which signal `docker stop` sends."),
        _('`CMD ["/app"]` and `STOPSIGNAL SIGINT`'),
    ),
    solution=Answer(
        _build("bye:1", "/root/bye", _BYE + 'STOPSIGNAL SIGINT\nCMD ["/app"]') + _RUN_BYE,
        why=_(
            "The exec form makes /app process 1, and STOPSIGNAL names the signal it understands. `docker stop` now "
            "takes a moment, not the whole wait."
        ),
    ),
    others=(
        Answer(
            _build("bye:1", "/root/bye", _BYE + "STOPSIGNAL 2\nCMD exec /app") + _RUN_BYE,
            why=_("exec in the shell form replaces the shell; a signal has a number, too."),
        ),
        Answer(
            _build("bye:1", "/root/bye", _BYE + 'STOPSIGNAL SIGINT\nENTRYPOINT ["/app"]') + _RUN_BYE,
            why=_("As entry point it is process 1 just the same."),
        ),
    ),
    mistakes=(
        Mistake(
            _build("bye:1", "/root/bye", _BYE + "STOPSIGNAL SIGINT\nCMD /app") + _RUN_BYE,
            gets="dockerfile.signals.shell",
        ),
        Mistake(_build("bye:1", "/root/bye", _BYE + 'CMD ["/app"]') + _RUN_BYE, gets="image.config"),
        Mistake(
            (_build("bye:1", "/root/bye", _BYE + 'CMD ["/app"]') + _RUN_BYE).replace(
                "--name bye", "--name bye --stop-signal SIGINT"
            ),
            gets="image.config",
        ),
        Mistake(
            _build("bye:1", "/root/bye", _BYE + 'STOPSIGNAL SIGINT\nCMD ["/app"]')
            + "\ndocker run -d --name bye bye:1\nsleep 0.5\ndocker kill bye",
            gets="container.exit_code",
        ),
        Mistake(
            _build("bye:1", "/root/bye", _BYE + 'STOPSIGNAL SIGINT\nCMD ["/app"]') + "\ndocker run -d --name bye bye:1",
            gets="container.running",
            repair="sleep 0.5\ndocker stop bye",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ ENTRYPOINT

ENTRYPOINT_NONE = sentence(
    "dockerfile.entrypoint.none",
    found=_("`hail:1` has no entry point: {word} takes the place of CMD {command}, and there is no such program."),
    wanted=_("An image whose arguments are names: `docker run hail:1 Ada`."),
    look_at=_("What stands behind the image's name replaces CMD. It is added to an exec-form ENTRYPOINT."),
)


def _check_entrypoint(the: Evidence, _p: Parameters) -> None:
    image = the.build("hail:1").must_exist()
    ada = the.container("ada")
    if not image.instruction("ENTRYPOINT"):
        raise NotYet(ENTRYPOINT_NONE, word="`Ada`", command=f"`{' '.join(_entered(image))}`")
    if image.instruction("ENTRYPOINT")[:2] == ["/bin/sh", "-c"]:
        image.must_have("ENTRYPOINT", ["/hail.sh"])
    ada.must_exist("hail:1")
    ada.must_have_said("Hello, Ada!")
    ada.must_have_exited(0)
    anyone = the.container("anyone")
    anyone.must_exist("hail:1")
    anyone.must_have_said("Hello, world!")


_RUN_HAIL = "\ndocker rm -f ada anyone 2>/dev/null\ndocker run --name ada hail:1 Ada\ndocker run --name anyone hail:1"
_HAIL = "FROM busybox\nCOPY hail.sh /hail.sh\n"

entrypoint = Exercise(
    id="dockerfile.entrypoint",
    title=_("An image that is a command"),
    goal=_(
        "/root/hail/hail.sh greets whom its arguments name. Build the image `hail:1` so that `docker run --name ada "
        "hail:1 Ada` prints `Hello, Ada!` and `docker run --name anyone hail:1` prints `Hello, world!`, and run both. "
        "The script stays as it is."
    ),
    notes=("204-207",),
    setup=(
        "with_image busybox\nwithout_container ada anyone\nwithout_image hail:1\n"
        "rm -rf /root/hail\nmkdir /root/hail\ncd /root/hail\n"
        "printf '%s\\n' '#!/bin/sh' 'echo \"Hello, $*!\"' > hail.sh\nchmod 755 hail.sh"
    ),
    check=_check_entrypoint,
    hints=(
        _("One instruction says what always runs, the other gives arguments to use when there are none."),
        _("ENTRYPOINT in the exec form takes arguments; CMD fills them in when `docker run` has none."),
        _('`ENTRYPOINT ["/hail.sh"]` and `CMD ["world"]`'),
    ),
    solution=Answer(
        _build("hail:1", "/root/hail", _HAIL + 'ENTRYPOINT ["/hail.sh"]\nCMD ["world"]') + _RUN_HAIL,
        why=_("The entry point is the program, CMD its default arguments. `docker run hail:1 Ada` replaces only CMD."),
    ),
    others=(
        Answer(
            _build("hail:1", "/root/hail", _HAIL + 'ENTRYPOINT ["sh", "/hail.sh"]\nCMD ["world"]') + _RUN_HAIL,
            why=_("The shell named in the exec form: arguments arrive, and the script needs no execute bit."),
        ),
        Answer(
            _build(
                "hail:1",
                "/root/hail",
                _HAIL + 'ENTRYPOINT ["sh", "-c", "exec /hail.sh \\"${@:-world}\\"", "hail"]',
            )
            + _RUN_HAIL,
            why=_("A default in shell code, without CMD. It works; the two instructions say it more plainly."),
        ),
    ),
    mistakes=(
        Mistake(
            _build("hail:1", "/root/hail", _HAIL + 'CMD ["/hail.sh", "world"]') + _RUN_HAIL,
            gets="dockerfile.entrypoint.none",
        ),
        Mistake(
            _build("hail:1", "/root/hail", _HAIL + 'ENTRYPOINT /hail.sh\nCMD ["world"]') + _RUN_HAIL,
            gets="image.shell_form",
        ),
        Mistake(
            _build("hail:1", "/root/hail", _HAIL + 'ENTRYPOINT ["/hail.sh", "world"]') + _RUN_HAIL,
            gets="container.logs",
        ),
        Mistake(
            _build("hail:1", "/root/hail", _HAIL + 'ENTRYPOINT ["/hail.sh"]\nCMD ["world"]')
            + "\ndocker run --rm hail:1 Ada\ndocker run --rm hail:1",
            gets="container.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ ENV

ENV_LITERAL = sentence(
    "dockerfile.env.literal",
    found=_(
        "Containers of `radio:1` start with {command}: the exec form has no shell that would put a value for $PORT."
    ),
    wanted=_("The port that PORT names, in the command line of `radio:1`."),
    look_at=_("`docker logs radio`, then the shell form: CMD exec httpd -f -h /www -p $PORT"),
    more=_(
        "Variables in ENV, COPY, WORKDIR and so on are filled in by the builder; in CMD it takes a shell at run time."
    ),
)
ENV_FIXED = sentence(
    "dockerfile.env.fixed",
    found=_("`radio2` was given PORT=9090, but its web server listens on {listens}."),
    wanted=_("The port that PORT names, in the command line of `radio:1`."),
    look_at=_("The number in CMD must come from PORT: `docker inspect -f '{{json .Config.Cmd}}' radio:1`"),
)


def _check_env(the: Evidence, _p: Parameters) -> None:
    image = the.build("radio:1").must_exist()
    image.must_have_env("PORT", "8080")
    command = _entered(image)
    shell = {"sh", "ash"} & {word.rpartition("/")[2] for word in command}
    literal = any("$PORT" in word or "${PORT" in word for word in command) and not shell
    the.require(not literal, ENV_LITERAL, command=f"`{' '.join(command)}`")
    radio, second = the.container("radio"), the.container("radio2")
    radio.must_run("radio:1")
    second.must_run("radio:1")
    second.must_have_env("PORT", "9090")
    listening = " ".join(process.command for process in second.processes)
    the.require("9090" in listening, ENV_FIXED, listens="8080" if "8080" in listening else f"`{listening}`")
    radio.must_publish(8108, 8080)
    second.must_publish(8109, 9090)
    the.world.http(8108).must_answer("On air")
    the.world.http(8109).must_answer("On air")


_RUN_RADIO = (
    "\ndocker rm -f radio radio2 2>/dev/null\ndocker run -d --name radio -p 8108:8080 radio:1\n"
    "docker run -d --name radio2 -e PORT=9090 -p 8109:9090 radio:1"
)
_RADIO = "FROM busybox\nCOPY index.html /www/\n"

env = Exercise(
    id="dockerfile.env",
    title=_("A port that can be set"),
    goal=_(
        "Build `radio:1` from busybox: its web server (`httpd -f -h /www -p PORT`) serves /root/radio/index.html and "
        "listens on the port that the environment variable PORT names. The image sets PORT to 8080; `docker run` may "
        "say otherwise. Run it as `radio`, its port 8080 published on 8108, and a second time as `radio2` with "
        "PORT=9090, published on 8109."
    ),
    notes=("208-215",),
    setup=(
        "with_image busybox\nwithout_container radio radio2\nwithout_image radio:1\nwithout_port 8108 8109\n"
        "rm -rf /root/radio\nmkdir /root/radio\necho '<h1>On air</h1>' > /root/radio/index.html"
    ),
    check=_check_env,
    hints=(
        _("ENV sets a variable for the steps that follow and for every container. `docker run -e` sets it anew."),
        _(
            "Somebody must put the value into the command line. In the shell form a shell does, when the container "
            "starts."
        ),
        _("`ENV PORT=8080` and `CMD exec httpd -f -h /www -p $PORT`; then `docker run -e PORT=9090 -p 8109:9090 ...`"),
    ),
    solution=Answer(
        _build("radio:1", "/root/radio", _RADIO + "ENV PORT=8080\nCMD exec httpd -f -h /www -p $PORT") + _RUN_RADIO,
        why=_(
            "ENV gives the default, -e another value, and the shell form reads it when the container starts. exec lets "
            "the server take the shell's place, so that signals reach it."
        ),
    ),
    others=(
        Answer(
            _build(
                "radio:1",
                "/root/radio",
                _RADIO + 'ENV PORT=8080\nCMD ["sh", "-c", "exec httpd -f -h /www -p $PORT"]',
            )
            + _RUN_RADIO,
            why=_("The exec form with a shell that is named: the same, written out."),
        ),
        Answer(
            _build(
                "radio:1",
                "/root/radio",
                _RADIO + 'ENV PORT=8080\nENTRYPOINT ["busybox", "sh", "-c", "exec httpd -f -h /www -p ${PORT}"]',
            )
            + _RUN_RADIO,
            why=_("As entry point, the shell called by way of busybox, and the name in braces."),
        ),
        Answer(
            "printf '#!/bin/sh\\nexec httpd -f -h /www -p \"$PORT\"\\n' > /root/radio/start.sh\nchmod +x "
            "/root/radio/start.sh\n"
            + _build("radio:1", "/root/radio", _RADIO + 'COPY start.sh /\nENV PORT=8080\nCMD ["/start.sh"]')
            + _RUN_RADIO,
            why=_("A start script, once there is more to do than one line."),
        ),
    ),
    mistakes=(
        Mistake(
            _build("radio:1", "/root/radio", _RADIO + 'ENV PORT=8080\nCMD ["httpd", "-f", "-h", "/www", "-p", "$PORT"]')
            + _RUN_RADIO,
            gets="dockerfile.env.literal",
        ),
        Mistake(
            _build("radio:1", "/root/radio", _RADIO + "CMD exec httpd -f -h /www -p ${PORT:-8080}") + _RUN_RADIO,
            gets="image.env",
        ),
        Mistake(
            _build("radio:1", "/root/radio", _RADIO + "ARG PORT=8080\nCMD exec httpd -f -h /www -p $PORT") + _RUN_RADIO,
            gets="image.env",
        ),
        Mistake(
            _build("radio:1", "/root/radio", _RADIO + "ENV PORT=8080\nCMD exec httpd -f -h /www -p 8080") + _RUN_RADIO,
            gets="dockerfile.env.fixed",
        ),
        Mistake(
            (
                _build("radio:1", "/root/radio", _RADIO + "ENV PORT=8080\nCMD exec httpd -f -h /www -p $PORT")
                + _RUN_RADIO
            ).replace("-e PORT=9090 ", ""),
            gets="container.env_other",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ ARG and LABEL

ARG_ENV = sentence(
    "dockerfile.arg.env",
    found=_("`{name}` has BASE in its environment: every container will carry it."),
    wanted=_("BASE known while the image is built, and no longer."),
    look_at=_("ARG, not ENV, is for what only the build needs: `docker inspect -f '{{json .Config.Env}}' {name}`"),
)


def _check_arg(the: Evidence, _p: Parameters) -> None:
    for name, base in (("badge:small", "busybox"), ("badge:big", "debian")):
        image = the.build(name).must_exist()
        image.must_stand_on(base)
        image.must_have_label(f"com.example.base={base}")
        the.require("BASE" not in image.environment, ARG_ENV, name=name)


_BUILD_BADGES = "\ndocker build -t badge:big --build-arg BASE=debian /root/badge"

arg = Exercise(
    id="dockerfile.arg",
    title=_("One Dockerfile, two bases"),
    goal=_(
        "Write /root/badge/Dockerfile so that the build argument BASE names the image that it starts from, busybox "
        "unless told otherwise, and that the image bears the label `com.example.base` with that name. Build "
        "`badge:small` without an argument and `badge:big` with BASE=debian. No container may find BASE in its "
        "environment."
    ),
    notes=("233-236",),
    setup="with_image busybox debian\nwithout_image badge:small badge:big\nrm -rf /root/badge\nmkdir /root/badge",
    check=_check_arg,
    hints=(
        _("ARG is the one instruction that may stand before FROM. `${BASE}` puts its value in."),
        _("FROM begins a new stage, and forgets. An ARG without a value after FROM brings the argument back."),
        _("`ARG BASE=busybox`, `FROM ${BASE}`, `ARG BASE`, `LABEL com.example.base=${BASE}`"),
    ),
    solution=Answer(
        _build(
            "badge:small",
            "/root/badge",
            "ARG BASE=busybox\nFROM ${BASE}\nARG BASE\nLABEL com.example.base=${BASE}",
        )
        + _BUILD_BADGES,
        why=_(
            "The first ARG serves FROM, the second brings the value into the stage. A label stays with the image; "
            "`docker images --filter label=...` finds it."
        ),
    ),
    others=(
        Answer(
            _build(
                "badge:small",
                "/root/badge",
                "ARG BASE=busybox\nFROM ${BASE}\nARG BASE=busybox\nLABEL com.example.base=$BASE",
            )
            + _BUILD_BADGES,
            why=_("A default of its own for the stage. It works, but now there are two defaults to keep the same."),
        ),
        Answer(
            "printf '%s\\n' 'ARG BASE=busybox' 'FROM $BASE' > /root/badge/Dockerfile\n"
            "docker build -t badge:small --label com.example.base=busybox /root/badge\n"
            "docker build -t badge:big --build-arg BASE=debian --label com.example.base=debian /root/badge",
            why=_(
                "`docker build --label` adds labels from outside: good for a version or a commit that only CI knows."
            ),
        ),
    ),
    mistakes=(
        Mistake(
            _build("badge:small", "/root/badge", "ARG BASE=busybox\nFROM ${BASE}\nLABEL com.example.base=${BASE}")
            + _BUILD_BADGES,
            gets="image.label",
        ),
        Mistake(
            _build(
                "badge:small",
                "/root/badge",
                "ARG BASE=busybox\nFROM ${BASE}\nARG BASE\nENV BASE=${BASE}\nLABEL com.example.base=${BASE}",
            )
            + _BUILD_BADGES,
            gets="dockerfile.arg.env",
        ),
        Mistake(
            _build(
                "badge:small",
                "/root/badge",
                "ARG BASE=busybox\nFROM ${BASE}\nARG BASE\nLABEL com.example.base=${BASE}",
            )
            + _BUILD_BADGES.replace("--build-arg BASE=debian ", ""),
            gets="image.not_on_top",
        ),
        Mistake(
            _build("badge:small", "/root/badge", "FROM ${BASE}\nARG BASE=busybox\nLABEL com.example.base=${BASE}")
            + _BUILD_BADGES,
            gets="image.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ RUN --mount

MOUNT_AGAIN = sentence(
    "dockerfile.mount.again",
    found=_("The build of `press:2` fetched the dictionary again: /srv/how in it says {how}."),
    wanted=_("`press:2` built with the dictionary that the build of `press:1` had fetched."),
    look_at=_("`RUN --mount=type=cache,target=/var/cache/press ...` keeps a directory from build to build."),
    more=_(
        "A tmpfs begins empty each time, and what a step writes into its layer is not there when the step runs again."
    ),
)


def _check_mount(the: Evidence, _p: Parameters) -> None:
    first = the.build("press:1").must_exist()
    second = the.build("press:2").must_exist()
    second.must_differ_from("press:1")
    for image in (first, second):
        image.file("/srv/how").must_exist()
        image.file("/var/cache/press/dictionary").must_be_in_no_layer()
    how = second.file("/srv/how").content.strip()
    the.require(how == "from the cache", MOUNT_AGAIN, how=f"`{how}`")


def _press(line: str, between: str = "echo tea >> /root/press/words.txt") -> str:
    """Return the script that builds press:1, adds a word, and builds press:2."""
    dockerfile = f"FROM busybox\nCOPY fetch.sh words.txt /\n{line}"
    return (
        _build("press:1", "/root/press", dockerfile)
        + f"\n{between}\ndocker build -t press:2 /root/press\ndocker run --rm press:2 cat /srv/how"
    )


mount = Exercise(
    id="dockerfile.mount",
    title=_("Fetched once"),
    goal=_(
        "The step in /root/press/Dockerfile runs fetch.sh. It fetches a dictionary of 2 MB into /var/cache/press, "
        "unless there is one already, and says in /srv/how what it did. So every build that has new words fetches it "
        "again. Change the Dockerfile so that builds share that directory, and no image has it in a layer. Build "
        "`press:1`, add a line to words.txt, and build `press:2`: in that, /srv/how says `from the cache`."
    ),
    notes=("233-236",),
    since="23.0",
    setup=(
        "with_image busybox\nwithout_image press:1 press:2\nwithout_build_cache\n"
        "rm -rf /root/press\nmkdir /root/press\ncd /root/press\necho coffee > words.txt\n"
        "cat > fetch.sh <<'END'\n#!/bin/sh\nset -e\nmkdir -p /var/cache/press /srv\ncd /var/cache/press\n"
        "if [ -s dictionary ]; then\n  echo from the cache > /srv/how\nelse\n"
        "  wget -q -O dictionary http://files.example.com/busybox.tar\n  echo fetched > /srv/how\nfi\n"
        "grep -c -f /words.txt dictionary > /srv/found || true\nEND\nchmod 755 fetch.sh\n"
        "printf '%s\\n' 'FROM busybox' 'COPY fetch.sh words.txt /' 'RUN /fetch.sh' > Dockerfile"
    ),
    check=_check_mount,
    hints=(
        _("RUN has an option that mounts something for the time of the step. What is mounted is in no layer."),
        _("There are several types: bind, cache, secret, tmpfs. One of them keeps a directory from build to build."),
        _(
            "`RUN --mount=type=cache,target=/var/cache/press /fetch.sh`, then `docker build -t press:1 /root/press`, "
            "`echo tea >> /root/press/words.txt` and `docker build -t press:2 /root/press`"
        ),
    ),
    solution=Answer(
        _press("RUN --mount=type=cache,target=/var/cache/press /fetch.sh"),
        why=_(
            "A cache mount belongs to the builder, not to the image: the step runs again, and finds what it fetched "
            "last time. Package managers become quick by it. (`--no-cache` begins with an empty one.)"
        ),
    ),
    others=(
        Answer(
            _press("RUN --mount=type=cache,id=press,target=/var/cache,sharing=locked /fetch.sh"),
            why=_(
                "The directory above, under a name, and locked: for tools that can't bear two builds at once, like apt."
            ),
        ),
        Answer(
            "wget -q -O /root/press/dictionary http://files.example.com/busybox.tar\n"
            + _press("RUN --mount=type=bind,source=dictionary,target=/var/cache/press/dictionary /fetch.sh"),
            why=_("Fetched by hand and mounted from the context. A bind mount needs no COPY, so it leaves no layer."),
        ),
    ),
    mistakes=(
        Mistake(_press("RUN /fetch.sh"), gets="file.present"),
        Mistake(_press("RUN /fetch.sh\nRUN rm -r /var/cache/press"), gets="image.buried"),
        Mistake(_press("RUN --mount=type=tmpfs,target=/var/cache/press /fetch.sh"), gets="dockerfile.mount.again"),
        Mistake(
            _press("RUN --mount=type=cache,target=/var/cache/press /fetch.sh", between="true"),
            gets="image.same",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ WORKDIR


def _check_workdir(the: Evidence, _p: Parameters) -> None:
    image = the.build("where:1").must_exist()
    image.must_have("WORKDIR", "/srv/app")
    image.file("/srv/app/run.sh").must_exist()
    where = the.container("where")
    where.must_exist("where:1")
    where.must_have_said("I am in /srv/app")
    where.must_have_exited(0)


_RUN_WHERE = "\ndocker rm -f where 2>/dev/null\ndocker run --name where where:1"

workdir = Exercise(
    id="dockerfile.workdir",
    title=_("A cd that lasts"),
    goal=_(
        "Whoever wrote /root/where/Dockerfile wanted run.sh in /srv/app, and containers that start there. Mend the "
        "Dockerfile, build `where:1`, and run it as `where`: it says `I am in /srv/app`."
    ),
    notes=("258-262",),
    setup=(
        "with_image busybox\nwithout_container where\nwithout_image where:1\n"
        "rm -rf /root/where\nmkdir /root/where\ncd /root/where\n"
        "printf '%s\\n' '#!/bin/sh' 'echo \"I am in $(pwd)\"' > run.sh\nchmod 755 run.sh\n"
        "printf '%s\\n' 'FROM busybox' 'RUN mkdir -p /srv/app' 'RUN cd /srv/app' 'COPY run.sh ./' 'CMD [\"./run.sh\"]' "
        "> Dockerfile"
    ),
    check=_check_workdir,
    hints=(
        _("Each RUN starts a shell of its own; where that shell went is forgotten when it ends."),
        _("One instruction sets the directory for all that follow: RUN, COPY, CMD. It makes the directory, too."),
        _("`WORKDIR /srv/app` in place of both RUN lines"),
    ),
    solution=Answer(
        _build("where:1", "/root/where", 'FROM busybox\nWORKDIR /srv/app\nCOPY run.sh ./\nCMD ["./run.sh"]')
        + _RUN_WHERE,
        why=_(
            "WORKDIR holds for COPY, RUN and CMD after it and for the container, and makes the directory if need be."
        ),
    ),
    others=(
        Answer(
            _build(
                "where:1",
                "/root/where",
                'FROM busybox\nENV APP=/srv/app\nWORKDIR $APP\nCOPY run.sh ./\nCMD ["./run.sh"]',
            )
            + _RUN_WHERE,
            why=_("From a variable: one place to change, and programs in the container can read it."),
        ),
        Answer(
            _build(
                "where:1",
                "/root/where",
                'FROM busybox\nWORKDIR /srv\nWORKDIR app\nCOPY run.sh /srv/app/\nCMD ["/srv/app/run.sh"]',
            )
            + _RUN_WHERE,
            why=_("A relative WORKDIR goes on from the one before. Absolute paths are easier to read."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t where:1 /root/where" + _RUN_WHERE, gets="image.config"),
        Mistake(
            _build("where:1", "/root/where", 'FROM busybox\nCOPY run.sh ./\nWORKDIR /srv/app\nCMD ["./run.sh"]')
            + _RUN_WHERE,
            gets="file.missing",
        ),
        Mistake(
            _build("where:1", "/root/where", 'FROM busybox\nWORKDIR /srv/app\nCOPY run.sh ./\nCMD ["./run.sh"]')
            + "\ndocker run --name where -w / where:1 /srv/app/run.sh",
            gets="container.logs",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ USER


def _check_user(the: Evidence, _p: Parameters) -> None:
    image = the.build("clerk:1").must_exist()
    if str(image.instruction("USER")).partition(":")[0] not in ("clerk", "1500"):
        image.must_have("USER", "clerk")
    clerk = the.container("clerk")
    clerk.must_run("clerk:1")
    ledger = clerk.file("/srv/clerk/ledger")
    ledger.must_hold("clerk")
    if ledger.facts["uid"] != 1500:
        ledger.must_belong_to(1500, 1500)


_CLERK_CMD = 'CMD ["sh", "-c", "id -un > ledger && exec sleep infinity"]'
_RUN_CLERK = "\ndocker rm -f clerk 2>/dev/null\ndocker run -d --name clerk clerk:1\nsleep 0.3"

user = Exercise(
    id="dockerfile.user",
    title=_("Not as root"),
    goal=_(
        "Containers of the image that /root/clerk/Dockerfile describes run as root. Mend it: they run as the user "
        "`clerk` with the number 1500, without any option of `docker run`, and can write into /srv/clerk. Build "
        "`clerk:1` and run it as `clerk`."
    ),
    notes=("263-268",),
    setup=(
        "with_image debian\nwithout_container clerk\nwithout_image clerk:1\n"
        "rm -rf /root/clerk\nmkdir /root/clerk\ncd /root/clerk\n"
        "printf '%s\\n' 'FROM debian' 'WORKDIR /srv/clerk' > Dockerfile\n"
        f"cat >> Dockerfile <<'END'\n{_CLERK_CMD}\nEND"
    ),
    check=_check_user,
    hints=(
        _("Two steps: a RUN as root makes the user, an instruction makes what follows run as that user."),
        _("WORKDIR makes a directory that belongs to root. Who may write there?"),
        _("`RUN useradd --uid 1500 clerk && chown clerk /srv/clerk` and, after it, `USER clerk`"),
    ),
    solution=Answer(
        _build(
            "clerk:1",
            "/root/clerk",
            f"FROM debian\nWORKDIR /srv/clerk\nRUN useradd --uid 1500 clerk && chown clerk:clerk /srv/clerk\nUSER "
            f"clerk\n"
            f"{_CLERK_CMD}",
        )
        + _RUN_CLERK,
        why=_("What needs root comes first; from USER on, RUN, CMD and ENTRYPOINT run as clerk, in every container."),
    ),
    others=(
        Answer(
            _build(
                "clerk:1",
                "/root/clerk",
                "FROM debian\nRUN useradd --uid 1500 --create-home --home-dir /srv/clerk clerk\nWORKDIR /srv/clerk\n"
                f"USER 1500:1500\n{_CLERK_CMD}",
            )
            + _RUN_CLERK,
            why=_("As the user's home, and by number: orchestrators can see from a number that it is not root."),
        ),
        Answer(
            _build(
                "clerk:1",
                "/root/clerk",
                "FROM debian\nRUN groupadd -r -g 1500 clerk && useradd -r -u 1500 -g clerk clerk \\\n"
                f"    && install -d -o clerk -g clerk /srv/clerk\nWORKDIR /srv/clerk\nUSER clerk\n{_CLERK_CMD}",
            )
            + _RUN_CLERK,
            why=_("As in the notes, with a group; `install -d` makes a directory with an owner in one go."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t clerk:1 /root/clerk" + _RUN_CLERK, gets="image.config"),
        Mistake(
            _build(
                "clerk:1",
                "/root/clerk",
                f"FROM debian\nWORKDIR /srv/clerk\nRUN useradd --uid 1500 clerk\nUSER clerk\n{_CLERK_CMD}",
            )
            + _RUN_CLERK,
            gets="container.exited",
        ),
        Mistake(
            # the legacy builder would leave the steps before the failing one as an image without a name
            "export DOCKER_BUILDKIT=1\n"
            + _build(
                "clerk:1",
                "/root/clerk",
                f"FROM debian\nUSER clerk\nRUN useradd --uid 1500 clerk\nWORKDIR /srv/clerk\n{_CLERK_CMD}",
            )
            + _RUN_CLERK,
            gets="image.missing",
        ),
        Mistake(
            _build(
                "clerk:1",
                "/root/clerk",
                f"FROM debian\nRUN useradd clerk\nWORKDIR /srv/clerk\nRUN chown clerk .\nUSER clerk\n{_CLERK_CMD}",
            )
            + _RUN_CLERK,
            gets="file.owner",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ gosu

GOSU_PARENT = sentence(
    "dockerfile.gosu.parent",
    found=_("The main process of `warden` is {command}; the program that was asked for runs below it."),
    wanted=_("`sleep infinity` as the main process of the container `warden`."),
    look_at=_(
        "`docker exec warden cat /proc/1/comm` names it. The last line of entrypoint.sh begins with exec when "
        "nobody is to stay behind."
    ),
    more=_("su starts a child and waits for it; gosu changes its own user and becomes the program."),
)
GOSU_ROOT = sentence(
    "dockerfile.gosu.root",
    found=_("The main process of `warden` runs as user {uid}."),
    wanted=_("The main process of `warden` running as warden, user 900."),
    look_at=_("`gosu USER COMMAND` runs a command as that user: `docker exec warden gosu warden id`"),
)


def _check_gosu(the: Evidence, _p: Parameters) -> None:
    the.build("warden:1").must_exist()
    warden = the.container("warden")
    warden.must_run("warden:1")
    warden.must_run_command("sleep infinity")
    uid, line = _main_process(warden)
    the.require(line == "sleep infinity", GOSU_PARENT, command=f"`{line}`")
    the.require(uid == 900, GOSU_ROOT, uid=uid)
    warden.must_mount("/data", "warden-data")
    data = warden.file("/data")
    if data.facts["uid"] != 900:
        data.must_belong_to(900, 900)


def _warden(entrypoint: str) -> str:
    """Return the script that writes entrypoint.sh, builds and runs."""
    return (
        f"cat > /root/warden/entrypoint.sh <<'END'\n#!/bin/sh\n{entrypoint}\nEND\n"
        "docker build -t warden:1 /root/warden" + _RUN_WARDEN
    )


_RUN_WARDEN = "\ndocker rm -f warden 2>/dev/null\ndocker run -d --name warden -v warden-data:/data warden:1\nsleep 0.3"
_WARDEN_DOCKERFILE = """FROM debian
RUN apt-get update && apt-get install -y --no-install-recommends gosu && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 900 warden
COPY entrypoint.sh /
ENTRYPOINT ["/entrypoint.sh"]
CMD ["sleep", "infinity"]"""

gosu = Exercise(
    id="dockerfile.gosu",
    title=_("Root for a moment"),
    goal=_(
        "/root/warden/Dockerfile describes an image whose entry point, entrypoint.sh, must be root to hand the volume "
        "at /data over to the user `warden`; then nobody should be root any more. As it stands, su stays behind as "
        "the main process. Mend entrypoint.sh, build `warden:1` and run it as `warden` with the volume "
        "`warden-data` at /data: the main process is `sleep infinity` itself, as user warden (900), to whom "
        "/data belongs."
    ),
    notes=("273-283",),
    setup=(
        "with_image debian\nwithout_container warden\nwithout_image warden:1\nwithout_volume warden-data\n"
        "rm -rf /root/warden\nmkdir /root/warden\ncd /root/warden\n"
        f"cat > Dockerfile <<'END'\n{_WARDEN_DOCKERFILE}\nEND\n"
        "cat > entrypoint.sh <<'END'\n#!/bin/sh\nchown warden /data\nsu -s /bin/sh warden -c \"$*\"\nEND\n"
        "chmod 755 entrypoint.sh"
    ),
    check=_check_gosu,
    hints=(
        _(
            "The image has gosu already. It changes the user and becomes the program, where su starts a child and "
            "waits."
        ),
        _("The shell that runs entrypoint.sh must make room too: exec."),
        _(
            'The last line: `exec gosu warden "$@"`. Then `docker build -t warden:1 /root/warden` and `docker run -d '
            "--name warden -v warden-data:/data warden:1`"
        ),
    ),
    solution=Answer(
        _warden('chown warden /data\nexec gosu warden "$@"'),
        why=_('exec replaces the shell by gosu, gosu replaces itself by what CMD names: "$@" is CMD, word by word.'),
    ),
    others=(
        Answer(
            _warden('chown warden /data\nexec setpriv --reuid=warden --regid=warden --init-groups "$@"'),
            why=_("setpriv is in Debian's base (util-linux), so nothing need be installed for this."),
        ),
        Answer(
            _warden(
                'set -e\nif [ "$(id -u)" = 0 ]; then\n  chown warden /data\n  exec gosu warden "$0" "$@"\nfi\nexec "$@"'
            ),
            why=_("As official images do it: it also works when somebody starts it with `--user`."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t warden:1 /root/warden" + _RUN_WARDEN, gets="dockerfile.gosu.parent"),
        Mistake(_warden('chown warden /data\nexec "$@"'), gets="dockerfile.gosu.root"),
        Mistake(_warden('exec gosu warden "$@"'), gets="file.owner"),
        Mistake(
            _build(
                "warden:1",
                "/root/warden",
                _WARDEN_DOCKERFILE.replace('ENTRYPOINT ["/entrypoint.sh"]\n', "").replace(
                    '["sleep"', '["exec", "gosu", "warden", "sleep"'
                ),
            )
            + _RUN_WARDEN,
            gets="container.never_started",
            repair=_build("warden:1", "/root/warden", _WARDEN_DOCKERFILE)
            + "\n"
            + _warden('chown warden /data\nexec gosu warden "$@"'),
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ VOLUME

VOLUME_ONCE = sentence(
    "dockerfile.volume.once",
    found=_("Containers of `books:1` that have run since this exercise was started: {count}."),
    wanted=_("Two containers of `books:1`, one after the other, with the same volume."),
    look_at=_("`docker run --rm -v ledger:/data books:1`, twice"),
)


def _check_volume(the: Evidence, _p: Parameters) -> None:
    the.build("books:1").must_exist().must_list("VOLUME", "/data")
    runs = the.journal.runs("books:1")
    the.require(len(runs) > 1, VOLUME_ONCE, count=len(runs))
    ledger = the.volume("ledger")
    ledger.must_exist()
    ledger.file("ledger").must_hold("opening balance")
    ledger.file("ledger").must_hold("sale\nsale")


_BOOKS = "FROM busybox\nRUN mkdir /data && echo 'opening balance' > /data/ledger\n"
_BOOKS_CMD = 'CMD ["sh", "-c", "echo sale >> /data/ledger; cat /data/ledger"]'
_RUN_BOOKS = "\ndocker run --rm -v ledger:/data books:1\ndocker run --rm -v ledger:/data books:1"

volume = Exercise(
    id="dockerfile.volume",
    title=_("Data that outlives its container"),
    goal=_(
        "/root/books/Dockerfile describes an image that writes a sale into /data/ledger whenever a container of it "
        "runs. Change it so that it declares /data as a volume, and build `books:1`. Run two containers of it, one "
        "after the other, with the named volume `ledger` there: the second one prints the opening balance and two "
        "sales."
    ),
    notes=("237-251",),
    setup=(
        "with_image busybox\nwithout_containers_of books:1\nwithout_image books:1\nwithout_volume ledger\n"
        "rm -rf /root/books /root/ledger\nmkdir /root/books\ncd /root/books\n"
        f"cat > Dockerfile <<'END'\n{_BOOKS}{_BOOKS_CMD}\nEND"
    ),
    check=_check_volume,
    hints=(
        _("VOLUME names the directory. It can't name a volume: that is for whoever runs the container."),
        _("`docker run -v NAME:/data` puts a named volume in place of the anonymous one."),
        _("`VOLUME /data` in the Dockerfile, then twice `docker run --rm -v ledger:/data books:1`"),
    ),
    solution=Answer(
        _build("books:1", "/root/books", f"{_BOOKS}VOLUME /data\n{_BOOKS_CMD}") + _RUN_BOOKS,
        why=_(
            "A new named volume is filled with what the image has at that place; the second container finds it with "
            "the first one's sale. VOLUME stands after the RUN that fills the directory: the legacy builder forgets "
            "later writes."
        ),
    ),
    others=(
        Answer(
            _build("books:1", "/root/books", f'{_BOOKS}VOLUME ["/data"]\n{_BOOKS_CMD}')
            + "\ndocker volume create ledger\nfor n in 1 2; do\n"
            "  docker run --rm --mount type=volume,source=ledger,target=/data books:1\ndone",
            why=_("The JSON form, and `--mount`, which says each part by name."),
        ),
        Answer(
            _build("books:1", "/root/books", f"{_BOOKS}VOLUME /data\n{_BOOKS_CMD}")
            + "\ndocker run --name first -v ledger:/data books:1\ndocker run --rm --volumes-from first books:1\n"
            "docker rm first",
            why=_("The second container takes the first one's volumes over. A name says the same more plainly."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t books:1 /root/books" + _RUN_BOOKS, gets="image.listed"),
        Mistake(
            _build("books:1", "/root/books", f"{_BOOKS}VOLUME /data\n{_BOOKS_CMD}")
            + "\ndocker run --rm books:1\ndocker run --rm books:1",
            gets="volume.missing",
        ),
        Mistake(
            _build("books:1", "/root/books", f"{_BOOKS}VOLUME /data\n{_BOOKS_CMD}")
            + "\ndocker run --rm -v ledger:/data books:1",
            gets="dockerfile.volume.once",
            repair="docker run --rm -v ledger:/data books:1",
        ),
        Mistake(
            _build("books:1", "/root/books", f"{_BOOKS}VOLUME /data\n{_BOOKS_CMD}")
            + "\ndocker run -v /root/ledger:/data books:1\ndocker run -v /root/ledger:/data books:1",
            gets="volume.bind",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ EXPOSE


EXPOSE_FIXED = sentence(
    "dockerfile.expose.fixed",
    found=_("Port 3000 of `door` is published on {port}, as the command asked for: the engine picked nothing."),
    wanted=_("All declared ports of `door` published on ports that the engine picks."),
    look_at=_("`docker run -P`, with a capital letter and without numbers"),
)


def _check_expose(the: Evidence, _p: Parameters) -> None:
    the.build("door:1").must_exist().must_list("EXPOSE", "3000/tcp")
    door = the.container("door")
    door.must_run("door:1")
    port = door.must_publish_somewhere(3000)
    bindings = (door.facts["HostConfig"].get("PortBindings") or {}).get("3000/tcp") or []
    fixed = [entry["HostPort"] for entry in bindings if entry["HostPort"] not in ("", "0")]
    the.require(not fixed, EXPOSE_FIXED, port=", ".join(fixed))
    the.world.http(port).must_answer("Welcome")


_DOOR = "FROM busybox\nCOPY index.html /www/\n"
_DOOR_CMD = 'CMD ["httpd", "-f", "-h", "/www", "-p", "3000"]'
_RUN_DOOR = "\ndocker rm -f door 2>/dev/null\ndocker run -d --name door -P door:1"

expose = Exercise(
    id="dockerfile.expose",
    title=_("Declared, then published"),
    goal=_(
        "/root/door/Dockerfile describes an image whose web server listens on port 3000, and nothing says so. Change "
        "it so that the image declares the port, build `door:1`, and run it as `door` with all declared ports "
        "published on ports that the engine picks."
    ),
    notes=("252-257",),
    setup=(
        "with_image busybox\nwithout_container door\nwithout_image door:1\nrm -rf /root/door\nmkdir /root/door\n"
        "cd /root/door\necho '<h1>Welcome</h1>' > index.html\n"
        f"cat > Dockerfile <<'END'\n{_DOOR}{_DOOR_CMD}\nEND"
    ),
    check=_check_expose,
    hints=(
        _("EXPOSE declares a port; publishing is up to `docker run`."),
        _("One capital letter publishes every declared port: `docker run -P`."),
        _("`EXPOSE 3000`, then `docker run -d --name door -P door:1` and `docker port door`"),
    ),
    solution=Answer(
        _build("door:1", "/root/door", f"{_DOOR}EXPOSE 3000\n{_DOOR_CMD}") + _RUN_DOOR + "\ndocker port door",
        why=_("-P goes by what the image declares. The number that the engine picked is in `docker port door`."),
    ),
    others=(
        Answer(
            _build("door:1", "/root/door", f"{_DOOR}ENV PORT=3000\nEXPOSE $PORT/tcp\n{_DOOR_CMD}") + _RUN_DOOR,
            why=_("EXPOSE takes variables, and the protocol: tcp is what is meant without one."),
        ),
        Answer(
            _build("door:1", "/root/door", f"{_DOOR}EXPOSE 3000\n{_DOOR_CMD}")
            + "\ndocker run -d --name door -p 3000 door:1",
            why=_(
                "-p with the container's port alone: a port of the engine's choice too, and EXPOSE isn't needed for it."
            ),
        ),
    ),
    mistakes=(
        Mistake("docker build -t door:1 /root/door" + _RUN_DOOR, gets="image.listed"),
        Mistake(
            _build("door:1", "/root/door", f"{_DOOR}EXPOSE 3000\n{_DOOR_CMD}") + "\ndocker run -d --name door door:1",
            gets="port.not_mapped_random",
        ),
        Mistake(
            _build("door:1", "/root/door", f"{_DOOR}EXPOSE 3000\n{_DOOR_CMD}")
            + "\ndocker run -d --name door -p 3000:3000 door:1",
            gets="dockerfile.expose.fixed",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ HEALTHCHECK

HEALTH_SLOW = sentence(
    "dockerfile.health.slow",
    found=_("The health check of `clinic:1` runs every {seconds} seconds."),
    wanted=_("A health check in `clinic:1` that runs at least every 5 seconds."),
    look_at=_("HEALTHCHECK --interval=2s CMD ..."),
    more=_("Without the option it is 30 seconds, and the first check comes after the first interval."),
)
HEALTH_BLIND = sentence(
    "dockerfile.health.blind",
    found=_("`ward` has lost its page and yet is {state}: the check {test} does not notice."),
    wanted=_("`ward` unhealthy, because its page is gone."),
    look_at=_("`docker exec ward ...` the command of the check, then `echo $?`: only the exit code counts."),
)


def _check_health(the: Evidence, _p: Parameters) -> None:
    image = the.build("clinic:1").must_exist()
    clinic, ward = the.container("clinic"), the.container("ward")
    clinic.must_run("clinic:1")
    health = image.instruction("HEALTHCHECK") or {}
    seconds = (health.get("Interval") or 30e9) / 1e9
    the.require(not health or seconds <= 5, HEALTH_SLOW, seconds=f"{seconds:g}")
    clinic.must_be_healthy()
    ward.must_run("clinic:1")
    test = f"`{' '.join(health.get('Test') or [])}`"
    the.require(ward.health != "healthy", HEALTH_BLIND, state=ward.health, test=test)
    ward.must_be_healthy("unhealthy")


_CLINIC = "FROM nginx\nCOPY --from=busybox /bin/busybox /usr/local/bin/\n"
_ASK = "busybox wget -q -O /dev/null http://127.0.0.1/ || exit 1"
_RUN_CLINIC = """
docker rm -f clinic ward 2>/dev/null
docker run -d --name clinic clinic:1
docker run -d --name ward clinic:1
docker exec ward rm /usr/share/nginx/html/index.html
for i in $(seq 40); do
  docker inspect -f '{{.State.Health.Status}}' clinic ward | grep -q starting || break
  sleep 0.2
done
sleep 1
docker ps --filter name=^clinic$ --filter name=^ward$ --format '{{.Names}}: {{.Status}}'"""

health = Exercise(
    id="dockerfile.health",
    title=_("Ask the server, not the process"),
    goal=_(
        "/root/clinic/Dockerfile has the beginning: nginx, with busybox brought along. Add a health check, at least "
        "every 5 seconds, that fails when the start page can't be had, and build `clinic:1`. Run it twice: as "
        "`clinic`, which becomes healthy, and as `ward`, whose page (/usr/share/nginx/html/index.html) you delete, so "
        "that it becomes unhealthy."
    ),
    notes=("284-304",),
    setup=(
        "with_image nginx busybox\nwithout_container clinic ward\nwithout_image clinic:1\n"
        "rm -rf /root/clinic\nmkdir /root/clinic\ncd /root/clinic\n"
        f"cat > Dockerfile <<'END'\n{_CLINIC}END"
    ),
    check=_check_health,
    hints=(
        _(
            "The command of a health check runs inside the container; its exit code is the answer. 0 is healthy, 1 is "
            "not."
        ),
        _(
            "The Dockerfile in /root/clinic brings busybox along: `busybox wget -q -O /dev/null URL` fails without a "
            "page."
        ),
        _(
            "`HEALTHCHECK --interval=1s --timeout=2s --retries=2 CMD busybox wget -q -O /dev/null http://127.0.0.1/ || "
            "exit 1`. Build; `docker run -d --name clinic clinic:1`, the same with `--name ward`, then `docker exec "
            "ward rm /usr/share/nginx/html/index.html`"
        ),
    ),
    solution=Answer(
        _build(
            "clinic:1", "/root/clinic", f"{_CLINIC}HEALTHCHECK --interval=1s --timeout=2s --retries=2 \\\n  CMD {_ASK}"
        )
        + _RUN_CLINIC,
        why=_(
            "The check does what a visitor does. An interval of one second is for trying it out: it is a process "
            "started every second, so 10 s or more are usual."
        ),
    ),
    others=(
        Answer(
            _build(
                "clinic:1",
                "/root/clinic",
                "FROM nginx\nRUN apt-get update && apt-get install -y --no-install-recommends curl "
                "&& rm -rf /var/lib/apt/lists/*\n"
                "HEALTHCHECK --interval=1s --timeout=2s --retries=2 CMD curl -fs http://127.0.0.1/ || exit 1",
            )
            + _RUN_CLINIC,
            why=_("With curl, as in the notes. -f makes an HTTP error a failure."),
        ),
        Answer(
            _build(
                "clinic:1",
                "/root/clinic",
                f"{_CLINIC}HEALTHCHECK --interval=1s --timeout=2s --retries=2 --start-period=1s "
                'CMD ["busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1/"]',
            )
            + _RUN_CLINIC,
            why=_("The exec form, without a shell; a start period forgives failures while a slow server starts."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t clinic:1 /root/clinic" + _RUN_CLINIC, gets="container.no_health"),
        Mistake(
            _build("clinic:1", "/root/clinic", f"{_CLINIC}HEALTHCHECK --interval=1s CMD pidof nginx || exit 1").replace(
                "pidof", "busybox pidof"
            )
            + _RUN_CLINIC,
            gets="dockerfile.health.blind",
        ),
        Mistake(
            _build("clinic:1", "/root/clinic", f"{_CLINIC}HEALTHCHECK CMD {_ASK}")
            + "\ndocker run -d --name clinic clinic:1",
            gets="dockerfile.health.slow",
        ),
        Mistake(
            _build(
                "clinic:1",
                "/root/clinic",
                f"{_CLINIC}HEALTHCHECK --interval=1s --retries=1 CMD curl -fs http://127.0.0.1/ || exit 1",
            )
            + _RUN_CLINIC,
            gets="container.health",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ SHELL

SHELL_PIPEFAIL = sentence(
    "dockerfile.shell.pipefail",
    found=_("The shell of `pipe:1` for RUN is {command}: a pipe succeeds there when its last command does."),
    wanted=_("A shell with pipefail as the shell of `pipe:1` for RUN."),
    look_at=_('SHELL ["/bin/bash", "-o", "pipefail", "-c"]'),
)


def _check_shell(the: Evidence, _p: Parameters) -> None:
    image = the.build("pipe:1").must_exist()
    image.file("/srv/sorted.txt").must_hold("3 green\n5 black")
    shell = image.instruction("SHELL") or ["/bin/sh", "-c"]
    the.require(any("pipefail" in word for word in shell), SHELL_PIPEFAIL, command=f"`{' '.join(shell)}`")


_PIPE = "FROM debian\nCOPY prices.csv /srv/\n"
_SORT = "RUN cat /srv/prices.csv | sort -n > /srv/sorted.txt"

shell = Exercise(
    id="dockerfile.shell",
    title=_("A build that dares to fail"),
    goal=_(
        "/root/pipe/Dockerfile builds without complaint, and yet /srv/sorted.txt in the image is empty: the first half "
        "of its pipe fails unheard. Make a shell with pipefail, bash for one, the shell of every RUN, also of those "
        "that somebody adds later, so that such a build stops. Then mend the step as well and build `pipe:1`, with the "
        "sorted prices in /srv/sorted.txt."
    ),
    notes=("191-203",),
    setup=(
        "with_image debian\nwithout_image pipe:1\nrm -rf /root/pipe\nmkdir /root/pipe\ncd /root/pipe\n"
        "printf '5 black\\n3 green\\n' > prices.csv\n"
        f"cat > Dockerfile <<'END'\n{_PIPE}{_SORT.replace('prices', 'price')}\nEND"
    ),
    check=_check_shell,
    hints=(
        _("Build it and read the output of the step: something was said there, and nobody cared."),
        _(
            "An instruction chooses the shell for RUN, CMD and ENTRYPOINT in the shell form. Its value is a JSON "
            "array, one word after the other."
        ),
        _('`SHELL ["/bin/bash", "-o", "pipefail", "-c"]` above RUN; the file is called prices.csv'),
    ),
    solution=Answer(
        _build("pipe:1", "/root/pipe", f'{_PIPE}SHELL ["/bin/bash", "-o", "pipefail", "-c"]\n{_SORT}'),
        why=_(
            "SHELL holds for every shell-form instruction after it. With pipefail a pipe fails when any part of it "
            "does."
        ),
    ),
    others=(
        Answer(
            _build(
                "pipe:1",
                "/root/pipe",
                f'FROM debian\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\n{_PIPE[12:]}{_SORT}',
            ),
            why=_("Stricter still: -e stops at any error, -u at a variable that nobody set."),
        ),
        Answer(
            _build(
                "pipe:1",
                "/root/pipe",
                f'{_PIPE}SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN sort -n /srv/prices.csv > /srv/sorted.txt',
            ),
            why=_("And without a pipe there is none to fail."),
        ),
    ),
    mistakes=(
        Mistake("docker build -t pipe:1 /root/pipe", gets="file.content"),
        Mistake(_build("pipe:1", "/root/pipe", _PIPE + _SORT), gets="dockerfile.shell.pipefail"),
        Mistake(
            _build(
                "pipe:1",
                "/root/pipe",
                f'{_PIPE}RUN ["bash", "-o", "pipefail", "-c", "{_SORT.removeprefix("RUN ")}"]',
            ),
            gets="dockerfile.shell.pipefail",
        ),
        Mistake(
            _build("pipe:1", "/root/pipe", f"{_PIPE}SHELL /bin/bash -o pipefail -c\n{_SORT}"),
            gets="image.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ heredocs

HEREDOC_EXPANDED = sentence(
    "dockerfile.heredoc.expanded",
    found=_(
        "/usr/local/bin/hi of `card:1` holds {content}: the builder filled in $1, and there was nothing to fill in."
    ),
    wanted=_("$1 itself in /usr/local/bin/hi, for the shell that will run it."),
    look_at=_("Quote the mark at the beginning: COPY <<'EOF' ... EOF"),
)


def _check_heredoc(the: Evidence, _p: Parameters) -> None:
    image = the.build("card:1").must_exist()
    script = image.file("/usr/local/bin/hi")
    script.must_exist()
    content = " ".join(script.content.split())
    the.require("$" in content, HEREDOC_EXPANDED, content=f"`{content[:80]}`")
    if script.mode[-1:] not in ("1", "5", "7"):
        script.must_have_mode("755")
    card = the.container("card")
    card.must_exist("card:1")
    card.must_have_said("Hi, Ada!")


_RUN_CARD = "\ndocker rm -f card 2>/dev/null\ndocker run --name card card:1 hi Ada"


def _card(dockerfile: str) -> str:
    """Return the script that builds from a Dockerfile on standard input, and runs."""
    return f"docker build -t card:1 - <<'END'\n{dockerfile}\nEND" + _RUN_CARD


heredoc = Exercise(
    id="dockerfile.heredoc",
    title=_("A file inside the Dockerfile"),
    goal=_(
        "Build `card:1` from busybox with nothing but a Dockerfile, given on standard input. It has a script "
        "/usr/local/bin/hi that may be run and prints `Hi, NAME!` for the name that it is given. Run it as `card`: "
        "`docker run --name card card:1 hi Ada`"
    ),
    notes=("173-182",),
    since="23.0",
    setup="with_image busybox\nwithout_container card\nwithout_image card:1",
    check=_check_heredoc,
    hints=(
        _("COPY takes text from the Dockerfile too: `COPY <<EOF /path`, then lines, then EOF."),
        _(
            "$1 in it is filled in by the builder, unless EOF is quoted at the beginning. And the file must be "
            "executable."
        ),
        _("`COPY --chmod=755 <<'EOF' /usr/local/bin/hi`, `#!/bin/sh`, `echo \"Hi, $1!\"`, `EOF`"),
    ),
    solution=Answer(
        _card("FROM busybox\nCOPY --chmod=755 <<'EOF' /usr/local/bin/hi\n#!/bin/sh\necho \"Hi, $1!\"\nEOF"),
        why=_(
            "A short file stays where it is read. The quoted mark keeps $1 for the script; --chmod makes it executable."
        ),
    ),
    others=(
        Answer(
            _card(
                "FROM busybox\nRUN mkdir -p /usr/local/bin \\\n && printf '%s\\n' '#!/bin/sh' 'echo \"Hi, $1!\"' "
                "> /usr/local/bin/hi \\\n && chmod 755 /usr/local/bin/hi"
            ),
            why=_("As one had to before heredocs, and still has to with the legacy builder."),
        ),
        Answer(
            _card(
                "FROM busybox\nRUN <<'END-OF-RUN'\nmkdir -p /usr/local/bin\n"
                "echo '#!/bin/sh' > /usr/local/bin/hi\necho 'echo \"Hi, $1!\"' >> /usr/local/bin/hi\n"
                "chmod 755 /usr/local/bin/hi\nEND-OF-RUN"
            ),
            why=_("RUN takes a heredoc, too: a script of several lines without && and backslashes, in one layer."),
        ),
    ),
    mistakes=(
        Mistake(
            _card('FROM busybox\nCOPY --chmod=755 <<EOF /usr/local/bin/hi\n#!/bin/sh\necho "Hi, $1!"\nEOF'),
            gets="dockerfile.heredoc.expanded",
        ),
        Mistake(
            _card("FROM busybox\nCOPY <<'EOF' /usr/local/bin/hi\n#!/bin/sh\necho \"Hi, $1!\"\nEOF"),
            gets="file.mode",
        ),
        Mistake(
            "mkdir -p /root/card; echo 'echo \"Hi, $1!\"' > /root/card/hi\n"
            + _card("FROM busybox\nCOPY hi /usr/local/bin/hi"),
            gets="image.missing",
        ),
    ),
)

# ------------------------------------------------------------------------------------------------ ONBUILD

ONBUILD_CHILD = sentence(
    "dockerfile.onbuild.child",
    found=_("/root/counter/Dockerfile has more than its FROM line now: {line}"),
    wanted=_("A Dockerfile in /root/counter that says FROM node-app, and nothing else."),
    look_at=_("Whatever every child needs belongs in node-app, behind ONBUILD."),
)


def _check_onbuild(the: Evidence, _p: Parameters) -> None:
    base = the.build("node-app").must_exist()
    triggers = base.instruction("ONBUILD") or []
    if not any(trigger.split()[0].upper() in ("COPY", "ADD") for trigger in triggers):
        base.must_list("ONBUILD", "COPY . /app/")
    if not any("npm" in trigger for trigger in triggers):
        base.must_list("ONBUILD", "RUN npm install")
    lines = [line for line in the.machine.file("/root/counter/Dockerfile").content.splitlines() if line.strip()]
    the.require(len(lines) == 1, ONBUILD_CHILD, line=f"`{lines[-1] if lines else '-'}`")
    the.build("counter:1").must_exist().must_stand_on("node-app")
    counter = the.container("counter")
    counter.must_exist("counter:1")
    counter.file("/app/package-lock.json").must_exist()
    counter.file("/app/server.js").must_exist()
    counter.must_run("counter:1")
    the.world.http(8120).must_answer("Visit number")


_START_COUNTER = (
    "\ndocker build -t counter:1 /root/counter\ndocker rm -f counter 2>/dev/null\n"
    "docker run -d --name counter -p 8120:8080 counter:1\n"
)
_RUN_COUNTER = f"{_START_COUNTER}for i in $(seq 50); do curl -fs http://localhost:8120/ && break; sleep 0.2; done"
_NODE = "FROM node:slim\nRUN mkdir /app\nWORKDIR /app\n"
_TRIGGERS = 'ONBUILD COPY package.json /app/\nONBUILD RUN ["npm", "install"]\nONBUILD COPY . /app/\n'
_START = 'CMD ["npm", "start"]'

onbuild = Exercise(
    id="dockerfile.onbuild",
    title=_("A base that works for its children"),
    goal=_(
        "The Dockerfile in /root/counter is one line: FROM node-app. Build the image `node-app` from node:slim so that "
        "a build on top of it copies package.json into /app, runs `npm install`, and copies the rest of its context "
        "there; its containers run `npm start`. Then build `counter:1` from /root/counter as it stands and run it as "
        "`counter`, its port 8080 published on 8120."
    ),
    notes=("305-318",),
    setup=(
        "with_image node:slim\nwithout_container counter\nwithout_image counter:1 node-app\nwithout_port 8120\n"
        "rm -rf /root/node-app /root/counter\nmkdir /root/node-app /root/counter\ncd /root/counter\n"
        "echo 'FROM node-app' > Dockerfile\n"
        """echo '{"name": "counter", "version": "1.0.0", "scripts": {"start": "node server.js"}}' > package.json\n"""
        "cat > server.js <<'END'\nlet visits = 0;\nrequire('http').createServer((request, response) => {\n"
        "  response.end(`Visit number ${++visits}\\n`);\n}).listen(8080);\nEND"
    ),
    check=_check_onbuild,
    hints=(
        _("ONBUILD stores an instruction in the image. It runs when another Dockerfile starts FROM that image."),
        _("Three triggers: COPY package.json, RUN npm install, COPY the rest. CMD needs none, since it is inherited."),
        _(
            '`ONBUILD COPY package.json /app/`, `ONBUILD RUN ["npm", "install"]`, `ONBUILD COPY . /app/`, between '
            '`FROM node:slim`, `WORKDIR /app` and `CMD ["npm", "start"]`. Then `docker build -t node-app '
            "/root/node-app`, `docker build -t counter:1 /root/counter`, `docker run -d --name counter -p 8120:8080 "
            "counter:1`"
        ),
    ),
    solution=Answer(
        _build("node-app", "/root/node-app", _NODE + _TRIGGERS + _START) + _RUN_COUNTER,
        why=_(
            "The triggers run right after the child's FROM, with the child's context. package.json comes first, so "
            "that `npm install` stays in the cache when only the code changes."
        ),
    ),
    others=(
        Answer(
            _build(
                "node-app",
                "/root/node-app",
                "FROM node:slim\nWORKDIR /app\nONBUILD COPY . .\nONBUILD RUN npm install\n" + _START,
            )
            + _RUN_COUNTER,
            why=_("Shorter, but every change of the code runs `npm install` again."),
        ),
        Answer(
            "docker build -t node-app - <<'END'\n"
            "FROM node:slim\nWORKDIR /app\n" + _TRIGGERS.replace("/app/", "./") + _START + "\nEND" + _RUN_COUNTER,
            why=_("The base needs no context of its own: all that is copied comes from the child's."),
        ),
    ),
    mistakes=(
        Mistake(
            _build("node-app", "/root/node-app", _NODE.replace("mkdir /app", '"mkdir /app"') + _TRIGGERS + _START)
            + _START_COUNTER,
            gets="image.missing",
        ),
        Mistake(
            _build("node-app", "/root/node-app", _NODE + _START)
            + "\nprintf '%s\\n' 'FROM node-app' 'COPY . /app/' 'RUN npm install' > /root/counter/Dockerfile"
            + _RUN_COUNTER,
            gets="image.listed",
            repair="echo FROM node-app > /root/counter/Dockerfile\n"
            + _build("node-app", "/root/node-app", _NODE + _TRIGGERS + _START)
            + _RUN_COUNTER,
        ),
        Mistake(
            _build("node-app", "/root/node-app", _NODE + _TRIGGERS.replace("ONBUILD COPY . /app/\n", "") + _START)
            + _START_COUNTER,
            gets="file.missing",
        ),
    ),
)
