"""The course images: names and tags that Docker takes, Dockerfiles that stand on each other, two languages."""

import re
from pathlib import Path

import pytest

from dockyard import images
from dockyard.images import recipes

DOCKERFILES = Path(images.__file__).parent / "dockerfiles"
# The grammar of a reference: https://pkg.go.dev/github.com/distribution/reference
PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
NAME = re.compile(rf"{PART}(?:/{PART})?")
TAG = re.compile(r"[\w][\w.-]{0,127}")
VARIANTS = [(image, variant) for image in recipes.IMAGES for variant in image.variants]
IDS = [f"{image.name}:{variant.tags[0]}" for image, variant in VARIANTS]


def dockerfile(variant) -> str:
    folder = "debian" if variant.folder.startswith("debian-") else variant.folder
    return (DOCKERFILES / folder / "Dockerfile").read_text()


def test_names_are_such_as_docker_hub_takes():
    names = [image.name for image in recipes.IMAGES]
    assert len(names) == len(set(names))
    assert all(NAME.fullmatch(name) for name in names)
    assert [image.repository for image in recipes.IMAGES if image.name == "nginx"] == ["library/nginx"]
    assert [image.repository for image in recipes.IMAGES if "/" in image.name] == ["dockyard/webapp"]


@pytest.mark.parametrize("image", recipes.IMAGES, ids=lambda image: image.name)
def test_tags_are_valid_and_name_one_variant_each(image):
    tags = [tag for variant in image.variants for tag in variant.tags]
    assert all(TAG.fullmatch(tag) for tag in tags)
    assert len(tags) == len(set(tags))
    assert "latest" in tags


@pytest.mark.parametrize("image", recipes.IMAGES, ids=lambda image: image.name)
def test_titles_speak_both_languages(image):
    assert re.search("[\u4e00-\u9fff]", image.title_zh)
    assert image.title_en.isascii()
    assert image.stars > 0


@pytest.mark.parametrize(("image", "variant"), VARIANTS, ids=IDS)
def test_a_dockerfile_starts_from_what_its_recipe_says(image, variant):
    froms = re.findall(r"^FROM (\S+)", dockerfile(variant), re.MULTILINE)
    froms = {name.replace("${SUITE}", variant.suite) for name in froms} - {"scratch"}
    assert froms == ({variant.needs} if variant.needs else set())
    assert not variant.needs or variant.needs in IDS


@pytest.mark.parametrize(("image", "variant"), VARIANTS, ids=IDS)
def test_no_health_check_and_no_host_in_a_dockerfile(image, variant):
    assert "HEALTHCHECK" not in dockerfile(variant)
    assert "http" not in dockerfile(variant).replace("https as well", "")


def test_what_dockerfiles_install_is_downloaded():
    offered = {name for suite in recipes.SUITES for name in recipes.SERVER_PACKAGES[suite]}
    offered |= {name for suite in recipes.SUITES for name in recipes.BUILD_PACKAGES[suite]}
    offered |= {name for suite in recipes.SUITES for name in recipes.PARTIAL_PACKAGES[suite]}
    for path in DOCKERFILES.glob("*/Dockerfile"):
        for words in re.findall(r"apt-get install ((?:.*\\\n)*.*)", path.read_text()):
            names = [word for word in words.split("&&")[0].split() if re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", word)]
            assert names
            assert set(names) <= offered, path


def test_packages_of_a_suite_are_named_once():
    for suite in recipes.SUITES:
        names = [*recipes.SERVER_PACKAGES[suite], *recipes.BUILD_PACKAGES[suite], *recipes.PARTIAL_PACKAGES[suite]]
        assert len(names) == len(set(names))


def test_scripts_in_images_can_be_run():
    scripts = list(DOCKERFILES.rglob("*.sh"))
    assert scripts
    assert all(path.stat().st_mode & 0o111 and path.read_text().startswith("#!") for path in scripts)
