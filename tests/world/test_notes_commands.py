"""The commands of the notes that need the engine or the world run in a machine, offline, with today's image names.

Each is as the notes have it, apart from names: debian for ubuntu:14.04, the world's hosts for github.com and
domain.com, and the machine's own address for 192.168.42.128. `script` gives a terminal to those that ask for one.
"""

import pytest

pytestmark = pytest.mark.machine

TERMINAL = "script -qec '{}' /dev/null"
CONTEXT = """
mkdir -p /root/web && cd /root/web
printf 'FROM nginx\\nRUN echo "<h1>Hello, Docker!</h1>" > /usr/share/nginx/html/index.html\\n' > Dockerfile
tar -czf ../context.tar.gz .
"""
INSECURE = """
echo '{"insecure-registries": ["198.51.100.10:5000"]}' > /etc/docker/daemon.json
sudo service docker restart
until curl -fsS 198.51.100.10:5000/v2/ > /dev/null 2>&1; do sleep 0.1; done
"""
STORED = """
docker rm -f $(docker ps -aq)
mkdir -p /data && docker run --rm registry cat /etc/docker/registry/config.yml > /data/config.yml
"""

# In the order of the notes: (their lines, what must be there first, the command, what it must print)
COMMANDS = [
    ("8", "", """echo 'DOCKER_OPTS="--registry-mirror=http://mirror.example.com"' > /etc/default/docker""", ""),
    ("12", "", "sudo service docker restart && docker info", "http://mirror.example.com"),
    ("18", "", "docker pull docker.io/library/nginx:latest", "Downloaded newer image"),
    ("26", "", "docker images", "nginx"),
    ("32", "", TERMINAL.format("docker run -it --rm debian:13 bash -c tty"), "/dev/pts/0"),
    (
        "40",
        r"for n in 1 2; do printf 'FROM nginx\nRUN echo '$n' > /number\n' | docker build -qt d -; done",
        "docker images -f dangling=true",
        "<none>",
    ),
    ("44", "", "docker rmi $(docker images -q -f dangling=true)", "Deleted: sha256:"),
    ("50", "", "docker images -a", "nginx"),
    ("54", "", "docker run --name webserver -d -p 80:80 nginx && sleep 1 && curl -s localhost", "nginx"),
    ("62", "", TERMINAL.format("docker exec -it webserver bash -c tty"), "/dev/pts/0"),
    (
        "68",
        "docker exec webserver touch /usr/share/nginx/html/new.html",
        "docker diff webserver",
        "A /usr/share/nginx/html/new",
    ),
    ("73", "", 'docker commit --author "me" --message "a new page" webserver nginx:v2', "sha256:"),
    ("78", "", "docker history nginx:v2", "a new page"),
    ("136", CONTEXT, "cd /root/web && docker build -t nginx:v3 . 2>&1", "nginx:v3"),
    ("149", "", "docker build https://git.example.com/dockyard/hello.git#:4.5 2>&1", "writing image"),
    ("155", "", "docker build https://files.example.com/context.tar.gz 2>&1", "writing image"),
    ("161", "", "cd /root/web && docker build - < Dockerfile 2>&1", "writing image"),
    ("164", "", "cd /root/web && cat Dockerfile | docker build - 2>&1", "writing image"),
    ("168", "", "docker build - < /root/context.tar.gz 2>&1", "writing image"),
    ("437", "docker stop -t 0 $(docker ps -q)", "docker rm $(docker ps -a -q)", ""),
    ("449", "", "docker login --username learner --password-stdin <<< dockyard", "Login Succeeded"),
    ("455", "", "docker search nginx", "[OK]"),
    ("460", "docker rmi -f $(docker images -q)", "docker pull nginx", "Downloaded newer image"),
    (
        "478",
        "",
        "docker run -d -p 5000:5000 registry && sleep 1 && curl -s localhost:5000/v2/_catalog",
        '{"repositories":[]}',
    ),
    (
        "483",
        STORED,
        (
            "docker run -d -p 5000:5000 -v /opt/data/registry:/var/lib/registry "
            "-v /data/config.yml:/etc/docker/registry/config.yml --restart always registry"
        ),
        "",
    ),
    ("497", "", "docker tag nginx:latest 127.0.0.1:5000/me/nginx:v1 && docker images", "127.0.0.1:5000/me/nginx"),
    (
        "500",
        "",
        "sudo docker tag $(docker images -q nginx:latest) 198.51.100.10:5000/test && docker images",
        "198.51.100.10:5000/test",
    ),
    ("504", INSECURE, "docker push 198.51.100.10:5000/test", "latest: digest: sha256:"),
    (
        "508",
        "docker rmi 198.51.100.10:5000/test",
        "docker pull 198.51.100.10:5000/test",
        "198.51.100.10:5000/test:latest",
    ),
    ("483", "", "ls /opt/data/registry/docker/registry/v2/repositories", "test"),
    (
        "319-324",
        "",
        "docker save nginx > /root/nginx.tar && docker rmi -f nginx && docker load < /root/nginx.tar",
        "Loaded image",
    ),
    ("327", "docker rm -f $(docker ps -aq)", "docker rmi nginx", "Untagged: nginx:latest"),
    ("328", "docker pull -q debian", "docker rmi $(docker images -q debian)", "Untagged: debian:latest"),
]


@pytest.mark.parametrize("row", COMMANDS, ids=[f"L{row[0]}" for row in COMMANDS])
def test_a_command_of_the_notes_runs(machine, row):
    lines, before, command, printed = row
    if before:
        machine.run(["bash", "-c", before], timeout=120)
    done = machine.run(["bash", "-o", "pipefail", "-c", command], timeout=120)
    assert done.returncode == 0, f"L{lines}: {command}\n{done.stdout}{done.stderr}"
    assert printed in done.stdout, f"L{lines}: {done.stdout}{done.stderr}"
