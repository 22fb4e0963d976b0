"""The one façade for kernel, server and command line: start, check, hint, solution, reset, predict, verdict."""

import time
from collections.abc import Callable, Mapping

from dockyard.claims import observe
from dockyard.course import Course, Lesson, course_text, exercise_cells, load
from dockyard.engine import Connection, Evidence, LiveSource
from dockyard.engine.sentences import fill
from dockyard.errors import CourseError
from dockyard.exercises import Exercise, Outcome, Verdict, judge, judge_settled
from dockyard.exercises.scripts import prepare
from dockyard.i18n import _
from dockyard.machine import Machine
from dockyard.progress import Attempt, Store, export
from dockyard.tutor import memory, words
from dockyard.tutor.told import (
    ChapterStanding,
    ClaimVerdict,
    Feedback,
    Hint,
    LessonStanding,
    Option,
    Question,
    Report,
    Solutions,
    Standing,
    Syllabus,
    Task,
    Way,
)

# What a check may take, in seconds.
DEADLINE = 10.0


class Tutor:
    """Knows the course, the learner's progress and the machine, and brings them together.

    Args:
        machine: the machine; without one, the default machine.
        course: the course; without one, the installed course.
        store: the progress; without one, the learner's own.
    """

    def __init__(
        self, machine: Machine | None = None, course: Course | None = None, store: Store | None = None
    ) -> None:
        self.machine = machine or Machine()
        self.course = course or load()
        self.store = store or Store(self.course.id)
        self._connection = Connection(self.machine)

    # ------------------------------------------------------------------------------------------------ exercises

    def start(self, name: str) -> Task:
        """Put an exercise to the learner; the first time, bring the machine to its starting state.

        Raises:
            CourseError: there is no such exercise, it is for later engines, or its setup failed.
            MachineNotRunningError: the machine is not running.
        """
        exercise = self._exercise(name)
        if not self.store.read().exercise(name).started:
            self._begin(exercise)
        return self._task(exercise)

    def reset(self, name: str) -> Task:
        """Bring the machine to an exercise's starting state, with newly drawn parameters; what was passed stays so.

        Raises:
            CourseError: there is no such exercise, it is for later engines, or its setup failed.
            MachineNotRunningError: the machine is not running.
        """
        exercise = self._exercise(name)
        self._begin(exercise)
        return self._task(exercise)

    def check(self, name: str, *, live: bool = False) -> Feedback:
        """Judge an exercise by what the machine holds now.

        Args:
            name: the exercise's id.
            live: whether the machine's events asked for it, not the learner; then it does not count as a try.

        Raises:
            CourseError: there is no such exercise, or it is for later engines.
            MachineNotRunningError: the machine is not running.
        """
        exercise = self._exercise(name)
        attempt = self._attempt(exercise)
        look = self._look(attempt.started)
        verdict = (
            judge(exercise, look(), attempt.parameters) if live else judge_settled(exercise, look, attempt.parameters)
        )
        if live and verdict.outcome is not Outcome.PASSED:
            return self._feedback(exercise, attempt, verdict)
        with self.store.change() as state:
            remembered = state.exercise(name)
            memory.remember(remembered, verdict, live=live)
        return self._feedback(exercise, remembered, verdict)

    def hint(self, name: str) -> Hint:
        """Return the next hint; after the last one, the last one again."""
        exercise = self.course.exercise(name)
        self._attempt(exercise)
        with self.store.change() as state:
            remembered = state.exercise(name)
            remembered.hints = min(remembered.hints + 1, len(exercise.hints))
        taken = memory.hints_taken(exercise, remembered)
        return Hint(name, taken[-1], len(taken), len(exercise.hints))

    def solution(self, name: str) -> Solutions:
        """Return the ways to reach the goal, the one to learn first."""
        exercise = self.course.exercise(name)
        attempt = self._attempt(exercise)
        with self.store.change() as state:
            state.exercise(name).solution = True
        ways = tuple(
            Way(
                fill(answer.script, attempt.parameters).strip(),
                fill(course_text(answer.why), attempt.parameters),
            )
            for answer in (exercise.solution, *exercise.others)
        )
        return Solutions(name, ways)

    # ------------------------------------------------------------------------------------------------ claims

    def question(self, name: str) -> Question:
        """Put a claim to the learner.

        Raises:
            CourseError: there is no such claim.
        """
        claim = self.course.claim(name)
        options = tuple(Option(choice.key, course_text(choice.text)) for choice in claim.choices)
        remembered = self.store.read().claim(name)
        return Question(
            name,
            course_text(claim.statement),
            course_text(claim.question),
            options,
            claim.experiment.strip(),
            remembered.predicted,
        )

    def predict(self, name: str, key: str) -> Question:
        """Remember what the learner expects of a claim's experiment.

        Raises:
            CourseError: there is no such claim, or no such choice.
        """
        claim = self.course.claim(name)
        keys = [choice.key for choice in claim.choices]
        if key not in keys:
            raise CourseError(
                _("{key} is none of the answers of {claim}.").format(key=key, claim=name),
                _("Choose one of: {keys}").format(keys=", ".join(keys)),
            )
        with self.store.change() as state:
            state.claim(name).predicted = key
        return self.question(name)

    def verdict(self, name: str) -> ClaimVerdict:
        """Run a claim's experiment and compare what it shows with the notes and with the prediction.

        Raises:
            CourseError: there is no such claim.
            MachineNotRunningError: the machine is not running.
        """
        claim = self.course.claim(name)
        finding = observe(claim, self.machine)
        with self.store.change() as state:
            remembered = state.claim(name)
            remembered.observed, remembered.engine, remembered.time = (
                finding.observed,
                finding.engine,
                time.time(),
            )
        predicted = remembered.predicted
        return ClaimVerdict(
            id=name,
            statement=course_text(claim.statement),
            engine=finding.engine,
            output=finding.output,
            observed=memory.choice_text(claim, finding.observed),
            predicted=memory.choice_text(claim, predicted),
            right=predicted == finding.observed if predicted else None,
            notes_hold=finding.notes_hold,
            why=course_text(claim.why),
            today=course_text(claim.today),
        )

    # ------------------------------------------------------------------------------------------------ progress

    def progress(self) -> Report:
        """Return how far the learner is."""
        state = self.store.read()
        standings = tuple(
            memory.standing(exercise, state.exercises.get(name, Attempt()))
            for name, exercise in self.course.exercises.items()
        )
        right = sum(
            bool(claim.predicted) and claim.predicted == claim.observed
            for name, claim in state.claims.items()
            if name in self.course.taught_claims
        )
        notice = words.damaged(self.store.backup) if self.store.backup else ""
        title = self.course.title[words.language()]
        return Report(title, standings, right, len(self.course.taught_claims), notice)

    def syllabus(self) -> Syllabus:
        """Return the chapters with their lessons and exercises, how far the learner is with each, and what is next."""
        report = self.progress()
        spoken = words.language()
        standings = {standing.id: standing for standing in report.exercises}
        chapters = tuple(
            ChapterStanding(
                chapter.id,
                chapter.title[spoken],
                tuple(self._lesson(lesson, standings) for lesson in chapter.lessons),
            )
            for chapter in self.course.chapters
        )
        in_order = (standing for chapter in chapters for lesson in chapter.lessons for standing in lesson.exercises)
        begun = self.under_way()
        first_open = next((standing.id for standing in in_order if standing.status != "passed"), "")
        return Syllabus(report, spoken, chapters, begun[0] if begun else first_open)

    def _lesson(self, lesson: Lesson, standings: Mapping[str, Standing]) -> LessonStanding:
        cells = exercise_cells(self.course, lesson.id)
        path = self.course.notebook(lesson.id).relative_to(self.course.directory).as_posix()
        exercises = tuple(standings[name] for name in cells if name in standings)
        return LessonStanding(lesson.id, lesson.title[words.language()], path, exercises, cells)

    def under_way(self) -> list[str]:
        """Return the exercises that were started and are not passed yet, the last started first."""
        attempts = self.store.read().exercises
        names = [name for name in self.course.exercises if name in attempts]
        open_ones = [name for name in names if attempts[name].started and not attempts[name].passed]
        return sorted(open_ones, key=lambda name: -attempts[name].started)

    def export(self, form: str) -> str:
        """Return the progress for other programs: a row for each exercise, as "json" or "csv"."""
        write = {"json": export.to_json, "csv": export.to_csv}[form]
        return write(self.store.read(), self.course.exercises)

    # ------------------------------------------------------------------------------------------------ inside

    def _exercise(self, name: str) -> Exercise:
        """Return an exercise that is for the machine's engine."""
        exercise = self.course.exercise(name)
        engine = self.machine.engine
        if not exercise.is_for(engine):
            raise CourseError(
                _("This exercise is for Docker Engine {since} or later, and this machine has {engine}.").format(
                    since=exercise.since, engine=engine
                ),
                _("Go on with the next exercise, or make a machine with a later engine: dockyard start --help"),
            )
        return exercise

    def _begin(self, exercise: Exercise) -> None:
        with self.store.change() as state:
            attempt = state.exercise(exercise.id)
            state.seed = memory.next_seed(state.seed)
            attempt.parameters = exercise.draw(state.seed)
        prepare(self.machine, fill(exercise.setup, attempt.parameters))
        with self.store.change() as state:
            remembered = state.exercise(exercise.id)
            remembered.parameters = attempt.parameters
            remembered.started = time.time()
            remembered.first = remembered.first or remembered.started
            remembered.repeats, remembered.said, remembered.hints = 0, "", 0

    def _attempt(self, exercise: Exercise) -> Attempt:
        """Return the attempt, with parameters also where the learner went to work without starting it."""
        attempt = self.store.read().exercise(exercise.id)
        if memory.is_drawn(exercise, attempt):
            return attempt
        with self.store.change() as state:
            attempt = state.exercise(exercise.id)
            state.seed = memory.next_seed(state.seed)
            attempt.parameters = exercise.draw(state.seed)
        return attempt

    def _look(self, since: float) -> Callable[[], Evidence]:
        self.machine.processes()  # raises where the machine is not running
        return lambda: Evidence(LiveSource(self.machine, since, DEADLINE, self._connection))

    def _task(self, exercise: Exercise) -> Task:
        attempt = self._attempt(exercise)
        return Task(
            exercise.id,
            course_text(exercise.title),
            memory.goal(exercise, attempt),
            bool(attempt.passed),
            len(exercise.hints),
        )

    def _feedback(self, exercise: Exercise, attempt: Attempt, verdict: Verdict) -> Feedback:
        told = words.explain(verdict)
        more = told.more if attempt.repeats >= 2 else ""
        offer = ""
        if attempt.repeats >= 3 and attempt.hints < len(exercise.hints):
            offer = words.offer(exercise.id, attempt.hints + 1, len(exercise.hints))
        return Feedback(
            id=exercise.id,
            title=course_text(exercise.title),
            outcome=str(verdict.outcome),
            name=verdict.says,
            found=told.found,
            wanted=told.wanted,
            look_at=told.look_at,
            more=more,
            holds=told.holds if attempt.repeats >= 2 or verdict.outcome is Outcome.PASSED else (),
            offer=offer,
            checks=attempt.checks,
            passed=bool(attempt.passed),
            language=words.language(),
            started=attempt.started,
        )
