"""The machine as the sidebar starts, stops, resets and measures it."""

import time

import pytest

pytestmark = pytest.mark.machine


def act(jupyter, action: str) -> dict:
    answer = jupyter.ask(f"dockyard/api/machine/{action}", method="POST", body=b"{}")
    assert answer.status == 200
    return answer.json


def test_usage_says_what_the_machine_takes_and_may_take(live_jupyter, machine):
    used = live_jupyter.ask("dockyard/api/machine/usage").json
    assert 20_000_000 < used["memory"] < 2_000_000_000
    assert 10 < used["pids"] < 1000
    assert 0 < used["disk"] < 1_000_000_000
    assert used["diskFree"] > 0
    assert 0 < used["uptime"] < time.time() - machine.status().since + 1
    if machine.status().limited:
        assert used["memory"] < used["memoryLimit"]
        assert used["pidsLimit"] == 8192
    else:
        assert used["memoryLimit"] is used["pidsLimit"] is None


def test_to_be_asked_for_the_usage_is_no_activity(live_jupyter):
    def last() -> str:
        return live_jupyter.ask("api/status").json["last_activity"]

    before = last()
    assert live_jupyter.ask("dockyard/api/machine/usage").status == 200
    assert last() == before
    assert live_jupyter.ask("dockyard/api/timeline").status == 200
    assert last() > before


def test_a_pulled_image_takes_disk(live_jupyter, machine):
    before = live_jupyter.ask("dockyard/api/machine/usage").json["disk"]
    machine.run(["docker", "pull", "-q", "nginx"], check=True, timeout=120)
    assert live_jupyter.ask("dockyard/api/machine/usage").json["disk"] - before > 50_000_000


def test_stop_start_and_reset_answer_when_they_are_done(live_jupyter, machine):
    machine.run(["docker", "volume", "create", "mine"], check=True)
    assert act(live_jupyter, "stop")["state"] == "stopped"
    stopped = live_jupyter.ask("dockyard/api/machine/usage").json
    assert (stopped["memory"], stopped["uptime"]) == (None, None)
    assert live_jupyter.ask("dockyard/api/containers/web/logs").status == 409
    started = act(live_jupyter, "start")
    assert started["state"] == "running"
    assert started["name"] == machine.name
    assert machine.run(["docker", "volume", "ls", "-q"]).stdout == "mine\n"
    assert act(live_jupyter, "reset")["state"] == "running"
    assert machine.run(["docker", "volume", "ls", "-q"]).stdout == ""


def test_a_dead_engine_is_no_fault_of_the_server(live_jupyter, machine):
    machine.run(["service", "docker", "stop"], check=True)
    answer = live_jupyter.ask("dockyard/api/containers/web/logs")
    assert answer.status == 503
    assert answer.json["next_step"] == f"dockyard exec --name {machine.name} -- service docker status"
    machine.run(["service", "docker", "start"], check=True)
