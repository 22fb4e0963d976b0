"""Shows views in the notebook and replaces them later; it does not know what they say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import DisplayHandle, display

from dockyard.widgets.view import View


class Shown:
    """A view in the notebook that can be replaced, also from another cell or after a click."""

    def __init__(self, view: View) -> None:
        self._handle: DisplayHandle | None = display(view.bundle(), raw=True, display_id=True)  # type: ignore[no-untyped-call]

    def replace(self, view: View) -> None:
        """Show another view in its place."""
        if self._handle is not None:
            self._handle.update(view.bundle(), raw=True)  # type: ignore[no-untyped-call]


def show(view: View) -> None:
    """Show a view for good."""
    display(view.bundle(), raw=True)  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Action:
    """A button.

    Attributes:
        label: what is written on it.
        run: what it does.
    """

    label: str
    run: Callable[[], None]


class Buttons:
    """A row of buttons, which works while the kernel runs.

    A stored notebook holds a sentence in its place that says how to do the same by typing.

    Args:
        instead: that sentence.
    """

    def __init__(self, instead: str) -> None:
        self._instead = instead
        self._row: Any = None

    def show(self, actions: Sequence[Action]) -> None:
        """Show the buttons; where no widgets can be shown, the sentence."""
        if getattr(get_ipython(), "kernel", None) is None:
            print(self._instead)  # noqa: T201 - IPython in a terminal
            return
        from ipywidgets import HBox  # type: ignore[import-untyped]  # noqa: PLC0415 - takes 0.1 s to import

        self._row = HBox()
        self.replace(actions)
        bundle = {**self._row._repr_mimebundle_(), "text/plain": self._instead}
        display(bundle, raw=True)  # type: ignore[no-untyped-call]

    def replace(self, actions: Sequence[Action]) -> None:
        """Show other buttons in their place."""
        if self._row is not None:
            self._row.children = [_button(action) for action in actions]


def _button(action: Action) -> Any:
    from ipywidgets import Button, Layout  # noqa: PLC0415 - takes 0.1 s to import

    button = Button(description=action.label, layout=Layout(width="auto"))

    def clicked(_button: object) -> None:
        button.disabled = True
        try:
            action.run()
        finally:
            button.disabled = False

    button.on_click(clicked)
    return button
