"""Pictures of a real engine."""

import pytest

from dockyard import pictures
from dockyard.errors import EvidenceError, MachineNotRunningError, NotThereError
from dockyard.machine import Machine

BUILD = """
docker pull -q nginx; docker pull -q busybox
mkdir -p /tmp/image; cd /tmp/image
printf '%s\\n' 'FROM nginx' 'ENV A=1' 'RUN ln -s a /b' 'COPY Dockerfile /c' 'LABEL l="<script>alert(1)"' > Dockerfile
docker build -q -t mine .
docker build -q -t once - <<< $'FROM busybox\nRUN true'
docker build -q -t twice - <<< $'FROM once\nRUN true'
docker volume create data
docker run -d --name web -p 8080:80 -p 127.0.0.1:8081:80 -v data:/data nginx
docker exec web sh -c 'echo x > /new; rm /etc/nginx/nginx.conf; touch "/tmp/<script>alert(1)"'
docker network create app; docker network create --internal inner
docker network create -o com.docker.network.bridge.enable_icc=false apart
docker run -d --name api --network app --network-alias backend busybox sleep 600
docker network connect --alias store inner api
docker run -d --name alone --network none busybox sleep 600
docker run -d --name ours --network host busybox sleep 600
docker create --name idle --network apart -p 9090:90 busybox true
"""


@pytest.fixture(scope="module")
def busy(machine) -> Machine:
    """A machine with something of everything."""
    done = machine.run(["bash", "-euc", BUILD], timeout=300)
    assert done.returncode == 0, done.stderr
    return machine


@pytest.mark.machine
class TestLive:
    def test_the_layers_of_an_image_that_was_built(self, busy, drawn):
        picture = pictures.draw(busy, "layers", "mine")
        assert picture.title == "Layers of mine:latest"
        newest = [line.partition(": ")[0] for line in picture.text[1:5]]
        assert newest == [
            "- LABEL l=<script>alert(1)",
            "9. COPY Dockerfile /c",
            "8. RUN ln -s a /b",
            "- ENV A=1",
        ]
        assert all("shared with nginx:latest" in line for line in picture.text if line[:1] in "1234567")
        assert "script" not in drawn(picture.svg).names

    def test_equal_layers_are_shared_only_where_all_below_them_is(self, busy):
        upper, lower = pictures.draw(busy, "layers", "twice").text[1:3]
        assert upper == "3. RUN true: 0 B"
        assert lower == "2. RUN true: 0 B, shared with once:latest"

    def test_each_layer_of_the_engine_is_drawn_once(self, busy, drawn):
        digests = busy.run(["docker", "inspect", "-f", "{{json .RootFS.Layers}}", "nginx"], check=True).stdout
        texts = drawn(pictures.draw(busy, "layers", "nginx").svg).texts
        short = [digest.removeprefix('"sha256:')[:12] for digest in digests.strip("[]\n").split(",")]
        assert [text for text in texts if text in short] == short[::-1]

    def test_what_a_container_changed(self, busy):
        picture = pictures.draw(busy, "changes", "web")
        assert {"A /new", "D /etc/nginx/nginx.conf", "A /tmp/<script>alert(1)"} <= set(picture.text)
        assert "- /data ← data" in picture.text
        assert picture.text[0] == "running, made from nginx:latest"

    def test_who_reaches_whom(self, busy):
        text = pictures.draw(busy, "network").text
        lanes = [line.partition(" (")[0] for line in text if "): " in line]
        assert lanes == ["bridge", "apart", "app", "inner", "host", "none"]
        assert "bridge (docker0 · 172.17.0.0/16): They reach each other by address, and the world." in text
        assert "↳ 80/tcp of web: the world reaches it on the machine's port 8080" in text
        assert "↳ 80/tcp of web: only the machine itself reaches it, on 127.0.0.1:8081" in text
        assert any(line.startswith("apart") and "the world, but not each other" in line for line in text)
        assert any(line.startswith("inner") and "by name, but not the world" in line for line in text)
        members = [line for line in text if line.startswith("- api: 172.")]
        assert [line.rpartition("; ")[2] for line in members] == ["also called backend", "also called store"]
        assert "- idle: not running" in text
        assert not [line for line in text if "9090" in line]

    @pytest.mark.parametrize("kind", ["layers", "changes"])
    @pytest.mark.parametrize(
        "name", ["nothing", "", "../containers/web", "web/../web", "a?b", "<script>", "Nginx", "a:b:c", "x" * 5000]
    )
    def test_what_is_not_there_is_said_with_the_next_step(self, busy, kind, name):
        with pytest.raises(NotThereError) as missing:
            pictures.draw(busy, kind, name)
        assert missing.value.next_step.startswith("docker ")

    def test_a_stopped_engine_is_said(self, busy):
        busy.run(["service", "docker", "stop"], check=True)
        with pytest.raises(EvidenceError) as down:
            pictures.draw(busy, "network")
        assert down.value.next_step == "service docker start"
        busy.run(["service", "docker", "start"], check=True)


def test_without_a_machine_nothing_is_drawn(dockyard_home):
    with pytest.raises(MachineNotRunningError):
        pictures.draw(Machine("default"), "network")
