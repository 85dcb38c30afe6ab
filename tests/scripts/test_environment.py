"""The launchers make their environment from the lock file alone, and say clearly when they can't."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from offchain.settings.paths import PROGRAMS, ROOT

LOCKS = [ROOT / "requirements.lock", PROGRAMS / "client-gen.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_is_exact_and_hashed(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())[1:]
    assert len(entries) > 40
    for entry in entries:
        first, *hashes = (line.strip(" \\") for line in entry.splitlines())
        assert re.match(r"[a-z0-9-]+==[0-9][^ ]*( ; .*)?$", first), first
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), first


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_name_no_host(lock: Path) -> None:
    assert "://" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "lock", [ROOT / "web" / "package-lock.json", ROOT / "web" / "node.lock"], ids=lambda path: path.name
)
def test_locks_of_the_web_ui_name_no_host_and_hash_everything(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "resolved" not in text
    assert "registry" not in text
    assert text.count('"version": ') - 1 <= text.count('"integrity": ') + 1
    assert "sha" in text


def test_everything_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(item for extra in extras for item in extra)]
    wanted += project["build-system"]["requires"]
    names = {re.split(r"[=<>\[]", item)[0] for item in wanted}
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCKS[0].read_text(encoding="utf-8"), re.MULTILINE))
    assert names <= locked


@pytest.mark.parametrize("script", ["demo", "test"])
def test_an_old_python_is_refused_in_one_line(tmp_path: Path, script: str) -> None:
    for name in ("python", "python3", "python3.11", "python3.12", "python3.13"):
        fake = tmp_path / name
        fake.write_text("#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n", encoding="utf-8")
        fake.chmod(0o755)
    done = subprocess.run(
        [str(ROOT / "scripts" / script)],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed and none was found on PATH (python3 is Python 3.9.2")
    assert done.stderr.count("\n") == 1


def test_a_second_run_changes_nothing_and_needs_no_network(tmp_path: Path) -> None:
    offline = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PIP_INDEX_URL": "http://127.0.0.1:1/"}
    command = [sys.executable, str(ROOT / "scripts" / "environment.py")]
    first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    second = subprocess.run(command, env=offline, capture_output=True, text=True, check=False)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
