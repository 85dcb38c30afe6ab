"""collect_fees: the premium's share of what a market has taken in fees."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.events.generated.premium_manager import FeesCollected
from offchain.chain.instructions import demo_market
from tests.programs.calls import refusal
from tests.programs.premium_manager.lab import Lab
from tests.support.keys import User
from tests.support.sent import Sent
from tests.support.world import World

RATE = 3_134


def collect(lab: Lab, market: User, gross: int, escrow: Pubkey | None = None) -> Sent:
    accounts = {"market": market.key, "source": market.token, "escrow": escrow or lab.market.m.escrow}
    return lab.send("collect_fees", {"gross": gross}, **accounts)


def test_takes_the_share_rounded_up(world: World, lab: Lab) -> None:
    market = lab.play_market()
    held = world.balance(market)
    sent = collect(lab, market, 1_000_001)
    share = 313_401
    premium = lab.market.premium()
    assert share == -(-1_000_001 * RATE // 10_000)
    assert world.balance(market) == held - share
    assert world.balance(lab.market.m.escrow) == premium.escrow_ledger == premium.balance == share
    assert premium.total_collected == share
    event = sent.event(FeesCollected)
    assert (event.market_id, event.gross, event.share, event.rate_bps) == (market.key, 1_000_001, share, RATE)
    assert (event.escrow_before, event.escrow_after) == (0, share)
    assert (event.balance_before, event.balance_after) == (0, share)


@pytest.mark.parametrize(("gross", "share"), [(0, 0), (1, 1), (10_000, RATE)])
def test_small_fees(world: World, lab: Lab, gross: int, share: int) -> None:
    collect(lab, lab.play_market(), gross)
    assert world.balance(lab.market.m.escrow) == lab.market.premium().escrow_ledger == share


def test_fees_count_against_arrears(lab: Lab) -> None:
    lab.edit(balance=-1_000, negative=True, negative_since=7)
    market = lab.play_market()
    collect(lab, market, 100)
    premium = lab.market.premium()
    assert (premium.balance, premium.negative, premium.negative_since) == (-968, True, 7)
    collect(lab, market, 10_000)
    premium = lab.market.premium()
    assert (premium.balance, premium.negative, premium.negative_since) == (2_166, False, 0)


def test_donations_to_the_escrow_are_no_premium(world: World, lab: Lab) -> None:
    world.set_balance(lab.market.m.escrow, 5_000)
    collect(lab, lab.play_market(), 10_000)
    assert lab.market.premium().escrow_ledger == RATE


def test_only_the_market_itself(world: World, lab: Lab) -> None:
    stranger = world.user(name="stranger", usdc=1)
    with world.expect_error("E_AUTHORITY"):
        collect(lab, stranger, 100)


def test_refuses_another_escrow(world: World, lab: Lab) -> None:
    market = lab.play_market()
    with world.expect_error("E_VAULT"):
        collect(lab, market, 100, escrow=world.token_account(world.at.premium_config))


def test_refuses_before_the_first_rate(world: World, lab: Lab) -> None:
    market = lab.play_market()
    lab.edit(has_rate=False)
    with world.expect_error("E_STATE"):
        collect(lab, market, 100)


def test_takes_nothing_from_anybody_else(world: World, lab: Lab) -> None:
    market = lab.play_market()
    accounts = {"market": market.key, "source": world.creator.token}
    assert refusal(world, lab.build("collect_fees", {"gross": 100}, **accounts)) == "TOKEN_OWNER"


def test_a_market_hands_over_real_fees(world: World, lab: Lab) -> None:
    market = lab.market
    market.cover("100000")
    trader = market.trader("10000")
    market.open(trader, True, "0.5", "1000")
    due = market.perp().fees_due
    world.advance(seconds=1)
    fees = world.balance(market.m.fee_vault)
    sent = world.send(demo_market.settle_fees(world.keeper.key, market.id))
    share = sent.event(FeesCollected).share
    assert share == -(-due * RATE // 10_000)
    assert world.balance(market.m.fee_vault) == fees - share


def test_compute_units(lab: Lab) -> None:
    # one token transfer, called by CPI from a market
    assert collect(lab, lab.play_market(), 1_000_000).units <= 16_000
