"""open_position: fill, bounds, bookings."""

import pytest

from offchain.chain.errors import ProgramError
from offchain.chain.events.generated.demo_market import PositionOpened
from tests.programs.bench.machine import EPOCH, START_EPOCH, USDC
from tests.programs.demo_market.lab import BTC, DEPTH, PRICE, SYNC, Lab, Player

SLIP = 8 * USDC
"""1 BTC is 2 % of the depth and moves the price by 2 % of 2 %."""


@pytest.fixture
def trader(lab: Lab) -> Player:
    """A trader with a million USDC."""
    return lab.player()


@pytest.mark.parametrize("is_long", [True, False])
def test_open_books_the_fill_to_the_atom(lab: Lab, trader: Player, is_long: bool) -> None:
    (event,) = trader.open(is_long=is_long)
    fill = PRICE + SLIP if is_long else PRICE - SLIP
    fee = fill // 1000
    position, market = lab.position(trader.key), lab.market
    assert (position.is_long, position.size, position.entry_price, position.notional) == (is_long, BTC, fill, fill)
    assert position.margin == position.initial_margin == 2_000 * USDC
    assert (position.leverage, position.entry_funding, position.state) == (fill * 10_000 // (2_000 * USDC), 0, 1)
    assert (position.owner, position.market, position.nonce) == (trader.key, lab.market_id, 1)
    assert (market.oi_long, market.oi_short) == ((BTC, 0) if is_long else (0, BTC))
    assert (market.margins, market.fees_due, market.open_positions) == (2_000 * USDC, fee, 1)
    assert (market.entry_notional, market.entry_notional_leverage) == (fill, fill * position.leverage)
    assert lab.balance(trader.token) == 1_000_000 * USDC - 2_000 * USDC - fee
    assert lab.balance(lab.at.fee_vault) == fee
    lab.check_ledger()
    assert isinstance(event, PositionOpened)
    assert (event.market_id, event.actor, event.epoch, event.nonce) == (lab.market_id, trader.key, START_EPOCH, 1)
    assert (event.entry_price, event.fee, event.margins, event.oi_long) == (fill, fee, market.margins, market.oi_long)


def test_odd_sizes_round_against_the_trader(lab: Lab, trader: Player) -> None:
    lab.sync(PRICE + 7)
    trader.open(size=333_333, margin=1_000 * USDC)
    position = lab.position(trader.key)
    worth = 333_333 * (PRICE + 7) // 10**6
    slip = -(-(PRICE + 7) * worth * 200 // (DEPTH * 10_000))
    assert position.entry_price == PRICE + 7 + slip
    assert position.notional == -(-333_333 * position.entry_price // 10**6)
    assert position.leverage == -(-position.notional * 10_000 // (1_000 * USDC))
    assert lab.market.fees_due == -(-position.notional * 10 // 10_000)


def test_a_sell_never_fills_below_one(lab: Lab, trader: Player) -> None:
    lab.sync(1)
    trader.open(is_long=False, size=10**15, margin=1_000 * USDC)
    assert lab.position(trader.key).entry_price == 1


def test_open_needs_a_recent_sync(lab: Lab, trader: Player) -> None:
    lab.wait(60)
    trader.open(nonce=1)
    lab.wait(1)
    lab.rejects("E_SYNC_STALE", "open_position", trader.order(nonce=2), **trader.opening(2))


def test_open_before_the_first_sync_is_refused(lab: Lab) -> None:
    # Never treat "last = 0" as "allowed": at a chain time of 30 s an unset sync time would look recent.
    fresh = Lab(synced=False)
    fresh.to_time(30)
    trader = fresh.player()
    fresh.rejects("E_SYNC_STALE", "open_position", trader.order(), **trader.opening())


def test_open_needs_a_recent_price_too(lab: Lab, trader: Player) -> None:
    lab.wait(61)
    lab.sync(publish_time=lab.now - 61)
    lab.rejects("E_PRICE_STALE", "open_position", trader.order(), **trader.opening())
    lab.sync(publish_time=lab.now - 60)
    trader.open()


@pytest.mark.parametrize("reasons", [1, 2, 4, 8, 16])
def test_any_restriction_refuses_an_opening_until_it_is_lifted(lab: Lab, trader: Player, reasons: int) -> None:
    lab.sync(reasons=reasons)
    lab.rejects("E_RESTRICTED", "open_position", trader.order(), **trader.opening())
    lab.sync(reasons=0)
    trader.open()


def test_no_opening_on_a_provisional_price(lab: Lab, trader: Player) -> None:
    lab.sync(provisional=True)
    lab.rejects("E_PROVISIONAL", "open_position", trader.order(), **trader.opening())


def test_size_and_margin_have_a_minimum(lab: Lab, trader: Player) -> None:
    lab.rejects("E_AMOUNT", "open_position", trader.order(size=0), **trader.opening())
    small = trader.order(size=BTC // 1000, margin=20 * USDC - 1)
    lab.rejects("E_MIN_MARGIN", "open_position", small, **trader.opening())
    trader.open(size=BTC // 1000, margin=20 * USDC)


def test_a_trade_is_at_most_the_depth(lab: Lab, trader: Player) -> None:
    # 49.02 BTC fill at 20 392 and are worth 999 615.84 USDC; 49.05 are above a million.
    lab.rejects("E_DEPTH", "open_position", trader.order(size=49_050_000, margin=200_000 * USDC), **trader.opening())
    trader.open(size=49_020_000, margin=200_000 * USDC)


def test_limit_prices_bind_on_both_sides(lab: Lab, trader: Player) -> None:
    buy = trader.order(limit_price=PRICE + SLIP - 1)
    lab.rejects("E_SLIPPAGE", "open_position", buy, **trader.opening())
    sell = trader.order(is_long=False, limit_price=PRICE - SLIP + 1)
    lab.rejects("E_SLIPPAGE", "open_position", sell, **trader.opening())
    trader.open(nonce=1, limit_price=PRICE + SLIP)
    trader.open(nonce=2, is_long=False, limit_price=PRICE - SLIP)


def test_leverage_is_capped_by_the_grade(lab: Lab, trader: Player) -> None:
    exact = -(-(PRICE + SLIP) * 10_000 // 200_000)
    lab.rejects("E_LEVERAGE", "open_position", trader.order(margin=exact - 1), **trader.opening())
    trader.open(margin=exact)


def test_no_position_is_born_liquidatable(lab: Lab, trader: Player) -> None:
    lab.sync(leverage_cap=1_000_000)
    # 2.5 % of 20 000 and the 8 USDC of slip already lost: 508 USDC at least, though the cap would allow 40 x more.
    lab.rejects("E_LEVERAGE", "open_position", trader.order(margin=508 * USDC - 1), **trader.opening())
    trader.open(margin=508 * USDC)


def test_leverage_counts_as_a_hundred_at_most() -> None:
    lab = Lab(maintenance_bps=50)
    lab.sync(leverage_cap=1_000_000)
    trader = lab.player()
    trader.open(margin=150 * USDC)
    assert lab.position(trader.key).leverage == 1_000_000
    trader.open(nonce=2, margin=201 * USDC)
    assert lab.position(trader.key, 2).leverage == -(-(PRICE + SLIP) * 10_000 // (201 * USDC)) < 1_000_000


def test_open_interest_is_capped_by_the_pool(lab: Lab, trader: Player) -> None:
    lab.sync(oi_cap=20_000 * USDC)
    trader.open(nonce=1)
    trader.open(nonce=2, is_long=False)
    lab.rejects("E_OI_CAP", "open_position", trader.order(nonce=3, size=1), **trader.opening(3))


def test_vaults_and_trader_account_must_be_this_markets(lab: Lab, trader: Player) -> None:
    other = lab.player()
    own = trader.opening()
    lab.rejects("E_RELATION", "open_position", trader.order(), **(own | {"trader": other.trader}))
    lab.rejects("E_VAULT", "open_position", trader.order(), vault=lab.tokens(lab.market_id), **own)
    lab.rejects("E_VAULT", "open_position", trader.order(), fee_vault=lab.tokens(lab.market_id), **own)


def test_a_nonce_is_used_once(lab: Lab, trader: Player) -> None:
    trader.open()
    before = lab.position(trader.key)
    with pytest.raises(ProgramError):
        trader.open(is_long=False)
    trader.close()
    with pytest.raises(ProgramError):
        trader.open()
    assert lab.position(trader.key).entry_price == before.entry_price


def test_entry_funding_is_the_funding_so_far(lab: Lab, trader: Player) -> None:
    lab.player().open()
    lab.wait(EPOCH)
    lab.sync()
    trader.open()
    assert lab.position(trader.key).entry_funding == lab.market.cum_funding == 93_750


def test_open_position_compute_units(lab: Lab, trader: Player) -> None:
    lab.wait(3 * EPOCH)
    lab.sync(**SYNC)
    trader.open()
    # An account created, two transfers (4.7 k each) and an event; up to 15 k more for the search of the address.
    assert lab.units <= 60_000
