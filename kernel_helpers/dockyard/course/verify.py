"""Proves exercises on the real engine: what must pass passes, what must not gets its sentence; it mends nothing."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dockyard.course.fleet import side_by_side
from dockyard.course.place import translate
from dockyard.engine import Connection, Evidence, LiveSource
from dockyard.engine.sentences import render
from dockyard.errors import DockyardError
from dockyard.exercises import Exercise, Outcome, Verdict, judge_settled
from dockyard.exercises import scripts as shell
from dockyard.machine import Machine

# Every proof draws the same parameters, the first ones, so that a failure can be repeated.
_SEED = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was tried.

    Args:
        exercise: the exercise's id.
        step: what was tried: "fresh", "solution", "solution, again", "other 1", "other 1, again", "mistake 1",
            "mistake 1, repaired".
        wanted: the outcome or the sentence that it must get.
        got: what it got.
        seconds: how long it took, reset and setup included.
        output: what the scripts printed and what the check found, for a proof that failed.
    """

    exercise: str
    step: str
    wanted: str
    got: str
    seconds: float
    output: str = ""

    @property
    def holds(self) -> bool:
        """Whether it got what it must get; any sentence will do where only "not yet" is wanted."""
        return self.got == self.wanted or (self.wanted == Outcome.NOT_YET and self.got not in _FINAL)


_FINAL = (str(Outcome.PASSED), str(Outcome.BROKEN), "error")


class Trial:
    """Tries one exercise on one machine.

    The machine is reset once; after that the exercise's own setup brings the start back, as `%reset` does for learners,
    and is proven to do so after every way to the goal.

    Args:
        exercise: the exercise.
        machine: a running machine; everything in it is thrown away.
    """

    def __init__(self, exercise: Exercise, machine: Machine) -> None:
        self.exercise = exercise
        self.machine = machine
        self.parameters = exercise.draw(_SEED)
        self._connection = Connection(machine)
        self._since = 0.0
        self._output: list[str] = []

    def proofs(self) -> Iterator[Proof]:
        """Try everything, one proof after the other."""
        with contextlib.closing(self._connection):
            yield from self._proofs()

    def _proofs(self) -> Iterator[Proof]:
        exercise = self.exercise
        yield self._prove("fresh", Outcome.NOT_YET, self.machine.reset, self._prepare)
        ways = {"solution": exercise.solution, **{f"other {n}": other for n, other in enumerate(exercise.others, 1)}}
        for step, way in ways.items():
            yield self._prove(step, Outcome.PASSED, self._playing(way.script))
            yield self._prove(f"{step}, again", Outcome.NOT_YET, self._prepare)
        for number, mistake in enumerate(exercise.mistakes, 1):
            step = f"mistake {number}"
            yield self._prove(step, mistake.gets, self._prepare, self._playing(mistake.script))
            repair = mistake.repair or exercise.solution.script
            yield self._prove(f"{step}, repaired", Outcome.PASSED, self._playing(repair))

    def _prepare(self) -> None:
        shell.prepare(self.machine, self.exercise.fill(self.exercise.setup, self.parameters))
        self._since = time.time()

    def _playing(self, script: str) -> Callable[[], None]:
        def play() -> None:
            ran = shell.run(self.machine, self.exercise.fill(script, self.parameters))
            self._output.append(ran.output)

        return play

    def _evidence(self) -> Evidence:
        return Evidence(LiveSource(self.machine, self._since, connection=self._connection))

    def _look(self) -> Verdict:
        return judge_settled(self.exercise, self._evidence, self.parameters)

    def _prove(self, step: str, wanted: str, *actions: Callable[[], None]) -> Proof:
        started = time.monotonic()
        self._output = []
        try:
            for action in actions:
                action()
            verdict = self._look()
            got = verdict.says
            if verdict.sentence:
                said = verdict.sentence
                self._output.append(render(said.found, verdict.facts, said.domain, translate))
            if verdict.error:
                self._output.append(f"{type(verdict.error).__name__}: {verdict.error}")
        except DockyardError as error:
            got = "error"
            self._output.append(str(error))
        proof = Proof(self.exercise.id, step, str(wanted), got, time.monotonic() - started)
        if proof.holds:
            return proof
        return Proof(*_without_output(proof), output="\n".join(self._output).strip()[-2000:])


def _without_output(proof: Proof) -> tuple[str, str, str, str, float]:
    return proof.exercise, proof.step, proof.wanted, proof.got, proof.seconds


def verify(exercises: Sequence[Exercise], machines: Sequence[Machine], report: Callable[[Proof], None]) -> list[Proof]:
    """Prove exercises, side by side on several machines.

    Args:
        exercises: what to prove.
        machines: running machines; everything in them is thrown away.
        report: is told of every proof as it comes, never of two at once.

    Returns:
        All proofs, in the order of the exercises.
    """
    telling = threading.Lock()

    def prove(exercise: Exercise, machine: Machine) -> list[Proof]:
        found = []
        for proof in Trial(exercise, machine).proofs():
            found.append(proof)
            with telling:
                report(proof)
        return found

    return [proof for proofs in side_by_side(exercises, machines, prove) for proof in proofs]
