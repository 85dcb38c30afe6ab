"""Work that grows with time, with strangers or with numbers, until the call that everybody needs fits no transaction.

Incident class: unbounded loops. Auctions, reward queues and position lists that somebody else could make longer locked
the funds behind them for good. Here every call stays below a bound far under the 1.4 M units of a transaction.
"""

import pytest
from solders.instruction import Instruction

from offchain.chain.instructions import demo_market, insurance_pool, premium_manager, risk_engine
from tests.attacks.moves import bankrupt, score, trade_volume
from tests.support.market import Market
from tests.support.world import World

CALL = 160_000
"""Units for one instruction: below what a transaction gets without asking, an eighth of what it can get."""
CLAIM = 200_000
"""Units for a whole claim; about 130 000 on the embedded chain, whose token program is the dearer one."""
LONG = 20_000
"""Epochs: 208 days, 625 windows of funding, 208 days of returns."""


def cranks(world: World, market: Market) -> dict[str, Instruction]:
    """Every duty of a keeper, in order."""
    keeper = world.keeper
    return {
        "statistics": demo_market.push_statistics(keeper.key, market.id),
        "reserve": insurance_pool.report_reserve(keeper.key, market.id),
        "score": risk_engine.update_score(keeper.key, market.id, world.feed),
        "sync": risk_engine.sync_market(keeper.key, market.id, world.feed),
        "route": premium_manager.route_premiums(keeper.key, market.id, keeper.token),
        "arrears": premium_manager.report_arrears(keeper.key, market.id),
    }


def check_cranks(world: World, market: Market) -> None:
    """All of them succeed in this epoch, one a transaction, below the bound."""
    world.push_price()
    for name, instruction in cranks(world, market).items():
        used = world.send(instruction).units
        assert used < CALL, f"{name} takes {used}"
    assert market.score().epoch == market.premium().route_epoch == world.epoch


@pytest.fixture
def busy(world: World, market: Market) -> Market:
    """Cover, open interest on one side (so that funding flows), fees and a vesting premium."""
    market.cover("200000")
    market.open(market.trader("100000"), True, "50", "40000")
    trade_volume(market)
    world.crank_epoch()
    return market


@pytest.mark.parametrize("missed", [2, 97, 31 * 96, 200 * 32, LONG])
def test_attack_cranks_after_a_long_silence(world: World, busy: Market, missed: int) -> None:
    """A day, 31 days, 200 funding windows and 208 days without a crank: one call each catches up."""
    world.advance(epochs=missed)
    check_cranks(world, busy)
    # The buckets of the days missed are emptied by the first return after the gap.
    world.advance(epochs=1)
    check_cranks(world, busy)


def test_attack_cranks_after_a_silence_with_a_full_window(world: World, busy: Market) -> None:
    """A ring of ninety funding rates to be replaced at once, and thirty filled days to be emptied."""
    for _ in range(31):
        world.advance(epochs=96)
        check_cranks(world, busy)
    assert busy.window().funding_count == 90
    assert sum(1 for word in busy.window().days if word) == 30
    world.advance(epochs=31 * 96)
    check_cranks(world, busy)
    world.advance(epochs=1)
    check_cranks(world, busy)
    assert busy.window().total_n == 1


def test_attack_money_moves_after_a_long_silence(world: World, busy: Market) -> None:
    """Vesting, deposits, requests, profits and closes span 208 days in one step."""
    lp, entry = busy.cover("1000", "early"), world.epoch
    trader = busy.trader("10000")
    nonce = busy.open(trader, False, "1", "1000")
    world.advance(epochs=LONG)
    late = world.user(usdc="100")
    assert busy.deposit(late, "100").units < CALL
    assert busy.request(lp, entry).units < CALL
    busy.price("8000")
    assert busy.close(trader, nonce).units < CALL
    vesting = demo_market.vest_profit(world.keeper.key, busy.id, trader.key)
    assert world.send(vesting).units < CALL
    world.advance(epochs=LONG)
    assert busy.withdraw(lp, entry).units < CALL
    assert world.balance(lp) > 0


def test_attack_prices_at_both_ends(world: World, busy: Market) -> None:
    """The logarithm halves its way down from any ratio: 10^15 between two samples is fifty steps."""
    for usd in ("0.000001", "1000000000", "0.000001"):
        world.advance(epochs=1)
        world.push_price(usd)
        world.advance(seconds=1)
        check_cranks(world, busy)


def test_attack_many_positions_make_no_claim_dearer(world: World, market: Market) -> None:
    """Forty more positions, twenty more providers: the claim of one costs what it cost before."""
    market.cover("200000")
    crowd = market.trader("100000")
    for _ in range(40):
        market.open(crowd, True, "0.1", "200")
    for number in range(20):
        market.cover("10", f"small {number}")
    owner, nonce = bankrupt(world, market, "6000")
    used = market.claim(owner, nonce).units
    assert used < CLAIM
    assert market.record(1).state == 2


def test_attack_many_requests_make_no_withdrawal_dearer(world: World, market: Market) -> None:
    """Nobody stands in a queue: the hundredth request is one addition, and one execution serves one provider."""
    people = [market.cover("10", f"small {number}") for number in range(60)]
    entry = world.epoch
    used = [market.request(each, entry).units for each in people]
    assert max(used) < CALL and max(used) - min(used) < 5_000
    world.advance(epochs=96)
    score(world, market)
    paid = [market.withdraw(each, entry).units for each in reversed(people)]
    assert max(paid) < CALL and max(paid) - min(paid) < 5_000
    assert market.pool().total_shares == market.pool().pending_shares == 0


def test_attack_many_small_deficits_settle_at_once(world: World, market: Market) -> None:
    """Deficits are one counter: thirty liquidations without a report are claimed by one."""
    market.cover("300000")
    crowd = market.trader("100000")
    nonces = [market.open(crowd, True, "0.5", "300") for _ in range(30)]
    bankrupt(world, market, "6000")
    for nonce in nonces:
        assert market.liquidate(crowd, nonce).units < CALL
    assert market.report().units < CALL
    assert market.release().units < CALL
    assert market.record(1).deficit_amount > 0
