"""Which step left which layer, from histories as the engine's builders write them."""

import pytest

from dockyard.engine.image_config import Step as Made
from dockyard.pictures import image_facts


def made(line: str, size: int = 0, comment: str = "") -> Made:
    return Made(line, size, comment)


@pytest.mark.parametrize(
    ("line", "instruction"),
    [
        ("RUN /bin/sh -c apt-get update # buildkit", "RUN apt-get update"),
        ("RUN |2 A=1 B=x y /bin/sh -c make # buildkit", "RUN make"),
        ("/bin/sh -c apt-get update", "RUN apt-get update"),
        ("|1 A=1 /bin/sh -c make", "RUN make"),
        ('/bin/sh -c #(nop)  CMD ["nginx"]', 'CMD ["nginx"]'),
        ("/bin/sh -c #(nop) COPY file:1f in /x ", "COPY file:1f in /x"),
        ("EXPOSE map[443/tcp:{} 80/tcp:{}]", "EXPOSE 443/tcp 80/tcp"),
        ('CMD ["bash"]', 'CMD ["bash"]'),
        ("nginx -g daemon off;", "nginx -g daemon off;"),
    ],
)
def test_steps_read_as_in_the_dockerfile(line, instruction):
    assert image_facts.instruction(made(line)) == instruction


def test_an_imported_image_says_where_it_came_from():
    assert image_facts.instruction(made("", 5, "Imported from -")) == "Imported from -"


def steps(history, layers) -> list[tuple[str, str]]:
    return [(one.created_by, digest) for one, digest in image_facts.match(history, layers)]


def test_steps_with_a_size_have_the_layers_in_order():
    history = [made("CMD x"), made("RUN b", 2), made("ENV c"), made("ADD a", 1)]
    assert steps(history, ["low", "high"]) == [("CMD x", ""), ("RUN b", "high"), ("ENV c", ""), ("ADD a", "low")]


def test_a_layer_of_no_size_is_the_run_s_and_not_the_setting_s():
    history = [made("CMD x"), made("RUN /bin/sh -c ln -s a b # buildkit"), made("ADD a", 1)]
    assert steps(history, ["low", "high"])[1:] == [(history[1].created_by, "high"), ("ADD a", "low")]


def test_workdir_has_one_where_it_made_a_directory():
    history = [made("WORKDIR /x"), made("ENV a=1"), made("ADD a", 1)]
    assert [digest for _line, digest in steps(history, ["low", "high"])] == ["high", "", "low"]
    assert [digest for _line, digest in steps(history, ["low"])] == ["", "", "low"]


def test_layers_that_no_history_tells_of_are_shown_all_the_same():
    assert [digest for _line, digest in steps([], ["low", "high"])] == ["high", "low"]


def test_an_image_without_layers():
    assert steps([made("CMD x")], []) == [("CMD x", "")]
