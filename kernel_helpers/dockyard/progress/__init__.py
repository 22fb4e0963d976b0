"""A learner's progress: what is remembered, and where; it judges nothing."""

from dockyard.progress import export
from dockyard.progress.state import Attempt, Prediction, State
from dockyard.progress.store import Store

__all__ = ["Attempt", "Prediction", "State", "Store", "export"]
