"""The world's files agree with each other and with the packages that they need."""

import re
import subprocess

from dockyard import world


def test_the_scripts_are_valid_shell(world_files):
    assert subprocess.run(["bash", "-n", world_files / "services"], check=False).returncode == 0


def test_the_search_is_valid_perl(world_files):
    done = subprocess.run(["perl", "-c", world_files / "search"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_file_that_is_named_is_there(world_files):
    named = set()
    for file in world_files.rglob("*"):
        if file.is_file():
            named |= set(re.findall(r"(?:/usr/lib/dockyard/world|\$files)/([a-z.]+[a-z])", file.read_text()))
    assert {"nginx.conf", "hub.conf", "hub.yml", "mirror.yml", "dnsmasq.conf", "accounts", "search"} <= named
    assert not [name for name in named if not (world_files / name).exists()]


def test_every_program_has_its_package(world_files):
    services = (world_files / "services").read_text()
    programs = set(re.findall(r"exec ([a-z][\w-]*)", services)) | {"curl"}
    package = {"dnsmasq": "dnsmasq-base", "nginx": "nginx-light"}
    assert {package.get(program, program) for program in programs} <= set(world.PACKAGES)


def test_packages_are_in_order_and_named_once():
    assert list(world.PACKAGES) == sorted(set(world.PACKAGES))


def test_the_page_for_ports_speaks_both_languages(world_files):
    page = (world_files / "pages" / "nobody.html").read_text()
    assert "127.0.0.1" in page.split('lang="zh-CN"')[0]
    assert "127.0.0.1" in page.split('lang="zh-CN"')[1]
