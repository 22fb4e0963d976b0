"""What a long step tells about itself while it runs; it does not know who listens."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is.

    Attributes:
        stage: the stage's short name: "rootfs", "images", "machine".
        fraction: how much of it is done, from 0 to 1.
        doing: what is happening now, for a person to read.
    """

    stage: str
    fraction: float
    doing: str


Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """Tell nobody."""
