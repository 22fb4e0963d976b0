"""The apt repositories: which downloaded package is which, what versions are, what a repository says of itself."""

import hashlib
import io
import re
import tarfile
from pathlib import Path

import pytest

from dockyard.images import packages
from dockyard.images.packages import Suite

PARAGRAPHS = """\
Package: curl
Version: 8.14.1-2+deb13u7
Architecture: amd64
Filename: pool/main/c/curl/curl_8.14.1-2+deb13u7_amd64.deb
Description: gets URLs
 and more

Package: busybox-static
Version: 1:1.37.0-6+b9
Architecture: amd64
Filename: pool/main/b/busybox/busybox-static_1.37.0-6+b9_amd64.deb

Package: tzdata
Version: 2025b-4
Architecture: all
Filename: pool/main/t/tzdata/tzdata_2025b-4_all.deb

Package: never-downloaded
Version: 1
Architecture: all
Filename: pool/main/n/never/never_1_all.deb

"""


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    suite = Suite("trixie", tmp_path)
    suite.pool.mkdir()
    (suite.pool / "mirror_dists_trixie_main_binary-amd64_Packages").write_text(PARAGRAPHS)
    for name in ("curl_8.14.1-2+deb13u7_amd64", "busybox-static_1%3a1.37.0-6+b9_amd64", "tzdata_2025b-4_all"):
        (suite.pool / f"{name}.deb").write_text(name)
    (suite.pool / "later.uris").write_text(
        "'http://mirror/curl_8.14.1-2+deb13u7_amd64.deb' curl_8.14.1-2+deb13u7_amd64.deb 270 SHA256:x\n"
    )
    with tarfile.open(suite.base, "w") as tar:
        info = tarfile.TarInfo("./etc/debian_version")
        info.size = 5
        tar.addfile(info, io.BytesIO(b"13.8\n"))
    return suite


def test_packages_are_found_by_name_version_and_architecture(suite):
    found = {one.name: one for one in packages.downloaded(suite)}
    assert set(found) == {"curl", "busybox-static", "tzdata"}
    assert found["busybox-static"].file.name == "busybox-static_1%3a1.37.0-6+b9_amd64.deb"
    assert found["curl"].paragraph.endswith("gets URLs\n and more")


def test_versions_are_those_of_the_authors(suite):
    assert suite.version("curl") == "8.14.1"
    assert suite.version("busybox-static") == "1.37.0"
    assert suite.version("base-files") == "13.8"
    with pytest.raises(KeyError):
        suite.version("unheard-of")


def test_the_server_offers_what_was_asked_for(suite):
    assert suite.later() == {"curl_8.14.1-2+deb13u7_amd64.deb"}


def test_a_repository_describes_itself(suite, tmp_path):
    root = tmp_path / "web"
    lists = packages.write_repository(root, "trixie", packages.downloaded(suite))
    assert lists == root / "debian" / "dists" / "trixie"
    release = (lists / "Release").read_text()
    digest, size, name = re.findall(r"^ (\w+) (\d+) (\S+)$", release, re.MULTILINE)[0]
    content = (lists / name).read_bytes()
    assert name == "main/binary-amd64/Packages"
    assert (digest, int(size)) == (hashlib.sha256(content).hexdigest(), len(content))
    for filename in re.findall(r"^Filename: (.*)$", content.decode(), re.MULTILINE):
        assert (root / "debian" / filename).is_file()


def test_a_repository_can_be_written_again(suite, tmp_path):
    for _ in range(2):
        packages.write_repository(tmp_path / "web", "trixie", packages.downloaded(suite))
