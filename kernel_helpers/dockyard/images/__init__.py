"""The course images and all else that the world holds: see `build`, `installed` and `catalogue`."""

from dockyard.images.build import build, use
from dockyard.images.store import CourseImage, catalogue, content_hash, installed, prune, remove, verify

__all__ = ["CourseImage", "build", "catalogue", "content_hash", "installed", "prune", "remove", "use", "verify"]
