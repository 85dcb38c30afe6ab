"""A keeper comes with SOL and no USDC, does every duty, and ends with a profit."""

from offchain.chain.instructions import demo_market, insolvency_handler, premium_manager
from offchain.chain.recipes import score_epoch
from tests.stories.figures import assert_solvent, crash
from tests.support.market import Market
from tests.support.world import World

USD_PER_SOL = 250
LAMPORTS = 10**9


def test_a_keeper_ends_with_a_profit(world: World, market: Market) -> None:
    market.cover("150000")
    keeper = world.user(name="the keeper")
    before = world.chain.account(keeper.key).lamports
    traders = [market.trader("60000") for _ in range(2)]
    nonces = [market.open(trader, is_long=True, base="40", margin="20000") for trader in traders]

    bounties = []
    for _ in range(3):
        world.advance(epochs=1)
        world.push_price()
        held = world.balance(keeper)
        world.send(*score_epoch(keeper.key, market.id, world.feed))
        if market.perp().fees_due:
            world.send(demo_market.settle_fees(keeper.key, market.id))
        world.send(premium_manager.route_premiums(keeper.key, market.id, keeper.token))
        bounties.append(world.balance(keeper) - held)
    assert bounties[0] == 100_000
    assert bounties[1:] == [0, 0]

    crash(world, market, "6800")
    shares = []
    for trader, nonce in zip(traders, nonces, strict=True):
        held = world.balance(keeper)
        market.claim(trader, nonce, keeper=keeper)
        shares.append(world.balance(keeper) - held)
    assert shares == [5_000_000, 5_000_000]

    for sequence in (1, 2):
        record = market.record(sequence)
        held = world.balance(keeper)
        world.send(insolvency_handler.collect_claim_fee(keeper.key, market.id, sequence, keeper.token))
        assert world.balance(keeper) - held == record.executor_fee == record.fee * 6 // 10 > 0
        with world.expect_error("E_STATE"):
            world.send(insolvency_handler.collect_claim_fee(keeper.key, market.id, sequence, keeper.token))

    spent = before - world.chain.account(keeper.key).lamports
    cost = spent * USD_PER_SOL * 10**6 // LAMPORTS
    assert 0 < cost < world.balance(keeper)
    assert_solvent(market)
