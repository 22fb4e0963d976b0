"""What an exercise is: one value with all that belongs to it; it runs nothing."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dockyard.engine import Evidence, Sentence
from dockyard.engine.sentences import fill
from dockyard.engine.versions import order

COURSE_DOMAIN = "course"
Parameters = Mapping[str, str]
Check = Callable[[Evidence, Parameters], None]


def _(message: str) -> str:
    """Mark a text of the course for translation and return it as it is; it is translated when it is shown."""
    return message


def sentence(  # noqa: PLR0913 - the parts of a sentence
    name: str, *, found: str, wanted: str, look_at: str, more: str = "", settles: bool = False
) -> Sentence:
    """Define a sentence of one exercise, for what the nouns of the engine cannot say.

    Args:
        name: "topic.exercise.what", unlike any other sentence's.
        found: what is there; {name} stands for a fact that the check gives.
        wanted: what should be there.
        look_at: one thing to look at or to try.
        more: what is added when the same thing fails a second time.
        settles: whether it may come right by itself in a moment, as when a server has just been started.
    """
    return Sentence(name, found, wanted, look_at, more, settles, COURSE_DOMAIN)


@dataclass(frozen=True, slots=True)
class Answer:
    """A way to reach the goal.

    Args:
        script: what bash runs in the machine; {parameter} is filled in.
        why: why this is the way, in the course's catalogue.
    """

    script: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that people really give.

    Args:
        script: what bash runs in the machine.
        gets: the name of the sentence that it must get.
        repair: what puts it right from there; without it, the solution must do so.
    """

    script: str
    gets: str
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A task whose effect is checked.

    Args:
        id: topic.name; the topic is the file's name.
        title: a few words.
        goal: what is to be reached, in Markdown; {parameter} is filled in.
        notes: the lines of the notes that it covers: ("54-57", "62").
        check: judges evidence; returns when the goal is reached, raises NotYet when not.
        hints: from a nudge to the command.
        solution: the way that is shown.
        others: other ways that are as good; at least one.
        mistakes: wrong answers, each with the sentence it must get; at least two.
        setup: what brings the machine to the starting state from any other; may be run again and again.
        parameters: for each name the values to draw from, once for each attempt.
        since: the first version of the engine that it is for: "23.0"; "" where any will do.
    """

    id: str
    title: str
    goal: str
    notes: Sequence[str]
    check: Check
    hints: Sequence[str]
    solution: Answer
    others: Sequence[Answer] = ()
    mistakes: Sequence[Mistake] = ()
    setup: str = ""
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: str = ""

    @property
    def topic(self) -> str:
        """The part of the id before the point: the file that it lives in."""
        return self.id.partition(".")[0]

    def is_for(self, engine: str) -> bool:
        """Return whether it can be done on an engine of this version as that comes."""
        return order(self.since) <= order(engine)

    def draw(self, seed: int) -> dict[str, str]:
        """Return a value for each parameter; the same seed draws the same values, 0 the first of each."""
        if seed == 0:
            return {name: values[0] for name, values in self.parameters.items()}
        return {
            name: random.Random(f"{seed}/{self.id}/{name}").choice(list(values))  # noqa: S311 - variety, not secrecy
            for name, values in self.parameters.items()
        }

    def fill(self, text: str, parameters: Parameters) -> str:
        """Return a text or a script with the parameters filled in."""
        return fill(text, parameters)

    def texts(self) -> list[str]:
        """Return the texts that a translator meets, in order."""
        answers = [self.solution, *self.others]
        found = [self.title, self.goal, *self.hints, *(answer.why for answer in answers)]
        return [text for text in found if text]
