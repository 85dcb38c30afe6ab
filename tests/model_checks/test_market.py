"""The demo market worked by hand. Prices in dollars, sizes in whole coins, values in USDC."""

from dataclasses import replace
from typing import Any

import pytest

from tests.model.market.accrual import accrue, sync
from tests.model.market.equity import funding_owed
from tests.model.market.fills import fill_price
from tests.model.market.liquidation import cover_deficit, is_breached, keeper_minimum, liquidate
from tests.model.market.profit import add_profit, socialise, unvested_value, vest, withdraw
from tests.model.market.state import Market, Position, Trader
from tests.model.market.trading import add_margin, close_position, ledger, open_position
from tests.model.refusals import Refused

USDC = 1_000_000
DOLLAR = 1_000_000
COIN = 1_000_000


def market(price: int = 10_000, now: int = 900, **changes: Any) -> Market:
    """A market of depth 1 000 000 USDC with a house of 100 000 USDC, synced."""
    start = Market(depth=1_000_000 * USDC, house=100_000 * USDC, **changes)
    return sync(start, now, price * DOLLAR)


def at_cost(is_long: bool = True, margin: int = 1_000, price: int = 10_000) -> Position:
    """One coin at 10 000 dollars without slip."""
    notional = price * USDC
    leverage = notional * 10_000 // (margin * USDC)
    return Position(is_long, COIN, price * DOLLAR, notional, margin * USDC, margin * USDC, leverage, 0)


def holding(position: Position, **changes: Any) -> Market:
    """A market that holds the position."""
    size = position.size
    return replace(
        market(),
        oi_long=size if position.is_long else 0,
        oi_short=0 if position.is_long else size,
        entry_notional=position.notional,
        entry_notional_leverage=position.notional * position.leverage,
        margins=position.margin,
        open_positions=1,
        **changes,
    )


def test_slip_is_two_per_cent_at_the_whole_depth() -> None:
    m = market()
    assert fill_price(m, 10_000 * DOLLAR, 100 * COIN, True) == 10_200 * DOLLAR
    assert fill_price(m, 10_000 * DOLLAR, 100 * COIN, False) == 9_800 * DOLLAR
    assert fill_price(m, 10_000 * DOLLAR, COIN, True) == 10_002 * DOLLAR


def test_opening_books_margin_fee_and_leverage() -> None:
    after, position, paid = open_position(market(), True, COIN, 1_000 * USDC, 900)
    assert position.entry_price == 10_002 * DOLLAR
    assert position.notional == 10_002 * USDC
    assert position.leverage == 100_020
    assert (paid.fee, after.fees_due, after.margins) == (10_002_000, 10_002_000, 1_000 * USDC)
    assert after.entry_notional_leverage == 10_002 * USDC * 100_020


def test_openings_that_are_refused() -> None:
    cases = {
        "E_RESTRICTED": replace(market(), reasons=1),
        "E_PROVISIONAL": replace(market(), provisional=True),
        "E_LEVERAGE": replace(market(), leverage_cap=100_000),
        "E_OI_CAP": replace(market(), oi_cap=10_000 * USDC - 1),
        "E_DEPTH": replace(market(), depth=10_000 * USDC),
    }
    for code, m in cases.items():
        with pytest.raises(Refused, match=code):
            open_position(m, True, COIN, 1_000 * USDC, 900)
    with pytest.raises(Refused, match="E_MIN_MARGIN"):
        open_position(market(), True, COIN, 20 * USDC - 1, 900)
    with pytest.raises(Refused, match="E_LEVERAGE"):
        open_position(market(), True, COIN, 250 * USDC, 900)


def test_more_margin_lowers_leverage_and_its_weight() -> None:
    m, position, _ = open_position(market(), True, COIN, 1_000 * USDC, 900)
    m, position = add_margin(m, position, 1_000 * USDC, 900)
    assert (position.leverage, position.initial_margin) == (50_010, 2_000 * USDC)
    assert m.entry_notional_leverage == position.notional * 50_010


def test_means_weigh_by_time() -> None:
    """A long of 10 000 USDC for the last third of epoch 1: mean 3 333.33, leverage 10 all the time it existed."""
    m = accrue(market(), 1_500)
    m = replace(m, oi_long=COIN, entry_notional=10_000 * USDC, entry_notional_leverage=10_000 * USDC * 100_000)
    m = accrue(m, 1_800)
    assert (m.means.epoch, m.means.long, m.means.short, m.means.leverage) == (1, 3_333_333_333, 0, 100_000)


def test_untouched_epochs_are_constant() -> None:
    m = accrue(holding(at_cost()), 10 * 900 + 5)
    assert (m.means.epoch, m.means.long) == (9, 10_000 * USDC)


def test_funding_runs_by_whole_epochs_and_skew() -> None:
    """All long: 0.3 % in 8 hours, 3 000 000 / 32 = 93 750 an epoch; a long of 10 000 USDC owes 0.9375 USDC."""
    m = accrue(holding(at_cost()), 1_799)
    assert m.cum_funding == 0
    assert accrue(m, 1_800).cum_funding == 93_750
    assert accrue(m, 900 * 33).cum_funding == 3_000_000
    assert funding_owed(at_cost(), 93_750) == 937_500
    assert funding_owed(at_cost(False), 93_750) == -937_500


def test_funding_rounds_toward_the_house() -> None:
    small = replace(at_cost(), notional=3)
    assert funding_owed(small, 500_000_000) == 2
    assert funding_owed(replace(small, is_long=False), 500_000_000) == -1


def test_a_close_in_profit_returns_margin_and_vests_the_gain() -> None:
    """Long one coin from 10 000 to 11 000, slip 0.022 %: sold at 10 997.58, fee 10.99758, gain 997.58."""
    position = at_cost()
    m = sync(holding(position), 950, 11_000 * DOLLAR)
    after, trader, done = close_position(m, Trader(), position, 950)
    assert done.price == 10_997_580_000
    assert (done.fee, done.principal, done.profit) == (10_997_580, 1_000 * USDC, 986_582_420)
    assert (after.house, after.margins, after.unvested_units) == (99_002_420_000, 0, 986_582_420)
    assert trader.vest_end == 97
    assert ledger(after) == ledger(m) - done.fee - done.principal


def test_a_close_is_limited_by_margin_and_house() -> None:
    position = at_cost()
    m = replace(sync(holding(position), 950, 11_000 * DOLLAR), house=100 * USDC)
    after, _, done = close_position(m, Trader(), position, 950)
    assert (done.shortfall, done.fee) == (897_580_000, 10_997_580)
    assert (done.principal, done.profit) == (1_000 * USDC, 89_002_420)
    assert after.house == 0


def test_a_close_under_water_is_refused() -> None:
    m = sync(holding(at_cost()), 950, 8_900 * DOLLAR)
    with pytest.raises(Refused, match="E_UNDERWATER"):
        close_position(m, Trader(), at_cost(), 950)


def test_the_keeper_minimum() -> None:
    assert keeper_minimum(1_000 * USDC) == USDC
    assert keeper_minimum(10_000 * USDC) == 5 * USDC


def test_liquidation_starts_below_maintenance() -> None:
    """Margin 1 000, maintenance 2.5 %: breach where 1 000 - (10 000 - p) < p / 40, that is p < 9 230.77."""
    assert not is_breached(sync(holding(at_cost()), 950, 9_231 * DOLLAR), at_cost())
    assert is_breached(sync(holding(at_cost()), 950, 9_230 * DOLLAR), at_cost())


def test_the_better_of_two_prices_decides() -> None:
    m = sync(holding(at_cost()), 950, 9_000 * DOLLAR, lag_price=9_500 * DOLLAR)
    assert not is_breached(m, at_cost())


def test_a_solvent_liquidation_pays_keeper_fund_and_trader() -> None:
    """At 9 200: equity 200; keeper 5; fee 0.5 % of 9 200 = 46, half each; 149 to the trader; the house won 800."""
    m = sync(holding(at_cost()), 950, 9_200 * DOLLAR)
    after, trader, done = liquidate(m, Trader(), at_cost(), 950)
    assert (done.keeper, done.to_fund, done.to_trader, done.deficit) == (28 * USDC, 23 * USDC, 149 * USDC, 0)
    assert (after.house, after.fund, after.claimable, trader.claimable) == (
        100_800 * USDC,
        23 * USDC,
        149 * USDC,
        149 * USDC,
    )
    assert ledger(after) == ledger(m) - done.keeper


def test_a_deficit_goes_to_fund_and_cover_and_is_capped_by_the_margin() -> None:
    """At 7 000: loss 3 000, margin 1 000, keeper 5: deficit 2 005; fund 300; cover 1 000 of 1 705; 705 to profits."""
    m = sync(holding(at_cost(), fund=300 * USDC, unvested_units=500 * USDC), 950, 7_000 * DOLLAR)
    after, _, done = liquidate(m, Trader(), at_cost(), 950)
    assert (done.deficit, done.from_fund, done.covered, done.socialised) == (
        2_005 * USDC,
        300 * USDC,
        1_000 * USDC,
        500 * USDC,
    )
    assert (after.deficit_counter, after.margin_counter, after.fund_counter) == (1_000 * USDC, 1_000 * USDC, 300 * USDC)
    assert after.bad_debt == 205 * USDC
    assert after.house == (100_000 + 995 + 300 + 500) * USDC
    assert ledger(after) == ledger(m) - 5 * USDC


def test_a_forced_resolution_needs_five_per_cent_below_zero() -> None:
    extreme = sync(holding(at_cost()), 950, 8_000 * DOLLAR)
    assert liquidate(extreme, Trader(), at_cost(), 950, forced=True)[2].covered == 1_000 * USDC
    with pytest.raises(Refused, match="E_NOT_EXTREME"):
        liquidate(sync(holding(at_cost()), 950, 8_600 * DOLLAR), Trader(), at_cost(), 950, forced=True)


def test_a_cover_takes_profit_only_up_to_the_receipt() -> None:
    m = replace(market(), unvested_units=1_000)
    after, taken = cover_deficit(m, 500, 700, 300)
    assert (taken, after.bad_debt, after.house) == (300, 400, 100_000 * USDC + 800)
    assert unvested_value(after) == 700


def test_profits_share_a_loss_pro_rata() -> None:
    m, first = add_profit(market(), Trader(), 3_000, 1)
    m, second = add_profit(m, Trader(), 1_000, 1)
    m, taken = socialise(m, 1_000, 1_000)
    assert (taken, m.profit_index) == (1_000, 750_000_000)
    m, first, paid = withdraw(m, first, 97)
    assert (paid, first.units) == (2_250, 0)
    m, second = vest(m, second, 49)
    assert second.claimable == 375


def test_a_wiped_index_voids_old_units() -> None:
    m, old = add_profit(market(), Trader(), 3_000, 1)
    m, _ = socialise(m, 5_000, 5_000)
    assert (m.profit_index, m.unvested_units, m.profit_generation, m.bad_debt) == (10**9, 0, 1, 2_000)
    m, new = add_profit(m, Trader(generation=1), 500, 1)
    m, old, paid = withdraw(m, old, 97)
    assert (paid, m.unvested_units) == (0, 500)
    assert withdraw(m, new, 97)[2] == 500
