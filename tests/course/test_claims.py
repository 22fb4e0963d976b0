"""Every claim of the course shows on each engine what is known of it, and the stored table is a run's own."""

import contextlib

import docker
import pytest

from dockyard.claims import Claim, Finding, observe
from dockyard.course import fleet, load, results
from dockyard.images import store
from dockyard.machine import Machine, rootfs

COURSE = load()
HUB = {image.name for image in store.catalogue()}


def held(machine: Machine) -> set[str]:
    """What the engine holds apart from pulled images, which may stay: the next experiment needs not pull them again."""
    with contextlib.closing(docker.DockerClient(base_url=machine.docker_host)) as client:
        names = {name for image in client.api.images() for name in image["RepoTags"] or [image["Id"]]}
        return {
            *(f"image {name}" for name in names if name.partition(":")[0] not in HUB),
            *(f"container {found['Names']}" for found in client.api.containers(all=True)),
            *(f"volume {found['Name']}" for found in client.api.volumes()["Volumes"] or ()),
            *(f"network {found['Name']}" for found in client.api.networks()),
        }


def observe_and_compare(claim: Claim, machine: Machine) -> tuple[Finding, set[str]]:
    before = held(machine)
    return observe(claim, machine), held(machine) ^ before


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
        observed = fleet.side_by_side(list(COURSE.claims.values()), machines, observe_and_compare)
    findings = [found for found, _changed in observed]
    lines = [f"{'+' if found.notes_hold else '-'} {found.claim.id:32} {found.observed}" for found in findings]
    table(f"claims on Docker Engine {findings[0].engine}: + the notes hold", "\n".join(lines))
    stored = results.read(COURSE, rootfs.DEFAULT_ENGINE)["claims"]
    seen = {found.claim.id: {"observed": found.observed, "notes_hold": found.notes_hold} for found in findings}
    assert seen == stored
    assert {found.claim.id: changed for found, changed in observed if changed} == {}
