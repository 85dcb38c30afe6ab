"""Make or refresh the repository's `.venv` from requirements.lock, and the web UI's bundle; standard library only.

Called by ./scripts/demo and ./scripts/test before everything else. A second run changes nothing and needs no network.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from offchain.web.bundle import build, sources_digest  # noqa: E402
from offchain.web.errors import WebBuildError  # noqa: E402

WEB = ROOT / "web"
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def main() -> int:
    """Bring `.venv` and the web UI up to date; returns the exit code."""
    stamp, wanted = VENV / "percosec.stamp", _wanted()
    tried, sources = VENV / "percosec-web.stamp", sources_digest(WEB)
    if _is_stamped(stamp, wanted) and _holds(tried, sources):
        return 0
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code = 0 if _is_stamped(stamp, wanted) else _make(stamp, wanted)
        if code == 0 and not _holds(tried, sources):
            _build_web()
            tried.write_text(sources, encoding="utf-8")
        return code


def _make(stamp: Path, wanted: str) -> int:
    """Install everything; returns the exit code."""
    if not _runs(VENV / "bin" / "python"):
        print(f"setting up {VENV.name} (once; needs a network) ...", file=sys.stderr, flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        if not _step([sys.executable, "-m", "venv", str(VENV)]):
            return _failed("python -m venv does not work: install the system's venv package (python3-venv)")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    if not _install([*pip, "--require-hashes", "-r", str(LOCK)]):
        return _failed("the packages of requirements.lock could not be installed: check the network and try again")
    if not _step([*pip, "-q", "--no-deps", "--no-build-isolation", "-e", str(ROOT)]):
        return _failed("the project could not be installed into .venv: remove .venv and try again")
    stamp.write_text(wanted, encoding="utf-8")
    return 0


def _wanted() -> str:
    """What the environment depends on: the lock, the package's metadata, where it lies and the Python version."""
    content = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return f"{hashlib.sha256(content).hexdigest()} {ROOT} {sys.version_info[0]}.{sys.version_info[1]}\n"


def _build_web() -> None:
    """Everything but the pages works without it, so that a machine without npm's registry can still run a demo."""
    try:
        build(WEB, ROOT / ".cache")
    except WebBuildError as error:
        print(f"the web UI is not built ({error}); later: scripts/build_web", file=sys.stderr)


def _is_stamped(stamp: Path, wanted: str) -> bool:
    return _holds(stamp, wanted) and _runs(VENV / "bin" / "python")


def _holds(path: Path, wanted: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == wanted


def _runs(python: Path) -> bool:
    """Whether the environment's Python works and has this Python's version (a moved or broken one does not)."""
    if not python.exists():
        return False
    ask = "import sys, pip; print(sys.version_info[:2] == tuple(map(int, sys.argv[1:3])))"
    version = [str(number) for number in sys.version_info[:2]]
    done = subprocess.run([str(python), "-c", ask, *version], capture_output=True, text=True, check=False)
    return done.stdout.strip() == "True"


def _step(command: list[str]) -> bool:
    return subprocess.run(command, stdout=sys.stderr, check=False, env=_environment()).returncode == 0


def _install(command: list[str]) -> bool:
    """Run pip and show which of how many packages it is at; on a failure show what pip said."""
    total = len(PACKAGE.findall(LOCK.read_text(encoding="utf-8")))
    seen, said = 0, []
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_environment())
    assert pip.stdout is not None  # noqa: S101  (asked for above)
    for line in pip.stdout:
        said.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            seen += 1
            name = line.removeprefix("Requirement already satisfied: ").removeprefix("Collecting ").split("==")[0]
            _progress(f"packages {min(seen, total)}/{total} {name}", is_step=seen % 10 == 0)
        elif line.startswith("Installing collected"):
            _progress("installing ...")
    _progress("")
    if pip.wait() != 0:
        sys.stderr.write("".join(said[-15:]))
        return False
    return True


def _progress(text: str, *, is_step: bool = True) -> None:
    """One line that changes on a terminal; elsewhere a line for each step."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text[:70]}")
    elif text and is_step:
        sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _environment() -> dict[str, str]:
    """pip without a home folder keeps no cache; it must not complain about it either."""
    home = os.environ.get("HOME", "")
    return {**os.environ} if home and os.access(home, os.W_OK) else {**os.environ, "PIP_NO_CACHE_DIR": "1"}


def _failed(message: str) -> int:
    print(f"\x1b[31m{message}\x1b[0m" if sys.stderr.isatty() else message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
