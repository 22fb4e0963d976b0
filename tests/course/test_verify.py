import pytest

from dockyard.cli import main
from dockyard.course import load
from dockyard.course.fleet import side_by_side
from dockyard.course.verify import Proof, Trial, verify

machine_marked = pytest.mark.machine
DEMAND = 'the.container(p["box"]).must_run("busybox")'


def proofs(small_course, machine):
    return Trial(load(small_course.directory).exercise("boxes.run"), machine).proofs()


def first_failure(small_course, machine) -> Proof:
    return next(proof for proof in proofs(small_course, machine) if not proof.holds)


@machine_marked
def test_a_right_exercise_holds_in_every_proof(small_course, machine):
    told = []
    found = verify(list(load(small_course.directory).exercises.values()), [machine], told.append)
    assert told == found
    assert [(proof.step, proof.got) for proof in found] == [
        ("fresh", "container.missing"),
        ("solution", "passed"),
        ("solution, again", "container.missing"),
        ("other 1", "passed"),
        ("other 1, again", "container.missing"),
        ("mistake 1", "container.other_name"),
        ("mistake 1, repaired", "passed"),
        ("mistake 2", "container.never_started"),
        ("mistake 2, repaired", "passed"),
    ]
    assert all(proof.holds for proof in found)


@machine_marked
def test_a_check_that_always_passes_is_caught(small_course, machine):
    small_course.change(small_course.exercises, DEMAND, "pass")
    failure = first_failure(small_course, machine)
    assert (failure.step, failure.got) == ("fresh", "passed")


@machine_marked
def test_a_check_that_never_passes_is_caught(small_course, machine):
    small_course.change(small_course.exercises, DEMAND, f'{DEMAND}; the.container("green").must_run()')
    failures = [proof for proof in proofs(small_course, machine) if not proof.holds]
    assert ("solution", "container.missing") in [(proof.step, proof.got) for proof in failures]


@machine_marked
def test_a_mistake_that_gets_anothers_sentence_is_caught(small_course, machine):
    small_course.change(small_course.exercises, 'gets="container.other_name"', 'gets="container.exited"')
    failure = first_failure(small_course, machine)
    assert (failure.step, failure.wanted, failure.got) == ("mistake 1", "container.exited", "container.other_name")
    assert "it is named" in failure.output


@machine_marked
def test_a_check_that_breaks_is_caught_and_shows_why(small_course, machine):
    small_course.change(small_course.exercises, DEMAND, "1 / 0")
    failure = first_failure(small_course, machine)
    assert (failure.step, failure.got) == ("fresh", "broken")
    assert "ZeroDivisionError" in failure.output


@machine_marked
def test_a_setup_that_does_not_clear_away_the_solution_is_caught(small_course, machine):
    small_course.change(small_course.exercises, "without_container red blue\\n", "")
    assert "solution, again" in [proof.step for proof in proofs(small_course, machine) if not proof.holds]


@machine_marked
def test_a_setup_that_fails_is_caught_and_shows_why(small_course, machine):
    small_course.change(small_course.exercises, "without_container red blue", "echo no such luck; false")
    failure = first_failure(small_course, machine)
    assert (failure.step, failure.got) == ("fresh", "error")
    assert "no such luck" in failure.output


def test_an_exercise_beyond_the_engine_is_named_and_not_tried(small_course, monkeypatch, capsys):
    monkeypatch.setenv("DOCKYARD_COURSE", str(small_course.directory))
    small_course.change(small_course.exercises, 'id="boxes.run",', 'id="boxes.run", since="99.0",')
    assert main(["course", "verify"]) == 0
    assert "boxes.run is for engine 99.0 or later." in capsys.readouterr().out


def test_work_is_spread_and_its_results_keep_their_order():
    seen = []

    def do(piece, machine):
        seen.append(machine)
        return piece * 10

    assert side_by_side([1, 2, 3, 4, 5], ["a", "b"], do) == [10, 20, 30, 40, 50]
    assert set(seen) <= {"a", "b"}
