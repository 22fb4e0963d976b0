"""The commands for authors: lint and verify a course, begin something new in it, help its translators."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dockyard.i18n import _
from dockyard.machine import rootfs

if TYPE_CHECKING:
    from dockyard.course.verify import Proof

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse gives it no public name


def add_parsers(subparsers: "Subparsers") -> None:
    """Add `dockyard course` and `dockyard progress` to the command line."""
    parser = subparsers.add_parser("course", help=_("for authors: lint, verify and extend the course"))
    verbs = parser.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    linting = verbs.add_parser("lint", help=_("find everything that can be wrong without an engine"))
    linting.add_argument("--json", action="store_true", help=_("print the findings as JSON"))
    linting.set_defaults(run=_lint)
    proving = verbs.add_parser("verify", help=_("prove exercises on the real engine"))
    proving.add_argument("ids", nargs="*", metavar="ID", help=_("an exercise, or a topic; all of them unless given"))
    add_machine_options(proving)
    proving.set_defaults(run=_verify)
    beginning = verbs.add_parser("new", help=_("begin a lesson, an exercise or a claim, in both languages"))
    beginning.add_argument("kind", choices=("lesson", "exercise", "claim"))
    beginning.add_argument("id", help=_("04-volumes for a lesson, topic.name for an exercise or a claim"))
    beginning.set_defaults(run=_new)
    extracting = verbs.add_parser("extract", help=_("bring the Chinese catalogue up to date with the texts"))
    extracting.set_defaults(run=_extract)
    stamping = verbs.add_parser(
        "stamp", help=_("say that a lesson's Chinese cells are translated as the English ones are")
    )
    stamping.add_argument("lesson")
    stamping.set_defaults(run=_stamp)
    running = verbs.add_parser("run", help=_("run a lesson in both languages and store what the engine said"))
    running.add_argument("lessons", nargs="*", metavar="LESSON", help=_("such as 01-images; all of them unless given"))
    running.add_argument("--lang", choices=("en", "zh"), help=_("one language only"))
    running.set_defaults(run=_run)
    listing = verbs.add_parser("sentences", help=_("list the sentences that a check can say, by name"))
    listing.set_defaults(run=_sentences)
    telling = subparsers.add_parser("progress", help=_("say how far the learner is, or export it"))
    telling.add_argument("--json", action="store_true", help=_("export as JSON"))
    telling.add_argument("--csv", action="store_true", help=_("export as CSV"))
    telling.set_defaults(run=_progress)


def add_machine_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say on which machines something is proven."""
    parser.add_argument("--engine", choices=list(rootfs.SUITES), help=_("the engine's version, such as 20.10"))
    parser.add_argument("--machines", type=_count, default=os.cpu_count() or 1, help=_("how many work side by side"))
    parser.add_argument("--json", action="store_true", help=_("print the result as JSON"))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("{text} is no number of machines: take 1 or more.").format(text=text))
    return int(text)


def _lint(chosen: argparse.Namespace) -> int:
    from dockyard.course.linting import lint  # noqa: PLC0415 - so that wrong usage and --help answer at once

    findings = lint()
    if chosen.json:
        rows = [
            {"rule": f.rule, "path": str(f.path), "place": f.place, "found": f.found, "remedy": f.remedy}
            for f in findings
        ]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for finding in findings:
            print(finding)
        print(_("Nothing is wrong.") if not findings else _("{count} findings.").format(count=len(findings)))
    return 1 if findings else 0


def _verify(chosen: argparse.Namespace) -> int:
    from dockyard.course import fleet, load, verify  # noqa: PLC0415 - so that wrong usage and --help answer at once

    course = load()
    wanted = [
        exercise
        for name, exercise in course.exercises.items()
        if not chosen.ids or name in chosen.ids or exercise.topic in chosen.ids
    ]
    for name in chosen.ids:
        if not any(name in (exercise.id, exercise.topic) for exercise in wanted):
            course.exercise(name)  # says that there is none, and what is near
    engine = chosen.engine or rootfs.DEFAULT_ENGINE
    within = [exercise for exercise in wanted if exercise.is_for(engine)]
    beyond = [exercise for exercise in wanted if exercise not in within]
    began = time.monotonic()
    proofs = []
    if within:
        with fleet.machines(min(chosen.machines, len(within)), engine) as machines:
            proofs = verify.verify(within, machines, _say_proof)
    failed = [proof for proof in proofs if not proof.holds]
    if chosen.json:
        print(json.dumps([_row(proof) for proof in proofs], ensure_ascii=False))
    else:
        print_table(_table(proofs))
        for exercise in beyond:
            print(_("{id} is for engine {since} or later.").format(id=exercise.id, since=exercise.since))
        for proof in failed:
            print(f"\n{proof.exercise}, {proof.step}: wanted {proof.wanted}, got {proof.got}\n{proof.output}")
        seconds = time.monotonic() - began
        counts = {"held": len(proofs) - len(failed), "all": len(proofs), "seconds": f"{seconds:.0f}"}
        print(_("{held} of {all} proofs hold ({seconds} s).").format(**counts))
    return 1 if failed else 0


