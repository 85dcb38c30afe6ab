"""Spans of time: what people write, and what the chain counts."""

import pytest

from offchain.chain.epochs import Schedule
from offchain.chain.units import UnitError
from offchain.creation.spans import format_span, read_span

DAILY = Schedule(0, 900)


@pytest.mark.parametrize(
    ("text", "epochs"),
    [("14d", 1344), ("36h", 144), ("90m", 6), ("1344", 1344), ("7e", 7), (" 1 d ", 96), ("0", 0)],
)
def test_spans_become_epochs(text: str, epochs: int) -> None:
    assert read_span(text, DAILY) == epochs


def test_epochs_of_another_length() -> None:
    assert read_span("1h", Schedule(0, 60)) == 60


@pytest.mark.parametrize("text", ["", "soon", "-1d", "1.5d", "1w", "1d2h", "9999999999", "\u0661d", "10m"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UnitError, match=r"is no span of time|is no whole number of epochs"):
        read_span(text, DAILY)


@pytest.mark.parametrize(
    ("epochs", "seconds", "text"),
    [
        (1344, 900, "1344 epochs (14 d)"),
        (1, 900, "1 epoch (15 min)"),
        (100, 900, "100 epochs (1 d 1 h)"),
        (7, 1, "7 epochs (7 s)"),
        (0, 900, "0 epochs (0 s)"),
    ],
)
def test_epochs_in_words(epochs: int, seconds: int, text: str) -> None:
    assert format_span(epochs, Schedule(0, seconds)) == text
