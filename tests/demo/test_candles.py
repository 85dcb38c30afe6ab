"""The candle reader: what it reads, and every row it refuses, with the line number."""

from pathlib import Path

import pytest

from offchain.data import MARCH_2020, QUARTER_2023
from offchain.demo.candles import COLUMNS, Candle, CandleError, read_candles

HEADER = ",".join(COLUMNS)
GOOD = ["1583798400,7932.95,7950,7900.5,7910,12.5", "1583802000,7910,7990,7905,7980,0"]


def write(folder: Path, *lines: str) -> Path:
    path = folder / "candles.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def refusal(folder: Path, row: str) -> str:
    """The message for a bad third data row, which is line 4 of the file."""
    path = write(folder, HEADER, *GOOD, row)
    with pytest.raises(CandleError) as caught:
        read_candles(path)
    return str(caught.value)


def test_reads_integers_of_a_millionth_usd(tmp_path: Path) -> None:
    series = read_candles(write(tmp_path, HEADER, *GOOD))
    assert series.interval == 3_600
    assert series.candles[0] == Candle(1583798400, 7_932_950_000, 7_950_000_000, 7_900_500_000, 7_910_000_000)
    assert len(series.candles) == 2


def test_reads_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "windows.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([HEADER, *GOOD, ""]).encode())
    assert len(read_candles(path).candles) == 2


def test_reads_the_files_that_come_with_the_package() -> None:
    march, quarter = read_candles(MARCH_2020), read_candles(QUARTER_2023)
    assert (march.interval, len(march.candles)) == (3_600, 1_975)
    assert (quarter.interval, len(quarter.candles)) == (900, 8_635)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1583802000,7980,7990,7905,7980,1", "not after the row before"),
        ("1583798400,7980,7990,7905,7980,1", "not after the row before"),
        ("", "empty"),
        ("   ", "empty"),
        (",,,,,", "unix_time"),
        ("1583805600,7980,7990,,7980,1", "low is empty"),
        ("1583805600,7980,7990,7905,7980", "5 columns"),
        ("1583805600,7980,7990,7905,7980,1,2", "7 columns"),
        ("1583805600,abc,7990,7905,7980,1", "open must be a number"),
        ("1583805600,7980,nan,7905,7980,1", "high must be a number"),
        ("1583805600,7980,inf,7905,7980,1", "high must be a number"),
        ("1583805600,7_980,7990,7905,7980,1", "open must be a number"),
        ("1583805600,7980,7990,7905,7980,much", "volume_btc must be a number"),
        ("1583805600,7980,7990,7905,7980,-1", "volume_btc must not be negative"),
        ("1583805600,0,7990,0,7980,1", "open must be positive"),
        ("1583805600,7980,7990,-7905,7980,1", "low must be positive"),
        ("1583805600,0.0000001,7990,0.0000001,7980,1", "open 0.0000001 lies outside"),
        ("1583805600,7980,1e99,7905,7980,1", "high 1e99 lies outside"),
        ("1583805600,7980,7900,7990,7980,1", "high 7900 is below low 7990"),
        ("1583805600,7980,7990,7905,7991,1", "open and close must lie between"),
        ("1583805600,7900,7990,7905,7980,1", "open and close must lie between"),
        ("noon,7980,7990,7905,7980,1", "unix_time must be a positive whole number"),
        ("-5,7980,7990,7905,7980,1", "unix_time must be a positive whole number"),
        ("0,7980,7990,7905,7980,1", "unix_time must be a positive whole number"),
        ("1583805600.5,7980,7990,7905,7980,1", "unix_time must be a positive whole number"),
        ("1583809260,7980,7990,7905,7980,1", "not a whole multiple of 3600"),
    ],
)
def test_refuses_a_bad_row_and_names_its_line(tmp_path: Path, row: str, reason: str) -> None:
    message = refusal(tmp_path, row)
    assert "line 4" in message
    assert reason in message


@pytest.mark.parametrize("lines", [[""], ["time,open,high,low,close,volume"], GOOD])
def test_refuses_another_header(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(CandleError, match=r"line 1: the header must be unix_time,open"):
        read_candles(write(tmp_path, *lines))


def test_refuses_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    with pytest.raises(CandleError, match="line 1"):
        read_candles(path)


def test_refuses_a_single_candle(tmp_path: Path) -> None:
    with pytest.raises(CandleError, match="at least two"):
        read_candles(write(tmp_path, HEADER, GOOD[0]))


def test_refuses_another_interval(tmp_path: Path) -> None:
    with pytest.raises(CandleError, match="60 s apart"):
        read_candles(write(tmp_path, HEADER, GOOD[0], GOOD[1].replace("1583802000", "1583798460")))


def test_refuses_a_missing_file_a_folder_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00\x80")
    for name in ("missing.csv", "", "bytes.csv"):
        with pytest.raises(CandleError):
            read_candles(tmp_path / name)
