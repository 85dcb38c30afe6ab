"""set_terms: the first push binds the pool to its market, later ones change lock and notice of new positions."""

from offchain.chain.addresses import LOCALNET
from tests.programs.bench.cover import FEE_BPS, LOCK, NOTICE, Cover, Provider
from tests.programs.bench.machine import EPOCH, GENESIS, USDC
from tests.programs.bench.twin import only


def test_first_push_binds_the_pool() -> None:
    cover = Cover(terms=False)
    event = only(cover.set_pool_terms(), "PoolTermsSet")
    pool = cover.pool_state
    assert pool.active
    assert (pool.genesis, pool.epoch_seconds) == (GENESIS, EPOCH)
    assert (pool.lock_epochs, pool.notice_epochs, pool.performance_fee_bps) == (LOCK, NOTICE, FEE_BPS)
    assert (pool.market_vault, pool.creator) == (cover.at.vault, cover.creator)
    assert pool.engine_fp == LOCALNET.fingerprint("insurance_pool", LOCALNET.demo_market)
    assert (pool.inputs, pool.premium) == (cover.at.inputs, cover.at.premium)
    assert pool.high_water_mark == 10**9
    assert (event.market_id, event.actor) == (cover.market, LOCALNET.risk_config)
    assert (event.lock_before, event.lock_after, event.notice_before, event.notice_after) == (0, LOCK, 0, NOTICE)
    assert (event.creator, event.engine_fp) == (pool.creator, pool.engine_fp)


def test_later_push_changes_lock_and_notice_of_new_positions_only(cover: Cover, lp: Provider) -> None:
    before = cover.pool_state
    held = cover.position_state(lp)
    stranger = cover.wallet()
    changed = {"lock": 700, "notice": 8, "genesis": 5, "epoch_seconds": 1, "performance_fee_bps": 1000}
    event = only(cover.pool("set_terms", changed, creator=stranger, engine_program=stranger), "PoolTermsSet")
    assert (event.lock_before, event.lock_after, event.notice_before, event.notice_after) == (LOCK, 700, NOTICE, 8)
    after = cover.pool_state
    assert (after.lock_epochs, after.notice_epochs) == (700, 8)
    for field in after.layout.subcons:
        if field.name not in ("lock_epochs", "notice_epochs"):
            assert getattr(after, field.name) == getattr(before, field.name), field.name
    assert cover.position_state(lp) == held
    later = cover.provider()
    cover.deposit(later, 10 * USDC)
    new = cover.position_state(later)
    assert (new.lock_epochs, new.notice_epochs, new.unlock_epoch) == (700, 8, 800)


def test_refuses_anyone_but_the_risk_engine() -> None:
    cover = Cover(terms=False)
    for stranger in (cover.admin, LOCALNET.handler_config, LOCALNET.premium_config):
        with cover.refused("E_AUTHORITY", cover.at.pool):
            cover.pool(
                "set_terms",
                {"genesis": GENESIS, "epoch_seconds": EPOCH, "lock": 1, "notice": 4, "performance_fee_bps": 500},
                risk=stranger,
            )


def test_refuses_the_vault_of_another_market() -> None:
    cover = Cover(terms=False)
    other = cover.open_market(2)
    cover.open_peers(other)
    args = {"genesis": GENESIS, "epoch_seconds": EPOCH, "lock": 1, "notice": 4, "performance_fee_bps": 500}
    with cover.refused("E_RELATION", cover.at.pool, other.pool):
        cover.pool("set_terms", args, pool=other.pool)
