"""Imports run one way, in the order that the package's docstring gives; and none is hidden inside a function."""

import ast
from pathlib import Path

import build_scripts

PACKAGE = Path(build_scripts.__file__).parent
NAMES = slice(4, 40)  # where the docstring has the names, on its indented lines
ORDER = [
    name for line in (build_scripts.__doc__ or "").splitlines() if line.startswith("    ") for name in line[NAMES].split()
]


def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The modules of the package (first level) that `path` imports, wherever in it."""
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("build_scripts."):
            found.add(node.module.split(".")[1])
    return found




def test_the_docstring_names_every_module() -> None:
    modules = {module_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__", "__main__"}
    assert modules == set(ORDER)
    assert len(ORDER) == len(set(ORDER))


def test_imports_run_one_way() -> None:
    wrong = [
        f"{module_of(path)} imports {other}"
        for path in PACKAGE.rglob("*.py") if module_of(path) not in ("__init__", "__main__")
        for other in imports(path)
        if other != module_of(path) and ORDER.index(other) >= ORDER.index(module_of(path))
    ]
    assert wrong == []


def test_no_import_inside_a_function() -> None:
    hidden = [
        f"{path.name}:{inner.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []
