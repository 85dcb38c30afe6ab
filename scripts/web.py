"""`scripts/build_web`: what the web UI takes from Python (facts, types of the API and of live frames), its bundle."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from offchain.settings.project import load_project
from offchain.web.bundle import build, install
from offchain.web.errors import WebBuildError
from offchain.web.facts import FILE, text
from offchain.web.frames import SCHEMA, openapi
from offchain.web.frames import TYPES as FRAMES
from offchain.web.node import npm_command

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
OPENAPI = ROOT / "offchain" / "api" / "generated" / "openapi.json"
TYPES = Path("web/src/api/generated/schema.ts")


def main() -> int:
    """Write the generated sources and build; with --check, compare them, and check and test the browser's code."""
    parser = argparse.ArgumentParser(description="Write web/src/**/generated from Python's side and build the web UI.")
    parser.add_argument(
        "--check",
        action="store_true",
        help="build nothing: compare generated files, check types and style, run the unit tests",
    )
    check = parser.parse_args().check
    try:
        install(WEB, ROOT / ".cache")
        made = {FILE: text(load_project()), TYPES: types_text(OPENAPI), FRAMES: frames_text()}
        stale = [path for path, content in made.items() if not _holds(ROOT / path, content)]
        if check:
            for path in stale:
                print(f"{path} is not what its source gives: run scripts/build_web and commit it", file=sys.stderr)
            return 1 if stale else _checks()
        for path in stale:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(made[path], encoding="utf-8")
            print(f"wrote {path}")
        print("built" if build(WEB, ROOT / ".cache") else "the bundle is that of the sources already")
    except WebBuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def types_text(document: Path) -> str:
    """TypeScript types of an OpenAPI document. WebBuildError with what the generator said."""
    npm, environment = npm_command(WEB, ROOT / ".cache")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "schema.ts"
        command = [
            *npm,
            "exec",
            "--",
            "openapi-typescript",
            str(document),
            "--default-non-nullable",
            "false",
            "-o",
            str(out),
        ]
        done = subprocess.run(command, cwd=WEB, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise WebBuildError(f"openapi-typescript failed:\n{done.stdout}{done.stderr}")
        return out.read_text(encoding="utf-8")


def frames_text() -> str:
    """TypeScript types of the live protocol's frames and items."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "frames.json"
        document.write_text(json.dumps(openapi(json.loads((ROOT / SCHEMA).read_text(encoding="utf-8")))), "utf-8")
        return types_text(document)


def _checks() -> int:
    """Types, style and unit tests of the browser's code."""
    npm, environment = npm_command(WEB, ROOT / ".cache")
    runs = [subprocess.run([*npm, "run", name], cwd=WEB, env=environment, check=False) for name in ("check", "test")]
    return max(done.returncode for done in runs)


def _holds(path: Path, content: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == content
