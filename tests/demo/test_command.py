"""`percosec demo`: bad input is one clear line and a failure, never a traceback."""

from pathlib import Path

import pytest

from offchain.cli import run
from offchain.data import MARCH_2020

HEADER = "unix_time,open,high,low,close,volume_btc"


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line of a refused command."""
    assert run(["demo", *arguments]) != 0
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_bad_row_is_named_by_file_and_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"{HEADER}\n1583798400,1,1,1,1,1\n1583802000,1,1,0,1,1\n")
    assert "bad.csv line 3: low must be positive" in refusal(capsys, "--data", str(path))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--data", "no-such-file.csv"], "no-such-file.csv can't be read"),
        (["--from", "2020-03-20", "--to", "2020-03-10"], "--from must lie before --to"),
        (["--from", "2021-01-01"], "--from must lie before --to"),
        (["--to", "2019-01-01"], "--from must lie before --to"),
        (["--from", "someday"], "is no date"),
        (["--all", "--from", "2020-03-10"], "leave out --from and --to"),
        (["--from", "2020-03-10T10:00", "--to", "2020-03-10T10:30"], "has 1 candles"),
        (["--crash-scale", "deep"], "is no number"),
        (["--crash-scale", "-1"], "outside of 0 .. 100"),
        (["--crash-scale", "1/0"], "is no number"),
        (["--epoch-seconds", "901"], "901 is not in the range"),
        (["--epoch-seconds", "7"], "7 is not in the range 8<=x<=900"),
        (["--backend", "mainnet"], "'mainnet' is not one of"),
        (["--keep", str(MARCH_2020)], "is a file"),
        (["--unknown"], "No such option"),
    ],
)
def test_a_wrong_argument_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    assert reason in refusal(capsys, *arguments)


def test_keep_refuses_a_folder_that_cannot_be_made_before_the_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    assert "can't be made" in refusal(capsys, "--keep", str(tmp_path / "file" / "state"))


def test_a_validator_keeps_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "embedded backend only" in refusal(capsys, "--backend", "test-validator", "--keep", str(tmp_path))


def test_keep_does_not_overwrite_a_state(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "chain.sqlite").write_bytes(b"")
    assert "already holds the state of a chain" in refusal(capsys, "--keep", str(tmp_path))
