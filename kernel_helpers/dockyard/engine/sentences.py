"""The form of what a check says: named sentences, the facts that fill them, and "not yet"; no sentence of its own."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dockyard.errors import CourseError
from dockyard.i18n import DOMAIN, gettext

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# Code, and the Chinese characters right beside it.
_CODE = re.compile("([\u4e00-\u9fff])?(`[^`]+`)(?=([\u4e00-\u9fff])?)")

Facts = Mapping[str, object]

# The sentences of the package, by name. An exercise's own sentences live in its file.
SENTENCES: dict[str, "Sentence"] = {}


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate this, but later"
    """Mark a sentence for translation and return it as it is."""
    return message


def fill(text: str, facts: Facts) -> str:
    """Return a text with each {name} that is a fact replaced by it; other braces, as in --format, stay."""
    return _PLACE.sub(lambda place: str(facts.get(place[1], place[0])), text)


def places(text: str) -> set[str]:
    """Return the names of the places in a text."""
    return set(_PLACE.findall(text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a learner is told when something is not as the exercise wants it.

    Args:
        name: what tests, mistakes and translators call it: "container.exited".
        found: what is there.
        wanted: what should be there.
        look_at: one thing to look at or to try; a command where there is one.
        more: what is added when the same thing fails a second time.
        settles: whether it may come right by itself in a moment, as when a server has just been started.
        domain: the gettext domain that translates it.
    """

    name: str
    found: str
    wanted: str
    look_at: str
    more: str = ""
    settles: bool = False
    domain: str = DOMAIN

    def texts(self) -> tuple[str, ...]:
        """Return the texts that a translator meets."""
        return tuple(text for text in (self.found, self.wanted, self.look_at, self.more) if text)


def sentence(  # noqa: PLR0913 - the parts of a sentence
    name: str, *, found: str, wanted: str, look_at: str, more: str = "", settles: bool = False
) -> Sentence:
    """Define a sentence of the package.

    Raises:
        CourseError: the name is taken.
    """
    if name in SENTENCES:
        raise CourseError(gettext("Two sentences are named {name}.").format(name=name), gettext("Rename one."))
    SENTENCES[name] = Sentence(name, found, wanted, look_at, more, settles)
    return SENTENCES[name]


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that a check wanted and found."""

    wanted: str
    facts: Facts
    domain: str

    def text(self, translate: Callable[[str, str], str]) -> str:
        """Return it in the language in force; translate takes a domain and a message."""
        return render(self.wanted, self.facts, self.domain, translate)


def render(text: str, facts: Facts, domain: str, translate: Callable[[str, str], str]) -> str:
    """Return a text in the language in force with its places filled; the facts stay as they are.

    Args:
        text: a message of the domain's catalogue.
        facts: what fills its places.
        domain: the gettext domain.
        translate: takes a domain and a message.
    """
    return _CODE.sub(_apart, fill(translate(domain, text), facts))


def _apart(code: re.Match[str]) -> str:
    """Return code with a blank where a Chinese character stands right beside it, as Chinese is set."""
    before, span, after = code.groups()
    return (f"{before} " if before else "") + span + (" " if after else "")


class NotYet(Exception):  # noqa: N818 - an outcome, not an error
    """Raised by a check: the goal is not reached, and this is why.

    Args:
        said: the sentence that fits.
        facts: what fills it.
    """

    def __init__(self, said: Sentence, **facts: object) -> None:
        super().__init__(f"{said.name} {facts}")
        self.sentence = said
        self.facts = facts
