"""Lints exercises and claims as their authors defined them, without an engine."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from dockyard.claims import Claim
from dockyard.course.linting.finding import Finding, line_of, lines
from dockyard.course.loading import Course
from dockyard.engine import SENTENCES, Sentence
from dockyard.engine.sentences import places
from dockyard.exercises import Exercise

_LISTS = ("notes", "hints", "others", "mistakes", "choices", "expected")
_VERSION = re.compile(r"\d+\.\d+")
_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


def check(course: Course) -> Iterator[Finding]:
    """Find what is wrong with the definitions of a course."""
    known = {*SENTENCES, *course.sentences}
    taken: Counter[str] = Counter()
    for path, thing in course.definitions():
        if isinstance(thing, Sentence):
            yield from _sentence(path, thing, course)
            continue
        taken[thing.id] += 1
        place = line_of(path, f'"{thing.id}"')
        yield from _identity(path, place, thing.id, taken[thing.id])
        forms = list(_forms(path, place, thing))
        yield from forms
        if forms:
            continue
        yield from _notes(path, place, thing.id, thing.notes)
        if isinstance(thing, Exercise):
            yield from _exercise(path, place, thing, known)
        else:
            yield from _claim(path, place, thing)


def _forms(path: Path, place: str, thing: Exercise | Claim) -> Iterator[Finding]:
    """Find lists that are none: a tuple of one that lacks its comma is the thing itself."""
    for name in _LISTS:
        value = getattr(thing, name, ())
        if not isinstance(value, tuple | list):
            found = f"{name} of {thing.id} is no list"
            yield Finding("form", path, place, found, "a tuple of one needs a comma: (x,)")


def _identity(path: Path, place: str, name: str, times: int) -> Iterator[Finding]:
    if _ID.fullmatch(name) is None:
        yield Finding("id.form", path, place, f"{name!r} is no id", "write topic.name, in lower case")
    elif name.partition(".")[0] != path.stem:
        yield Finding("id.topic", path, place, f"{name} is not of this file's topic", f"begin it with {path.stem}.")
    if times > 1:
        yield Finding("id.unique", path, place, f"{name} is taken", "give it another name")


def _notes(path: Path, place: str, name: str, notes: Sequence[str]) -> Iterator[Finding]:
    try:
        covered = lines(list(notes))
    except ValueError as error:
        yield Finding("notes.form", path, place, f"{name}: {error} is no range of lines", 'write "16-22" or "44"')
        return
    if not covered:
        yield Finding("notes.none", path, place, f"{name} covers no line of the notes", 'name them: notes=("16-22",)')


def _exercise(path: Path, place: str, exercise: Exercise, known: set[str]) -> Iterator[Finding]:
    name = exercise.id
    if not exercise.others:
        yield Finding("exercise.others", path, place, f"{name} has no other solution", "add one to others=")
    if len(exercise.mistakes) < 2:
        yield Finding(
            "exercise.mistakes", path, place, f"{name} has {len(exercise.mistakes)} mistakes", "add some: at least two"
        )
    if len(exercise.hints) < 2 or "`" not in exercise.hints[-1]:
        yield Finding(
            "exercise.hints", path, place, f"the hints of {name} are no ladder", "climb from a nudge to the `command`"
        )
    for text, what in ((exercise.title, "title"), (exercise.goal, "goal"), (exercise.solution.why, "solution's why")):
        if not text.strip():
            yield Finding("exercise.text", path, place, f"{name} has no {what}", "write it")
    for mistake in exercise.mistakes:
        if mistake.gets not in known:
            yield Finding(
                "exercise.sentence",
                path,
                line_of(path, f'"{mistake.gets}"'),
                f"{name} names a sentence {mistake.gets} that does not exist",
                "see `dockyard course sentences`",
            )
    if exercise.since and not _VERSION.fullmatch(exercise.since):
        yield Finding("exercise.since", path, place, f"{name} is since {exercise.since!r}", 'name a version: "23.0"')
    yield from _parameters(path, place, exercise)


def _parameters(path: Path, place: str, exercise: Exercise) -> Iterator[Finding]:
    declared = set(exercise.parameters)
    for text in exercise.texts():
        for unknown in sorted(places(text) - declared):
            yield Finding(
                "exercise.place",
                path,
                place,
                f"{exercise.id}: {{{unknown}}} in a text is no parameter",
                "declare it in parameters= or take the braces away",
            )
    for unused in sorted(declared - places(exercise.goal) - places(exercise.setup)):
        yield Finding(
            "exercise.parameter",
            path,
            place,
            f"{exercise.id}: neither goal nor setup holds the parameter {unused}",
            f"put {{{unused}}} into the goal: nobody can guess it",
        )


def _claim(path: Path, place: str, claim: Claim) -> Iterator[Finding]:
    keys = [choice.key for choice in claim.choices]
    notes = [choice.key for choice in claim.choices if choice.notes]
    if len(keys) < 2 or len(set(keys)) < len(keys):
        yield Finding(
            "claim.choices", path, place, f"{claim.id} has the choices {keys}", "two or more, with keys of their own"
        )
    if len(notes) != 1:
        yield Finding(
            "claim.notes", path, place, f"{claim.id}: {len(notes)} choices are the notes'", "exactly one notes=True"
        )
    if not claim.expected:
        yield Finding(
            "claim.expected", path, place, f"{claim.id} expects nothing", "say what each engine version shows"
        )
    for since in claim.expected:
        if since.key not in keys:
            yield Finding("claim.expected", path, place, f"{claim.id} expects {since.key}", f"one of {keys}")
    if not all(text.strip() for text in claim.texts()):
        yield Finding(
            "claim.text", path, place, f"{claim.id} lacks a text", "statement, question, choices, why and today"
        )


def _sentence(path: Path, said: Sentence, course: Course) -> Iterator[Finding]:
    place = line_of(path, f'"{said.name}"')
    if (
        not any(said.name.startswith(f"{name}.") for name in course.exercises)
        and said.name.partition(".")[0] != path.stem
    ):
        yield Finding(
            "sentence.name", path, place, f"{said.name} belongs to no exercise here", "name it topic.exercise.what"
        )
    if said.name in SENTENCES:
        yield Finding("sentence.name", path, place, f"{said.name} is a sentence of the package", "give it another name")
    if not (said.found and said.wanted and said.look_at):
        yield Finding("sentence.text", path, place, f"{said.name} lacks a part", "found, wanted and look_at")
