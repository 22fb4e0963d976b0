"""Pictures of what an engine holds, drawn and in words: an image, a container, the networks; it judges nothing."""

from dockyard.pictures.draw import KINDS, draw
from dockyard.pictures.picture import Picture

__all__ = ["KINDS", "Picture", "draw"]
