"""The command that puts the notes' claims to an engine and prints what it showed."""

import argparse
import json
from typing import TYPE_CHECKING

from dockyard.cli.course import add_machine_options, print_table
from dockyard.i18n import _
from dockyard.machine import rootfs

if TYPE_CHECKING:
    from dockyard.claims import Finding

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse gives it no public name


def add_parsers(subparsers: "Subparsers") -> None:
    """Add `dockyard claims` to the command line."""
    parser = subparsers.add_parser(
        "claims", help=_("run the experiments of the notes' claims and print what they show")
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help=_("a claim, or a topic; all of them unless given"))
    parser.add_argument("--store", action="store_true", help=_("keep the results in the course, for later comparison"))
    add_machine_options(parser)
    parser.set_defaults(run=_claims)


def _claims(chosen: argparse.Namespace) -> int:
    from dockyard.claims import observe  # noqa: PLC0415 - so that wrong usage and --help answer at once
    from dockyard.course import fleet, load, results  # noqa: PLC0415

    course = load()
    wanted = [
        claim
        for name, claim in course.claims.items()
        if not chosen.ids or name in chosen.ids or name.partition(".")[0] in chosen.ids
    ]
    for name in chosen.ids:
        if not any(name in (claim.id, claim.id.partition(".")[0]) for claim in wanted):
            course.claim(name)  # says that there is none, and what is near
    engine = chosen.engine or rootfs.DEFAULT_ENGINE
    findings = []
    if wanted:
        with fleet.machines(min(chosen.machines, len(wanted)), engine) as machines:
            findings = fleet.side_by_side(wanted, machines, observe)
    if chosen.store and findings:
        results.store(course, engine, findings)
    if chosen.json:
        print(json.dumps([_row(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        _print(findings)
    return 0 if all(finding.as_expected for finding in findings) else 1


def _row(finding: "Finding") -> dict[str, object]:
    claim = finding.claim
    return {
        "claim": claim.id,
        "notes": list(claim.notes),
        "engine": finding.engine,
        "observed": finding.observed,
        "notes_hold": finding.notes_hold,
        "as_expected": finding.as_expected,
    }


def _print(findings: "list[Finding]") -> None:
    from dockyard.course import course_text  # noqa: PLC0415 - so that wrong usage and --help answer at once

    rows = [["claim", "notes", "verdict", "observed", "statement"]]
    for finding in findings:
        verdict = "?" if not finding.observed else _("holds") if finding.notes_hold else _("does not hold")
        statement = course_text(finding.claim.statement)
        rows.append([finding.claim.id, ", ".join(finding.claim.notes), verdict, finding.observed or "-", statement])
    print_table(rows)
    for finding in findings:
        if not finding.as_expected:
            wanted = finding.claim.expect(finding.engine)
            print(f"\n{finding.claim.id}: expected {wanted}, observed {finding.observed}\n{finding.output}")
    held = sum(finding.notes_hold for finding in findings)
    engine = findings[0].engine if findings else "-"
    print(_("Engine {engine}: {held} of {all} claims hold.").format(engine=engine, held=held, all=len(findings)))
