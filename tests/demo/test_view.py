"""What the user watches."""

from io import StringIO

import pytest
from rich.console import Console

from offchain.demo.screen import screen
from offchain.demo.sparkline import sparkline
from offchain.demo.story import MarketState, Story
from offchain.demo.view import LiveView, PlainView, SilentView, choose_view


def story() -> Story:
    market = MarketState("A", price=7_932_950_000, score=412_345, grade="C", rate_bps=3_200, prices=[3, 1, 2])
    return Story(1_583_798_400, 1_584_662_400, [market, MarketState("B")], now=1_583_798_400, epochs_total=960)


def test_a_sparkline_spans_lowest_to_highest() -> None:
    assert sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8) == "▁▂▃▄▅▆▇█"
    assert sparkline([5, 5], 8) == "▁▁"
    assert sparkline([1, 9, 1, 9], 2) == "██"
    assert sparkline([], 8) == ""


def test_a_pipe_gets_plain_lines_a_terminal_a_live_screen_and_json_nothing() -> None:
    assert isinstance(choose_view(story(), Console(file=StringIO()), False), PlainView)
    assert isinstance(choose_view(story(), Console(file=StringIO(), force_terminal=True), False), LiveView)
    assert isinstance(choose_view(story(), Console(file=StringIO()), True), SilentView)


def test_plain_lines_tell_each_event_once_and_each_day_once() -> None:
    out = StringIO()
    told = story()
    with PlainView(told, Console(file=out, width=200)) as view:
        told.tell("A", "an LP deposits")
        view.update()
        assert "price" not in out.getvalue(), "a day's line waits until every market has a price"
        told.markets[1].price = 16_528_700_000
        view.update()
        view.update()
    text = out.getvalue()
    assert text.count("an LP deposits") == 1
    assert text.count("price 7,932.95, score 0.412345, grade C") == 1
    assert "10 Mar 2020 00:00" in text


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 10), (200, 60)])
def test_the_live_screen_keeps_to_the_terminals_width(width: int, height: int) -> None:
    out = StringIO()
    told = story()
    told.tell("A", "a very long event " * 20)
    Console(file=out, width=width, height=height).print(screen(told, width, height))
    assert max(map(len, out.getvalue().splitlines())) <= width


def test_the_live_screen_shows_price_score_grade_factors_pool_and_events() -> None:
    out = StringIO()
    told = story()
    told.tell("A", "a claim is paid", "bad")
    with LiveView(told, Console(file=out, force_terminal=True, width=160, height=50)) as view:
        view.update()
    text = out.getvalue()
    for expected in ("7,932.95", "0.412345", "grade", "leverage", "volatility", "funding", "pool", "a claim is paid"):
        assert expected in text
