"""Turn the programs' sources into sources that hold every mutant at once.

Compiling hundreds of variants would take hours, so each place is rewritten to ask `mutant(K)` which variant is
active, and one binary a program holds them all. The active number is a marked word in the ELF (see `elf.py`); 0 is
the original.
Three operators: an assert that never fires, a rounding in the other direction, a constant one larger.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

MODULE = "lib.mutation"
ROUNDING = {"mul_div": "mul_div_up", "mul_div_up": "mul_div"}
DIVISION = "div_up"
CONSTANT = re.compile(r"seahorse_const! \{ ([A-Z0-9_]+) , (\d+) \}")

PYTHON = """# Written by scripts/mutants: which mutant is active. The body is replaced after compilation to Rust.
from seahorse.prelude import *


def mutant(number: u64) -> bool:
    return number == 0
"""


@dataclass(frozen=True)
class Mutant:
    """One change. `place` is `file:line` in the original source, `change` says what happens there."""

    number: int
    kind: str
    place: str
    change: str
    function: str

    @property
    def key(self) -> str:
        """Stable across unrelated edits: no line number."""
        return f"{self.kind} {self.place.split(':')[0]} {self.function}: {self.change}"


class _Rewriter(ast.NodeTransformer):
    def __init__(self, name: str, first: int) -> None:
        self.name, self.next, self.mutants, self.function = name, first, list[Mutant](), ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outer, self.function = self.function, node.name
        node.body = [self.visit(item) for item in node.body]
        self.function = outer
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        self.generic_visit(node)
        message = ast.literal_eval(node.msg) if node.msg else ""
        number = self._add("assert", node, f"removed '{message}'")
        node.test = ast.BoolOp(ast.Or(), [_active(number), node.test])
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == DIVISION:
            return self._division(node)
        if not (isinstance(node.func, ast.Name) and node.func.id in ROUNDING):
            return node
        other = ROUNDING[node.func.id]
        number = self._add("rounding", node, f"{ast.unparse(node)} -> {other}")
        changed = ast.Call(ast.Name(other), node.args, node.keywords)
        return ast.IfExp(_active(number), changed, node)

    def _division(self, node: ast.Call) -> ast.AST:
        number = self._add("rounding", node, f"{ast.unparse(node)} -> rounded down")
        return ast.IfExp(_active(number), ast.BinOp(node.args[0], ast.FloorDiv(), node.args[1]), node)

    def _add(self, kind: str, node: ast.stmt | ast.expr, change: str) -> int:
        self.mutants.append(Mutant(self.next, kind, f"{self.name}:{node.lineno}", change, self.function))
        self.next += 1
        return self.next - 1


def rewrite(source: str, name: str, first: int) -> tuple[str, list[Mutant]]:
    """Source with every assert and rounding call switchable, and the mutants numbered from `first`."""
    tree = ast.parse(source)
    rewriter = _Rewriter(name, first)
    tree = ast.fix_missing_locations(rewriter.visit(tree))
    if rewriter.mutants:
        tree.body.insert(1, ast.ImportFrom(MODULE, [ast.alias("mutant")], 0))
        _import_rounding(tree)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n", rewriter.mutants


def _import_rounding(tree: ast.Module) -> None:
    """Where one rounding helper is imported its opposite is needed as well."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "lib.fixed":
            have = {alias.name for alias in node.names}
            opposite = {ROUNDING[name] for name in have & set(ROUNDING)}
            node.names += [ast.alias(name) for name in sorted(opposite - have)]


def _active(number: int) -> ast.Call:
    return ast.Call(ast.Name("mutant"), [ast.Constant(number)], [])


def used_constants(source: str) -> set[str]:
    """Names that a source file takes from the generated parameters."""
    return {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "lib.generated.params"
        for alias in node.names
    }


def switch_constants(rust: str, used: set[str], first: int) -> tuple[str, list[Mutant]]:
    """Generated Rust with every integer constant that the program uses switchable to one more."""
    mutants: list[Mutant] = []

    def replace(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name not in used:
            return match.group(0)
        number = first + len(mutants)
        mutants.append(Mutant(number, "constant", "params.py", f"{name} = {value} -> {int(value) + 1}", name))
        active = f"crate::active_mutant({number}u64)"
        return f"seahorse_const! {{ {name} , (if {active} {{ {int(value) + 1} }} else {{ {value} }}) }}"

    return CONSTANT.sub(replace, rust), mutants
