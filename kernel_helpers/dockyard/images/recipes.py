"""What the world is made of: the course images, and the packages on its apt server; it builds nothing."""

from dataclasses import dataclass

# The suites that course images are built from; the first is the one that most stand on.
SUITES = ("trixie", "bookworm")

# The world's apt server offers these, with all they need beyond the base image of the suite.
_SERVER_TRIXIE = """
bind9-dnsutils binutils busybox-static bzip2 ca-certificates curl file gosu iproute2 iputils-ping jq less libc6-dev
make nano netcat-openbsd nginx procps python-is-python3 python3 redis-server tcc tini tree unzip vim-tiny wget xz-utils
"""
SERVER_PACKAGES = {
    "trixie": _SERVER_TRIXIE.split(),
    "bookworm": ["ca-certificates", "curl", "gosu", "nginx", "procps", "wget"],
}
# These are needed for course images alone.
BUILD_PACKAGES = {
    "trixie": ["docker-registry", "nodejs", "postgresql-17", "rabbitmq-server"],
    "bookworm": [],
}
# npm, without what the node image does without: see its Dockerfile.
PARTIAL_PACKAGES = {"trixie": ["npm"], "bookworm": []}
LEFT_OUT = ["node-gyp", "node-postcss-selector-parser"]
SINGLE_PACKAGES = {"trixie": ["node-css-loader"], "bookworm": []}


@dataclass(frozen=True, slots=True)
class Variant:
    """What one Dockerfile makes of an image.

    Attributes:
        tags: its tags; the first tells it from the image's other variants.
        folder: the directory that holds its Dockerfile.
        seconds: how long it takes to build and push, roughly; the longest are started first.
        package: the Debian package whose version it has; "" for none.
        exact: the tag that names the exact version, with {} in its place; "" for none.
        suite: the Debian suite that it is built from.
        needs: the course image that its Dockerfile starts from; "" for none.
    """

    tags: tuple[str, ...]
    folder: str
    seconds: float
    package: str = ""
    exact: str = "{}"
    suite: str = "trixie"
    needs: str = "debian:trixie-slim"


@dataclass(frozen=True, slots=True)
class Image:
    """A repository on the hub.

    Attributes:
        name: as people write it: "nginx", "dockyard/webapp".
        title_en: one line about it, in English; the hub's search shows it.
        title_zh: the same in Chinese.
        stars: its rank in a search.
        variants: what it holds.
    """

    name: str
    title_en: str
    title_zh: str
    stars: int
    variants: tuple[Variant, ...]

    @property
    def repository(self) -> str:
        """The name in a registry: Docker Hub keeps names of one part under library/."""
        return self.name if "/" in self.name else f"library/{self.name}"

    def reference(self, variant: Variant) -> str:
        """The name that a variant is built under."""
        return f"{self.name}:{variant.tags[0]}"


IMAGES = (
    Image(
        "hello-world",
        "Says that Docker works, and what happened to say so",
        "告诉你 Docker 能用，并说明刚才发生了什么",
        stars=3,
        variants=(Variant(("latest",), "hello-world", 5, exact=""),),
    ),
    Image(
        "busybox",
        "BusyBox, a hundred small Unix tools in one program",
        "BusyBox：一个程序里的上百个 Unix 小工具",
        stars=5,
        variants=(Variant(("1.37", "latest"), "busybox", 4, "busybox-static"),),
    ),
    Image(
        "debian",
        "Debian, a free operating system: the base of most images here",
        "自由的操作系统 Debian，这里大多数镜像的基础",
        stars=9,
        variants=(
            Variant(("trixie-slim", "trixie", "13-slim", "13", "latest"), "debian-trixie", 4, "base-files", needs=""),
            Variant(
                ("bookworm-slim", "bookworm", "12-slim", "12"),
                "debian-bookworm",
                4,
                "base-files",
                suite="bookworm",
                needs="",
            ),
        ),
    ),
    Image(
        "nginx",
        "nginx, a web server and reverse proxy",
        "网页服务器和反向代理 nginx",
        stars=8,
        variants=(
            Variant(("1.26", "latest"), "nginx", 7, "nginx"),
            Variant(("1.22",), "nginx", 7, "nginx", suite="bookworm", needs="debian:bookworm-slim"),
        ),
    ),
    Image(
        "redis",
        "Redis, an in-memory data store",
        "内存数据库 Redis",
        stars=6,
        variants=(Variant(("8.0", "8", "latest"), "redis", 6, "redis-server"),),
    ),
    Image(
        "registry",
        "Distribution, the registry that stores and serves images",
        "存放和分发镜像的仓库服务 Distribution",
        stars=4,
        variants=(Variant(("2", "2.8", "latest"), "registry", 10, "docker-registry"),),
    ),
    Image(
        "postgres",
        "PostgreSQL, a relational database",
        "关系数据库 PostgreSQL",
        stars=7,
        variants=(Variant(("17", "latest"), "postgres", 25, "postgresql-17"),),
    ),
    Image(
        "node",
        "Node.js, JavaScript on the server, with npm",
        "服务器上的 JavaScript：Node.js，带有 npm",
        stars=6,
        variants=(Variant(("20-slim", "slim", "20", "latest"), "node", 30, "nodejs", exact="{}-slim"),),
    ),
    Image(
        "rabbitmq",
        "RabbitMQ, a message broker",
        "消息队列 RabbitMQ",
        stars=5,
        variants=(
            Variant(("4.0", "4", "latest"), "rabbitmq", 20, "rabbitmq-server"),
            Variant(
                ("4.0-management", "4-management", "management"),
                "rabbitmq-management",
                3,
                "rabbitmq-server",
                exact="{}-management",
                needs="rabbitmq:4.0",
            ),
        ),
    ),
    Image(
        "dockyard/webapp",
        "A small Python web application on port 5000, to publish, link and scale",
        "监听 5000 端口的 Python 小网站，用来练习端口映射和容器互联",
        stars=1,
        variants=(Variant(("1.0", "latest"), "webapp", 10, exact=""),),
    ),
)
