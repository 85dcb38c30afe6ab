"""Read the Seahorse sources: which instruction can refuse with what, and which events it emits.

Works on the Python syntax tree, follows calls into `lib/`, and never imports a program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "seahorse_programs" / "programs_py"


@dataclass(frozen=True)
class Refusal:
    """One assert: where it stands and the message it leaves with."""

    file: Path
    line: int
    message: str

    @property
    def code(self) -> str:
        """The stable `E_` code in front of the colon."""
        return self.message.split(":", 1)[0]


@dataclass(frozen=True)
class Module:
    """One source file with its functions and what it imports from `lib`."""

    path: Path
    tree: ast.Module
    functions: dict[str, ast.FunctionDef]
    imports: dict[str, tuple[str, str]]

    @property
    def constants(self) -> set[str]:
        """Names taken from the generated parameters."""
        return {name for name, (source, _) in self.imports.items() if source == "lib.generated.params"}

    @staticmethod
    def names(node: ast.FunctionDef) -> set[str]:
        """Every name that a function mentions."""
        return {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}


@dataclass
class Sources:
    """All programs of a folder; instructions are the decorated functions of the root files."""

    folder: Path = PROGRAMS
    _modules: dict[Path, Module] = field(default_factory=dict)
    _called: dict[tuple[Path, str], list[tuple[Module, str]]] = field(default_factory=dict)

    @cached_property
    def programs(self) -> list[str]:
        """Names of the programs, from the root files."""
        return sorted(path.stem for path in self.folder.glob("*.py"))

    def module(self, path: Path) -> Module:
        """Parse a file once."""
        if path not in self._modules:
            self._modules[path] = _parse(path)
        return self._modules[path]

    def instructions(self, program: str) -> list[str]:
        """Instruction names of a program in the order of the source."""
        root = self.module(self.folder / f"{program}.py")
        return [name for name, node in root.functions.items() if _is_instruction(node)]

    def reachable(self, program: str, instruction: str) -> Iterator[tuple[Module, ast.FunctionDef]]:
        """The instruction's own function and every helper it can call, each once."""
        root = self.module(self.folder / f"{program}.py")
        todo, seen = [(root, instruction)], set()
        while todo:
            module, name = todo.pop()
            if (module.path, name) in seen or name not in module.functions:
                continue
            seen.add((module.path, name))
            node = module.functions[name]
            yield module, node
            todo.extend(self._calls(module, name))

    def refusals(self, program: str, instruction: str) -> list[Refusal]:
        """Every assert that the instruction can reach."""
        found = [
            refusal for module, node in self.reachable(program, instruction) for refusal in _asserts(module.path, node)
        ]
        return sorted(set(found), key=lambda refusal: (str(refusal.file), refusal.line))

    def events(self, program: str, instruction: str) -> list[str]:
        """Names of the event classes that the instruction can construct."""
        names = {
            call.func.id
            for module, node in self.reachable(program, instruction)
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in self._event_classes(module)
        }
        return sorted(names)

    def _event_classes(self, module: Module) -> set[str]:
        return {
            node.name
            for node in module.tree.body
            if isinstance(node, ast.ClassDef)
            and any(isinstance(base, ast.Name) and base.id == "Event" for base in node.bases)
        }

    def _calls(self, module: Module, name: str) -> list[tuple[Module, str]]:
        """What a function calls, found once: many instructions share their helpers."""
        key = (module.path, name)
        if key not in self._called:
            self._called[key] = list(self._find_calls(module, module.functions[name]))
        return self._called[key]

    def _find_calls(self, module: Module, node: ast.FunctionDef) -> Iterator[tuple[Module, str]]:
        for call in ast.walk(node):
            if not isinstance(call, ast.Call):
                continue
            if isinstance(call.func, ast.Name):
                yield from self._resolve(module, call.func.id)
            elif isinstance(call.func, ast.Attribute):
                yield from self._methods(module, call.func.attr)

    def _resolve(self, module: Module, name: str) -> Iterator[tuple[Module, str]]:
        if name in module.functions:
            yield module, name
        elif name in module.imports:
            source, original = module.imports[name]
            path = self._path(source)
            if path.exists():
                yield self.module(path), original

    def _methods(self, module: Module, attribute: str) -> Iterator[tuple[Module, str]]:
        """A method call names no class, so every imported class with that method counts."""
        own = [(module.path, node.name) for node in module.tree.body if isinstance(node, ast.ClassDef)]
        imported = [(self._path(source), name) for source, name in sorted(module.imports.values())]
        for path, name in own + imported:
            if path.exists() and f"{name}.{attribute}" in self.module(path).functions:
                yield self.module(path), f"{name}.{attribute}"

    def _path(self, source: str) -> Path:
        return self.folder.joinpath(*source.split(".")).with_suffix(".py")


def _parse(path: Path) -> Module:
    tree = ast.parse(path.read_text(), str(path))
    functions: dict[str, ast.FunctionDef] = {}
    imports: dict[str, tuple[str, str]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            functions[node.name] = node
        elif isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, ast.FunctionDef):
                    functions[f"{node.name}.{item.name}"] = item
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("lib"):
            imports.update({alias.asname or alias.name: (node.module, alias.name) for alias in node.names})
    return Module(path, tree, functions, imports)


def _is_instruction(node: ast.FunctionDef) -> bool:
    return any(isinstance(item, ast.Name) and item.id == "instruction" for item in node.decorator_list)


def _asserts(path: Path, node: ast.FunctionDef) -> Iterator[Refusal]:
    for item in ast.walk(node):
        if isinstance(item, ast.Assert):
            if not isinstance(item.msg, ast.Constant) or not isinstance(item.msg.value, str):
                raise ValueError(f"{path.name}:{item.lineno}: an assert needs a literal 'E_CODE: sentence'")
            yield Refusal(path, item.lineno, item.msg.value)
