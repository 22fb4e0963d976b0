"""Reads image names as Docker does; it asks no engine. See the grammar of github.com/distribution/reference."""

from dataclasses import dataclass

_HUB = "docker.io"


@dataclass(frozen=True, slots=True)
class Reference:
    """An image name taken apart: docker.io/library/nginx:1.26 is Docker Hub's official nginx, tag 1.26."""

    registry: str
    path: str
    tag: str
    digest: str

    @property
    def repository(self) -> str:
        """Return the name without tag and digest, in the short form that Docker prints."""
        path = self.path.removeprefix("library/") if self.registry == _HUB else self.path
        return path if self.registry == _HUB else f"{self.registry}/{path}"

    @property
    def name(self) -> str:
        """Return the short form with its tag, else its digest, else the tag latest."""
        if self.tag or not self.digest:
            return f"{self.repository}:{self.tag or 'latest'}"
        return f"{self.repository}@{self.digest}"


def parse(text: str) -> Reference:
    """Return the parts of an image name; a part that the text leaves out is empty, the registry is Docker Hub's."""
    rest, _at, digest = text.partition("@")
    first, slash, tail = rest.partition("/")
    if slash and ("." in first or ":" in first or first == "localhost"):
        registry, path = first, tail
    else:
        registry, path = _HUB, rest
    registry = _HUB if registry == "index.docker.io" else registry
    path, _colon, tag = path.partition(":")
    if registry == _HUB and "/" not in path:
        path = f"library/{path}"
    return Reference(registry, path, tag, digest)


def matches(name: str, wanted: str) -> bool:
    """Return whether an image name is the wanted one; a wanted name without a tag fits every tag."""
    have, want = parse(name), parse(wanted)
    if have.repository != want.repository:
        return False
    return not want.tag or (have.tag or "latest") == want.tag
