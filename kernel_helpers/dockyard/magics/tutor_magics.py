"""The magics that ask the tutor; they only know which exercise and which claim was the last one."""

from collections.abc import Callable
from functools import cached_property

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_magic, magics_class, no_var_expand

from dockyard.errors import UsageError
from dockyard.i18n import gettext as _
from dockyard.machine import Machine
from dockyard.magics.notebook import start_if_needed, without_traceback
from dockyard.magics.sessions import default_machine
from dockyard.tutor import Tutor
from dockyard.widgets import answers
from dockyard.widgets.panels import ClaimPanel, ExercisePanel
from dockyard.widgets.shown import show


@magics_class
class TutorMagics(Magics):
    """%exercise, %check, %hint, %solution, %reset, %progress, %claim, %predict and %verdict.

    Args:
        shell: the IPython of this kernel.
        ipython_reset: IPython's own %reset, which has options and no exercise.
    """

    def __init__(self, shell: InteractiveShell, ipython_reset: Callable[[str], object]) -> None:
        super().__init__(shell)
        self._ipython_reset = ipython_reset
        self._exercise = ""
        self._claim = ""

    @cached_property
    def tutor(self) -> Tutor:
        """The tutor; it reads the course when it is asked for the first time."""
        return Tutor(Machine(default_machine()))

    def _exercise_panel(self, line: str, magic: str) -> ExercisePanel:
        """Return a panel for the exercise on the line, else for the last one."""
        name = line.strip() or self._exercise
        if not name:
            example = next(iter(self.tutor.course.exercises), "ID")
            raise UsageError(_("Which exercise? None was named yet."), f"%{magic} {example}")
        self.tutor.course.exercise(name)
        self._exercise = name
        return ExercisePanel(self.tutor, name)

    @line_magic
    @no_var_expand
    @without_traceback
    def exercise(self, line: str) -> None:
        """Put an exercise; the first time, bring the machine to its starting state.

        %exercise [ID]
        """
        panel = self._exercise_panel(line, "exercise")
        start_if_needed(default_machine())
        panel.start()
        panel.show()

    @line_magic
    @no_var_expand
    @without_traceback
    def check(self, line: str) -> None:
        """Check an exercise by what the machine holds now.

        %check [ID]
        """
        panel = self._exercise_panel(line, "check")
        start_if_needed(default_machine())
        panel.check()
        panel.show()

    @line_magic
    @no_var_expand
    @without_traceback
    def hint(self, line: str) -> None:
        """Show the next hint for an exercise.

        %hint [ID]
        """
        panel = self._exercise_panel(line, "hint")
        panel.hint()
        panel.show()

    @line_magic
    @no_var_expand
    @without_traceback
    def solution(self, line: str) -> None:
        """Show the solution of an exercise, and other ways.

        %solution [ID]
        """
        panel = self._exercise_panel(line, "solution")
        panel.solve()
        panel.show()

    @line_magic
    @no_var_expand
    @without_traceback
    def reset(self, line: str) -> None:
        """Bring the machine to an exercise's starting state again; what was passed stays passed.

        %reset [ID]

        With options it is IPython's own %reset, which deletes variables.
        """
        if line.strip().startswith("-"):
            self._ipython_reset(line)
            return
        panel = self._exercise_panel(line, "reset")
        start_if_needed(default_machine())
        panel.reset()
        panel.show()

    @line_magic
    @no_var_expand
    @without_traceback
    def progress(self, line: str) -> None:
        """Show how far you are.

        %progress
        """
        if line.strip():
            raise UsageError(_("%progress takes nothing after it."), "%progress")
        show(answers.report(self.tutor.progress()))

    @line_magic
    @no_var_expand
    @without_traceback
    def claim(self, line: str) -> None:
        """Put a claim of the notes.

        %claim [ID]
        """
        panel = self._claim_panel(line, "claim")
        panel.ask()
        panel.show()

    @line_magic
    @no_var_expand
    @without_traceback
    def predict(self, line: str) -> None:
        """Predict what a claim's experiment will show.

        %predict [ID] KEY
        """
        *name, key = line.split() or [""]
        if not key or len(name) > 1:
            raise UsageError(_("%predict needs the key of an answer."), "%predict ID KEY")
        panel = self._claim_panel("".join(name), "claim")
        panel.predict(key)
        panel.show()

    @line_magic
    @no_var_expand
    @without_traceback
    def verdict(self, line: str) -> None:
        """Run a claim's experiment and show whether the notes are right about this engine.

        %verdict [ID]
        """
        panel = self._claim_panel(line, "verdict")
        start_if_needed(default_machine())
        panel.verdict()
        panel.show()

    def _claim_panel(self, line: str, magic: str) -> ClaimPanel:
        name = line.strip() or self._claim
        if not name:
            example = next(iter(self.tutor.course.claims), "ID")
            raise UsageError(_("Which claim? None was named yet."), f"%{magic} {example}")
        self.tutor.course.claim(name)
        self._claim = name
        return ClaimPanel(self.tutor, name)
