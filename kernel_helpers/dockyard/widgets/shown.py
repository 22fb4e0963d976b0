"""Shows views in the notebook and replaces them later; it does not know what they say."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import DisplayHandle, display

from dockyard.widgets.view import View

# JupyterLab's own colour of what cannot be used just now.
_GREY = "var(--jp-ui-font-color3, #9e9e9e)"


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
        self._buttons: dict[str, Any] = {}
        self._actions: dict[str, Callable[[], None]] = {}
        self._worked = (0.0, 0.0)

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
        """Show other buttons in their place; one of the same label stays, and with it the focus that it has."""
        if self._row is None:
            return
        self._actions = {action.label: action.run for action in actions}
        earlier = self._buttons
        self._buttons = {label: earlier.get(label) or self._button(label) for label in self._actions}
        if list(earlier) != list(self._buttons):
            self._row.children = list(self._buttons.values())
        for label in earlier.keys() - self._buttons.keys():
            _close(earlier[label])

    def _button(self, label: str) -> Any:
        from ipywidgets import Button, Layout  # noqa: PLC0415 - takes 0.1 s to import

        button = Button(description=label, layout=Layout(width="auto"))
        button.on_click(self._clicked)
        return button

    def _clicked(self, button: Any) -> None:
        """Do what a button is for. It is greyed meanwhile and not disabled, which would take the focus from it."""
        clicked = _time_of_click()
        began, ended = self._worked
        if began <= clicked < ended or button.description not in self._actions:
            return
        clock = time.monotonic()
        button.style.text_color = _GREY
        try:
            self._actions[button.description]()
        finally:
            button.style.text_color = None
            self._worked = (clicked, clicked + time.monotonic() - clock)
        if self._buttons and button.description not in self._buttons:
            next(iter(self._buttons.values())).focus()


def _time_of_click() -> float:
    """Return when the button was clicked, by the browser's clock: clicks wait for the kernel while it works."""
    when: float = get_ipython().kernel.get_parent("shell")["header"]["date"].timestamp()  # type: ignore[union-attr]
    return when


def _close(button: Any) -> None:
    """Take a button away, and what it is made of, which would else be kept for as long as the kernel runs."""
    button.close()
    button.layout.close()
    button.style.close()
