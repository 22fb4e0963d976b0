"""The course in miniature of tests/course, for a tutor to teach."""

import importlib.util
from pathlib import Path

import pytest

from dockyard.course import load
from dockyard.progress import Store
from dockyard.tutor import Tutor

_SPEC = importlib.util.spec_from_file_location("small_course", Path(__file__).parents[1] / "course" / "conftest.py")
_COURSE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_COURSE)
small_course = _COURSE.small_course


@pytest.fixture
def make_tutor(small_course, machine, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKYARD_COURSE", str(small_course.directory))
    return lambda: Tutor(machine, load(small_course.directory), Store("small", tmp_path / "progress"))


@pytest.fixture
def tutor(make_tutor):
    return make_tutor()
