import pytest

from dockyard.claims import Choice, Claim, Finding, Observation, Since, observe
from dockyard.engine import Evidence, RecordedSource
from dockyard.exercises import scripts

EXPERIMENT = "pwd; echo 'depth=7 '; docker volume create claim-store; exit 3"


def claim(**values):
    given = {
        "id": "boxes.deep",
        "notes": ("1",),
        "statement": "s",
        "question": "q",
        "choices": (Choice("deep", "d", notes=True), Choice("flat", "f")),
        "experiment": EXPERIMENT,
        "outcome": lambda seen: "deep" if seen.value("depth") == "7" else "flat",
        "expected": (Since("20.10", "flat"), Since("23.0", "deep")),
        "why": "w",
        "today": "t",
        "cleanup": "docker volume rm claim-store",
    }
    return Claim(**{**given, **values})


@pytest.mark.parametrize(
    ("version", "key"), [("19.03.1", ""), ("20.10.24", "flat"), ("23.0.0", "deep"), ("26.1.5", "deep"), ("9.9", "")]
)
def test_what_is_expected_depends_on_the_version(version, key):
    assert claim().expect(version) == key


def test_values_are_read_from_lines_of_their_own():
    seen = Observation(0, "xdepth=1\ndepth=2 \nsee depth=3\n", Evidence(RecordedSource({"answers": []})))
    assert (seen.value("depth"), seen.value("width")) == ("2", "")


@pytest.mark.parametrize(
    ("observed", "engine", "hold", "expected"),
    [
        ("deep", "26.1.5", True, True),
        ("flat", "26.1.5", False, False),
        ("", "26.1.5", False, False),
        ("flat", "20.10.24", False, True),
    ],
)
def test_a_finding_compares_what_was_seen(observed, engine, hold, expected):
    finding = Finding(claim(), engine, observed, "")
    assert (finding.notes_hold, finding.as_expected) == (hold, expected)


@pytest.mark.machine
def test_an_experiment_runs_in_a_place_of_its_own_and_is_cleaned_up(machine):
    found = observe(claim(), machine)
    place = found.output.splitlines()[0]
    assert (found.observed, found.engine.count(".")) == ("deep", 2)
    assert scripts.run(machine, f"ls -d {place}").exit_code != 0
    assert scripts.run(machine, "docker volume ls -q").output == ""


@pytest.mark.machine
def test_a_verdict_may_be_read_from_evidence(machine):
    def outcome(seen):
        return (
            "deep" if seen.the.journal.happened("volume", "create", "claim-store") and seen.exit_code == 3 else "flat"
        )

    assert observe(claim(outcome=outcome), machine).observed == "deep"
