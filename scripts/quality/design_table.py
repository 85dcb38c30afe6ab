"""Table (a): each fixed item of the published design, what holds it and the test that shows it."""

from __future__ import annotations

import ast
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from offchain.chain.idl import snake
from offchain.settings.paths import ARTIFACTS, ROOT

ITEMS = ROOT / "docs" / "tables" / "fixed_design.toml"


@dataclass
class DesignTable:
    """Markdown lines and the items whose field, instruction or test does not exist."""

    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def build(items: Path = ITEMS, artifacts: Path = ARTIFACTS, root: Path = ROOT) -> DesignTable:
    """One row an item; a name that the IDL or the tests don't have is missing."""
    table = DesignTable(["| item | held by | shown by |", "|---|---|---|"])
    listed = tomllib.loads(items.read_text())["item"]
    known = _names(artifacts)
    for item in listed:
        table.lines.append(f"| {item['text']} | {_code(item['where'])} | {_code(item['tests'])} |")
        table.missing += [f"{item['text']}: the IDL has no {name}" for name in item["where"] if name not in known]
        absent = [test for test in item["tests"] if not _exists(root, test)]
        table.missing += [f"{item['text']}: there is no test {test}" for test in absent]
    if not listed:
        table.missing.append(f"{items.name} lists nothing")
    return table


def _code(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _names(artifacts: Path) -> set[str]:
    """program.instruction and program.Account.field of every IDL, in the names of the sources."""
    names: set[str] = set()
    for file in sorted((artifacts / "idl").glob("*.json")):
        idl: dict[str, Any] = json.loads(file.read_text())
        names |= {f"{file.stem}.{snake(item['name'])}" for item in idl["instructions"]}
        for account in idl["accounts"]:
            names |= {f"{file.stem}.{account['name']}"}
            names |= {f"{file.stem}.{account['name']}.{snake(part['name'])}" for part in account["type"]["fields"]}
    return names


def _exists(root: Path, test: str) -> bool:
    path, _, name = test.partition("::")
    file = root / path
    if not file.is_file():
        return False
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = ast.walk(ast.parse(file.read_text()))
    return any(isinstance(node, functions) and node.name == name for node in nodes)
