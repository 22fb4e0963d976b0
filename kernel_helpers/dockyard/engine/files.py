"""Files as evidence, in a container or in the machine: content, mode, owner, and what is there instead."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, codes, short
from dockyard.i18n import _

if TYPE_CHECKING:
    from dockyard.engine.evidence import Evidence

_EXISTS = N_("The file {path} in {place}.")

MISSING = sentence(
    "file.missing",
    found=N_("There is no {path} in {place}. {others}"),
    wanted=_EXISTS,
    look_at=N_("`{look}`"),
)
PRESENT = sentence(
    "file.present",
    found=N_("{path} is still in {place}."),
    wanted=N_("No {path} in {place}."),
    look_at=N_("`{look}`"),
)
DIRECTORY = sentence(
    "file.directory",
    found=N_("{path} in {place} is a directory, not a file."),
    wanted=_EXISTS,
    look_at=N_("`{look}`"),
    more=N_("When a bind mount's source does not exist, the engine makes an empty directory of that name."),
)
CONTENT = sentence(
    "file.content",
    found=N_("{path} in {place} holds: {content}"),
    wanted=N_("`{text}` in the file {path} in {place}."),
    look_at=N_("`{look}`"),
)
UNWANTED = sentence(
    "file.unwanted_content",
    found=N_("{path} in {place} still holds `{text}`."),
    wanted=N_("No `{text}` in the file {path} in {place}."),
    look_at=N_("`{look}`"),
)
MODE = sentence(
    "file.mode",
    found=N_("{path} in {place} has mode {mode}."),
    wanted=N_("Mode {wanted_mode} on {path} in {place}."),
    look_at=N_("`{look}`"),
)
OWNER = sentence(
    "file.owner",
    found=N_("{path} in {place} belongs to user {uid} and group {gid}."),
    wanted=N_("{path} in {place} belonging to user {wanted_uid} and group {wanted_gid}."),
    look_at=N_("`{look}`"),
)

# One line of JSON about a path in the machine, as `LiveSource` gives it for a path in a container.
STAT = r"""
p=$1
[ -e "$p" ] || [ -L "$p" ] || exit 3
kind=file; [ -L "$p" ] && kind=link; [ ! -L "$p" ] && [ -d "$p" ] && kind=directory
printf '%s\n' "$kind"; stat -c '%a %u %g %s %Y' -- "$p"
case $kind in file) head -c 60000 -- "$p" ;; directory) ls -A -- "$p" ;; *) readlink -- "$p" ;; esac
"""


class File:
    """One file, perhaps a missing one.

    Args:
        the: the evidence that it is part of.
        place: the container's name; "" for the machine.
        path: its absolute path.
    """

    def __init__(self, the: Evidence, place: str, path: str) -> None:
        self.the = the
        self.container = place
        self.path = path

    @property
    def facts(self) -> dict[str, Any]:
        """What is known of it: kind, mode, uid, gid, size, mtime, content, names, target; empty where it is missing."""
        if self.container:
            return self.the.ask("file", self.container, path=self.path) or {}
        found = self.the.ask("probe", "machine", argv=["sh", "-c", STAT, "sh", self.path], timeout=3.0)
        return read_stat(found["output"]) if found["exit_code"] == 0 else {}

    @property
    def exists(self) -> bool:
        """Whether it is there."""
        return bool(self.facts)

    @property
    def content(self) -> str:
        """The beginning of its content, at most 64 KiB; "" where it is missing."""
        return str(self.facts.get("content", ""))

    @property
    def mode(self) -> str:
        """Its permission bits in octal: "644"."""
        return str(self.facts.get("mode", ""))

    @property
    def names(self) -> list[str]:
        """The names in it, if it is a directory."""
        return list(self.facts.get("names", []))

    def must_exist(self) -> None:
        """Demand that it is there."""
        if not self.exists:
            siblings = File(self.the, self.container, posixpath.dirname(self.path)).names
            parent = posixpath.dirname(self.path)
            there = codes(sorted(siblings)[:6]) or "-"
            others = f"{parent}: {there}"
            raise NotYet(MISSING, others=others, **self._about())
        self.the.require(self.exists, MISSING, **self._about())

    def must_be_gone(self) -> None:
        """Demand that it is not there."""
        self.the.require(not self.exists, PRESENT, **self._about())

    def must_hold(self, text: str) -> None:
        """Demand a text in it."""
        self.must_exist()
        if self.facts["kind"] == "directory":
            raise NotYet(DIRECTORY, **self._about())
        facts = self._about() | {
            "text": text,
            "content": as_code(short(self.content)) if self.content else "-",
        }
        self.the.require(text in self.content, CONTENT, **facts)

    def must_not_hold(self, text: str) -> None:
        """Demand that a text is not in it."""
        self.the.require(text not in self.content, UNWANTED, **self._about(), text=text)

    def must_have_mode(self, mode: str) -> None:
        """Demand permission bits, in octal: "755"."""
        self.must_exist()
        self.the.require(self.mode == mode, MODE, **self._about(), mode=self.mode, wanted_mode=mode)

    def must_belong_to(self, uid: int, gid: int) -> None:
        """Demand an owner and a group, by number."""
        self.must_exist()
        have = (self.facts["uid"], self.facts["gid"])
        facts = {"uid": have[0], "gid": have[1], "wanted_uid": uid, "wanted_gid": gid}
        self.the.require(have == (uid, gid), OWNER, **self._about(), **facts)

    def _about(self) -> dict[str, Any]:
        listed = f"ls -la {posixpath.dirname(self.path)}"
        if not self.container:
            return {"path": self.path, "place": _("the machine"), "look": listed}
        look = f"docker exec {self.container} {listed}"
        return {"path": self.path, "place": as_code(self.container), "look": look}


def read_stat(output: str) -> dict[str, Any]:
    """Return the facts in what STAT printed."""
    kind, _newline, rest = output.partition("\n")
    numbers, _newline, body = rest.partition("\n")
    mode, uid, gid, size, mtime = numbers.split()
    return {
        "kind": kind,
        "mode": mode,
        "uid": int(uid),
        "gid": int(gid),
        "size": int(size),
        "mtime": int(mtime),
        "target": body.strip() if kind == "link" else "",
        "content": body if kind == "file" else "",
        "names": body.splitlines() if kind == "directory" else [],
    }
