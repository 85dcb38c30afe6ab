"""`scripts/screenshots` as a command, where it needs no browser."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from offchain.settings.paths import ROOT
from scripts.shots.chromium import chromium
from scripts.shots.command import command
from scripts.shots.errors import ShotError
from scripts.shots.market import Market, crashed

SCRIPT = (sys.executable, str(ROOT / "scripts" / "screenshots"))


def test_the_script_says_what_it_does() -> None:
    done = subprocess.run([*SCRIPT, "--help"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "Take every page of the web UI into FOLDER" in done.stdout
    assert all(option in done.stdout for option in ("--url", "--page", "--readme"))


def test_a_server_that_is_not_there_is_one_red_line(tmp_path: Path) -> None:
    asked = [*SCRIPT, str(tmp_path), "--url", "http://127.0.0.1:9"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == "http://127.0.0.1:9 does not answer"


def test_an_unknown_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paid = {"state": "paid", "payout": "1", "market_id": "M", "claim": "C"}
    monkeypatch.setattr(Market, "claims", lambda _self: [paid])
    result = CliRunner().invoke(command, [str(tmp_path), "--url", "http://127.0.0.1:9", "--page", "nowhere"])
    assert isinstance(result.exception, ShotError)
    assert "there is no page nowhere; there are home, markets" in str(result.exception)


def test_a_server_that_ends_at_once_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.shots.market.python", lambda *_: [sys.executable, "-c", "raise SystemExit('no room')"])
    with pytest.raises(ShotError, match="the server ended: no room"), crashed(tmp_path, lambda _passed, _whole: None):
        pytest.fail("there is no market")


def test_a_machine_without_chromium_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PERCOSEC_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ShotError, match="apt-get install chromium"):
        chromium()
