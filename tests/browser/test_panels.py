"""The buttons below an exercise and a claim, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.machine]


def test_buttons_work_without_a_new_cell(english_lab, sit_down):
    english_lab.machine.run(["bash", "-c", "docker rmi -f debian:12 debian:bookworm"])
    desk = sit_down(english_lab)
    desk.open(english_lab.notebook("buttons", task="%exercise images.pull_tag"))
    output = desk.run("task")
    status = output.get_by_role("status")
    tag = re.search(r"tag (\w+)", status.first.inner_text())[1]
    output.get_by_role("button", name="Check").click()
    expect(status.nth(1)).to_contain_text("Not yet")
    output.get_by_role("button", name="Hint").click()
    expect(status.nth(2)).to_contain_text("Hint 1 of 3")
    output.get_by_role("button", name="Hint").click()
    expect(status.nth(3)).to_contain_text("Hint 2 of 3")
    desk.picture("hints")
    english_lab.machine.run(["docker", "pull", "-q", f"debian:{tag}"], check=True)
    output.get_by_role("button", name="Check").click()
    expect(status.nth(1)).to_contain_text("Passed")
    expect(output.get_by_role("button", name="Hint")).to_have_count(0)
    output.get_by_role("button", name="Solution").click()
    expect(status.last).to_contain_text(f"docker pull debian:{tag}")
    desk.picture("passed")


def test_a_claim_is_predicted_and_tried_by_clicking(english_lab, sit_down):
    desk = sit_down(english_lab)
    desk.open(english_lab.notebook("claim", ask="%claim images.no_tag"))
    output = desk.run("ask")
    desk.picture("asked")
    output.get_by_role("button").first.click()
    expect(output).to_contain_text("You predict")
    output.get_by_role("button", name="Run the experiment").click()
    expect(output.get_by_role("status").last).to_contain_text("Docker Engine 26.1")
    desk.picture("verdict")


def test_the_keyboard_stays_where_it_is_and_goes_on_where_its_button_went(english_lab, sit_down):
    english_lab.machine.run(["bash", "-c", "docker rmi -f debian:12 debian:bookworm"])
    desk = sit_down(english_lab)
    desk.open(english_lab.notebook("keys", task="%reset images.pull_tag", ask="%claim volumes.outlive"))
    output = desk.run("task")
    status = output.get_by_role("status")
    tag = re.search(r"tag (\w+)", status.first.inner_text())[1]
    check = output.get_by_role("button", name="Check")
    check.focus()
    for _ in range(2):
        desk.page.keyboard.press("Enter")
        expect(status.nth(1)).to_contain_text("Not yet")
        expect(check).to_be_focused()
    english_lab.machine.run(["docker", "pull", "-q", f"debian:{tag}"], check=True)
    desk.page.keyboard.press("Enter")
    expect(status.nth(1)).to_contain_text("Passed")
    expect(output.get_by_role("button", name="Solution")).to_be_focused()
    asked = desk.run("ask")
    asked.get_by_role("button").first.focus()
    desk.page.keyboard.press("Enter")
    expect(asked.get_by_role("button", name="Run the experiment")).to_be_focused()


def test_what_wants_a_terminal_gets_one_with_a_click(english_lab, sit_down):
    desk = sit_down(english_lab)
    desk.open(english_lab.notebook("tty", look="%%machine\ndocker run -it --rm busybox sh"))
    output = desk.run("look")
    expect(output).to_contain_text("wants a terminal")
    desk.picture("cell")
    output.get_by_role("button").click()
    desk.until_terminal_shows("# docker run -it --rm busybox sh")
    desk.picture("terminal")


def test_nothing_broken_is_left_of_buttons_when_the_kernel_has_gone(english_lab, sit_down):
    desk = sit_down(english_lab)
    name = english_lab.notebook("gone", task="%exercise images.pull_tag")
    desk.open(name)
    expect(desk.run("task").get_by_role("button", name="Check")).to_be_visible()
    desk.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    desk.page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    desk.open(name)
    expect(desk.page.get_by_role("status").first).to_be_visible()
    expect(desk.page.get_by_text("Error displaying widget")).to_have_count(1)
    desk.picture()
    expect(desk.page.get_by_text("Error displaying widget")).not_to_be_visible()
