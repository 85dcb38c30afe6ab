"""Which Python files make up a program: its root file and all it imports from `programs_py`."""

import ast
import hashlib
import re
from pathlib import Path

from offchain.build.errors import BuildError

LOCAL_IMPORT = re.compile(r"^from (?=lib\b)", re.MULTILINE)
DECLARED_ID = re.compile(r"^declare_id\(\s*['\"]([^'\"]*)['\"]\s*\)", re.MULTILINE)


def source_files(programs_py: Path, name: str) -> list[Path]:
    """Paths relative to `programs_py`, sorted; BuildError for a missing or unreadable file."""
    found: set[Path] = set()
    waiting = [Path(f"{name}.py")]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += _imports(programs_py, file)
    return sorted(found)


def source_hash(root: Path, files: list[Path]) -> str:
    """SHA-256 over names and contents of text files, independent of where the tree lies."""
    return texts_hash({file: (root / file).read_text(encoding="utf-8") for file in files})


def texts_hash(texts: dict[Path, str]) -> str:
    """SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for file, text in sorted(texts.items()):
        content = text.encode()
        digest.update(f"{file.as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def declared_id(source: str, file: Path) -> str:
    """The program id a root file declares."""
    found = DECLARED_ID.search(source)
    if found is None:
        raise BuildError(f"{file} has no declare_id('...') line: add one with the localnet address of seahorse.toml")
    return found.group(1)


def with_id(source: str, address: str) -> str:
    """A root file's source that declares another program id."""
    return DECLARED_ID.sub(f"declare_id('{address}')", source, count=1)


def for_seahorse(source: str, file: Path) -> str:
    """A module's source with its imports as the compiler reads them.

    Sources use Python's absolute imports (`from lib.fixed import mul_div`). Seahorse 0.2.0 looks for those beside the
    importing module, and takes each leading dot as one folder up; so a module gets a dot for each folder it lies in.
    """
    return LOCAL_IMPORT.sub(f"from {'.' * (len(file.parts) - 1)}", source)


def _imports(programs_py: Path, file: Path) -> list[Path]:
    path = programs_py / file
    if not path.is_file():
        raise BuildError(f"{path} is missing: a program imports it, or it is named in seahorse.toml")
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise BuildError(f"{path}:{error.lineno}: {error.msg}") from error
    imported: list[Path] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            parent = file.parents[node.level - 1] if node.level else Path()
            imported += _imported_from(programs_py, parent.joinpath(*(node.module or "").split(".")), node.names)
        elif isinstance(node, ast.Import):
            imported += [Path(*alias.name.split(".")).with_suffix(".py") for alias in node.names]
    return [module for module in imported if module.parts[0] not in ("seahorse", "seahorse.py")]


def _imported_from(programs_py: Path, module: Path, names: list[ast.alias]) -> list[Path]:
    """`from a.b import c` names the module a/b.py, or a/b/c.py where a/b is a folder."""
    if (programs_py / module).is_dir():
        return [(module / alias.name).with_suffix(".py") for alias in names]
    return [module.with_suffix(".py")]
