"""Evidence: a recorded view of one machine, read as far as a check asks and no further; it leads to the nouns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dockyard.engine import containers, images
from dockyard.engine.builds import Build
from dockyard.engine.containers import Container
from dockyard.engine.daemon import Daemon
from dockyard.engine.images import Image
from dockyard.engine.networks import Network
from dockyard.engine.past import Journal
from dockyard.engine.places import Place
from dockyard.engine.sentences import Holding, NotYet, Sentence
from dockyard.engine.source import Kind, Question
from dockyard.engine.volumes import Volume
from dockyard.errors import EvidenceError

if TYPE_CHECKING:
    from dockyard.engine.source import Source


class Evidence:
    """What a check reads. Each question is asked once: a check sees one state, and can be replayed from a recording.

    Args:
        source: who answers.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._answers: dict[str, tuple[Question, Any]] = {}
        self.holdings: list[Holding] = []

    # ------------------------------------------------------------------------------------------------ questions

    def ask(self, kind: Kind, subject: str, **options: Any) -> Any:
        """Return the answer to a question as JSON values, None where the thing does not exist.

        Raises:
            NotYet: the engine does not run.
            EvidenceError: there is no answer.
        """
        question = Question(kind, subject, options)
        key = question.key
        if key not in self._answers:
            try:
                self._answers[key] = (question, self._source.ask(question))
            except EvidenceError:
                if kind != "probe":
                    self.engine.say_down()
                raise
        return self._answers[key][1]

    def get(self, path: str, **query: Any) -> Any:
        """Return what the engine's API has at a path (Docker Engine API reference), None for a 404."""
        return self.ask("get", path, **query)

    def to_json(self) -> dict[str, Any]:
        """Return all that was asked and answered; `RecordedSource` replays it."""
        return {
            "version": 1,
            "answers": [
                {
                    "kind": question.kind,
                    "subject": question.subject,
                    "options": dict(question.options),
                    "answer": json.loads(json.dumps(answer)),
                }
                for question, answer in self._answers.values()
            ],
        }

    # ------------------------------------------------------------------------------------------------ judgement

    def require(self, met: object, unmet: Sentence, **facts: object) -> None:
        """Go on when something holds, and remember that it does; say the sentence when it does not.

        Args:
            met: whether it holds.
            unmet: what to say if not.
            facts: what fills the sentence.

        Raises:
            NotYet: it does not hold.
        """
        if not met:
            raise NotYet(unmet, **facts)
        self.holdings.append(Holding(unmet.wanted, facts, unmet.domain))

    # ------------------------------------------------------------------------------------------------ nouns

    def container(self, name: str) -> Container:
        """Return the container with a name, an id or the beginning of an id; it may be missing."""
        return Container(self, name)

    def containers(self, image: str = "", *, running: bool | None = None, label: str = "") -> list[Container]:
        """Return the containers there are, newest first.

        Args:
            image: only those of this image; without a tag, of any of its tags.
            running: only those that run, or only those that don't.
            label: only those with this label, as key or key=value.
        """
        return containers.select(self, image, running=running, label=label)

    def image(self, name: str) -> Image:
        """Return the image with a name or an id; it may be missing."""
        return Image(self, name)

    def images(self, repository: str = "", *, dangling: bool | None = None) -> list[Image]:
        """Return the images that `docker images` lists, newest first.

        Args:
            repository: only those with a tag in this repository.
            dangling: only those without a tag, or only those with one.
        """
        return images.select(self, repository, dangling=dangling)

    def build(self, tag: str) -> Build:
        """Return what a build with -t left; it may be missing."""
        return Build(self, tag)

    def volume(self, name: str) -> Volume:
        """Return the volume with a name; it may be missing."""
        return Volume(self, name)

    def network(self, name: str) -> Network:
        """Return the network with a name; it may be missing."""
        return Network(self, name)

    def port_holder(self, host: int, protocol: str = "tcp") -> str:
        """Return the name of the container that has a port of the machine; "" for none."""
        for found in containers.summaries(self):
            if any(port.get("PublicPort") == host and port["Type"] == protocol for port in found.ports):
                return found.name
        return ""

    def must_have_no_dangling_image(self) -> None:
        """Demand that no image is without a name. Ask the journal first whether one was."""
        images.must_have_no_dangling(self)

    @property
    def machine(self) -> Place:
        """The machine: its files, its processes, and the network as seen from it."""
        return Place(self, "machine")

    @property
    def world(self) -> Place:
        """The world: the network as seen from outside the machine."""
        return Place(self, "world")

    @property
    def engine(self) -> Daemon:
        """The engine itself: version, options, mirrors."""
        return Daemon(self)

    @property
    def journal(self) -> Journal:
        """What happened since the exercise was started, also to things that are gone."""
        return Journal(self)
