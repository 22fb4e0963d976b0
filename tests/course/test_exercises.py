"""Every exercise of the course holds in every proof; the table is printed at the end of the test run."""

import pytest

from dockyard.cli import main

pytestmark = [pytest.mark.machine, pytest.mark.slow, pytest.mark.timeout(1800)]


def test_every_exercise_is_proven(able_host, table, capsys):
    code = main(["course", "verify"])
    table("dockyard course verify", capsys.readouterr().out)
    assert code == 0
