"""The row of buttons, as ipywidgets makes it, without a page that shows it."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import ipywidgets
import pytest
from ipywidgets.widgets import widget as made

from dockyard.widgets import shown
from dockyard.widgets.shown import Action, Buttons

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the page has: the time at which it clicks, and which button was given the focus."""
    page = SimpleNamespace(now=NOON, focused=[], row=None)
    kernel = SimpleNamespace(get_parent=lambda _channel: {"header": {"date": page.now}})
    monkeypatch.setattr(shown, "get_ipython", lambda: SimpleNamespace(kernel=kernel))
    monkeypatch.setattr(shown, "display", lambda *_args, **_options: None)
    monkeypatch.setattr(ipywidgets.Button, "focus", lambda button: page.focused.append(button.description))
    return page


def nothing() -> None:
    pass


def row(buttons: Buttons) -> dict[str, ipywidgets.Button]:
    return {button.description: button for button in buttons._row.children}


@pytest.mark.usefixtures("browser")
def test_buttons_that_stay_are_the_same_and_the_row_is_left_alone() -> None:
    buttons = Buttons("type")
    buttons.show([Action("a", nothing), Action("b", nothing)])
    told = []
    buttons._row.observe(told.append, "children")
    before = row(buttons)
    buttons.replace([Action("a", nothing), Action("b", nothing)])
    assert not told
    buttons.replace([Action("b", nothing)])
    assert list(row(buttons)) == ["b"]
    assert row(buttons)["b"] is before["b"]


@pytest.mark.usefixtures("browser")
def test_nothing_is_left_of_buttons_that_went() -> None:
    buttons = Buttons("type")
    buttons.show([Action("a", nothing)])
    count = len(made._instances)
    for label in ("b", "c", "a"):
        buttons.replace([Action(label, nothing)])
    assert len(made._instances) == count


def test_a_click_does_what_the_button_is_for_now(browser) -> None:
    buttons, done = Buttons("type"), []
    buttons.show([Action("a", lambda: done.append("earlier"))])
    buttons.replace([Action("a", lambda: done.append("now"))])
    row(buttons)["a"].click()
    assert done == ["now"]
    assert browser.focused == []  # it never lost it, and the learner may be elsewhere by now


def test_a_button_at_work_is_grey_and_keeps_the_focus(browser) -> None:
    buttons, seen = Buttons("type"), []

    def work() -> None:
        button = row(buttons)["a"]
        seen.append((button.disabled, bool(button.style.text_color)))

    buttons.show([Action("a", work)])
    row(buttons)["a"].click()
    assert seen == [(False, True)]
    assert row(buttons)["a"].style.text_color is None
    assert browser.focused == []


def test_the_focus_of_a_button_that_goes_is_given_to_the_first_one_that_is_there(browser) -> None:
    buttons = Buttons("type")
    buttons.show([Action("a", lambda: buttons.replace([Action("b", nothing), Action("c", nothing)]))])
    row(buttons)["a"].click()
    assert browser.focused == ["b"]


def test_a_click_that_waited_for_the_one_before_it_does_nothing(browser) -> None:
    buttons, done = Buttons("type"), []

    def work() -> None:
        done.append(browser.now)
        time.sleep(0.2)

    buttons.show([Action("a", work), Action("b", work)])
    for label, seconds in (("a", 0), ("a", 0.1), ("b", 0.15), ("b", 10)):
        browser.now = NOON + timedelta(seconds=seconds)
        row(buttons)[label].click()
    browser.now = NOON - timedelta(hours=1)  # another browser, whose clock is behind
    row(buttons)["a"].click()
    assert done == [NOON, NOON + timedelta(seconds=10), NOON - timedelta(hours=1)]


def test_an_action_that_fails_leaves_a_button_that_works(browser) -> None:
    buttons, done = Buttons("type"), []

    def fail() -> None:
        done.append("tried")
        raise KeyError

    buttons.show([Action("a", fail)])
    for seconds in (0, 10):
        browser.now = NOON + timedelta(seconds=seconds)
        with pytest.raises(KeyError):
            buttons._clicked(row(buttons)["a"])
    assert done == ["tried", "tried"]
    assert row(buttons)["a"].style.text_color is None


def test_without_a_kernel_the_sentence_stands_instead(capsys) -> None:
    Buttons("type %check").show([Action("a", nothing)])
    assert capsys.readouterr().out == "type %check\n"
