"""Every course image does in a container what the official one of its name does."""

import json
import re

import pytest

from dockyard import images

pytestmark = pytest.mark.machine

NAMES = [image.name for image in images.catalogue()]


@pytest.fixture
def sh(machine):
    """Run a script in the machine, from a clean slate; return what it printed."""

    def run(script: str) -> str:
        done = machine.run(["bash", "-c", f"set -e; exec 2>&1; {script}"], timeout=120)
        assert done.returncode == 0, done.stdout
        return done.stdout.strip()

    run("docker ps -aq | xargs -r docker rm -f > /dev/null")
    return run


def until(check: str) -> str:
    return f"until {check}; do sleep 0.2; done;"


@pytest.mark.parametrize("name", NAMES)
def test_every_tag_can_be_pulled_and_says_who_built_it(sh, name):
    image = next(one for one in images.catalogue() if one.name == name)
    for tag in image.tags:
        sh(f"docker pull -q {name}:{tag}")
    found = json.loads(sh(f"docker image inspect {name}:{image.tags[0]}"))[0]
    labels = found["Config"]["Labels"]
    assert labels["org.opencontainers.image.vendor"] == "Dockyard"
    assert labels["org.opencontainers.image.title"] == name
    assert "from Debian packages" in labels["org.opencontainers.image.description"]
    assert labels["org.opencontainers.image.version"]
    assert found["Config"].get("Healthcheck") is None


@pytest.mark.parametrize("name", ["nginx", "redis", "postgres", "node", "rabbitmq", "registry", "dockyard/webapp"])
def test_history_has_something_to_tell(sh, name):
    sh(f"docker pull -q {name}")
    history = sh(f"docker history --no-trunc --format '{{{{.CreatedBy}}}}' {name}")
    assert len(history.splitlines()) >= 6
    assert "apt-get install" in history
    assert "example.com:127.0.0.1" not in history


def test_hello_world_is_tiny(sh):
    sh("docker pull -q hello-world")
    assert int(sh("docker image inspect -f '{{.Size}}' hello-world")) < 20_000


def test_busybox(sh):
    assert sh("docker run --rm busybox echo hi") == "hi"
    assert "sh" in sh("docker run --rm busybox which sh")
    assert sh("docker run --rm busybox stat -c %a /tmp") == "1777"


def test_debian_is_what_its_tags_say(sh):
    assert "VERSION_CODENAME=trixie" in sh("docker run --rm debian cat /etc/os-release")
    assert "VERSION_CODENAME=bookworm" in sh("docker run --rm debian:12 cat /etc/os-release")
    exact = next(tag for tag in catalogue_tags("debian") if re.fullmatch(r"13\.\d+", tag))
    assert sh(f"docker run --rm debian:{exact} cat /etc/debian_version") == exact


def catalogue_tags(name: str) -> tuple[str, ...]:
    return next(image.tags for image in images.catalogue() if image.name == name)


def test_nginx_serves_its_document_root_and_logs_to_the_container(sh):
    sh("docker run -d --name web -p 8080:80 nginx")
    sh(until("curl -fsS localhost:8080 > /dev/null"))
    assert "Welcome to nginx!" in sh("curl -s localhost:8080")
    sh("docker exec web sh -c 'echo mine > /usr/share/nginx/html/index.html'")
    assert sh("curl -s localhost:8080") == "mine"
    assert '"GET / HTTP/1.1" 200' in sh("docker logs web")
    assert sh("docker stop web; docker inspect -f '{{.State.ExitCode}}' web").endswith("0")


def test_redis_keeps_data_in_its_volume(sh):
    sh("docker run -d --name red -v keep:/data redis; " + until("docker exec red redis-cli ping > /dev/null"))
    sh("docker exec red redis-cli set berth 7; docker exec red redis-cli save; docker rm -f red")
    sh("docker run -d --name red -v keep:/data redis; " + until("docker exec red redis-cli ping > /dev/null"))
    assert sh("docker exec red redis-cli get berth") == "7"
    assert sh("docker exec red stat -c %U /proc/1") == "redis"


