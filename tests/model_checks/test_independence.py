"""The twin is worth something only while it shares no code with the product."""

import ast
from pathlib import Path

MODEL = Path(__file__).resolve().parents[1] / "model"
ALLOWED = {"collections", "dataclasses", "decimal", "fractions", "math", "tests"}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_the_twin_imports_only_itself_and_the_standard_library() -> None:
    modules = sorted(MODEL.rglob("*.py"))
    assert len(modules) > 25
    for path in modules:
        for name in imported(path):
            assert name.split(".")[0] in ALLOWED, f"{path.name} imports {name}"
            assert not name.startswith("tests.") or name.startswith("tests.model"), f"{path.name} imports {name}"


def test_the_twin_uses_no_floating_point_literal() -> None:
    for path in MODEL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path.name
