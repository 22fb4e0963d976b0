"""Files of an image as evidence, read without running it, and the layers that they lie in; not those of a container."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from dockyard.engine.files import MISSING, STAT, File, read_stat
from dockyard.engine.probes import probe
from dockyard.engine.sentences import N_, NotYet, sentence
from dockyard.engine.words import as_code, codes

if TYPE_CHECKING:
    from dockyard.engine.images import Image

BURIED = sentence(
    "image.buried",
    found=N_("{path} was deleted from `{name}`, but layer {layer} of {layers} still holds it."),
    wanted=N_("{path} in no layer of `{name}`."),
    look_at=N_("`docker history {name}` shows the instruction that brought it in: it must not bring it in at all."),
    more=N_("Deleting only hides a file of a lower layer. Whoever has the image can unpack that layer."),
)
SECRET = sentence(
    "image.secret",
    found=N_("The text `{text}` lies in a layer of `{name}`, in {paths}."),
    wanted=N_("No layer of `{name}` with the text `{text}` in it."),
    look_at=N_("`docker save {name} | tar -t` lists the layers; everybody who has the image can unpack them."),
)

# The layers of an image as one file system, which is what a container of it would see: an overlay without an upper
# directory, in a mount namespace that ends with the command. The engine keeps the list of the layers below as short
# links in the file `lower`. userxattr is how overlay keeps its marks in a user namespace (the kernel's overlayfs.rst).
# fsconfig(2), which newer versions of mount use, takes no value of more than 255 bytes: seven layers are too much.
_MERGED = (
    """
upper=$1 path=$2
cd "${upper%/*/diff}" || exit 4
if [ -e "${upper%/diff}/lower" ]; then
  export LIBMOUNT_FORCE_MOUNT2=always
  mount -t overlay overlay -o "userxattr,lowerdir=$upper:$(cat "${upper%/diff}/lower")" /mnt || exit 4
else
  mount --bind "$upper" /mnt || exit 4
fi
set -- "/mnt$path"
"""
    + STAT
)
# A deleted file is a character device 0:0 in the layer that deletes it, so only the other kinds count.
_HOLDERS = """
pattern=$1 IFS=; shift
for layer; do
  for p in $layer$pattern; do [ -f "$p" ] || [ -d "$p" ] || [ -L "$p" ] && echo "$layer" && break; done
done
"""
_GREP = """
text=$1; shift
for layer; do (cd "$layer" && grep -rlF -D skip -e "$text" . | sed 's/^[.]//'); done
"""


class ImageFile(File):
    """One file of an image, perhaps a missing one.

    Args:
        image: the image.
        path: its absolute path; a symbolic link on the way must be a relative one.
    """

    def __init__(self, image: Image, path: str) -> None:
        super().__init__(image.the, "", path)
        self.image = image

    @property
    def facts(self) -> dict[str, Any]:
        """What is known of it: kind, mode, uid, gid, size, mtime, content, names, target; empty where it is missing."""
        if not self.image.exists:
            return {}
        argv = ["unshare", "--mount", "sh", "-c", _MERGED, "sh", layer_directories(self.image)[-1], self.path]
        found = probe(self.the, "machine", argv)
        return read_stat(found.output) if found.exit_code == 0 else {}

    def must_exist(self) -> None:
        """Demand that it is there."""
        self.image.must_exist()
        if not self.exists:
            parent = posixpath.dirname(self.path)
            there = codes(sorted(ImageFile(self.image, parent).names)) or "-"
            raise NotYet(MISSING, others=f"{parent}: {there}", **self._about())
        self.the.require(self.exists, MISSING, **self._about())

    def must_be_in_no_layer(self) -> None:
        """Demand that it is not there, and not in a lower layer either."""
        self.must_be_gone()
        holders = holding_layers(self.image, self.path)
        facts = {"name": self.image.name, "path": self.path, "layers": len(self.image.layers)}
        self.the.require(not holders, BURIED, layer=(holders or [0])[0], **facts)

    def _about(self) -> dict[str, Any]:
        listed = f"docker run --rm {self.image.name} ls -la {posixpath.dirname(self.path)}"
        return {"path": self.path, "place": as_code(self.image.name), "look": listed}


def layer_directories(image: Image) -> list[str]:
    """Return the directories in the machine that hold what each layer adds, lowest first."""
    data = (image.facts.get("GraphDriver") or {}).get("Data") or {}
    lower = str(data.get("LowerDir") or "")
    return [*reversed(lower.split(":") if lower else []), str(data.get("UpperDir") or "")]


def holding_layers(image: Image, pattern: str) -> list[int]:
    """Return the numbers of the layers, from 1, that bring along what fits a shell pattern, deleted higher up too."""
    directories = layer_directories(image)
    found = probe(image.the, "machine", ["sh", "-c", _HOLDERS, "sh", pattern, *directories])
    return [directories.index(line) + 1 for line in found.output.splitlines()]


def must_hide(image: Image, text: str) -> None:
    """Demand that no file in any layer holds a text."""
    argv = ["sh", "-c", _GREP, "sh", text, *layer_directories(image)]
    paths = probe(image.the, "machine", argv).output.splitlines()
    image.the.require(not paths, SECRET, name=image.name, text=text, paths=codes(paths))
