"""Evidence about one machine: what its engine holds, what happened, what a probe finds; it knows no exercise."""

from dockyard.engine.builds import Build
from dockyard.engine.containers import Container
from dockyard.engine.evidence import Evidence
from dockyard.engine.files import File
from dockyard.engine.images import Image
from dockyard.engine.live import Connection, LiveSource
from dockyard.engine.networks import Network
from dockyard.engine.past import Journal
from dockyard.engine.past_containers import PastContainer
from dockyard.engine.places import Place
from dockyard.engine.sentences import SENTENCES, NotYet, Sentence
from dockyard.engine.source import Question, RecordedSource, Source
from dockyard.engine.volumes import Volume

__all__ = [
    "SENTENCES",
    "Build",
    "Connection",
    "Container",
    "Evidence",
    "File",
    "Image",
    "Journal",
    "LiveSource",
    "Network",
    "NotYet",
    "PastContainer",
    "Place",
    "Question",
    "RecordedSource",
    "Sentence",
    "Source",
    "Volume",
]
