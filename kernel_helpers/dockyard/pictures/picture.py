"""What a picture is: the drawing, and the same in words for whoever cannot see it; it draws nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture.

    Args:
        title: what it shows, in a few words.
        svg: the drawing, one <svg> element.
        text: the same in lines of words.
    """

    title: str
    svg: str
    text: tuple[str, ...]
