"""Costs and income: foreseen, and as they came."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain import tokens
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.instructions import insolvency_handler
from offchain.keeper.income import fee, foreseen, rent, rents
from offchain.keeper.ledger import Total, cost
from tests.stories.figures import crash
from tests.support.market import Market
from tests.support.world import World


@pytest.mark.parametrize(
    ("units", "priority", "lamports"), [(200_000, 0, 5_000), (200_000, 1_000, 5_200), (1, 1, 5_001)]
)
def test_the_fee_of_a_transaction_is_rounded_up(units: int, priority: int, lamports: int) -> None:
    assert fee(units, priority) == lamports


def test_rent_is_foreseen_to_the_lamport(world: World, market: Market) -> None:
    who, at = world.keeper, world.at
    opening = insolvency_handler.open_claim(who.key, market.id, 1, at)
    create = tokens.create_associated(who.key, market.creator.key, world.mint)
    world.send(opening)
    record = world.chain.account(market.m.claim(1))
    assert record is not None
    assert world.read(ClaimRecord, market.m.claim(1)).state == 0
    assert rents([opening], market.id, at) == record.lamports
    assert rents([opening, create], market.id, at) - record.lamports == rent(165) == 2_039_280


def test_what_a_simulation_promises_is_what_is_paid(world: World, market: Market) -> None:
    market.cover("100000")
    trader = market.trader("20000")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    crash(world, market, "6400")
    before = world.balance(world.keeper)
    sent = market.claim(trader, nonce)
    assert foreseen(sent.logs, world.keeper.key, world.at) == world.balance(world.keeper) - before > 0
    assert foreseen(sent.logs, Pubkey.new_unique(), world.at) == 0


def test_costs_are_rounded_up_against_the_keeper() -> None:
    assert cost(1, 150_000_000) == 1
    assert cost(10**9, 150_000_000) == 150_000_000
    assert Total("score", 1, 0, 5_000, 0).net(150_000_000) == -750
