"""The end of a container's log, also of one that is enormous or full of escape sequences."""

import asyncio
import re
import struct
from pathlib import Path

import pytest

from dockyard.routes import logs

EVIL = "<script>alert(1)</script> \x1b[31mred\x1b[0m \x1b]0;title\x07 \u202egnp.exe\u202c ünï"


def frame(stream: int, text: bytes) -> bytes:
    return struct.pack(">BxxxL", stream, len(text)) + text


def unframed(stream: bytes, size: int) -> bytes:
    async def chunks():
        for start in range(0, len(stream), size):
            yield stream[start : start + size]

    async def join() -> bytes:
        return b"".join([piece async for piece in logs._without_headers(chunks())])

    return asyncio.run(join())


@pytest.mark.parametrize("size", [1, 3, 8, 9, 1000])
def test_headers_are_taken_out_wherever_a_chunk_ends(size):
    stream = frame(1, b"one\n") + frame(2, b"") + frame(2, b"two\n") + frame(1, b"x" * 300)
    assert unframed(stream, size) == b"one\ntwo\n" + b"x" * 300


def test_a_cut_log_begins_with_a_whole_line_and_no_half_character():
    assert logs._end("é first\nsecond\n".encode()[1:], truncated=True).text == "second\n"
    assert logs._end(("é" * 9000).encode()[1:], truncated=True).text == "é" * 8999
    assert logs._end(b"first\n", truncated=False).text == "first\n"


@pytest.fixture(scope="module")
def _boxes(machine):
    """A container that says evil things on both streams, one with a terminal, and one that says too much."""
    (machine.workspace / "evil").write_text(EVIL)
    too_much = "head -c 100000000 /dev/zero | tr '\\\\0' x; echo; echo the end"
    script = f"""
        docker pull -q busybox
        docker run --name evil -v /workspace:/w busybox sh -c 'cat /w/evil; echo; cat /w/evil >&2'
        docker run --name terminal -t busybox sh -c 'echo one; echo two'
        docker run --name large busybox sh -c "{too_much}" > /dev/null
        docker run --name lines busybox seq 1 5000 > /dev/null
        docker create --name silent busybox true
    """
    machine.run(["bash", "-euc", script], timeout=300, check=True)


def ask(jupyter, container: str, query: str = "") -> dict:
    answer = jupyter.ask(f"dockyard/api/containers/{container}/logs{query}")
    assert answer.status == 200
    return answer.json


@pytest.mark.machine
@pytest.mark.usefixtures("_boxes")
class TestLive:
    def test_what_was_written_comes_as_it_is(self, live_jupyter):
        said = ask(live_jupyter, "evil")
        assert sorted(said["text"].splitlines()) == [EVIL, EVIL]
        assert not said["truncated"]

    def test_a_terminal_has_one_stream(self, live_jupyter):
        assert ask(live_jupyter, "terminal")["text"] == "one\r\ntwo\r\n"

    def test_only_the_last_lines_are_told(self, live_jupyter):
        assert ask(live_jupyter, "lines", "?tail=3") == {"text": "4998\n4999\n5000\n", "truncated": False}
        assert len(ask(live_jupyter, "lines")["text"].split()) == logs.LINES
        assert len(ask(live_jupyter, "lines", "?tail=99999999")["text"].split()) == logs.MOST_LINES
        assert len(ask(live_jupyter, "lines", "?tail=all")["text"].split()) == logs.LINES

    def test_a_hundred_megabytes_are_cut_and_never_held(self, live_jupyter):
        before = peak_memory(live_jupyter)
        said = ask(live_jupyter, "large", "?tail=1000")
        assert said["truncated"]
        assert said["text"].endswith("x\nthe end\n")
        assert logs.KEPT - 4096 <= len(said["text"]) <= logs.KEPT
        assert peak_memory(live_jupyter) - before < 8_000_000

    def test_a_container_that_said_nothing(self, live_jupyter):
        assert ask(live_jupyter, "silent") == {"text": "", "truncated": False}

    def test_a_container_that_is_not_there(self, live_jupyter):
        answer = live_jupyter.ask("dockyard/api/containers/nobody/logs")
        assert answer.status == 404
        assert answer.json["next_step"] == "docker ps -a"


def peak_memory(jupyter) -> int:
    """Return the most memory that the server has ever had, in bytes (proc_pid_status(5))."""
    status = Path(f"/proc/{jupyter.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024
