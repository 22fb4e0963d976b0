"""The main job in a real browser: lessons, cells, terminals, exercises and published ports."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.machine]

BUTTON = (
    '<button class="dockyard-button" data-commandlinker-command="dockyard:open-terminal"'
    ' data-commandlinker-args="{&quot;text&quot;: &quot;docker ps --all&quot;}">Open in a terminal</button>'
)


@pytest.mark.parametrize(("language", "menu"), [("en", "File"), ("zh", "文件")])
def test_lab_opens_the_first_lesson_in_the_learner_s_language(start_lab, sit_down, language, menu):
    lab = start_lab(language)
    desk = sit_down(lab)
    desk.page.goto(lab.url)
    expect(desk.page.locator(".lm-MenuBar-itemLabel").first).to_have_text(menu)
    expect(desk.page.locator(".jp-Notebook h1").first).to_be_visible(timeout=60_000)
    assert f"/lab/tree/{language}/" in desk.page.url
    expect(desk.page.locator(".jp-Toolbar-kernelName:visible")).to_contain_text("Dockyard")
    desk.picture()


def test_a_cell_runs_in_the_machine(lab, sit_down):
    desk = sit_down(lab)
    desk.open(lab.notebook(f"run-{lab.language}", where="%%machine\nhostname; docker version -f '{{.Server.Version}}'"))
    expect(desk.run("where")).to_contain_text(re.compile(r"machine\s*26\.1"))


def test_a_terminal_of_lab_lands_in_the_machine(lab, sit_down):
    desk = sit_down(lab)
    desk.open()
    desk.page.evaluate("jupyterapp.commands.execute('terminal:create-new')")
    desk.until_terminal_shows("machine:~#")
    desk.page.keyboard.type("hostname; id -un\n")
    desk.until_terminal_shows("machine\nroot")


def test_the_launcher_offers_a_terminal_in_the_machine(lab, sit_down):
    desk = sit_down(lab)
    desk.open()
    names = {"en": "Terminal in the machine", "zh": "机器里的终端"}
    desk.page.locator(".jp-LauncherCard", has_text=names[lab.language]).click()
    desk.until_terminal_shows("machine:~#")
    desk.picture()


def test_a_lesson_s_button_types_a_command_and_leaves_enter_to_the_learner(english_lab, sit_down):
    desk = sit_down(english_lab)
    desk.open(english_lab.notebook("button", show=f"from IPython.display import HTML\nHTML('''{BUTTON}''')"))
    desk.run("show").get_by_role("button").click()
    desk.until_terminal_shows("# docker ps --all")
    assert "CONTAINER ID" not in desk.terminal()
    desk.picture("typed")
    desk.page.keyboard.press("Enter")
    desk.until_terminal_shows("CONTAINER ID")
    desk.until_terminal_ends_with("machine:~#")
    # the same terminal is used again, and what stood there unentered makes room
    desk.page.keyboard.type("half a command")
    desk.until_terminal_ends_with("# half a command")
    desk.output("show").get_by_role("button").click()
    desk.until_terminal_ends_with("# docker ps --all")
    assert desk.page.locator(".jp-Terminal").count() == 1


def test_a_published_port_opens_through_jupyter(lab, sit_down):
    port = {"en": 8080, "zh": 8081}[lab.language]
    desk = sit_down(lab)
    desk.open(
        lab.notebook(
            f"port-{lab.language}",
            serve=f"%%machine\ndocker run -d --name web-{port} -p {port}:80 nginx",
            link=f"%port {port}",
        )
    )
    desk.run("serve")
    with desk.page.context.expect_page() as opened:
        desk.run("link").get_by_role("link").click()
    expect(opened.value.get_by_role("heading")).to_have_text("Welcome to nginx!")
    assert opened.value.url == f"{lab.origin}/port/{port}/"
    desk.picture("page", opened.value)


def test_an_exercise_goes_from_not_yet_to_passed(lab, sit_down):
    lab.machine.run(["bash", "-c", "docker rm -f $(docker ps -aq); docker rmi -f debian:12 debian:bookworm"])
    desk = sit_down(lab)
    desk.open(
        lab.notebook(
            f"exercise-{lab.language}",
            task="%exercise images.pull_tag",
            early="%check images.pull_tag",
            do="%%machine\ndocker pull -q debian:12; docker pull -q debian:bookworm",
            late="%check images.pull_tag",
        )
    )
    not_yet, passed = {"en": ("Not yet", "Passed"), "zh": ("还没", "通过")}[lab.language]
    desk.run("task")
    early = desk.run("early").get_by_role("status")
    expect(early).to_contain_text(not_yet)
    desk.picture("not-yet")
    desk.run("do")
    late = desk.run("late").get_by_role("status")
    expect(late).to_contain_text(passed)
    expect(late).not_to_contain_text(not_yet)
    desk.picture("passed")
