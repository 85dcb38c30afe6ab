"""close_position: the trader gets margin and loss at once, profit later."""

import pytest

from offchain.chain.events.generated.demo_market import PositionClosed
from tests.programs.bench.machine import EPOCH, START_EPOCH, USDC
from tests.programs.demo_market.lab import BTC, PRICE, Lab, Player

ENTRY = PRICE + 8 * USDC
HOUSE = 500_000 * USDC
OPEN_FEE = ENTRY // 1000
MARGIN = 2_000 * USDC


@pytest.fixture
def trader(lab: Lab) -> Player:
    """A trader with 1 BTC long on 2 000 USDC at 20 008."""
    player = lab.player()
    player.open()
    return player


def exit_fill(price: int, sells: bool = True) -> int:
    """1 BTC out of the market at a price."""
    slip = -(-price * price * 200 // (1_000_000 * USDC * 10_000))
    return price - slip if sells else price + slip


def test_a_loss_goes_to_the_house_and_the_rest_back(lab: Lab, trader: Player) -> None:
    price = 19_000 * USDC
    lab.wait(20)
    lab.sync(price)
    (event,) = trader.close()
    fill = exit_fill(price)
    equity = MARGIN + fill - ENTRY
    fee = -(-fill * 10 // 10_000)
    market = lab.market
    assert lab.balance(trader.token) == 1_000_000 * USDC - MARGIN - OPEN_FEE + equity - fee
    assert market.house == HOUSE + MARGIN - equity
    assert (market.margins, market.open_positions, market.oi_long, market.entry_notional) == (0, 0, 0, 0)
    assert market.entry_notional_leverage == 0
    assert market.fees_due == OPEN_FEE + fee == lab.balance(lab.at.fee_vault)
    assert (market.unvested_units, lab.position(trader.key).state) == (0, 2)
    lab.check_ledger()
    assert isinstance(event, PositionClosed)
    assert (event.exit_price, event.fee, event.principal, event.profit) == (fill, fee, equity - fee, 0)
    assert (event.shortfall, event.house, event.epoch) == (0, market.house, START_EPOCH)


def test_a_profit_vests_and_only_the_margin_is_paid(lab: Lab, trader: Player) -> None:
    price = 21_000 * USDC
    lab.wait(20)
    lab.sync(price)
    (event,) = trader.close()
    fill = exit_fill(price)
    fee = -(-fill * 10 // 10_000)
    profit = fill - ENTRY - fee
    market, account = lab.market, lab.trader(trader.key)
    assert lab.balance(trader.token) == 1_000_000 * USDC - OPEN_FEE
    assert market.house == HOUSE - (fill - ENTRY)
    assert market.unvested_units == account.units == profit
    assert (account.vest_epoch, account.vest_end, account.claimable) == (START_EPOCH, START_EPOCH + 96, 0)
    lab.check_ledger()
    assert (event.profit, event.principal) == (profit, MARGIN)


def test_a_short_earns_what_a_long_loses(lab: Lab) -> None:
    trader = lab.player()
    trader.open(is_long=False)
    lab.wait(20)
    lab.sync(19_000 * USDC)
    (event,) = trader.close()
    entry, fill = PRICE - 8 * USDC, exit_fill(19_000 * USDC, sells=False)
    assert event.exit_price == fill
    assert event.profit == entry - fill - event.fee
    lab.check_ledger()


def test_winners_are_paid_from_what_the_house_has(lab: Lab) -> None:
    poor = Lab(house=100 * USDC)
    trader = poor.player()
    trader.open()
    poor.wait(20)
    poor.sync(21_000 * USDC)
    (event,) = trader.close()
    gain = exit_fill(21_000 * USDC) - ENTRY
    assert event.shortfall == gain - 100 * USDC
    assert event.profit == 100 * USDC - event.fee
    assert poor.market.house == 0
    poor.check_ledger()


def test_with_an_empty_house_the_fee_comes_out_of_the_margin() -> None:
    empty = Lab(house=0)
    trader = empty.player()
    trader.open()
    empty.wait(20)
    empty.sync(21_000 * USDC)
    (event,) = trader.close()
    assert (event.profit, event.principal) == (0, MARGIN - event.fee)
    empty.check_ledger()


def test_a_fee_above_the_equity_takes_it_all(lab: Lab, trader: Player) -> None:
    price = next(p for p in range(18_000 * USDC, 19_000 * USDC, USDC) if MARGIN + exit_fill(p) >= ENTRY)
    lab.wait(20)
    lab.sync(price)
    (event,) = trader.close()
    equity = MARGIN + exit_fill(price) - ENTRY
    assert 0 <= equity < exit_fill(price) // 1000
    assert (event.fee, event.principal, event.profit) == (equity, 0, 0)
    lab.check_ledger()


def test_an_underwater_position_can_not_be_closed(lab: Lab, trader: Player) -> None:
    lab.wait(20)
    lab.sync(18_000 * USDC)
    lab.rejects("E_UNDERWATER", "close_position", {"limit_price": 0}, **trader.closing())


def test_funding_is_paid_by_the_heavier_side_and_received_by_the_other(lab: Lab, trader: Player) -> None:
    short = lab.player()
    short.open(is_long=False, size=BTC // 2, margin=1_000 * USDC)
    lab.wait(EPOCH * 40)
    lab.sync()
    funding = 3_000_000 * (BTC // 2) // (BTC + BTC // 2) * 40 // 32
    assert lab.market.cum_funding == funding
    (event,) = trader.close()
    owed = -(-ENTRY * funding // 10**9)
    assert event.principal + event.fee == MARGIN + exit_fill(PRICE) - ENTRY - owed
    notional = lab.position(short.key).notional
    (event,) = short.close()
    slip = -(-PRICE * (PRICE // 2) * 200 // (1_000_000 * USDC * 10_000))
    buy_back = -(-(PRICE + slip) // 2)
    assert (
        event.principal + event.fee + event.profit == 1_000 * USDC + notional - buy_back + notional * funding // 10**9
    )
    lab.check_ledger()


def test_limits_bind(lab: Lab, trader: Player) -> None:
    fill = exit_fill(PRICE)
    lab.rejects("E_SLIPPAGE", "close_position", {"limit_price": fill + 1}, **trader.closing())
    trader.close(limit_price=fill)


def test_restriction_never_stops_a_close(lab: Lab, trader: Player) -> None:
    lab.sync(reasons=31, leverage_cap=0, oi_cap=0)
    trader.close()
    assert lab.market.oi_long == 0


@pytest.mark.parametrize(("is_long", "price"), [(True, 30_000 * USDC), (False, 12_000 * USDC)])
def test_a_provisional_price_pays_nobody(lab: Lab, is_long: bool, price: int) -> None:
    trader = lab.player()
    trader.open(is_long=is_long, margin=10_000 * USDC)
    lab.wait(20)
    lab.sync(price, provisional=True, lag_price=PRICE)
    (event,) = trader.close()
    assert event.exit_price == exit_fill(PRICE, sells=is_long)
    assert event.profit == 0


def test_a_provisional_loss_is_taken_as_it_is(lab: Lab) -> None:
    trader = lab.player()
    trader.open(margin=10_000 * USDC)
    lab.wait(20)
    lab.sync(12_000 * USDC, provisional=True, lag_price=PRICE)
    (event,) = trader.close()
    assert event.exit_price == exit_fill(12_000 * USDC)


def test_refusals(lab: Lab, trader: Player) -> None:
    own, args = trader.closing(), {"limit_price": 0}
    other = lab.player()
    lab.rejects("E_AUTHORITY", "close_position", args, **(own | {"owner": other.key}))
    lab.rejects("E_RELATION", "close_position", args, **(own | {"trader": other.trader}))
    lab.rejects("E_RELATION", "close_position", args, **own, market=lab.another_market())
    lab.rejects("E_VAULT", "close_position", args, **own, vault=lab.tokens(lab.market_id))
    lab.rejects("E_VAULT", "close_position", args, **own, fee_vault=lab.tokens(lab.market_id))
    lab.wait(61)
    lab.rejects("E_SYNC_STALE", "close_position", args, **own)
    lab.sync(publish_time=lab.now - 61)
    lab.rejects("E_PRICE_STALE", "close_position", args, **own)
    lab.sync()
    trader.close()
    lab.rejects("E_STATE", "close_position", args, **own)


def test_close_position_compute_units(lab: Lab, trader: Player) -> None:
    lab.wait(3 * EPOCH)
    lab.sync(21_000 * USDC)
    trader.close()
    # Two transfers (4.7 k each), an event, and the vesting of the profit; all addresses are stored.
    assert lab.units <= 36_000
