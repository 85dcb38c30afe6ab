"""The whole claim in one transaction of the client: open_claim, execute_liquidation, report, release_funds."""

from offchain.chain import recipes, transactions
from offchain.chain.events.generated.insolvency_handler import ClaimEvent
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from tests.attacks.moves import gap
from tests.support.world import World

CEILING = 140_000
"""About 12 k open_claim, 22 k liquidation, 43 k report through handler and pool, 53 k release through handler and
market. A third of it are address searches (1.5 k a try, about ten with the addresses of this build) and the loading and
storing of pool (4 k), configs (2 k each), registry, record and market, once in each instruction and call."""


def test_one_legacy_transaction_carries_it() -> None:
    world = World.fresh()
    market = world.market
    market.cover("300000")
    trader = market.trader("20000")
    nonce = market.open(trader, True, "10", "6000")
    gap(world, market, "6600")
    sequence = market.sequence
    steps = recipes.claim(world.keeper.key, market.id, (trader.key, nonce), world.keeper.token, sequence, False)
    message = transactions.build_unsigned(steps, world.keeper.key, world.chain.blockhash())
    assert len(bytes(message)) <= transactions.MAX_BYTES
    done = market.claim(trader, nonce)
    assert done.units <= CEILING
    event = done.event(ClaimEvent)
    record = world.read(ClaimRecord, market.m.claim(sequence))
    assert (record.state, record.executor, record.sequence) == (2, world.keeper.key, sequence)
    assert event.payout_amount == record.payout_amount == record.deficit_amount > 0
    assert world.balance(market.m.pool_vault) == market.pool().available_balance + record.fee
