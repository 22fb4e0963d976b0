"""Pictures as the sidebar asks for them."""

import pytest


@pytest.mark.machine
def test_a_picture_comes_with_its_words_in_the_reader_s_language(live_jupyter, machine):
    machine.run(["docker", "pull", "-q", "busybox"], check=True, timeout=120)
    english = live_jupyter.ask("dockyard/api/pictures/layers?of=busybox").json
    assert english["title"] == "Layers of busybox:latest"
    assert english["svg"].startswith("<svg ")
    assert english["text"][0].endswith("in 1 layer")
    chinese = live_jupyter.ask("dockyard/api/pictures/layers?of=busybox&lang=zh").json
    assert chinese["title"] != english["title"]
    assert live_jupyter.ask("dockyard/api/pictures/network").json["title"] == "The machine's networks"


@pytest.mark.machine
@pytest.mark.parametrize("query", ["", "?of=nothing", "?of=../containers/json", "?of=%2e%2e%2finfo", "?of=%00"])
def test_what_is_not_there_is_not_found(live_jupyter, query):
    answer = live_jupyter.ask(f"dockyard/api/pictures/layers{query}")
    assert answer.status == 404
    assert answer.json["next_step"] == "docker images"


def test_without_a_machine_the_answer_says_how_to_start_it(jupyter):
    assert jupyter.ask("dockyard/api/pictures/network").status == 409


def test_there_is_no_other_picture(jupyter):
    assert jupyter.ask("dockyard/api/pictures/secrets").status == 404
