import gzip
import importlib.util
import json
import os
import time
from pathlib import Path

import pytest

from dockyard.engine import SENTENCES, Evidence, LiveSource, NotYet, RecordedSource
from dockyard.errors import EvidenceError
from dockyard.exercises import scripts

HERE = Path(__file__).parent
RECORDS = HERE / "recorded"

spec = importlib.util.spec_from_file_location("scenarios", HERE / "scenarios.py")
scenarios = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scenarios)

# Everything that a scenario may leave; the images that they start from stay.
CLEAR = """
docker info >/dev/null 2>&1 || { rm -f /etc/docker/daemon.json; service docker restart; }
docker ps -aq | xargs -r docker rm -f -v
docker network prune -f; docker volume prune -af; docker image prune -f
docker rmi -f made copy team/frontdoor
if [ -e /etc/docker/daemon.json ]; then rm /etc/docker/daemon.json; service docker restart; fi
for image in busybox nginx debian:12 debian:13; do
  docker image inspect $image || docker pull -q $image
done
"""
# What no scenario can bring about, and why.
ELSEWHERE: set[str] = set()


def outcome(scenario, evidence: Evidence) -> str:
    try:
        scenario.check(evidence)
    except NotYet as unmet:
        return unmet.sentence.name
    return "passed"


def record_of(scenario) -> Path:
    return RECORDS / f"{scenario.name}.json.gz"


@pytest.mark.parametrize("scenario", scenarios.SCENARIOS, ids=lambda one: one.name)
def test_the_record_of_a_situation_gets_its_sentence_without_an_engine(scenario):
    recording = json.loads(gzip.decompress(record_of(scenario).read_bytes()))
    assert outcome(scenario, Evidence(RecordedSource(recording))) == scenario.says


def test_every_sentence_of_the_package_is_said_in_some_situation():
    assert {one.says for one in scenarios.SCENARIOS} - {"passed"} == set(SENTENCES) - ELSEWHERE


def test_every_record_belongs_to_a_situation():
    assert {path.name for path in RECORDS.iterdir()} == {record_of(one).name for one in scenarios.SCENARIOS}


def test_a_question_that_no_record_holds_says_how_they_are_made_anew():
    with pytest.raises(EvidenceError) as caught:
        Evidence(RecordedSource({"answers": []})).container("web").must_exist()
    files = [word for word in caught.value.next_step.split() if word.endswith(".py")]
    assert len(files) == 2
    assert all("DOCKYARD_RECORD" in (HERE.parents[1] / file).read_text(encoding="utf-8") for file in files)


@pytest.mark.machine
@pytest.mark.parametrize("scenario", scenarios.SCENARIOS, ids=lambda one: one.name)
def test_a_situation_gets_its_sentence_on_a_real_engine(scenario, machine):
    """With DOCKYARD_RECORD=1 the records are made anew."""
    if scenario.says == "container.paused" and not machine.status().limited:
        pytest.skip("docker pause needs cgroups")
    scripts.run(machine, CLEAR)
    since = time.time()
    scripts.run(machine, scenario.script)
    evidence = Evidence(LiveSource(machine, since))
    assert outcome(scenario, evidence) == scenario.says
    recording = json.loads(json.dumps(evidence.to_json()))
    assert outcome(scenario, Evidence(RecordedSource(recording))) == scenario.says
    if os.environ.get("DOCKYARD_RECORD"):
        RECORDS.mkdir(exist_ok=True)
        text = json.dumps(recording, separators=(",", ":"), sort_keys=True).encode()
        record_of(scenario).write_bytes(gzip.compress(text, mtime=0))
