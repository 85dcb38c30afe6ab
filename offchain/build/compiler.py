"""The three steps of a program's build: Seahorse to Rust, Rust to IDL, Rust to SBPF bytecode."""

import re
import subprocess
from pathlib import Path

from offchain.build.errors import BuildError
from offchain.build.toolchain import Toolchain

SECTION = re.compile(r"^// ===== (\S+) =====\n", re.MULTILINE)
QUOTED_LINE = re.compile(r"^(\d+) \| (.*)$", re.MULTILINE)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def to_rust(tools: Toolchain, workspace: Path, name: str) -> Path:
    """Compile the staged Seahorse program; writes and returns the crate's `src` folder, as `seahorse build` does."""
    try:
        printed = _run(tools, ["seahorse", "compile", f"programs_py/{name}.py"], workspace, f"{name}: Seahorse to Rust")
    except BuildError as error:
        raise BuildError(f"{error}\n{_place(str(error), workspace / 'programs_py')}".rstrip()) from error
    src = workspace / "programs" / name / "src"
    pieces = SECTION.split(printed)
    if len(pieces) < 3:
        raise BuildError(f"{name}: Seahorse printed no Rust:\n{printed}")
    for path, text in zip(pieces[1::2], pieces[2::2], strict=True):
        file = src / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.strip("\n") + "\n", encoding="utf-8")
    return src


def to_idl(tools: Toolchain, workspace: Path, name: str) -> str:
    """Anchor's IDL of the staged crate, as JSON text."""
    crate = workspace / "programs" / name
    idl = workspace / f"{name}.json"
    _run(tools, ["anchor", "idl", "parse", "--file", "src/lib.rs", "--out", str(idl)], crate, f"{name}: IDL")
    return idl.read_text(encoding="utf-8").rstrip("\n") + "\n"


def to_bytecode(tools: Toolchain, workspace: Path, name: str) -> bytes:
    """SBPF bytecode of the staged crate."""
    out = workspace / "deploy"
    command = tools.bytecode_command(workspace / "programs" / name, name, out)
    _run(tools, command, workspace, f"{name}: Rust to SBPF")
    program = out / f"{name}.so"
    if not program.is_file():
        raise BuildError(f"{name}: {' '.join(command)} left no {program.name}")
    return program.read_bytes()


def _place(message: str, programs_py: Path) -> str:
    """Seahorse quotes a line without naming its file: the staged files that hold that line there."""
    quoted = QUOTED_LINE.search(message)
    if quoted is None:
        return ""
    number, text = int(quoted.group(1)), quoted.group(2).strip()
    places = []
    for file in sorted(programs_py.rglob("*.py")):
        lines = file.read_text(encoding="utf-8").splitlines()
        if number <= len(lines) and lines[number - 1].strip() == text:
            places.append(f"{file.relative_to(programs_py.parent)}:{number}")
    return f"in {' or '.join(places)}" if places else ""


def _run(tools: Toolchain, command: list[str], cwd: Path, step: str) -> str:
    """Run a tool and return its standard output; a failure shows its errors without the warnings."""
    done = subprocess.run(command, cwd=cwd, env=tools.environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(f"{step} failed\n{_errors(done.stderr + done.stdout)}")
    return done.stdout


def _errors(output: str) -> str:
    """The paragraphs of a compiler's output that are not warnings."""
    paragraphs = re.split(r"\n\s*\n", COLOUR.sub("", output))
    kept = [text for text in paragraphs if not re.match(r"\s*(warning|Compiling|Downloaded|Fresh)\b", text)]
    return "\n\n".join(kept or paragraphs).strip()
