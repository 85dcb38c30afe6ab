"""set_terms: threshold, engine and pool of a market, once."""

from offchain.chain.addresses import LOCALNET
from tests.programs.bench.cover import THRESHOLD, Cover
from tests.programs.bench.machine import EPOCH, GENESIS
from tests.programs.bench.twin import only

CEILING = 25_000
"""Two address searches (the engine's fingerprint, the pool), registry and config, one event."""
TERMS = {"threshold": 1, "genesis": GENESIS, "epoch_seconds": EPOCH}


def test_binds_the_registry() -> None:
    cover = Cover(terms=False)
    event = only(cover.set_handler_terms(), "HandlerTermsSet")
    assert cover.units <= CEILING
    registry = cover.registry_state
    assert registry.active
    assert (registry.threshold, registry.genesis, registry.epoch_seconds) == (THRESHOLD, GENESIS, EPOCH)
    assert registry.engine_fp == LOCALNET.fingerprint("insolvency_handler", LOCALNET.demo_market)
    assert registry.pool == cover.at.pool
    assert (event.market_id, event.actor, event.threshold) == (cover.market, LOCALNET.risk_config, THRESHOLD)
    assert (event.engine_fp, event.pool) == (registry.engine_fp, registry.pool)
    assert (event.genesis, event.epoch_seconds) == (GENESIS, EPOCH)


def test_refuses_a_second_time(cover: Cover) -> None:
    with cover.refused("E_STATE", cover.at.registry):
        cover.handler("set_terms", TERMS)


def test_refuses_anyone_but_the_risk_engine() -> None:
    cover = Cover(terms=False)
    for stranger in (cover.admin, LOCALNET.pool_config, LOCALNET.premium_config):
        with cover.refused("E_AUTHORITY", cover.at.registry):
            cover.handler("set_terms", TERMS, risk=stranger)
