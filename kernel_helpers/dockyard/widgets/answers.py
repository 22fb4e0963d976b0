"""Puts what the tutor tells into views; it asks the tutor nothing."""

import html
from collections.abc import Sequence

from dockyard.errors import DockyardError
from dockyard.i18n import gettext as _
from dockyard.tutor import ClaimVerdict, Feedback, Hint, Question, Report, Solutions, Standing, Task
from dockyard.widgets.view import Kind, View, card, code, items, labelled, markdown, sentence


def error(problem: DockyardError) -> View:
    """Return what was found and the next step."""
    return card("bad", problem.found, [sentence(f"→ {problem.next_step}")])


def task(told: Task) -> View:
    """Return an exercise as it is put to the learner."""
    headline = _("Exercise: {title}").format(title=told.title)
    if told.passed:
        headline = _("Exercise: {title} (passed before)").format(title=told.title)
    return card("info", headline, [markdown(told.goal)])


def feedback(told: Feedback) -> View:
    """Return what a check came to."""
    kinds: dict[str, tuple[Kind, str]] = {
        "passed": ("good", _("✓ Passed: {title}")),
        "not yet": ("note", _("… Not yet: {title}")),
        "broken": ("bad", _("⚠ Not checked: {title}")),
    }
    kind, headline = kinds[told.outcome]
    parts = [labelled(label, text) for label, text in _facts(told) if text]
    if told.more:
        parts.append(sentence(told.more))
    if told.holds:
        parts.append(items(_("Already right") if told.outcome != "passed" else _("Checked"), told.holds))
    if told.passed and told.outcome == "not yet":
        parts.append(sentence(_("You passed this exercise before; that stays so.")))
    if told.offer:
        parts.append(sentence(told.offer))
    return card(kind, headline.format(title=told.title), parts)


def _facts(told: Feedback) -> Sequence[tuple[str, str]]:
    return (
        (_("Found"), told.found),
        (_("Wanted"), told.wanted),
        (_("Look at"), told.look_at),
    )


def hint(told: Hint) -> View:
    """Return a hint."""
    headline = _("Hint {number} of {total}").format(number=told.number, total=told.total)
    return card("info", headline, [markdown(told.text)])


def solutions(told: Solutions) -> View:
    """Return the ways to an exercise's goal."""
    first, *others = told.ways
    parts = [code(first.script), markdown(first.why)]
    for other in others:
        parts += [sentence(_("Another way:")), code(other.script), markdown(other.why)]
    return card("info", _("Solution"), parts)


def question(told: Question) -> View:
    """Return a claim as it is put to the learner."""
    parts = [
        markdown(told.statement),
        labelled(_("Predict"), told.question),
        items(_("Choose"), (f"`{option.key}` {option.text}" for option in told.options)),
        sentence(_("The experiment:")),
        code(told.experiment),
    ]
    chosen = next((option.text for option in told.options if option.key == told.predicted), "")
    if chosen:
        parts.append(labelled(_("You predict"), chosen))
    return card("info", _("The notes say"), parts)


def verdict(told: ClaimVerdict) -> View:
    """Return what a claim's experiment showed."""
    holds = told.notes_hold
    headline = _("✓ The notes are right about this engine") if holds else _("✗ This engine does otherwise")
    parts = [
        labelled(_("The notes say"), told.statement),
        labelled(_("Seen on Docker Engine {version}").format(version=told.engine), told.observed or _("none of these")),
        code(told.output.rstrip()) if told.output.strip() else None,
        labelled(_judged(told), told.predicted) if told.predicted else None,
        labelled(_("Why"), told.why) if told.why else None,
        labelled(_("Today"), told.today) if told.today else None,
    ]
    return card("good" if holds else "note", headline, [part for part in parts if part is not None])


def _judged(told: ClaimVerdict) -> str:
    return _("You predicted it rightly") if told.right else _("You predicted something else")


def report(told: Report) -> View:
    """Return how far the learner is."""
    headline = _("{title}: {passed} of {total} exercises passed").format(
        title=told.title, passed=told.passed, total=len(told.exercises)
    )
    parts = [_table(told.exercises)]
    if told.claims:
        claims = _("{right} of {total} claims predicted right").format(right=told.predicted, total=told.claims)
        parts.append(sentence(claims))
    if told.notice:
        parts.append(sentence(told.notice))
    return card("info", headline, parts)


def _table(exercises: Sequence[Standing]) -> View:
    states = {"passed": _("✓ passed"), "started": _("… started"), "new": _("not started")}
    heads = (_("Exercise"), _("Id"), _("State"), _("Checks"), _("Hints"))
    rows = [(one.title, one.id, states[one.status], str(one.checks or ""), str(one.hints or "")) for one in exercises]
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in heads)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align: left">{html.escape(cell)}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    text = "\n".join(f"{state:<12} {name}  {title}" for title, name, state, *_counts in rows)
    return View(text, f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
