"""Evidence about one machine: what its engine holds, what happened, what a probe finds; it knows no exercise."""

from dockyard.engine.evidence import Evidence
from dockyard.engine.live import LiveSource
from dockyard.engine.sentences import SENTENCES, NotYet, Sentence
from dockyard.engine.source import Question, RecordedSource, Source

__all__ = [
    "SENTENCES",
    "Evidence",
    "LiveSource",
    "NotYet",
    "Question",
    "RecordedSource",
    "Sentence",
    "Source",
]
