"""push_terms_premium, push_terms_pool, push_terms_handler: a market is live when all three peers know its terms."""

import pytest

from offchain.chain.events.generated.risk_engine import TermsPushed
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from tests.programs.risk_engine.blank import blank_lab, register
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

BIT = {"premium": 1, "pool": 2, "handler": 4}


@pytest.fixture
def registered(world: World) -> Lab:
    """A registered market whose peers know nothing."""
    lab = blank_lab(world)
    register(lab, lock_epochs=700, notice_epochs=50, performance_fee_bps=700, insolvency_threshold=5_000_000)
    return lab


@pytest.mark.parametrize("order", [("premium", "pool", "handler"), ("handler", "pool", "premium")])
def test_the_last_of_three_makes_the_market_live(world: World, registered: Lab, order: tuple[str, ...]) -> None:
    bits = 0
    for number, peer in enumerate(order):
        sent = registered.send(f"push_terms_{peer}")
        before, bits = bits, bits | BIT[peer]
        stored = registered.market.config()
        assert (stored.terms_pushed, stored.status, stored.active) == (bits, 2 if number == 2 else 1, number == 2)
        event = sent.event(TermsPushed)
        assert (event.market_id, event.actor) == (registered.market.id, world.keeper.key)
        assert (event.peer, event.before, event.after, event.active) == (BIT[peer], before, bits, number == 2)
        assert (event.epoch, event.slot) == (world.epoch, sent.slot)


def test_each_peer_gets_its_terms(world: World, registered: Lab) -> None:
    for peer in BIT:
        registered.send(f"push_terms_{peer}")
    market, clock = registered.market, (world.schedule.genesis, world.schedule.epoch_seconds)
    premium, pool, registry = market.premium(), market.pool(), market.registry()
    assert (premium.active, premium.genesis, premium.epoch_seconds) == (True, *clock)
    assert (pool.active, pool.genesis, pool.epoch_seconds) == (True, *clock)
    assert (pool.lock_epochs, pool.notice_epochs, pool.performance_fee_bps) == (700, 50, 700)
    assert (pool.market_vault, pool.creator) == (market.m.vault, world.creator.key)
    assert (registry.active, registry.threshold) == (True, 5_000_000)
    stored = market.config()
    assert (stored.premium, stored.pool) == (market.m.premium, market.m.pool)


@pytest.mark.parametrize("peer", BIT)
def test_refuses_a_blank_market(world: World, peer: str) -> None:
    lab = blank_lab(world)
    with world.expect_error("E_STATE"):
        lab.send(f"push_terms_{peer}")


@pytest.mark.parametrize("peer", BIT)
def test_refuses_a_second_time(world: World, registered: Lab, peer: str) -> None:
    registered.send(f"push_terms_{peer}")
    world.advance(seconds=1)
    with world.expect_error("E_STATE"):
        registered.send(f"push_terms_{peer}")


@pytest.mark.parametrize("peer", BIT)
def test_refuses_a_forged_program(world: World, registered: Lab, peer: str) -> None:
    with world.expect_error("E_PROGRAM"):
        registered.send(f"push_terms_{peer}", **{f"{peer}_program": world.at.demo_market})


@pytest.mark.parametrize(
    ("peer", "account"),
    [("premium", "premium"), ("pool", "pool"), ("handler", "registry")],
)
def test_refuses_another_markets_account(world: World, registered: Lab, peer: str, account: str) -> None:
    other = getattr(world.market.m, account)
    with world.expect_error("E_RELATION") as caught:
        registered.send(f"push_terms_{peer}", **{account: other})
    assert caught[0].program == "risk_engine", "the pool finds out by its vault, the others would not"


@pytest.mark.parametrize(
    ("peer", "account"),
    [("pool", "market_vault"), ("pool", "creator"), ("pool", "engine_program"), ("handler", "engine_program")],
)
def test_refuses_what_was_not_registered(world: World, registered: Lab, peer: str, account: str) -> None:
    with world.expect_error("E_RELATION"):
        registered.send(f"push_terms_{peer}", **{account: world.keeper.token})


def test_the_pool_is_told_again_after_a_change(world: World, lab: Lab) -> None:
    world.edit(MarketConfig, lab.market.m.config, terms_pushed=5, lock_epochs=999)
    sent = lab.send("push_terms_pool")
    stored = lab.market.config()
    assert (stored.terms_pushed, stored.status, stored.active) == (7, 2, True)
    assert lab.market.pool().lock_epochs == 999
    assert sent.event(TermsPushed).before == 5


def test_compute_units(registered: Lab) -> None:
    # two derivations and one CPI each; the pool derives a fingerprint of its own
    for peer in BIT:
        assert registered.send(f"push_terms_{peer}").units <= 55_000
