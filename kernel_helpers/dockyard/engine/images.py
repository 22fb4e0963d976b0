"""Images as evidence: names, layers, history and configuration, and the near misses between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dockyard.engine.image_config import Configured
from dockyard.engine.image_files import ImageFile, holding_layers, must_hide
from dockyard.engine.references import parse
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import codes, listing

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence

_EXISTS = N_("An image named `{name}` on this machine.")

MISSING = sentence(
    "image.missing",
    found=N_("There is no image `{name}` on this machine. {others}"),
    wanted=_EXISTS,
    look_at=N_("`docker images` lists what is there."),
)
OTHER_TAG = sentence(
    "image.other_tag",
    found=N_("`{repository}` is here, but with the tag {others}, not `{tag}`."),
    wanted=_EXISTS,
    look_at=N_("Name the tag: `{name}`."),
    more=N_("A name without a tag means the tag `latest`. One image may have several tags."),
)
OTHER_REPOSITORY = sentence(
    "image.other_repository",
    found=N_("There is no image `{name}`, but there is {others}."),
    wanted=_EXISTS,
    look_at=N_("`docker tag` gives an image a second name."),
)
UNTAGGED = sentence(
    "image.untagged",
    found=N_("There is no image `{name}`, but one without any name: {id}."),
    wanted=_EXISTS,
    look_at=N_("`docker tag {id} {name}` names it; `-t {name}` does so when it is built."),
)
PRESENT = sentence(
    "image.present",
    found=N_("The image `{name}` is still here."),
    wanted=N_("No image named `{name}` on this machine."),
    look_at=N_("`docker rmi {name}`"),
)
PRESENT_IN_USE = sentence(
    "image.in_use",
    found=N_("The image `{name}` is still here, and the container {others} was made from it."),
    wanted=N_("No image named `{name}` on this machine."),
    look_at=N_("Remove the container first (`docker rm`), then the image (`docker rmi`)."),
    more=N_("An image can't go while a container, running or stopped, needs its layers."),
)
DIFFERENT = sentence(
    "image.different",
    found=N_("`{name}` and `{other}` are two different images."),
    wanted=N_("`{name}` and `{other}` being names of one image."),
    look_at=N_("`docker images --no-trunc` shows their ids."),
)
SAME = sentence(
    "image.same",
    found=N_("`{name}` and `{other}` are names of one image."),
    wanted=N_("`{name}` and `{other}` being different images."),
    look_at=N_("`docker images --no-trunc` shows their ids."),
)
NOT_ON_TOP = sentence(
    "image.not_on_top",
    found=N_("`{name}` does not stand on the layers of `{base}`."),
    wanted=N_("`{name}` made on top of `{base}`."),
    look_at=N_("`docker history {name}`"),
)
DANGLING = sentence(
    "image.dangling",
    found=N_("Images without a name are still here: {others}"),
    wanted=N_("No dangling image."),
    look_at=N_("`docker images -f dangling=true`"),
)

# An image without a name that is younger than this (seconds before the engine's last event) is what was just made.
_YOUNG = 120
# How the engine writes the time of something that has not happened: Go's zero time.
_NEVER = "0001-01-01T"


class Image(Configured):
    """One image, perhaps a missing one.

    Args:
        the: the evidence that it is part of.
        name: its name, its id or the beginning of its id.
    """

    @property
    def tags(self) -> list[str]:
        """All its names, as repository:tag."""
        return self.facts.get("RepoTags") or []

    @property
    def digests(self) -> list[str]:
        """Its names by content, as repository@sha256:...; an image that never met a registry has none."""
        return self.facts.get("RepoDigests") or []

    @property
    def dangling(self) -> bool:
        """Whether it exists without any name."""
        return self.exists and not self.tags

    @property
    def had_name(self) -> bool:
        """Whether it ever had a name: one that lost it to a newer image is not what was just made."""
        tagged = (self.facts.get("Metadata") or {}).get("LastTagTime") or _NEVER
        return not tagged.startswith(_NEVER)

    @property
    def containers(self) -> list[str]:
        """The names of the containers that were made from it."""
        listed = self.the.get("/containers/json", all="true") or []
        return [entry["Names"][0].removeprefix("/") for entry in listed if self.id and entry["ImageID"] == self.id]

    def must_exist(self) -> None:
        """Demand that there is an image of this name."""
        if not self.exists:
            self._say_missing()
        self.the.require(self.exists, MISSING, name=self.name)

    def must_be_gone(self) -> None:
        """Demand that no image has this name. Ask the journal first whether one ever had it."""
        if self.exists and self.containers:
            raise NotYet(PRESENT_IN_USE, name=self.name, others=codes(self.containers))
        self.the.require(not self.exists, PRESENT, name=self.name)

    def must_be_same_as(self, other: str) -> None:
        """Demand that another name leads to the same image."""
        self.must_exist()
        self.the.image(other).must_exist()
        self.the.require(self.id == self.the.image(other).id, DIFFERENT, name=self.name, other=other)

    def must_differ_from(self, other: str) -> None:
        """Demand that another name leads to another image."""
        self.must_exist()
        self.the.require(self.id != self.the.image(other).id, SAME, name=self.name, other=other)

    def must_stand_on(self, base: str) -> None:
        """Demand that its first layers are all the layers of another image."""
        self.must_exist()
        below = self.the.image(base)
        below.must_exist()
        met = self.layers[: len(below.layers)] == below.layers
        self.the.require(met, NOT_ON_TOP, name=self.name, base=base)

    def file(self, path: str) -> ImageFile:
        """Return a file of it, read without running it; it may be missing."""
        return ImageFile(self, path)

    def layers_with(self, pattern: str) -> list[int]:
        """Return the numbers of its layers, from 1, that bring along a path, also where a higher one deletes it.

        Args:
            pattern: an absolute path; the shell's *, ? and [...] work in it.
        """
        return holding_layers(self, pattern)

    def must_hide(self, text: str) -> None:
        """Demand that no file in any of its layers holds a text."""
        must_hide(self, text)

    def _say_missing(self) -> None:
        wanted = parse(self.name)
        listed = select(self.the)
        tags = [tag for image in listed for tag in image.tags]
        here = [parse(tag) for tag in tags]
        nameless = [image for image in listed if image.dangling and not image.had_name]
        if nameless and nameless[0].created > self._last_event() - _YOUNG:
            raise NotYet(UNTAGGED, name=self.name, id=nameless[0].short_id)
        siblings = [ref.tag for ref in here if ref.repository == wanted.repository]
        if siblings:
            facts = {"repository": wanted.repository, "tag": wanted.tag or "latest", "others": codes(siblings)}
            raise NotYet(OTHER_TAG, name=self.name, **facts)
        last = wanted.path.rpartition("/")[2]
        related = [ref.name for ref in here if ref.path.rpartition("/")[2] == last]
        if related:
            raise NotYet(OTHER_REPOSITORY, name=self.name, others=codes(related))
        raise NotYet(MISSING, name=self.name, others=listing(N_("There are: {names}."), sorted(tags)))

    def _last_event(self) -> float:
        return max((event["time"] for event in self.the.journal.events), default=0.0)


def select(the: Evidence, repository: str = "", *, dangling: bool | None = None) -> list[Image]:
    """Return the images that fit, newest first; see `Evidence.images`."""
    listed: list[dict[str, Any]] = the.get("/images/json") or []
    found = []
    for entry in sorted(listed, key=lambda image: -image["Created"]):
        tags = [tag for tag in entry.get("RepoTags") or [] if tag != "<none>:<none>"]
        if repository and parse(repository).repository not in {parse(tag).repository for tag in tags}:
            continue
        if dangling is None or dangling == (not tags):
            found.append(Image(the, tags[0] if tags else entry["Id"]))
    return found


def must_have_no_dangling(the: Evidence) -> None:
    """Demand that no image is without a name. Ask the journal first whether one was."""
    left = [image.short_id for image in select(the, dangling=True)]
    the.require(not left, DANGLING, others=codes(left))
