"""init_config: the key compiled in, once, and the peers it trusts from then on."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import insurance_pool
from tests.programs.bench.cover import Cover
from tests.programs.bench.twin import only


def test_config_holds_powers_and_peers() -> None:
    cover = Cover(configured=False)
    event = only(
        cover.send(insurance_pool.init_config(cover.admin, cover.mint, cover.guardian, cover.treasury)),
        "PoolConfigCreated",
    )
    config = cover.pool_config
    assert (config.admin, config.guardian, config.treasury) == (cover.admin, cover.guardian, cover.treasury)
    assert config.mint == cover.mint
    assert config.risk_authority == LOCALNET.risk_config
    assert config.premium_authority == LOCALNET.premium_config
    assert config.handler_authority == LOCALNET.handler_config
    assert config.risk_program == LOCALNET.risk_engine
    assert config.premium_program == LOCALNET.premium_manager
    assert config.risk_fp == LOCALNET.fingerprint("insurance_pool", LOCALNET.risk_engine)
    assert config.premium_fp == LOCALNET.fingerprint("insurance_pool", LOCALNET.premium_manager)
    assert config.handler_fp == LOCALNET.fingerprint("insurance_pool", LOCALNET.insolvency_handler)
    assert config.dev
    assert (config.paused_until, config.pause_allowed_at) == (0, 0)
    assert (event.actor, event.treasury, event.mint) == (cover.admin, cover.treasury, cover.mint)


def test_refuses_any_other_key() -> None:
    cover = Cover(configured=False)
    stranger = cover.wallet()
    with cover.refused("E_ADMIN", LOCALNET.pool_config):
        cover.send(insurance_pool.init_config(stranger, cover.mint, stranger, stranger))


def test_refuses_a_second_time(cover: Cover) -> None:
    with cover.refused("ACCOUNT_EXISTS", LOCALNET.pool_config):
        cover.send(insurance_pool.init_config(cover.admin, cover.mint, cover.admin, cover.admin))