def test_postgres_wants_a_password_and_then_works(sh, machine):
    done = machine.run(["docker", "run", "--rm", "postgres"], timeout=60)
    assert done.returncode == 1
    assert "POSTGRES_PASSWORD" in done.stderr
    sh(
        "docker run -d --name db -e POSTGRES_PASSWORD=secret -e POSTGRES_USER=cap -e POSTGRES_DB=log postgres; "
        + until("docker exec db pg_isready -q -h localhost -U cap")
    )
    query = "docker exec -e PGPASSWORD=secret db psql -h localhost -U cap -d log -tAc 'select 6*7'"
    assert sh(query) == "42"
    assert sh("docker inspect -f '{{range .Mounts}}{{.Destination}}{{end}}' db") == "/var/lib/postgresql/data"


def test_node_and_npm_as_in_an_onbuild_image(sh):
    sh(
        "cd $(mktemp -d); printf 'FROM node:slim\\nRUN mkdir /app\\nWORKDIR /app\\nONBUILD COPY ./package.json /app\\n"
        'ONBUILD RUN [ "npm", "install" ]\\nONBUILD COPY . /app/\\nCMD [ "npm", "start" ]\\n\' > Dockerfile;'
        "docker build -q -t my-node .; cd $(mktemp -d); echo FROM my-node > Dockerfile;"
        'echo \'{"name": "app", "version": "1.0.0", "scripts": {"start": "node app.js"}}\' > package.json;'
        "echo 'console.log(40 + 2)' > app.js; docker build -q -t my-app ."
    )
    assert sh("docker run --rm my-app").splitlines()[-1] == "42"
    assert sh("docker run --rm node:slim --version").startswith("v20.")
    assert sh("docker run --rm node:slim npm --version")


def test_registry_takes_and_gives_images(sh):
    sh("docker run -d --name reg -p 5000:5000 registry; " + until("curl -fsS localhost:5000/v2/ > /dev/null"))
    sh("docker pull -q busybox; docker tag busybox localhost:5000/mine:1; docker push -q localhost:5000/mine:1")
    assert '"mine"' in sh("curl -s localhost:5000/v2/_catalog")
    assert "mine" in sh("docker exec reg ls /var/lib/registry/docker/registry/v2/repositories")
    sh("docker rm -f reg; mkdir -p /data")
    sh("docker run --rm registry sed s/:5000/:5005/ /etc/docker/registry/config.yml > /data/config.yml")
    sh(
        "docker run -d -p 5000:5005 -v /opt/data/registry:/var/lib/registry"
        " -v /data/config.yml:/etc/docker/registry/config.yml registry; "
        + until("curl -fsS localhost:5000/v2/ > /dev/null")
    )


def test_rabbitmq_knows_its_default_user_and_has_its_page(sh):
    sh(
        "docker run -d --hostname my-rabbit --name rabbit -e RABBITMQ_DEFAULT_USER=root -e RABBITMQ_DEFAULT_PASS=root"
        " -p 15672:15672 -p 5672:5672 rabbitmq:4-management; "
        + until("curl -fsS -u root:root localhost:15672/api/overview > /dev/null 2>&1")
    )
    assert '"rabbit@my-rabbit"' in sh("curl -s -u root:root localhost:15672/api/overview")
    assert "<title>RabbitMQ Management</title>" in sh("curl -s localhost:15672")
    assert "root\t[administrator]" in sh("docker exec rabbit rabbitmqctl list_users")


def test_webapp_counts_visits_in_its_volume(sh):
    run = "docker run -d -P --name web -v visits:/webapp dockyard/webapp python app.py"
    page = "$(docker port web 5000/tcp | head -n 1 | sed s/0.0.0.0/localhost/)"
    ready = until(f"curl -fsS {page}/healthz > /dev/null")
    sh(f"{run}; {ready}")
    assert "Visits so far: <b>1</b>" in sh(f"curl -s {page}/")
    sh(f"docker rm -f web; {run}; {ready}")
    answer = sh(f"curl -s {page}/")
    assert "Visits so far: <b>2</b>" in answer
    assert sh("docker inspect -f '{{.Config.Hostname}}' web") in answer


def test_webapp_answers_udp(sh):
    sh("docker run -d -p 127.0.0.1:5000:5000/udp -p 5000:5000 dockyard/webapp")
    sh(until("curl -fsS localhost:5000/healthz > /dev/null"))
    assert sh("exec 3<>/dev/udp/127.0.0.1/5000; echo ahoy >&3; timeout 5 head -n 1 <&3").endswith(": ahoy")
