"""What the tutor tells, as text and as HTML."""

from html.parser import HTMLParser

import pytest

from dockyard.errors import DockyardError
from dockyard.tutor import ClaimVerdict, Feedback, Hint, Option, Question, Report, Solutions, Standing, Task, Way
from dockyard.widgets import answers
from dockyard.widgets.view import View

EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)> `<b>` *</p>*'


class Text(HTMLParser):
    """The text of HTML, and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == [], "every element is closed"

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def feedback(outcome: str = "not yet", **changed: object) -> Feedback:
    values = {
        "id": "images.pull",
        "title": "Pull one tag",
        "outcome": outcome,
        "name": "image.missing",
        "found": "`debian:latest` is here.",
        "wanted": "`debian:12`.",
        "look_at": "`docker images`",
        "more": "The tag comes after the colon.",
        "holds": ("The engine answers.",),
        "offer": "`%hint images.pull`",
        "checks": 3,
        "passed": False,
    }
    return Feedback(**{**values, **changed})


def claim(**changed: object) -> ClaimVerdict:
    values = {
        "id": "c",
        "statement": "It is so.",
        "engine": "26.1.5",
        "output": "three\n",
        "observed": "It is not.",
        "predicted": "It is.",
        "right": False,
        "notes_hold": False,
        "why": "Because.",
        "today": "Do that.",
    }
    return ClaimVerdict(**{**values, **changed})


EVERYTHING = [
    answers.error(DockyardError(EVIL, EVIL)),
    answers.task(Task(EVIL, EVIL, EVIL, passed=False, hints=2)),
    answers.feedback(feedback(title=EVIL, found=EVIL, wanted=EVIL, look_at=EVIL, more=EVIL, holds=(EVIL,), offer=EVIL)),
    answers.hint(Hint(EVIL, EVIL, 1, 3)),
    answers.solutions(Solutions(EVIL, (Way(EVIL, EVIL), Way(EVIL, EVIL)))),
    answers.question(Question(EVIL, EVIL, EVIL, (Option(EVIL, EVIL),), EVIL, EVIL)),
    answers.verdict(
        claim(statement=EVIL, engine=EVIL, output=EVIL, observed=EVIL, predicted=EVIL, why=EVIL, today=EVIL)
    ),
    answers.report(Report(EVIL, (Standing(EVIL, EVIL, "passed", 1, 1, 3, solution=True, seconds=9),), 1, 2, EVIL)),
]


@pytest.mark.parametrize("view", EVERYTHING)
def test_nothing_that_others_wrote_is_html(view: View) -> None:
    parsed = Text(view.html)
    assert not {tag for tag, _attributes in parsed.tags} & {"script", "img", "b"}
    assert not [name for _tag, attributes in parsed.tags for name in attributes if name.startswith("on")]
    assert 'alert("x")' in parsed.text


@pytest.mark.parametrize("view", EVERYTHING)
def test_screen_readers_are_told(view: View) -> None:
    assert Text(view.html).tags[0][1]["role"] == "status"


def words(text: str) -> list[str]:
    return [word for word in text.replace("`", "").split() if word != "-"]


def test_text_and_html_of_feedback_say_the_same() -> None:
    view = answers.feedback(feedback())
    assert words(view.text) == words(Text(view.html.replace("</p>", " </p>").replace("</li>", " </li>")).text)
    for part in ("Not yet", "Pull one tag", "Found: `debian:latest` is here.", "Wanted: `debian:12`.", "Look at:"):
        assert part in view.text


@pytest.mark.parametrize(("outcome", "word"), [("passed", "Passed"), ("not yet", "Not yet"), ("broken", "Not checked")])
def test_the_outcome_is_a_word_and_not_only_a_colour(outcome: str, word: str) -> None:
    view = answers.feedback(feedback(outcome))
    assert word in view.text.splitlines()[0]
    assert word in view.html


def test_empty_parts_are_left_out() -> None:
    view = answers.feedback(feedback("passed", found="", wanted="", look_at="", more="", holds=(), offer=""))
    assert view.text == "✓ Passed: Pull one tag"


def test_what_was_passed_stays_passed() -> None:
    assert "passed this exercise before" in answers.feedback(feedback(passed=True)).text
    assert "passed before" in answers.task(Task("x", "X", "do", passed=True, hints=0)).text


def test_verdicts() -> None:
    assert "✗ This engine does otherwise" in answers.verdict(claim()).text
    assert "You predicted something else: It is." in answers.verdict(claim()).text
    right = answers.verdict(claim(notes_hold=True, right=True, output=""))
    assert "✓ The notes are right" in right.text
    assert "You predicted it rightly" in right.text
    assert "predicted" not in answers.verdict(claim(predicted="", right=None)).text


def test_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKYARD_LANG", "zh")
    assert "还没" in answers.feedback(feedback()).text
