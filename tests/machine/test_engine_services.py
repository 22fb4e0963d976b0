"""Services that died are started again, and those that cannot start are left alone for longer and longer."""

import itertools
import os
import socket
import subprocess

from dockyard.machine import engine_services


def begin(_name):
    process = subprocess.Popen(["true"])
    process.wait()
    return process


def test_a_service_that_cannot_start_is_tried_at_growing_distances(tmp_path, monkeypatch):
    wanted = tmp_path / "docker.wanted"
    service = engine_services.Service("docker", tmp_path / "docker.sock", wanted)
    clock = [1000.0]
    monkeypatch.setattr(engine_services.time, "monotonic", lambda: clock[0])
    assert not service.start(begin)  # nobody wants it to run
    wanted.touch()
    assert service.start(begin)
    tries = []
    for _tick in range(2000):
        clock[0] += 0.1
        starter = service._starter
        assert not service.start(begin)  # only the first start after a death is one to tell of
        if service._starter is not starter:
            tries.append(clock[0])
    distances = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert distances == sorted(distances)
    assert 29 < distances[-1] < 31


def test_nobody_starts_a_service_that_is_just_being_started(tmp_path):
    wanted = tmp_path / "docker.wanted"
    wanted.touch()
    service = engine_services.Service("docker", tmp_path / "docker.sock", wanted)
    with subprocess.Popen(["sleep", "60"]) as starter:
        assert service.start(lambda _name: starter)
        assert not service.start(begin)
        starter.kill()


def test_who_listens_is_found_behind_a_path_of_any_length(tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 200)
    deep.mkdir()
    monkeypatch.chdir(deep)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("docker.sock")
        listener.listen()
        assert engine_services.peer(deep / "docker.sock") == os.getpid()
    assert engine_services.peer(deep / "docker.sock") is None
    assert engine_services.peer(deep / "missing" / "docker.sock") is None
