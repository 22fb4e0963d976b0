"""Situations in a machine, and what a check must say in each: played on a real engine, replayed from records."""

from collections.abc import Callable
from dataclasses import dataclass

from dockyard.engine import Evidence

PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One situation.

    Args:
        name: what the record's file is called.
        script: what brings it about, by bash in the machine, after everything earlier was cleared away.
        check: what is demanded.
        says: the sentence that it must get, or "passed".
    """

    name: str
    script: str
    check: Callable[[Evidence], object]
    says: str


def _web(the: Evidence) -> None:
    the.container("web").must_run("nginx")


def _publishes(the: Evidence) -> None:
    the.container("web").must_publish(8080, 80)


def _answers(the: Evidence) -> None:
    the.world.http(8080).must_answer("nginx")


def _run(the: Evidence) -> None:
    the.journal.must_show_run("busybox", "echo", terminal=True, exit_code=0, removed=True)


SLEEP = "docker run -d --name web busybox sleep 300"
NGINX = "docker run -d --name web nginx"
BUILD = "docker build -q -t made -"

CONTAINERS = [
    Scenario("container-runs", "docker run -d --name web nginx", _web, PASSED),
    Scenario("container-missing", "docker run -d --name cache busybox sleep 300", _web, "container.missing"),
    Scenario("container-removed", "docker run --rm --name web nginx nginx -v", _web, "container.removed"),
    Scenario("container-other-name", "docker run -d --name frontdoor nginx", _web, "container.other_name"),
    Scenario("container-similar-name", "docker run -d --name webb busybox sleep 300", _web, "container.similar_name"),
    Scenario("container-exited", "docker run --name web nginx nginx -t", _web, "container.exited"),
    Scenario("container-never-started", "docker create --name web nginx", _web, "container.never_started"),
    Scenario("container-paused", f"{NGINX}; docker pause web", _web, "container.paused"),
    Scenario(
        "container-restarting",
        "docker run -d --restart always --name web nginx sh -c 'echo no; exit 3'\n"
        "until [ \"$(docker inspect -f '{{.State.Status}}' web)\" = restarting ]; do sleep 0.1; done",
        _web,
        "container.restarting",
    ),
    Scenario("container-other-image", "docker run -d --name web busybox sleep 300", _web, "container.other_image"),
    Scenario(
        "container-other-tag",
        "docker run -d --name web debian:12 sleep 300",
        lambda the: the.container("web").must_run("debian:13"),
        "container.other_tag",
    ),
    Scenario(
        "container-same-image-by-id",
        "docker run -d --name web $(docker image inspect -f '{{.Id}}' nginx)",
        _web,
        PASSED,
    ),
    Scenario("container-still-running", SLEEP, lambda the: the.container("web").must_be_stopped(), "container.running"),
    Scenario("container-present", SLEEP, lambda the: the.container("web").must_be_gone(), "container.present"),
    Scenario(
        "container-exit-code",
        "docker run --name web busybox sh -c 'echo oops; exit 4'",
        lambda the: the.container("web").must_have_exited(0),
        "container.exit_code",
    ),
    Scenario(
        "container-logs",
        "docker run --name web busybox echo ready",
        lambda the: the.container("web").must_have_said("listening"),
        "container.logs",
    ),
]

CONFIGURATION = [
    Scenario(
        "env-missing",
        "docker run -d --name web -e MODE=test busybox sleep 300",
        lambda the: the.container("web").must_have_env("LEVEL", "1"),
        "container.env_missing",
    ),
    Scenario(
        "env-other",
        "docker run -d --name web -e MODE=test busybox sleep 300",
        lambda the: the.container("web").must_have_env("MODE", "live"),
        "container.env_other",
    ),
    Scenario("command", SLEEP, lambda the: the.container("web").must_run_command("top"), "container.command"),
    Scenario(
        "user",
        "docker run -d --name web -u 1000 busybox sleep 300",
        lambda the: the.container("web").must_run_as("1001"),
        "container.user",
    ),
    Scenario(
        "setting", SLEEP, lambda the: the.container("web").must_have(tty=False, restart="always"), "container.setting"
    ),
    Scenario(
        "label",
        "docker run -d --name web -l stage=test busybox sleep 300",
        lambda the: the.container("web").must_have_label("stage=live"),
        "container.label",
    ),
    Scenario("no-health", SLEEP, lambda the: the.container("web").must_be_healthy(), "container.no_health"),
    Scenario(
        "health",
        "docker run -d --name web --health-cmd 'echo sick; exit 1' --health-interval 200ms --health-retries 1 "
        "busybox sleep 300\n"
        "until docker inspect -f '{{.State.Health.Status}}' web | grep -q unhealthy; do sleep 0.1; done",
        lambda the: the.container("web").must_be_healthy(),
        "container.health",
    ),
    Scenario("mount-missing", SLEEP, lambda the: the.container("web").must_mount("/data", "store"), "mount.missing"),
    Scenario(
        "mount-other-source",
        "docker run -d --name web -v /data busybox sleep 300",
        lambda the: the.container("web").must_mount("/data", "store"),
        "mount.other_source",
    ),
    Scenario(
        "mount-writable",
        "docker run -d --name web -v store:/data busybox sleep 300",
        lambda the: the.container("web").must_mount("/data", "store", writable=False),
        "mount.writable",
    ),
    Scenario(
        "mount-read-only",
        "docker run -d --name web -v store:/data:ro busybox sleep 300",
        lambda the: the.container("web").must_mount("/data", "store", writable=True),
        "mount.read_only",
    ),
    Scenario("not-on-network", SLEEP, lambda the: the.container("web").must_be_on("lan"), "container.not_on_network"),
    Scenario(
        "no-alias",
        "docker network create lan; docker run -d --name web --network lan busybox sleep 300",
        lambda the: the.container("web").must_be_on("lan", "db"),
        "container.no_alias",
    ),
]

INSIDE = [
    Scenario(
        "file-missing",
        SLEEP,
        lambda the: the.container("web").file("/etc/motd").must_exist(),
        "file.missing",
    ),
    Scenario(
        "file-present",
        SLEEP,
        lambda the: the.container("web").file("/etc/passwd").must_be_gone(),
        "file.present",
    ),
    Scenario(
        "file-directory", SLEEP, lambda the: the.container("web").file("/etc").must_hold("root"), "file.directory"
    ),
    Scenario(
        "file-content",
        SLEEP,
        lambda the: the.container("web").file("/etc/passwd").must_hold("nobody-like-you"),
        "file.content",
    ),
    Scenario(
        "file-unwanted",
        SLEEP,
        lambda the: the.container("web").file("/etc/passwd").must_not_hold("root"),
        "file.unwanted_content",
    ),
    Scenario(
        "file-mode", SLEEP, lambda the: the.container("web").file("/etc/passwd").must_have_mode("600"), "file.mode"
    ),
    Scenario(
        "file-owner",
        "echo x > /root/notes.txt; chown 7:8 /root/notes.txt",
        lambda the: the.machine.file("/root/notes.txt").must_belong_to(0, 0),
        "file.owner",
    ),
    Scenario(
        "machine-file",
        "echo hello > /root/notes.txt; chmod 640 /root/notes.txt",
        lambda the: (
            the.machine.file("/root/notes.txt").must_hold("hello"),
            the.machine.file("/root/notes.txt").must_have_mode("640"),
        ),
        PASSED,
    ),
    Scenario(
        "process-missing",
        SLEEP,
        lambda the: the.container("web").must_have_process("nginx"),
        "container.process_missing",
    ),
    Scenario(
        "unchanged", SLEEP, lambda the: the.container("web").must_have_changed("/etc/motd"), "container.unchanged"
    ),
    Scenario(
        "changed",
        f"{SLEEP}; docker exec web touch /etc/motd",
        lambda the: the.container("web").must_have_changed("/etc/motd"),
        PASSED,
    ),
    Scenario(
        "cannot-reach",
        f"docker network create lan; docker run -d --name db --network lan nginx; {SLEEP}",
        lambda the: the.container("web").must_reach("http://db/"),
        "container.cannot_reach",
    ),
    Scenario(
        "reaches-by-name",
        "docker network create lan; docker run -d --name db --network lan nginx\n"
        "docker run -d --name web --network lan busybox sleep 300; sleep 0.5",
        lambda the: (the.container("web").must_reach("http://db/"), the.container("web").must_reach("db")),
        PASSED,
    ),
    Scenario(
        "reaches",
        "docker run -d --name web busybox sleep 300",
        lambda the: the.container("web").must_not_reach("198.51.100.1"),
        "container.reaches",
    ),
]

PORTS = [
    Scenario("port-published", "docker run -d --name web -p 8080:80 nginx", _publishes, PASSED),
    Scenario("port-not-published", NGINX, _publishes, "port.not_published"),
    Scenario("port-other-host", "docker run -d --name web -p 8081:80 nginx", _publishes, "port.other_host_port"),
    Scenario(
        "port-other-inner", "docker run -d --name web -p 8080:8080 nginx", _publishes, "port.other_container_port"
    ),
    Scenario("port-swapped", "docker run -d --name web -p 80:8080 nginx", _publishes, "port.swapped"),
    Scenario("port-other-ports", "docker run -d --name web -p 9000:9001 nginx", _publishes, "port.other_ports"),
    Scenario("port-other-protocol", "docker run -d --name web -p 8080:80/udp nginx", _publishes, "port.other_protocol"),
    Scenario(
        "port-other-container",
        "docker run -d --name cache -p 8080:80 nginx; docker run -d --name web nginx",
        _publishes,
        "port.other_container",
    ),
    Scenario("port-loopback", "docker run -d --name web -p 127.0.0.1:8080:80 nginx", _publishes, "port.loopback"),
    Scenario(
        "port-everywhere",
        "docker run -d --name web -p 8080:80 nginx",
        lambda the: the.container("web").must_publish(8080, 80, address="127.0.0.1"),
        "port.everywhere",
    ),
    Scenario(
        "port-not-somewhere",
        NGINX,
        lambda the: the.container("web").must_publish_somewhere(80),
        "port.not_mapped_random",
    ),
    Scenario(
        "port-somewhere",
        "docker run -d -P --name web nginx",
        lambda the: the.container("web").must_publish_somewhere(80),
        PASSED,
    ),
    Scenario("http-answers", "docker run -d --name web -p 8080:80 nginx; sleep 0.5", _answers, PASSED),
    Scenario("http-closed", "docker run -d --name web -p 8081:80 nginx", _answers, "port.closed"),
    Scenario("http-silent", "docker run -d --name web -p 8080:81 nginx; sleep 0.5", _answers, "port.silent"),
    Scenario("http-loopback", "docker run -d --name web -p 127.0.0.1:8080:80 nginx", _answers, "port.loopback"),
    Scenario("http-stopped", "docker run -d --name web -p 8080:80 nginx; docker stop web", _answers, "port.stopped"),
    Scenario(
        "http-status",
        "docker run -d --name web -p 8080:80 nginx; sleep 0.5",
        lambda the: the.machine.http(8080, "/nowhere").must_answer(),
        "http.status",
    ),
    Scenario(
        "http-body",
        "docker run -d --name web -p 8080:80 nginx; sleep 0.5",
        lambda the: the.machine.http(8080).must_answer("apache"),
        "http.body",
    ),
    Scenario(
        "port-open",
        "docker run -d --name web -p 8080:80 nginx; sleep 0.5",
        lambda the: the.world.http(8080).must_not_answer(),
        "port.open",
    ),
    Scenario(
        "tcp-open",
        "docker run -d --name web -p 8080:80 nginx; sleep 0.5",
        lambda the: the.world.tcp(8080).must_be_open(),
        PASSED,
    ),
    Scenario("tcp-closed", "true", lambda the: the.world.tcp(8080).must_be_open(), "port.closed"),
    Scenario("udp-silent", "true", lambda the: the.world.udp(8080).must_answer(), "port.udp_silent"),
    Scenario(
        "udp-answers",
        "docker run -d --name web -p 8080:7/udp debian:12 perl -MIO::Socket::INET -e "
        "'$s = IO::Socket::INET->new(Proto => \"udp\", LocalPort => 7); $s->send($m) while $s->recv($m, 99)'\n"
        "sleep 0.5",
        lambda the: the.world.udp(8080, "hello\n").must_answer(),
        PASSED,
    ),
]

IMAGES = [
    Scenario("image-there", "true", lambda the: the.image("nginx").must_exist(), PASSED),
    Scenario("image-missing", "true", lambda the: the.image("apache").must_exist(), "image.missing"),
    Scenario("image-other-tag", "true", lambda the: the.image("nginx:9").must_exist(), "image.other_tag"),
    Scenario(
        "image-other-repository",
        "docker tag nginx team/frontdoor",
        lambda the: the.image("frontdoor").must_exist(),
        "image.other_repository",
    ),
    Scenario(
        "image-untagged",
        'echo "FROM busybox\nRUN echo $(date +%s%N) > /made" | docker build -q -',
        lambda the: the.image("made").must_exist(),
        "image.untagged",
    ),
    Scenario(
        "image-lost-its-name",
        f"echo 'FROM busybox\nENV A=1' | {BUILD}; echo 'FROM busybox\nENV A=2' | {BUILD}; docker rmi made",
        lambda the: the.image("made").must_exist(),
        "image.missing",
    ),
    Scenario("image-present", "true", lambda the: the.image("debian:12").must_be_gone(), "image.present"),
    Scenario(
        "image-in-use",
        "docker create --name web debian:12",
        lambda the: the.image("debian:12").must_be_gone(),
        "image.in_use",
    ),
    Scenario("image-different", "true", lambda the: the.image("nginx").must_be_same_as("busybox"), "image.different"),
    Scenario(
        "image-same",
        "docker tag busybox copy",
        lambda the: the.image("copy").must_differ_from("busybox"),
        "image.same",
    ),
    Scenario(
        "image-not-on-top",
        f"printf 'FROM busybox\\nENV A=1\\n' | {BUILD}",
        lambda the: the.image("made").must_stand_on("nginx"),
        "image.not_on_top",
    ),
    Scenario(
        "image-on-top",
        f"printf 'FROM busybox\\nRUN echo 1 > /one\\n' | {BUILD}",
        lambda the: the.image("made").must_stand_on("busybox"),
        PASSED,
    ),
    Scenario(
        "image-dangling",
        f"printf 'FROM busybox\\nENV A=1\\n' | {BUILD}; printf 'FROM busybox\\nENV A=2\\n' | {BUILD}",
        lambda the: the.must_have_no_dangling_image(),
        "image.dangling",
    ),
    Scenario(
        "image-shell-form",
        f"printf 'FROM busybox\\nCMD sleep 9\\n' | {BUILD}",
        lambda the: the.image("made").must_have("CMD", ["sleep", "9"]),
        "image.shell_form",
    ),
    Scenario(
        "image-exec-form",
        f'printf \'FROM busybox\\nCMD ["sleep", "9"]\\n\' | {BUILD}',
        lambda the: the.image("made").must_have("CMD", ["/bin/sh", "-c", "sleep 9"]),
        "image.exec_form",
    ),
    Scenario(
        "image-config",
        f"printf 'FROM busybox\\nWORKDIR /srv\\n' | {BUILD}",
        lambda the: the.image("made").must_have("WORKDIR", "/app"),
        "image.config",
    ),
    Scenario(
        "image-env",
        f"printf 'FROM busybox\\nENV A=1\\n' | {BUILD}",
        lambda the: the.image("made").must_have_env("A", "2"),
        "image.env",
    ),
    Scenario(
        "image-listed",
        f"printf 'FROM busybox\\nEXPOSE 81\\n' | {BUILD}",
        lambda the: the.image("made").must_list("EXPOSE", "80/tcp"),
        "image.listed",
    ),
    Scenario(
        "image-label",
        f"printf 'FROM busybox\\nLABEL a=1\\n' | {BUILD}",
        lambda the: the.image("made").must_have_label("a=2"),
        "image.label",
    ),
    Scenario(
        "image-layers",
        f"printf 'FROM busybox\\nRUN echo 1 > /1\\nRUN echo 2 > /2\\n' | {BUILD}",
        lambda the: the.image("made").must_have_at_most(layers=2),
        "image.layers",
    ),
    Scenario(
        "image-size",
        f"printf 'FROM busybox\\nRUN head -c 3000000 /dev/zero > /1\\n' | {BUILD}",
        lambda the: the.image("made").must_fit(megabytes=1),
        "image.size",
    ),
    Scenario("image-history", "true", lambda the: the.image("nginx").must_have_step("apache2"), "image.history"),
    Scenario(
        "image-history-unwanted",
        f"printf 'FROM busybox\\nARG KEY=secret7\\nRUN echo $KEY > /dev/null\\n' | {BUILD}",
        lambda the: the.image("made").must_have_no_step("secret7"),
        "image.history_unwanted",
    ),
    Scenario(
        "image-buried",
        f"printf 'FROM busybox\\nRUN echo 1 > /big\\nRUN rm /big\\n' | {BUILD}",
        lambda the: the.image("made").file("/big").must_be_in_no_layer(),
        "image.buried",
    ),
    Scenario(
        "image-secret",
        f"printf 'FROM busybox\\nRUN echo secret7 > /key\\nRUN rm /key\\n' | {BUILD}",
        lambda the: the.image("made").must_hide("secret7"),
        "image.secret",
    ),
    Scenario("build-not-built", "true", lambda the: the.build("nginx").must_exist(), "build.not_built"),
    Scenario(
        "build-committed",
        f"{SLEEP}; docker commit web made",
        lambda the: the.build("made").must_exist(),
        "build.committed",
    ),
    Scenario(
        "build-imported",
        "docker export $(docker create --name web busybox) | docker import - made",
        lambda the: the.build("made").must_exist(),
        "build.imported",
    ),
    Scenario(
        "build-built",
        f"printf 'FROM busybox\\nENV A=1\\n' | {BUILD}",
        lambda the: the.build("made").must_exist(),
        PASSED,
    ),
]

VOLUMES_AND_NETWORKS = [
    Scenario(
        "volume-missing", "docker volume create logs", lambda the: the.volume("store").must_exist(), "volume.missing"
    ),
    Scenario(
        "volume-similar",
        "docker volume create stores",
        lambda the: the.volume("store").must_exist(),
        "volume.similar_name",
    ),
    Scenario(
        "volume-bind",
        "docker run -d --name web -v /store:/data busybox sleep 300",
        lambda the: the.volume("store").must_exist(),
        "volume.bind",
    ),
    Scenario(
        "volume-present", "docker volume create store", lambda the: the.volume("store").must_be_gone(), "volume.present"
    ),
    Scenario(
        "volume-in-use",
        "docker run -d --name web -v store:/data busybox sleep 300",
        lambda the: the.volume("store").must_be_gone(),
        "volume.in_use",
    ),
    Scenario(
        "volume-unused",
        f"docker volume create store; {SLEEP}",
        lambda the: the.volume("store").must_be_used_by("web"),
        "volume.unused",
    ),
    Scenario(
        "volume-file",
        "docker run --rm -v store:/data busybox sh -c 'echo kept > /data/note'",
        lambda the: the.volume("store").file("note").must_hold("kept"),
        PASSED,
    ),
    Scenario("network-missing", "true", lambda the: the.network("backend").must_exist(), "network.missing"),
    Scenario(
        "network-similar",
        "docker network create backends",
        lambda the: the.network("backend").must_exist(),
        "network.similar_name",
    ),
    Scenario(
        "network-present",
        "docker network create backend",
        lambda the: the.network("backend").must_be_gone(),
        "network.present",
    ),
    Scenario(
        "network-setting",
        "docker network create --subnet 172.29.0.0/16 backend",
        lambda the: the.network("backend").must_exist(driver="bridge", subnet="172.28.0.0/16"),
        "network.setting",
    ),
    Scenario(
        "network-no-member",
        f"docker network create backend; {SLEEP}",
        lambda the: the.network("backend").must_have_member("web"),
        "network.no_member",
    ),
    Scenario(
        "network-member",
        "docker network create backend\n"
        "docker run -d --name web --network backend --network-alias db busybox sleep 300",
        lambda the: the.network("backend").must_have_member("web", "db"),
        PASSED,
    ),
]

TTY = "script -qec '{}' /dev/null"

JOURNAL = [
    Scenario("journal-ran", TTY.format("docker run -it --rm busybox echo hi"), _run, PASSED),
    Scenario("journal-never-ran", "docker run --rm nginx nginx -v", _run, "journal.never_ran"),
    Scenario("journal-other-command", "docker run --rm busybox true", _run, "journal.other_command"),
    Scenario("journal-no-terminal", "docker run --rm busybox echo hi", _run, "journal.no_terminal"),
    Scenario(
        "journal-exit-code",
        TTY.format('docker run -it --rm busybox sh -c "echo hi; exit 3"'),
        _run,
        "journal.exit_code",
    ),
    Scenario("journal-not-removed", TTY.format("docker run -it busybox echo hi"), _run, "journal.not_removed"),
    Scenario(
        "journal-still-running",
        TTY.format('docker run -d -it busybox sh -c "echo hi; sleep 300"'),
        _run,
        "journal.still_running",
    ),
    Scenario(
        "journal-never-pulled",
        "docker pull -q busybox",
        lambda the: the.journal.must_show_pull("redis"),
        "journal.never_pulled",
    ),
    Scenario(
        "journal-pulled", "docker pull -q busybox", lambda the: the.journal.must_show_pull("busybox:latest"), PASSED
    ),
    Scenario(
        "journal-never-removed",
        "true",
        lambda the: the.journal.must_show_image_removal("busybox"),
        "journal.never_removed",
    ),
    Scenario(
        "journal-no-exec",
        f"{SLEEP}; docker exec web ls",
        lambda the: the.journal.must_show_exec("web", "touch"),
        "journal.no_exec",
    ),
    Scenario(
        "journal-exec",
        f"{SLEEP}; docker exec web touch /new",
        lambda the: the.journal.must_show_exec("web", "touch"),
        PASSED,
    ),
    Scenario(
        "journal-never-removed-container",
        SLEEP,
        lambda the: the.journal.must_show_container_removal("web"),
        "journal.never_removed_container",
    ),
    Scenario(
        "journal-never-happened",
        "docker volume create store",
        lambda the: the.journal.must_show("volume", "destroy", "store"),
        "journal.never_happened",
    ),
]

PLACES = [
    Scenario(
        "machine-process",
        "true",
        lambda the: the.machine.must_have_process("no-such-daemon"),
        "machine.process_missing",
    ),
    Scenario("machine-command", "true", lambda the: the.machine.must_say("hostname", "elsewhere"), "machine.command"),
    Scenario("machine-says", "true", lambda the: the.machine.must_say("hostname", "machine"), PASSED),
    Scenario("dns", "true", lambda the: the.machine.must_resolve("registry-1.docker.io", "192.0.2.1"), "dns.other"),
    Scenario("dns-right", "true", lambda the: the.machine.must_resolve("registry-1.docker.io", "198.51.100.1"), PASSED),
]

ENGINE = [
    Scenario(
        "engine-no-mirror",
        "true",
        lambda the: the.engine.must_use_mirror("http://mirror.example.com"),
        "engine.no_mirror",
    ),
    Scenario(
        "engine-not-restarted",
        """echo '{"registry-mirrors": ["http://mirror.example.com"]}' > /etc/docker/daemon.json""",
        lambda the: the.engine.must_use_mirror("http://mirror.example.com"),
        "engine.not_restarted",
    ),
    Scenario(
        "engine-other-mirror",
        """echo '{"registry-mirrors": ["http://mirror.example.org"]}' > /etc/docker/daemon.json
        service docker reload; sleep 0.5""",
        lambda the: the.engine.must_use_mirror("http://mirror.example.com"),
        "engine.other_mirror",
    ),
    Scenario(
        "engine-bad-json",
        "echo '{\"icc\": false,}' > /etc/docker/daemon.json; service docker restart",
        lambda the: the.container("web").must_run(),
        "engine.bad_json",
    ),
    Scenario(
        "engine-down",
        "service docker stop",
        lambda the: the.image("nginx").must_exist(),
        "engine.down",
    ),
]

SCENARIOS = [
    *CONTAINERS,
    *CONFIGURATION,
    *INSIDE,
    *PORTS,
    *IMAGES,
    *VOLUMES_AND_NETWORKS,
    *JOURNAL,
    *PLACES,
    *ENGINE,
]
