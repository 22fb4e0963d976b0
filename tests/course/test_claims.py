"""Every claim of the course shows on each engine what is known of it, and the stored table is a run's own."""

import pytest

from dockyard.claims import observe
from dockyard.course import fleet, load, results
from dockyard.machine import rootfs

COURSE = load()


@pytest.mark.parametrize("engine", rootfs.SUITES)
def test_the_stored_table_has_every_claim_and_what_is_known_of_it(engine):
    stored = results.read(COURSE, engine)
    observed = {name: found["observed"] for name, found in stored["claims"].items()}
    assert observed == {name: claim.expect(stored["engine"]) for name, claim in COURSE.claims.items()}


@pytest.mark.machine
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_stored_table_is_what_a_run_shows(able_host, table):
    with fleet.machines(2) as machines:
        findings = fleet.side_by_side(list(COURSE.claims.values()), machines, observe)
    lines = [f"{'+' if found.notes_hold else '-'} {found.claim.id:32} {found.observed}" for found in findings]
    table(f"claims on Docker Engine {findings[0].engine}: + the notes hold", "\n".join(lines))
    stored = results.read(COURSE, rootfs.DEFAULT_ENGINE)["claims"]
    seen = {found.claim.id: {"observed": found.observed, "notes_hold": found.notes_hold} for found in findings}
    assert seen == stored
