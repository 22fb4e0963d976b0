"""Imports inside the package run one way, and only the adapters know Jupyter."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "kernel_helpers" / "dockyard"

# A module may import from its own layer and from those before it; inside a layer there are no circles.
LAYERS = (
    {"errors", "i18n"},
    {"machine", "world", "images", "session", "engine", "setup"},
    {"pictures"},
    {"course", "exercises", "claims"},
    {"progress"},
    {"tutor"},
    {"cli", "magics", "widgets", "routes", "__main__"},
)
ADAPTERS = LAYERS[-1]
# nbformat and nbconvert are libraries for files: the course needs them to read lessons.
JUPYTER = ("IPython", "ipykernel", "ipywidgets", "jupyter", "notebook", "traitlets", "tornado")
# What runs before anything is installed.
BARE = ("dockyard.machine.rootfs", "dockyard.images", "dockyard.cli")


def part_of(module: str) -> str:
    """The part of the package that a module belongs to: `dockyard.machine.rootfs` is of `machine`."""
    return module.split(".")[1]


def imports(path: Path, module: str) -> Iterator[str]:
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names if base == "dockyard")


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        words = path.relative_to(PACKAGE.parent).with_suffix("").parts
        module = ".".join(words[:-1] if words[-1] == "__init__" else words)
        if "." in module:  # the package's own __init__ only names its adapters' hooks to Jupyter
            found.append((module, path))
    return found


MODULES = modules()


def layer_of(part: str) -> int:
    return next((number for number, layer in enumerate(LAYERS) if part in layer), -1)


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _path in MODULES])
def test_imports_run_one_way(module: str, path: Path) -> None:
    own = layer_of(part_of(module))
    assert own >= 0, f"{module} belongs to no layer: give it one in LAYERS and in ARCHITECTURE.md"
    for imported in imports(path, module):
        if imported.startswith("dockyard."):
            assert layer_of(part_of(imported)) <= own, f"{module} imports {imported}, which is of a later layer"


def test_no_circles_inside_a_layer() -> None:
    edges: dict[str, set[str]] = {}
    for module, path in MODULES:
        wanted = {part_of(name) for name in imports(path, module) if name.startswith("dockyard.")}
        edges.setdefault(part_of(module), set()).update(wanted - {part_of(module)})
    while edges:
        free = [part for part, wanted in edges.items() if not wanted & edges.keys()]
        assert free, f"these import each other in a circle: {sorted(edges)}"
        for part in free:
            del edges[part]


@pytest.mark.parametrize(
    ("module", "path"),
    [pair for pair in MODULES if part_of(pair[0]) not in ADAPTERS],
    ids=[module for module, _path in MODULES if part_of(module) not in ADAPTERS],
)
def test_only_adapters_know_jupyter(module: str, path: Path) -> None:
    found = [name for name in imports(path, module) if name.startswith(JUPYTER)]
    assert not found, f"{module} imports {found}: that is for {sorted(ADAPTERS)}"


@pytest.mark.parametrize("module", BARE)
def test_setting_up_needs_nothing_but_python(module: str) -> None:
    """The bootstrap builds the machine's files while pip still installs, so these import nothing else."""
    program = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); import {module}"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
