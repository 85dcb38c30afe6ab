"""The bundle that the app serves, built from `web/`; nothing is done when it is that of the sources already.

Standard library only: the build hook runs before anything else is installed.
"""

import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from offchain.web.errors import WebBuildError
from offchain.web.node import npm_command

BUNDLE = Path(__file__).parent / "generated"
"""Where the built files lie, inside the package."""
STAMP = "sources.sha256"
_PARTS = ("index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "public", "src")


def sources_digest(web: Path) -> str:
    """SHA-256 over the name and content of every file that goes into the bundle (tests do not)."""
    digest = hashlib.sha256()
    for path in sorted(_files(web)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(web).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def is_current(web: Path, bundle: Path = BUNDLE) -> bool:
    """Whether the bundle is there and was made from these sources."""
    stamp = bundle / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == sources_digest(web)


def build(web: Path, cache: Path, bundle: Path = BUNDLE) -> bool:
    """Make the bundle; False when it was there already. WebBuildError says what to do."""
    if is_current(web, bundle):
        return False
    with _alone(cache):
        return _build(web, cache, bundle)


def _build(web: Path, cache: Path, bundle: Path) -> bool:
    if is_current(web, bundle):  # another process has just built it
        return False
    print("building the web UI ...", file=sys.stderr, flush=True)
    _install(web, cache)
    _npm(web, cache, "run", "build", "--", "--outDir", str(bundle))
    (bundle / STAMP).write_text(sources_digest(web), encoding="utf-8")
    return True


def install(web: Path, cache: Path) -> None:
    """npm's packages by the lock file, unless they are those already. WebBuildError says what to do."""
    with _alone(cache):
        _install(web, cache)


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """npm empties the folder that another npm fills."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "web.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(web: Path, cache: Path) -> None:
    stamp, wanted = web / "node_modules" / ".percosec-lock", (web / "package-lock.json").read_text(encoding="utf-8")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    _npm(web, cache, "ci", "--no-audit", "--no-fund")
    stamp.write_text(wanted, encoding="utf-8")


def _npm(web: Path, cache: Path, *arguments: str) -> None:
    npm, environment = npm_command(web, cache)
    done = subprocess.run([*npm, *arguments], cwd=web, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout[-2_000:] + done.stderr[-2_000:])
        raise WebBuildError(f"npm {arguments[0]} failed in {web.name}/: see above; npm ci needs a network")


def _files(web: Path) -> list[Path]:
    roots = [web / part for part in _PARTS]
    found = [root for root in roots if root.is_file()]
    found += [path for root in roots if root.is_dir() for path in root.rglob("*") if path.is_file()]
    return [path for path in found if ".test." not in path.name]
