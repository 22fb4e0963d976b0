"""Learners go wrong in ways that no exercise lists as a mistake: they too are told what is there, in both languages.

Each is the exercise's solution with something changed, played on a real engine and replayed from its record.
"""

import gzip
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from dockyard.course import load
from dockyard.engine import Evidence, LiveSource, RecordedSource
from dockyard.exercises import Exercise, judge, judge_settled, scripts
from dockyard.tutor import words

COURSE = load()
RECORDS = Path(__file__).parent / "recorded"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to be near the goal.

    Args:
        id: the exercise's id.
        old: what stands in its solution.
        new: what the learner wrote instead.
        says: the sentence that it gets.
        names: what that sentence must name: what is there.
    """

    id: str
    old: str
    new: str
    says: str
    names: str

    @property
    def exercise(self) -> Exercise:
        return COURSE.exercise(self.id)

    @property
    def parameters(self) -> dict[str, str]:
        return self.exercise.draw(0)

    @property
    def script(self) -> str:
        solution = self.exercise.fill(self.exercise.solution.script, self.parameters)
        assert self.old in solution
        return solution.replace(self.old, self.new)

    @property
    def record(self) -> Path:
        return RECORDS / f"{self.id}-{self.says}.json.gz"


WAYS = [
    Way("images.web", "8080:80", "8088:80", "port.other_host_port", "8088"),
    Way("images.web", "frontdoor", "front-door", "container.other_name", "`front-door`"),
    Way("images.pull_tag", "debian:12", "debian:13", "image.other_tag", "`13`"),
    Way("images.exec_page", "Hello, Docker!", "Hello, docker!", "http.body", "`Hello, docker!`"),
    Way("images.commit", "8083:80", "8083:8080", "port.other_container_port", "8080"),
    Way("images.save_load", "/root/hello.tar", "/root/hallo.tar", "file.missing", "`hallo.tar`"),
    Way("building.first", "Hello, sailor!", "Hello sailor!", "file.content", "Hello sailor!"),
    Way("building.scratch", "COPY hello /", "COPY hello /bin/", "file.missing", "`bin`"),
    Way("building.one_run", "600", "644", "file.mode", "644"),
    Way("building.cleanup", "rm -rf /var/lib/apt/lists/*", "apt-get clean", "building.cleanup.kept", "_InRelease`"),
    Way("building.no_cache", "news:2", "news:3", "image.other_tag", "`3`"),
    Way("building.secret", "sha256sum", "sha1sum", "building.secret.not_used", "/run/secrets/token`"),
    Way("building.target", "--target test", "--target build", "building.target.stage", "`build`"),
    Way("dockerfile.copy", "8101:80", "127.0.0.1:8101:80", "port.loopback", "`127.0.0.1`"),
    Way("dockerfile.foreground", "8105:80", "8105:8080", "port.silent", "`80`"),
    Way("dockerfile.env", "9090", "9091", "container.env_other", "`9091`"),
    Way("dockerfile.entrypoint", '"world"', '"World"', "container.logs", "`Hello, World!`"),
    Way("dockerfile.user", "1500", "1501", "file.owner", "1501"),
    Way("dockerfile.expose", "EXPOSE 3000", "EXPOSE 3000/udp", "image.listed", "`3000/udp`"),
    Way("dockerfile.volume", "ledger:/data", "books:/data", "volume.missing", "`books`"),
]
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.id}-{way.says}")


@every_way
def test_the_way_is_no_listed_mistake(way):
    fill = way.exercise.fill
    assert way.script not in [fill(mistake.script, way.parameters) for mistake in way.exercise.mistakes]


@every_way
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_there_is_named_in_both_languages(way, language, monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", language)
    recording = json.loads(gzip.decompress(way.record.read_bytes()))
    verdict = judge(way.exercise, Evidence(RecordedSource(recording)), way.parameters)
    told = words.explain(verdict)
    assert verdict.says == way.says
    assert way.names in told.found
    assert told.found.isascii() is (language == "en")
    assert told.look_at


def test_every_record_belongs_to_a_way():
    assert {path.name for path in RECORDS.iterdir()} == {way.record.name for way in WAYS}


@pytest.mark.machine
@pytest.mark.slow
@every_way
def test_what_is_there_is_named_on_a_real_engine(way, machine):
    """With DOCKYARD_RECORD=1 the records are made anew."""
    scripts.prepare(machine, way.exercise.fill(way.exercise.setup, way.parameters))
    since = time.time()
    scripts.run(machine, way.script)
    verdict = judge_settled(way.exercise, lambda: Evidence(LiveSource(machine, since)), way.parameters)
    assert verdict.says == way.says
    assert way.names in words.explain(verdict).found
    if os.environ.get("DOCKYARD_RECORD"):
        RECORDS.mkdir(exist_ok=True)
        text = json.dumps(verdict.evidence.to_json(), separators=(",", ":"), sort_keys=True).encode()
        way.record.write_bytes(gzip.compress(text, mtime=0))
