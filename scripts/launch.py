"""Start a module of this repository from a script beside this file, with the Python of .venv where there is one."""

import os
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"


def launch(module: str) -> None:
    """Run `main()` of the module and end with the code that it returns."""
    if PYTHON.exists() and Path(sys.prefix) != PYTHON.parents[1]:
        os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606  (no shell is wanted)
    sys.path.insert(0, str(ROOT))
    sys.exit(import_module(module).main())