def _say_proof(proof: "Proof") -> None:
    mark = "ok  " if proof.holds else "FAIL"
    print(
        f"{mark} {proof.exercise:28} {proof.step:22} {proof.got:32} {proof.seconds:5.1f} s", file=sys.stderr, flush=True
    )


def _row(proof: "Proof") -> dict[str, object]:
    return {
        "exercise": proof.exercise,
        "step": proof.step,
        "wanted": proof.wanted,
        "got": proof.got,
        "holds": proof.holds,
        "seconds": round(proof.seconds, 2),
    }


def _table(proofs: "Sequence[Proof]") -> list[list[str]]:
    """Return a row for each exercise: how many proofs of each kind hold."""
    rows = [["exercise", "fresh", "solution", "others", "again", "mistakes", "repaired", "seconds"]]
    for name in dict.fromkeys(proof.exercise for proof in proofs):
        mine = [proof for proof in proofs if proof.exercise == name]
        kinds = {kind: [proof for proof in mine if _kind(proof) == kind] for kind in rows[0][1:-1]}
        counts = [f"{sum(p.holds for p in kind)}/{len(kind)}" for kind in kinds.values()]
        rows.append([name, *counts, f"{sum(p.seconds for p in mine):.0f}"])
    return rows


def _kind(proof: "Proof") -> str:
    """Return the column of the table in which a proof counts."""
    what, _comma, then = proof.step.partition(", ")
    return then or {"other": "others", "mistake": "mistakes"}.get(what.split()[0], what)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns; the first is the heading."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def _new(chosen: argparse.Namespace) -> int:
    from dockyard.course import load, scaffold  # noqa: PLC0415 - so that wrong usage and --help answer at once

    begin = {"lesson": scaffold.lesson, "exercise": scaffold.exercise, "claim": scaffold.claim}[chosen.kind]
    written = begin(load(), chosen.id)
    for path in written:
        print(path)
    if not any(path.suffix == ".ipynb" for path in written):
        topic = chosen.id.partition(".")[0]
        print(_("No lesson of the topic {topic} yet: dockyard course new lesson NN-{topic}").format(topic=topic))
    print(_("Fill in what is marked, then: dockyard course lint"))
    return 0


def _extract(_chosen: argparse.Namespace) -> int:
    from dockyard.course import load, translating  # noqa: PLC0415 - so that wrong usage and --help answer at once

    path, left = translating.extract(load())
    print(_("{path}: {count} texts without Chinese.").format(path=path, count=left))
    return 0


def _stamp(chosen: argparse.Namespace) -> int:
    from dockyard.course import load, translating  # noqa: PLC0415 - so that wrong usage and --help answer at once

    course = load()
    marked = translating.mark_translated(course, course.lesson(chosen.lesson).id)
    print(_("{count} cells marked as translated.").format(count=marked))
    return 0


def _run(chosen: argparse.Namespace) -> int:
    from dockyard.course import fleet, load, running  # noqa: PLC0415 - so that wrong usage and --help answer at once

    course = load()
    wanted = [
        course.notebook(course.lesson(lesson).id, language)
        for lesson in chosen.lessons or [lesson.id for lesson in course.lessons]
        for language in ([chosen.lang] if chosen.lang else ("en", "zh"))
    ]
    well = True
    with fleet.machines(1) as machines:
        for path in wanted:
            began = time.monotonic()
            errors = running.store(path, machines[0])
            said = ", ".join(errors) or _("no errors")
            print(f"{path}: {said} ({time.monotonic() - began:.0f} s)", flush=True)
            well = well and not errors
    return 0 if well else 1


def _sentences(_chosen: argparse.Namespace) -> int:
    from dockyard.course import load  # noqa: PLC0415 - so that wrong usage and --help answer at once
    from dockyard.engine import SENTENCES  # noqa: PLC0415

    for said in sorted({**SENTENCES, **load().sentences}.values(), key=lambda one: one.name):
        print(f"{said.name:36} {said.found}")
    return 0


def _progress(chosen: argparse.Namespace) -> int:
    from dockyard.tutor import Tutor  # noqa: PLC0415 - so that wrong usage and --help answer at once

    tutor = Tutor()
    if chosen.json or chosen.csv:
        print(tutor.export("json" if chosen.json else "csv"), end="" if chosen.csv else "\n")
        return 0
    report = tutor.progress()
    for standing in report.exercises:
        mark = {"passed": "✓", "started": "…", "new": " "}[standing.status]
        print(f"{mark} {standing.id:32} {standing.title}")
    counts = {"passed": report.passed, "all": len(report.exercises)}
    print(_("{passed} of {all} exercises passed.").format(**counts))
    if report.notice:
        print(report.notice)
    return 0
