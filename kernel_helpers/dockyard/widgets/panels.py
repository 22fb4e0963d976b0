"""Exercises and claims in the notebook: what the tutor said so far, with buttons for what may come next."""

from collections.abc import Callable, Sequence
from functools import partial

from dockyard.errors import DockyardError
from dockyard.i18n import gettext as _
from dockyard.tutor import Tutor
from dockyard.widgets import answers
from dockyard.widgets.shown import Action, Buttons, Shown
from dockyard.widgets.view import View, joined


class _Panel:
    """Views one below the other, and buttons below them."""

    def __init__(self, instead: str) -> None:
        self._parts: dict[str, View] = {}
        self._shown: Shown | None = None
        self._buttons = Buttons(instead)

    def _actions(self) -> Sequence[Action]:
        return ()

    def _set(self, name: str, view: View) -> None:
        """Put a view in the place of the earlier one of that name, else below all."""
        self._parts.pop("error", None)
        self._parts[name] = view
        if self._shown is not None:
            self._shown.replace(joined(self._parts.values()))
            self._buttons.replace(self._actions())

    def show(self) -> None:
        """Show it in the cell that is running."""
        self._shown = Shown(joined(self._parts.values()))
        self._buttons.show(self._actions())

    def _telling(self, act: Callable[[], None]) -> Callable[[], None]:
        """Return an action that shows what is wrong instead of raising: a click has no cell to raise in."""

        def told() -> None:
            try:
                act()
            except DockyardError as problem:
                self._set("error", answers.error(problem))

        return told


class ExercisePanel(_Panel):
    """One exercise.

    Args:
        tutor: what answers.
        name: the exercise's id.
    """

    def __init__(self, tutor: Tutor, name: str) -> None:
        super().__init__(
            _("In a new cell: %check {id} checks, %hint {id} gives a hint, %solution {id} shows the solution.").format(
                id=name
            )
        )
        self._tutor = tutor
        self._name = name
        self._passed = False

    def _actions(self) -> Sequence[Action]:
        solution = Action(_("Solution"), self._telling(self.solve))
        if self._passed:
            return [solution]
        return [
            Action(_("Check"), self._telling(self.check)),
            Action(_("Hint"), self._telling(self.hint)),
            solution,
        ]

    def start(self) -> None:
        """Put the exercise."""
        self._set("task", answers.task(self._tutor.start(self._name)))

    def reset(self) -> None:
        """Bring the machine to the exercise's starting state and put the exercise again."""
        told = self._tutor.reset(self._name)
        self._passed = False
        self._set("task", answers.task(told))

    def check(self) -> None:
        """Check the exercise."""
        told = self._tutor.check(self._name)
        self._passed = told.outcome == "passed"
        self._set("feedback", answers.feedback(told))

    def hint(self) -> None:
        """Give the next hint."""
        told = self._tutor.hint(self._name)
        self._set(f"hint {told.number}", answers.hint(told))

    def solve(self) -> None:
        """Show the solution."""
        self._set("solution", answers.solutions(self._tutor.solution(self._name)))


class ClaimPanel(_Panel):
    """One claim.

    Args:
        tutor: what answers.
        name: the claim's id.
    """

    def __init__(self, tutor: Tutor, name: str) -> None:
        super().__init__(
            _("In a new cell: %predict {id} KEY predicts, %verdict {id} runs the experiment.").format(id=name)
        )
        self._tutor = tutor
        self._name = name
        self._keys: Sequence[str] = ()
        self._predicted = ""

    def _actions(self) -> Sequence[Action]:
        if not self._predicted:
            return [Action(key, self._telling(partial(self.predict, key))) for key in self._keys]
        return [Action(_("Run the experiment"), self._telling(self.verdict))]

    def ask(self) -> None:
        """Put the claim."""
        told = self._tutor.question(self._name)
        self._keys = [option.key for option in told.options]
        self._predicted = told.predicted
        self._set("question", answers.question(told))

    def predict(self, key: str) -> None:
        """Remember a prediction."""
        self._predicted = key
        self._set("question", answers.question(self._tutor.predict(self._name, key)))

    def verdict(self) -> None:
        """Run the experiment."""
        told = self._tutor.verdict(self._name)
        self._predicted = self._predicted or told.predicted
        self._set("verdict", answers.verdict(told))
