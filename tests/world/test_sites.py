"""The world's sites: builds, imports and downloads from Git, tar archives and files; packages from its apt server."""

import pytest

pytestmark = pytest.mark.machine

GIT = "https://git.example.com/dockyard/hello.git"
SAYS = "docker run --rm from-url cat /message.txt"


@pytest.mark.parametrize(
    ("fragment", "says"),
    [
        ("", "the branch main"),
        ("#v2", "the branch v2"),
        ("#:4.5", "the directory 4.5."),
        ("#v1.0:4.5", "the directory 4.5."),
    ],
)
def test_build_from_git(shell, fragment, says):
    shell(f"docker build -q -t from-url {GIT}{fragment}")
    assert says in shell(SAYS)


def test_the_legacy_builder_asks_for_master(shell):
    shell(f"DOCKER_BUILDKIT=0 docker build -q -t from-url '{GIT}#:4.5'")
    assert shell(SAYS) == "Built from the directory 4.5 of the branch master."


@pytest.mark.parametrize("builder", ["0", "1"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_build_from_a_tar_archive(shell, scheme, builder):
    shell(f"DOCKER_BUILDKIT={builder} docker build -q -t from-tar {scheme}://files.example.com/context.tar.gz")
    assert "tar archive" in shell("docker run --rm from-tar cat /usr/share/nginx/html/index.html")


def test_add_from_urls(shell):
    shell(
        f"printf 'FROM busybox\\nADD https://files.example.com/hello.txt http://files.example.com/site.tar.gz /x/\\n"
        f"ADD {GIT}#v2 /x/git\\n' | docker build -q -t added -"
    )
    assert shell("docker run --rm added stat -c %a /x/hello.txt") == "600"
    assert shell("docker run --rm added ls /x").split() == ["git", "hello.txt", "site.tar.gz"]


@pytest.mark.parametrize("url", ["http://example.com/exampleimage.tgz", "https://files.example.com/exampleimage.tgz"])
def test_import_from_a_url(shell, url):
    shell(f"docker import {url} example/imagerepo")
    assert shell("docker run --rm example/imagerepo echo it runs") == "it runs"


def test_load_an_image_archive(shell):
    shell("docker rmi -f busybox:latest || true")
    assert "Loaded image: busybox:latest" in shell("curl -fsS https://files.example.com/busybox.tar | docker load")


def test_checksums(shell):
    script = "cd $(mktemp -d); curl -fsSO https://files.example.com/SHA256SUMS; curl -fsSO https://files.example.com/{}"
    assert "hello.txt: OK" in shell(script.format("hello.txt") + "; sha256sum --ignore-missing -c SHA256SUMS")


def test_clone_and_no_push(shell, refused):
    assert "README.md" in shell(f"cd $(mktemp -d); git clone -q {GIT} .; ls")
    commit = "git -c user.name=x -c user.email=x commit -q --allow-empty -m x"
    words, _ = refused(f"cd $(mktemp -d); git clone -q {GIT} .; {commit}; git push")
    assert "403" in words


@pytest.mark.slow
@pytest.mark.parametrize("image", ["debian", "debian:12", "nginx"])
def test_install_a_package_in_a_build(shell, image):
    shell(
        f"printf 'FROM {image}\\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\\n"
        "RUN curl -fsS https://files.example.com/hello.txt\\n' | docker build --no-cache -q -t with-curl -"
    )
    assert "curl 7." in (version := shell("docker run --rm with-curl curl --version")) or "curl 8." in version


@pytest.mark.slow
def test_compile_in_one_layer_and_clean_up(shell):
    shell(
        "cd $(mktemp -d); cat > Dockerfile << 'E'\n"
        "FROM debian\n"
        "RUN buildDeps='ca-certificates libc6-dev make tcc wget' \\\n"
        " && apt-get update && apt-get install -y $buildDeps \\\n"
        " && wget -O greet.tar.gz https://files.example.com/releases/greet-1.0.tar.gz \\\n"
        " && mkdir -p /usr/src/greet && tar -xzf greet.tar.gz -C /usr/src/greet --strip-components=1 \\\n"
        " && make -C /usr/src/greet CC=tcc && make -C /usr/src/greet install \\\n"
        " && rm -rf /var/lib/apt/lists/* greet.tar.gz /usr/src/greet \\\n"
        " && apt-get purge -y --auto-remove $buildDeps\n"
        "E\n"
        "docker build -q -t greet ."
    )
    assert "Hello, Docker" in shell("docker run --rm greet greet Docker")


@pytest.mark.slow
def test_change_user_with_gosu(shell):
    shell(
        "printf 'FROM debian\\nRUN groupadd -r redis && useradd -r -g redis redis\\n"
        "RUN apt-get update && apt-get install -y gosu && gosu nobody true\\n' | docker build -q -t gosu -"
    )
    assert shell("docker run --rm gosu gosu redis id -un") == "redis"


def test_who_came(shell):
    assert shell("curl -fsS http://www.example.com/ip") == "198.51.100.10"
    assert shell("docker run --rm busybox wget -qO- http://www.example.com/ip") == "198.51.100.10"
