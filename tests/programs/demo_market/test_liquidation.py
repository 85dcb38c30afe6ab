"""check_liquidation, execute_liquidation and resolve_extreme."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated.demo_market import PositionLiquidated
from tests.programs.bench.machine import EPOCH, USDC
from tests.programs.demo_market.lab import PRICE, Lab, Player

ENTRY = PRICE + 8 * USDC
MARGIN = 2_000 * USDC
HOUSE = 500_000 * USDC
KEEPER_MIN = 5 * USDC


@pytest.fixture
def trader(lab: Lab) -> Player:
    """A trader with 1 BTC long on 2 000 USDC at 20 008."""
    player = lab.player()
    player.open()
    return player


@pytest.fixture
def keeper(lab: Lab) -> tuple[Pubkey, Pubkey]:
    """A keeper and its token account."""
    key = lab.wallet()
    return key, lab.tokens(key)


def move(lab: Lab, price: int, **changes: object) -> None:
    """A new price 20 s later."""
    lab.wait(20)
    lab.sync(price, **changes)


def check(lab: Lab, trader: Player) -> dict[str, Pubkey]:
    """Accounts of check_liquidation."""
    return {"caller": lab.payer, "position": lab.at.perp_position(trader.key, 1)}


def liquidating(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> dict[str, Pubkey]:
    """Accounts of execute_liquidation."""
    position = lab.at.perp_position(trader.key, 1)
    return {"keeper": keeper[0], "keeper_token": keeper[1], "position": position, "trader": trader.trader}


def forcing(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> dict[str, Pubkey]:
    """Accounts of resolve_extreme."""
    return liquidating(lab, trader, keeper)


# equity = margin + p - entry < up(p * 2.5 %): 18 469.74 is the lowest healthy price.
LOWEST_HEALTHY = next(p for p in range(18_469_700_000, 18_469_800_000) if MARGIN + p - ENTRY >= -(-p * 250 // 10_000))


def test_the_maintenance_margin_decides_to_the_atom(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    move(lab, LOWEST_HEALTHY)
    lab.rejects("E_HEALTHY", "check_liquidation", **check(lab, trader))
    lab.rejects("E_HEALTHY", "execute_liquidation", **liquidating(lab, trader, keeper))
    move(lab, LOWEST_HEALTHY - 1)
    assert lab.call("check_liquidation", **check(lab, trader)) == []
    trader.liquidate(*keeper)
    assert lab.position(trader.key).state == 3


def test_check_changes_nothing_and_sees_pending_funding(lab: Lab, trader: Player) -> None:
    move(lab, LOWEST_HEALTHY)
    lab.wait(EPOCH - 60)
    lab.sync()
    lab.wait(40)
    before = lab.market, lab.position(trader.key)
    # The epoch has ended since the last sync: its funding makes the difference, though nobody has booked it.
    assert lab.call("check_liquidation", **check(lab, trader)) == []
    assert (lab.market, lab.position(trader.key)) == before


def test_a_solvent_liquidation_pays_keeper_fund_and_trader(
    lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]
) -> None:
    price = 18_400 * USDC
    move(lab, price)
    (event,) = trader.liquidate(*keeper)
    equity = MARGIN + price - ENTRY
    fee = price * 50 // 10_000
    market = lab.market
    assert lab.balance(keeper[1]) == KEEPER_MIN + fee // 2
    assert market.fund == fee - fee // 2
    assert lab.trader(trader.key).claimable == market.claimable == equity - KEEPER_MIN - fee
    assert market.house == HOUSE + MARGIN - equity
    assert (market.margins, market.oi_long, market.open_positions) == (0, 0, 0)
    assert (market.deficit_counter, market.bad_debt, market.fees_due) == (0, 0, ENTRY // 1000)
    lab.check_ledger()
    assert isinstance(event, PositionLiquidated)
    assert (event.actor, event.owner, event.price, event.equity) == (keeper[0], trader.key, price, equity)
    assert (event.keeper_paid, event.to_fund) == (KEEPER_MIN + fee // 2, fee - fee // 2)
    assert (event.to_trader, event.deficit, event.forced) == (equity - KEEPER_MIN - fee, 0, False)


def test_the_liquidation_fee_is_at_most_what_is_left(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    price = ENTRY - MARGIN + KEEPER_MIN + 11
    move(lab, price)
    trader.liquidate(*keeper)
    assert lab.balance(keeper[1]) == KEEPER_MIN + 5
    assert (lab.market.fund, lab.market.claimable) == (6, 0)
    lab.check_ledger()


def test_below_the_keepers_minimum_a_deficit_begins(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    move(lab, ENTRY - MARGIN + KEEPER_MIN - 1)
    trader.liquidate(*keeper)
    market = lab.market
    assert lab.balance(keeper[1]) == KEEPER_MIN
    assert (market.deficit_counter, market.margin_counter, market.fund_counter) == (1, MARGIN, 0)
    assert market.house == HOUSE + MARGIN - KEEPER_MIN


def test_exactly_the_keepers_minimum_is_no_deficit(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    move(lab, ENTRY - MARGIN + KEEPER_MIN)
    trader.liquidate(*keeper)
    assert (lab.market.deficit_counter, lab.balance(keeper[1])) == (0, KEEPER_MIN)


def test_a_deficit_takes_the_fund_first(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    funder = lab.wallet()
    lab.call("fund_insurance", {"amount": 300 * USDC}, payer=funder, source=lab.tokens(funder, 300 * USDC))
    move(lab, 17_000 * USDC)
    (event,) = trader.liquidate(*keeper)
    deficit = KEEPER_MIN + 3_008 * USDC - MARGIN
    market = lab.market
    assert (event.deficit, event.fund_paid, event.counted) == (deficit, 300 * USDC, deficit - 300 * USDC)
    assert (market.deficit_counter, market.fund_counter) == (deficit - 300 * USDC, 300 * USDC)
    assert (market.margin_counter, market.fund) == (MARGIN, 0)
    assert market.house == HOUSE + MARGIN - KEEPER_MIN + 300 * USDC
    lab.check_ledger()


def test_a_deficit_within_the_fund_is_not_counted(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    funder = lab.wallet()
    lab.call("fund_insurance", {"amount": 5_000 * USDC}, payer=funder, source=lab.tokens(funder, 5_000 * USDC))
    move(lab, 17_000 * USDC)
    trader.liquidate(*keeper)
    market = lab.market
    assert (market.deficit_counter, market.margin_counter, market.fund_counter) == (0, 0, 0)
    assert market.fund == 5_000 * USDC - (KEEPER_MIN + 1_008 * USDC)
    lab.check_ledger()


def test_the_cover_of_one_position_is_at_most_its_own_margin(
    lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]
) -> None:
    winner = lab.player()
    winner.open(is_long=False)
    move(lab, 15_000 * USDC)
    winner.close()
    unvested = lab.market.unvested_units
    (event,) = trader.liquidate(*keeper)
    excess = KEEPER_MIN + 5_008 * USDC - 2 * MARGIN
    market = lab.market
    assert (event.counted, event.excess) == (MARGIN, excess)
    assert market.deficit_counter == MARGIN
    # The rest is borne by unvested profit, pro rata through the index.
    assert market.profit_index == 10**9 * (unvested - excess) // unvested
    assert market.bad_debt == 0
    lab.check_ledger()


def test_without_profit_the_excess_is_bad_debt_of_the_house(
    lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]
) -> None:
    move(lab, 15_000 * USDC)
    trader.liquidate(*keeper)
    assert lab.market.bad_debt == KEEPER_MIN + 5_008 * USDC - 2 * MARGIN


@pytest.mark.parametrize("lag_is_better", [True, False])
@pytest.mark.parametrize("is_long", [True, False])
def test_the_better_of_two_prices_counts(
    lab: Lab, keeper: tuple[Pubkey, Pubkey], is_long: bool, lag_is_better: bool
) -> None:
    trader = lab.player()
    trader.open(is_long=is_long)
    wild = 15_000 * USDC if is_long else 25_000 * USDC
    newest, lag = (wild, PRICE) if lag_is_better else (PRICE, wild)
    move(lab, newest, lag_price=lag)
    lab.rejects("E_HEALTHY", "execute_liquidation", **liquidating(lab, trader, keeper))
    move(lab, wild, lag_price=wild)
    (event,) = trader.liquidate(*keeper)
    assert event.price == wild


def test_a_liquidation_goes_on_while_restricted_and_provisional(
    lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]
) -> None:
    move(lab, 14_000 * USDC, provisional=True, reasons=31)
    trader.liquidate(*keeper)
    assert lab.market.open_positions == 0


def test_received_funding_beyond_the_margin_vests_like_profit(keeper: tuple[Pubkey, Pubkey]) -> None:
    lab = Lab(maintenance_bps=1000)
    key = lab.wallet()
    tokens = lab.tokens(key)
    lab.player().open(size=10_000_000, margin=100_000 * USDC)
    trader = lab.player()
    trader.open(is_long=False, size=100_000, margin=230 * USDC)
    lab.wait(EPOCH * 96 * 20)
    price = 23_600 * USDC
    lab.sync(price)
    position = lab.position(trader.key)
    funding = position.notional * lab.market.cum_funding // 10**9
    equity = position.margin + position.notional - price // 10 + funding
    value = price // 10
    assert equity < value // 10
    (event,) = trader.liquidate(key, tokens)
    kept = equity - value * 10 // 10_000 - value * 50 // 10_000
    assert event.equity == equity
    assert event.to_trader == kept
    assert lab.trader(trader.key).claimable == min(kept, 230 * USDC)
    assert lab.trader(trader.key).units == kept - min(kept, 230 * USDC)
    lab.check_ledger()


def test_liquidation_survives_any_price(lab: Lab, keeper: tuple[Pubkey, Pubkey]) -> None:
    trader = lab.player()
    lab.sync(1)
    trader.open(is_long=False, size=10**15, margin=1_000 * USDC)
    move(lab, 10**15)
    (event,) = trader.liquidate(*keeper)
    # Worth 1e24 atoms at that price; counted as 1e18 at most, so that nothing overflows.
    assert event.equity == 1_000 * USDC + 10**15 // 10**6 - 10**18
    assert event.counted == 1_000 * USDC


def test_refusals(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    move(lab, 17_000 * USDC)
    own = liquidating(lab, trader, keeper)
    foreign = lab.another_market()
    lab.rejects("E_RELATION", "check_liquidation", **check(lab, trader), market=foreign)
    lab.rejects("E_RELATION", "execute_liquidation", **own, market=foreign)
    lab.rejects("E_RELATION", "execute_liquidation", **(own | {"trader": lab.player().trader}))
    lab.rejects("E_VAULT", "execute_liquidation", **own, vault=lab.tokens(lab.market_id))
    lab.wait(61)
    lab.rejects("E_SYNC_STALE", "check_liquidation", **check(lab, trader))
    lab.rejects("E_SYNC_STALE", "execute_liquidation", **own)
    lab.sync(publish_time=lab.now - 61)
    lab.rejects("E_PRICE_STALE", "check_liquidation", **check(lab, trader))
    lab.rejects("E_PRICE_STALE", "execute_liquidation", **own)
    lab.sync()
    trader.liquidate(*keeper)
    lab.rejects("E_STATE", "check_liquidation", **check(lab, trader))
    lab.rejects("E_STATE", "execute_liquidation", **own)


def test_execute_liquidation_compute_units(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    lab.wait(3 * EPOCH)
    lab.sync(17_000 * USDC)
    trader.liquidate(*keeper)
    # One transfer and one large event; the whole claim transaction must stay below 100 k.
    assert lab.units <= 28_000


def test_an_extreme_breach_is_resolved_by_the_pools_authority(
    lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]
) -> None:
    # equity + floor(5 % of the value) < 0 from 17 150.476190 down
    edge = next(p for p in range(17_150_470_000, 17_150_480_000) if MARGIN + p - ENTRY + p * 500 // 10_000 >= 0)
    move(lab, edge)
    own = forcing(lab, trader, keeper)
    lab.rejects("E_NOT_EXTREME", "resolve_extreme", {"now": lab.now}, **own)
    move(lab, edge - 1)
    (event,) = lab.call("resolve_extreme", {"now": lab.now}, **own)
    assert isinstance(event, PositionLiquidated)
    assert (event.forced, event.actor, event.equity) == (True, keeper[0], MARGIN + edge - 1 - ENTRY)
    assert lab.balance(keeper[1]) == KEEPER_MIN
    assert lab.market.deficit_counter == KEEPER_MIN - event.equity
    lab.check_ledger()


def test_resolve_extreme_refusals(lab: Lab, trader: Player, keeper: tuple[Pubkey, Pubkey]) -> None:
    move(lab, 15_000 * USDC)
    own, args = forcing(lab, trader, keeper), {"now": lab.now}
    other = lab.another_market()
    for stranger in (LOCALNET.pool_config, lab.at.pool, LOCALNET.market(other).resolver):
        lab.rejects("E_AUTHORITY", "resolve_extreme", args, **own, pool_authority=stranger)
    foreign = {"market": other, "pool_authority": LOCALNET.market(other).resolver}
    lab.rejects("E_RELATION", "resolve_extreme", args, **own, **foreign)
    lab.rejects("E_RELATION", "resolve_extreme", args, **(own | {"trader": lab.player().trader}))
    lab.rejects("E_VAULT", "resolve_extreme", args, **own, vault=lab.tokens(lab.market_id))
    lab.rejects("E_SYNC_STALE", "resolve_extreme", {"now": lab.now + 61}, **own)
    lab.sync(publish_time=lab.now - 61)
    lab.rejects("E_PRICE_STALE", "resolve_extreme", args, **own)
    lab.sync()
    lab.call("resolve_extreme", args, **own)
    lab.rejects("E_STATE", "resolve_extreme", args, **own)
