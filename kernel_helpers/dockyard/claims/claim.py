"""What a claim is: a statement of the notes, an experiment, and how its outcome is read off the engine."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dockyard.engine import Evidence, LiveSource
from dockyard.engine.versions import order
from dockyard.exercises import scripts
from dockyard.machine import Machine

# Every experiment starts in a directory of its own and takes it away with itself.
_FRAME = """
cd "$(mktemp -d)"
trap 'cd /; rm -rf "$OLDPWD"' EXIT
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a claim's question.

    Args:
        key: what `outcome` returns for it.
        text: the answer, in the course's catalogue.
        notes: whether it is what the notes say.
    """

    key: str
    text: str
    notes: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """What is expected from an engine version on: tests compare it with what was seen, nobody is shown it."""

    version: str
    key: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What an experiment showed.

    Args:
        exit_code: bash's exit code.
        output: what it printed, both streams.
        the: evidence, read right after it; the journal counts from the experiment's start.
    """

    exit_code: int
    output: str
    the: Evidence

    def value(self, name: str) -> str:
        """Return what the experiment printed behind "name=" on a line of its own; "" without such a line."""
        found = re.search(rf"^{re.escape(name)}=(.*)$", self.output, re.MULTILINE)
        return found[1].strip() if found else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the notes, put to the test.

    Args:
        id: topic.name, unlike any exercise's.
        notes: the lines that state it: ("83", "108").
        statement: what the notes say, in our words.
        question: what the learner is asked before the experiment runs.
        choices: the answers; exactly one is what the notes say.
        experiment: what bash runs in the machine, in a directory of its own.
        outcome: returns the key of the choice that the observation shows; "" for none.
        expected: what each engine version should show.
        why: why it is so.
        today: what to do today.
        cleanup: what takes away the containers, images, ... that the experiment made.
    """

    id: str
    notes: Sequence[str]
    statement: str
    question: str
    choices: Sequence[Choice]
    experiment: str
    outcome: Callable[[Observation], str]
    expected: Sequence[Since]
    why: str
    today: str
    cleanup: str = ""

    def texts(self) -> list[str]:
        """Return the texts that a translator meets, in order."""
        return [
            self.statement,
            self.question,
            *(choice.text for choice in self.choices),
            self.why,
            self.today,
        ]

    def expect(self, version: str) -> str:
        """Return the key that an engine version should show; "" for one that nothing is known of."""
        fitting = [since for since in self.expected if order(since.version) <= order(version)]
        return max(fitting, key=lambda since: order(since.version)).key if fitting else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a claim's experiment came to.

    Args:
        claim: the claim.
        engine: the engine's version.
        observed: the key of the choice that was seen; "" where the outcome fits none.
        output: what the experiment printed.
    """

    claim: Claim
    engine: str
    observed: str
    output: str

    @property
    def notes_hold(self) -> bool:
        """Whether the notes are right about this engine."""
        return any(choice.notes and choice.key == self.observed for choice in self.claim.choices)

    @property
    def as_expected(self) -> bool:
        """Whether it is what we know of this version."""
        return bool(self.observed) and self.observed == self.claim.expect(self.engine)


def observe(claim: Claim, machine: Machine) -> Finding:
    """Run a claim's experiment in a machine and return what it came to.

    Raises:
        CourseError: the experiment did not end.
        EvidenceError: the engine does not answer.
    """
    since = time.time()
    try:
        ran = scripts.run(machine, _FRAME + claim.experiment)
        source = LiveSource(machine, since)
        the = Evidence(source)
        observed = claim.outcome(Observation(ran.exit_code, ran.output, the))
        return Finding(claim, the.engine.version, observed, ran.output)
    finally:
        if claim.cleanup:
            scripts.run(machine, claim.cleanup)
