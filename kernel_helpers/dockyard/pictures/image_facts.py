"""Reads from evidence how an image was made, step by step: which step left which layer, and who else uses it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dockyard.engine.image_config import Step as Made

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dockyard.engine import Evidence, Image

# Instructions that change files leave a layer even where it is 0 bytes large (a link has no size); all others only set
# something, save WORKDIR, which may make a directory. https://docs.docker.com/reference/dockerfile/
_LAYERED = re.compile(r"(RUN|COPY|ADD)\b")
_MAY_BE_LAYERED = re.compile(r"WORKDIR\b")
_NO_OPERATION = re.compile(r"^/bin/sh -c #\(nop\)\s+")
_SHELL = re.compile(r"^(?:RUN )?(?:\|\d+ .*?)?/bin/sh -c ", re.DOTALL)
_BUILDKIT = re.compile(r"\s*# buildkit$")
_EXPOSE = re.compile(r"^EXPOSE map\[(.*)\]$")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an image's making.

    Args:
        instruction: the Dockerfile instruction, or what else `docker history` tells.
        size: how many bytes it added.
        digest: the digest of its layer's content; "" for a step that set something and left no layer.
        shared: the other images that stand on the same layer, by name.
    """

    instruction: str
    size: int
    digest: str
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """An image.

    Args:
        name: as it was asked for, or its first tag.
        size: its size in bytes.
        steps: the steps that made it, newest first.
    """

    name: str
    size: int
    steps: tuple[Step, ...]

    @property
    def layers(self) -> list[Step]:
        """The steps that left a layer, newest first."""
        return [step for step in self.steps if step.digest]


def read(the: Evidence, identity: str, wanted: str = "") -> ImageFacts:
    """Return how an image was made; it must be there.

    Args:
        the: the evidence.
        identity: its id.
        wanted: the name that it was asked for by.
    """
    image = the.image(identity)
    sharers = reversed(_sharers(image, the.images()))
    steps = tuple(
        Step(instruction(made), made.size, digest, next(sharers) if digest else ())
        for made, digest in match(image.history, image.layers)
    )
    return ImageFacts(name_of(image, wanted), image.size, steps)


def name_of(image: Image, wanted: str = "") -> str:
    """Return what to call an image: as it was asked for, if that is one of its tags, else by its first tag."""
    named = [tag for tag in image.tags if tag in (wanted, f"{wanted}:latest")]
    return next(iter([*named, *sorted(image.tags)]), image.short_id)


def _sharers(image: Image, others: Sequence[Image]) -> list[tuple[str, ...]]:
    """Return for each layer, lowest first, the names of the other images that stand on it and on all below it."""
    rest = [other for other in others if other.id != image.id]
    return [
        tuple(sorted(name_of(other) for other in rest if other.layers[:count] == image.layers[:count]))
        for count in range(1, len(image.layers) + 1)
    ]


def match(history: Sequence[Made], layers: Sequence[str]) -> list[tuple[Made, str]]:
    """Return the steps of a history, newest first, each with the digest of its layer or "".

    `docker history` does not tell which steps of 0 bytes left a layer, but there are as many steps with a layer as
    there are layers, in the same order. Where the history tells of fewer, as of an imported image, steps are added.

    Args:
        history: the steps, newest first.
        layers: the digests, lowest first.
    """
    chosen: set[int] = set()
    for fits in _LIKELY:
        for number, made in enumerate(history):
            if len(chosen) < len(layers) and fits(made):
                chosen.add(number)
    digests = iter(reversed(layers))
    steps = [(made, next(digests) if number in chosen else "") for number, made in enumerate(history)]
    return steps + [(Made("", 0, ""), digest) for digest in digests]


_LIKELY: tuple[Callable[[Made], bool], ...] = (
    lambda made: not made.empty,
    lambda made: _LAYERED.match(instruction(made)) is not None,
    lambda made: _MAY_BE_LAYERED.match(instruction(made)) is not None,
    lambda _made: True,
)


def instruction(made: Made) -> str:
    """Return a step as the Dockerfile had it, as far as the history tells; both builders write it in their own way."""
    line = _BUILDKIT.sub("", made.created_by)
    if _NO_OPERATION.match(line):
        line = _NO_OPERATION.sub("", line)
    elif _SHELL.match(line):
        line = f"RUN {_SHELL.sub('', line)}"
    exposed = _EXPOSE.match(line)
    if exposed:
        line = f"EXPOSE {exposed[1].replace(':{}', '')}"
    return line.strip() or made.comment
