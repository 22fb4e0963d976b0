"""Builds what machines start from, telling how far it is in one JSON object a line; it has no display.

    setup_machine.py rootfs | images

The bootstrap starts it beside the installation of the Python packages, so it runs on a bare python3.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "kernel_helpers"))

from dockyard import images
from dockyard.errors import DockyardError
from dockyard.machine import host, rootfs
from dockyard.machine.progress import Progress


def _tell(progress: Progress) -> None:
    print(json.dumps({"doing": progress.doing, "fraction": progress.fraction}), flush=True)


def main(step: str) -> int:
    """Run one step; return the exit code."""
    try:
        if rootfs.installed() is None:
            host.require()
        root = rootfs.build(report=_tell)
        if step == "images":
            images.build(root, _tell)
    except DockyardError as error:
        print(error, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
