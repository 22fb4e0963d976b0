"""What a build left as evidence: the image, whether it was built here, and the near misses of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dockyard.engine.sentences import N_, sentence

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence
    from dockyard.engine.images import Image

NOT_BUILT = sentence(
    "build.not_built",
    found=N_("The image `{name}` comes from a registry; it was not built on this machine."),
    wanted=N_("The image `{name}`, built on this machine."),
    look_at=N_("`docker build -t {name} .`"),
)
COMMITTED = sentence(
    "build.committed",
    found=N_("The image `{name}` was made from a container with `docker commit`."),
    wanted=N_("The image `{name}`, built on this machine from a Dockerfile."),
    look_at=N_("`docker build -t {name} .`"),
)
IMPORTED = sentence(
    "build.imported",
    found=N_("The image `{name}` was imported from an archive of files: it has one layer and no history."),
    wanted=N_("The image `{name}`, built on this machine from a Dockerfile."),
    look_at=N_("`docker build -t {name} .`"),
)


class Build:
    """A build, as its image and the journal show it.

    Args:
        the: the evidence that it is part of.
        tag: the name that the build gave the image.
    """

    def __init__(self, the: Evidence, tag: str) -> None:
        self.the = the
        self.tag = tag

    @property
    def image(self) -> Image:
        """The image that it made; it may be missing."""
        return self.the.image(self.tag)

    @property
    def by_buildkit(self) -> bool:
        """Whether BuildKit made it, not the legacy builder: BuildKit marks the steps that it takes."""
        return any("buildkit" in step.comment for step in self.image.history[:1])

    def must_exist(self) -> Image:
        """Demand that a build on this machine made the image, and return it.

        `docker commit` and `docker import` leave an event with the image's id; a build leaves none.
        """
        self.image.must_exist()
        journal = self.the.journal
        commits = [event["attributes"].get("imageID") for event in journal.happened("container", "commit")]
        imported = journal.happened("image", "import", self.image.id)
        self.the.require(not self.image.digests, NOT_BUILT, name=self.tag)
        self.the.require(self.image.id not in commits, COMMITTED, name=self.tag)
        self.the.require(not imported, IMPORTED, name=self.tag)
        return self.image
