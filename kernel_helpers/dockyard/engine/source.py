"""Where evidence comes from: the questions that can be asked, who answers them, and a recording that does so alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from dockyard.errors import EvidenceError
from dockyard.i18n import _

# What makes the recordings of the tests anew.
_RECORD = "DOCKYARD_RECORD=1 .venv/bin/pytest tests/engine/test_near_misses.py tests/course/test_unlisted_ways.py"

Kind = Literal["get", "logs", "file", "events", "probe"]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out.

    Args:
        kind: "get" reads a path of the engine's API, "logs" the end of a container's output, "file" a file in a
            container, "events" the journal, "probe" runs a command in the machine or in the world.
        subject: the API path, the container or the place.
        options: what else the question needs; JSON values only.
    """

    kind: Kind
    subject: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return a text that is equal for equal questions."""
        return json.dumps([self.kind, self.subject, self.options], sort_keys=True)


class Source(Protocol):
    """Whoever can answer a question."""

    def ask(self, question: Question) -> Any:
        """Return the answer as JSON values; None where the thing asked about does not exist."""
        ...  # pragma: no cover - a protocol


class RecordedSource:
    """Answers from a recording, without an engine.

    Args:
        recording: what `Evidence.to_json` returned.
    """

    def __init__(self, recording: Mapping[str, Any]) -> None:
        self._answers = {
            Question(entry["kind"], entry["subject"], entry["options"]).key: entry["answer"]
            for entry in recording["answers"]
        }

    def ask(self, question: Question) -> Any:
        """Return the recorded answer.

        Raises:
            EvidenceError: the recording holds no such question.
        """
        if question.key not in self._answers:
            raise EvidenceError(
                _("The recording does not hold this question: {question}").format(question=question.key),
                _("Record the evidence again, with the check as it is now: {command}").format(command=_RECORD),
            )
        return self._answers[question.key]
