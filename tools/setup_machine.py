"""Builds what machines start from, telling how far it is in one JSON object a line; it has no display.

    setup_machine.py rootfs | images

The bootstrap starts it beside the installation of the Python packages, so it runs on a bare python3.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "kernel_helpers"))

from dockyard.errors import DockyardError
from dockyard.machine import rootfs
from dockyard.machine.progress import Progress


def _tell(progress: Progress) -> None:
    print(json.dumps({"doing": progress.doing, "fraction": progress.fraction}), flush=True)


def _images() -> None:
    from dockyard.images import build  # noqa: PLC0415 - only the second of the two steps needs it

    build.build(report=_tell)


_STEPS: dict[str, Callable[[], object]] = {
    "rootfs": lambda: rootfs.build(report=_tell),
    "images": _images,
}


def main(step: str) -> int:
    """Run one step; return the exit code."""
    try:
        _STEPS[step]()
    except DockyardError as error:
        print(error, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
