"""The hub answers the engine as Docker Hub does: pulls, searches, logins, pushes and refusals."""

import pytest

pytestmark = pytest.mark.machine


def test_pull_and_run(shell):
    assert "Hello from Docker!" in shell("docker run --rm hello-world")


def test_pull_by_the_library_name_and_by_digest(shell):
    shell("docker pull -q docker.io/library/busybox:1.37")
    digest = shell("docker inspect -f '{{index .RepoDigests 0}}' busybox:1.37")
    assert digest.startswith("busybox@sha256:")
    assert "Downloaded" in shell(f"docker rmi -f busybox:1.37; docker pull {digest}")


def test_tags_of_one_image_differ(shell):
    versions = shell("for tag in 1.26 1.22; do docker run --rm nginx:$tag nginx -v; done")
    assert "nginx/1.26." in versions
    assert "nginx/1.22." in versions


@pytest.mark.parametrize("name", ["nosuchimage", "somebody/else", "a/name/too/long", "ubuntu"])
def test_a_missing_image_is_refused_soon_and_clearly(refused, name):
    words, seconds = refused(f"docker pull {name}")
    assert f"pull access denied for {name}, repository does not exist or may require 'docker login'" in words
    assert seconds < 1


def test_a_missing_tag_is_not_a_missing_image(refused):
    words, seconds = refused("docker pull nginx:99")
    assert "manifest for nginx:99 not found" in words
    assert seconds < 1


@pytest.mark.parametrize("builder", ["0", "1"])
def test_builders_are_refused_as_well(refused, builder):
    words, _ = refused(f"export DOCKER_BUILDKIT={builder}; echo FROM nosuchimage | docker build -")
    assert "repository does not exist or may require" in words


def test_search_answers_from_what_the_hub_holds(shell):
    found = shell("docker search --format '{{.Name}} {{.IsOfficial}}' nginx").splitlines()
    assert found == ["nginx [OK]"]
    assert shell("docker search --format '{{.Name}}' nosuchthing") == ""
    assert shell("docker search --format '{{.Name}}' dockyard").splitlines()[0] == "dockyard/webapp"


def test_search_limits_and_filters(shell):
    assert len(shell("docker search --limit 2 --format '{{.Name}}' a").splitlines()) == 2
    official = shell("docker search --filter is-official=true --format '{{.Name}}' web")
    assert "nginx" in official
    assert "dockyard/webapp" not in official


def test_login_takes_the_right_password_only(shell, refused):
    words, _ = refused("docker login -u learner -p wrong")
    assert "incorrect username or password" in words
    assert "Login Succeeded" in shell("docker login -u learner --password-stdin <<< dockyard; docker logout")


def test_push_needs_a_login_and_the_own_name(shell, refused):
    shell("docker pull -q busybox; docker tag busybox learner/box; docker tag busybox library/mine")
    words, seconds = refused("docker push learner/box")
    assert "denied: requested access to the resource is denied" in words
    assert seconds < 5
    shell("docker login -u learner --password-stdin <<< dockyard")
    assert "requested access to the resource is denied" in refused("docker push library/mine")[0]
    shell("docker push learner/box; docker logout; docker rmi learner/box")
    assert "Downloaded newer image for learner/box" in shell("docker pull learner/box")
    assert "learner/box" in shell("docker search --format '{{.Name}}' box")


@pytest.mark.usefixtures("fresh_machine")
def test_what_was_pushed_goes_with_a_reset(refused):
    assert "pull access denied" in refused("docker pull learner/box")[0]


def test_only_the_machine_trusts_the_hub(shell, refused):
    assert shell("curl -fsS -o /dev/null -w '%{http_code}' https://index.docker.io/v1/_ping") == "200"
    words, _ = refused("curl -fsS --cacert /dev/null https://index.docker.io/v1/_ping")
    assert "certificate" in words.lower()


def test_a_machine_made_with_another_authority_trusts_the_world_again(fresh_machine):
    """Its own files outlive the world's content, which may have been built anew."""
    script = "cd /usr/local/share/ca-certificates; rm world.crt; update-ca-certificates --fresh; echo other > world.crt"
    fresh_machine.run(["sh", "-c", script], check=True)
    fresh_machine.stop()
    fresh_machine.start()
    fresh_machine.run(["docker", "pull", "-q", "busybox"], check=True)
    trusted = "/etc/ssl/certs/ca-certificates.crt"
    size = fresh_machine.run(["stat", "-c", "%s", trusted], check=True).stdout
    fresh_machine.stop()
    fresh_machine.start()
    assert fresh_machine.run(["stat", "-c", "%s", trusted], check=True).stdout == size, "added once"


def test_no_link_of_a_learners_leads_out_of_the_machine(fresh_machine):
    """Where the host's files are still in reach, nothing is written at a path that the machine has a say in."""
    place = fresh_machine.directory / "machine" / "upper" / "etc" / "ssl" / "certs" / "ca-certificates.crt"
    target = fresh_machine.directory / "machine" / "docker" / "target"  # the machine's root can write there
    fresh_machine.run(["touch", "/var/lib/docker/target"], check=True)
    fresh_machine.run(["ln", "-sfn", str(target), "/etc/ssl/certs/ca-certificates.crt"], check=True)
    fresh_machine.run(["rm", "/usr/local/share/ca-certificates/world.crt"], check=True)
    assert place.is_symlink()
    fresh_machine.stop()
    fresh_machine.start()
    assert target.read_text() == ""
