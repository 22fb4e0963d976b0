"""The language in force, also of a server that answers readers of several languages at a time."""

import asyncio
import contextvars
import threading

import pytest

from dockyard import i18n


@pytest.fixture(autouse=True)
def _no_language(monkeypatch):
    for variable in ("DOCKYARD_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "DOCKYARD_LANG": "zh"}, "zh"),
    ],
)
def test_the_environment_says_it(monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert i18n.language() == language


def test_what_was_chosen_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("DOCKYARD_LANG", "en")

    def choose() -> str:
        i18n.speak("zh")
        return i18n.language()

    assert contextvars.copy_context().run(choose) == "zh"
    assert i18n.language() == "en"


def test_tasks_speak_their_own_language_and_hand_it_on_to_their_threads():
    async def answer(chosen) -> list[str]:
        i18n.speak(chosen)
        await asyncio.sleep(0)
        return [i18n.language(), await asyncio.to_thread(i18n.language)]

    async def answers() -> list[list[str]]:
        return await asyncio.gather(*(answer(chosen) for chosen in ("zh", "en", "zh")))

    assert asyncio.run(answers()) == [["zh"] * 2, ["en"] * 2, ["zh"] * 2]
    assert i18n.language() == "en"


def test_a_new_thread_speaks_the_environment_s():
    heard = []

    def choose_and_start() -> None:
        i18n.speak("zh")
        thread = threading.Thread(target=lambda: heard.append(i18n.language()))
        thread.start()
        thread.join()

    contextvars.copy_context().run(choose_and_start)
    assert heard == ["en"]
