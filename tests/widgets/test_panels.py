"""What panels show, and which buttons they offer, as one thing leads to the next."""

from collections.abc import Sequence

import pytest

from dockyard.errors import CourseError, MachineNotRunningError
from dockyard.tutor import ClaimVerdict, Feedback, Hint, Option, Question, Solutions, Task, Way
from dockyard.widgets import panels
from dockyard.widgets.panels import ClaimPanel, ExercisePanel
from dockyard.widgets.shown import Action
from dockyard.widgets.view import View


class Tutor:
    """Answers what a test tells it to."""

    outcome = "not yet"
    hints = 0
    key = ""
    runs = True

    def start(self, name: str) -> Task:
        return Task(name, "Title", "Do it.", passed=False, hints=2)

    reset = start

    def check(self, name: str) -> Feedback:
        if not self.runs:
            raise MachineNotRunningError("The machine is not running.", "dockyard start")
        return Feedback(name, "Title", self.outcome, "x", "found", "", "", "", (), "", 1, passed=False)

    def hint(self, name: str) -> Hint:
        self.hints += 1
        return Hint(name, f"hint {self.hints}", self.hints, 2)

    def solution(self, name: str) -> Solutions:
        return Solutions(name, (Way("docker ps", "why"),))

    def question(self, name: str) -> Question:
        return Question(name, "It is so.", "Is it?", (Option("yes", "Yes"), Option("no", "No")), "run", self.key)

    def predict(self, name: str, key: str) -> Question:
        if key not in ("yes", "no"):
            raise CourseError("no such answer", "choose")
        self.key = key
        return self.question(name)

    def verdict(self, name: str) -> ClaimVerdict:
        return ClaimVerdict(
            name, "It is so.", "26.1", "out", "No", "Yes", right=False, notes_hold=False, why="", today=""
        )


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict:
    """What is on the page: the last view and the actions of the buttons."""
    page: dict = {"view": None, "actions": {}}

    class Shown:
        def __init__(self, view: View) -> None:
            self.replace(view)

        def replace(self, view: View) -> None:
            page["view"] = view

    class Buttons:
        def __init__(self, instead: str) -> None:
            page["instead"] = instead

        def show(self, actions: Sequence[Action]) -> None:
            page["actions"] = {action.label: action.run for action in actions}

        replace = show

    monkeypatch.setattr(panels, "Shown", Shown)
    monkeypatch.setattr(panels, "Buttons", Buttons)
    return page


def test_an_exercise_by_its_buttons(seen) -> None:
    tutor = Tutor()
    panel = ExercisePanel(tutor, "x.y")
    panel.start()
    panel.show()
    assert list(seen["actions"]) == ["Check", "Hint", "Solution"]
    seen["actions"]["Check"]()
    seen["actions"]["Hint"]()
    seen["actions"]["Hint"]()
    lines = seen["view"].text.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "Exercise: Title",
        "… Not yet: Title",
        "Hint 1 of 2",
        "Hint 2 of 2",
    ]
    tutor.outcome = "passed"
    seen["actions"]["Check"]()
    assert "✓ Passed: Title" in seen["view"].text
    assert "Not yet" not in seen["view"].text
    assert list(seen["actions"]) == ["Solution"]
    seen["actions"]["Solution"]()
    assert "docker ps" in seen["view"].text
    assert "%check x.y" in seen["instead"]


def test_a_click_tells_what_is_wrong_until_it_is_right(seen) -> None:
    tutor = Tutor()
    panel = ExercisePanel(tutor, "x.y")
    panel.start()
    panel.show()
    tutor.runs = False
    seen["actions"]["Check"]()
    assert "The machine is not running." in seen["view"].text
    assert "→ dockyard start" in seen["view"].text
    tutor.runs = True
    seen["actions"]["Check"]()
    assert "not running" not in seen["view"].text


def test_a_magic_raises_what_is_wrong(seen) -> None:
    tutor = Tutor()
    tutor.runs = False
    with pytest.raises(MachineNotRunningError):
        ExercisePanel(tutor, "x.y").check()


def test_a_claim_by_its_buttons(seen) -> None:
    panel = ClaimPanel(Tutor(), "c.d")
    panel.ask()
    panel.show()
    assert list(seen["actions"]) == ["yes", "no"]
    seen["actions"]["yes"]()
    assert "You predict: Yes" in seen["view"].text
    assert list(seen["actions"]) == ["Run the experiment"]
    seen["actions"]["Run the experiment"]()
    assert "This engine does otherwise" in seen["view"].text
