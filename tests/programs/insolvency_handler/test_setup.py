"""init_config, propose_admin, accept_admin, set_guardian, open_registry."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insolvency_handler.accounts import HandlerConfig
from offchain.chain.instructions import insolvency_handler
from tests.programs.bench.cover import Cover
from tests.programs.bench.twin import only

CONFIG = LOCALNET.handler_config

CEILING = 5_000
"""The config and one event."""


def config(cover: Cover) -> HandlerConfig:
    return cover.read(HandlerConfig, LOCALNET.insolvency_handler, CONFIG)


def test_config_holds_powers_and_peers() -> None:
    cover = Cover(configured=False)
    event = only(cover.send(insolvency_handler.init_config(cover.admin, cover.guardian)), "HandlerConfigCreated")
    found = config(cover)
    assert (found.admin, found.guardian, found.dev) == (cover.admin, cover.guardian, True)
    assert (found.risk_authority, found.pool_authority) == (LOCALNET.risk_config, LOCALNET.pool_config)
    assert found.pool_program == LOCALNET.insurance_pool
    assert found.pool_fp == LOCALNET.fingerprint("insolvency_handler", LOCALNET.insurance_pool)
    assert (event.actor, event.guardian, event.dev) == (cover.admin, cover.guardian, True)
    assert (event.risk_authority, event.pool_authority) == (LOCALNET.risk_config, LOCALNET.pool_config)


def test_config_refuses_any_other_key_and_a_second_time() -> None:
    cover = Cover(configured=False)
    stranger = cover.wallet()
    with cover.refused("E_ADMIN", CONFIG):
        cover.send(insolvency_handler.init_config(stranger, stranger))
    cover.send(insolvency_handler.init_config(cover.admin, cover.guardian))
    with cover.refused("ACCOUNT_EXISTS", CONFIG):
        cover.send(insolvency_handler.init_config(cover.admin, cover.admin))


def test_handover_takes_two_steps(cover: Cover) -> None:
    heir, stranger = cover.wallet(), cover.wallet()
    with cover.refused("E_ADMIN", CONFIG):
        cover.handler("propose_admin", {"new_admin": stranger}, admin=stranger)
    proposed = only(cover.handler("propose_admin", {"new_admin": heir}, admin=cover.admin), "HandlerAdminProposed")
    assert cover.units <= CEILING
    assert (proposed.actor, proposed.pending_after) == (cover.admin, heir)
    assert config(cover).admin == cover.admin
    with cover.refused("E_ADMIN", CONFIG):
        cover.handler("accept_admin", new_admin=stranger)
    accepted = only(cover.handler("accept_admin", new_admin=heir), "HandlerAdminAccepted")
    assert cover.units <= CEILING
    assert (accepted.actor, accepted.admin_before, accepted.admin_after) == (heir, cover.admin, heir)
    assert config(cover).admin == heir


def test_guardian_is_the_admins_choice(cover: Cover) -> None:
    guard = cover.wallet()
    with cover.refused("E_ADMIN", CONFIG):
        cover.handler("set_guardian", {"guardian": guard}, admin=guard)
    event = only(cover.handler("set_guardian", {"guardian": guard}, admin=cover.admin), "HandlerGuardianSet")
    assert cover.units <= CEILING
    assert (event.guardian_before, event.guardian_after) == (cover.guardian, guard)
    assert config(cover).guardian == guard


def test_registry_is_blank_but_for_market_and_first_sequence() -> None:
    cover = Cover(opened=False)
    event = only(cover.send(insolvency_handler.open_registry(cover.payer, cover.market)), "RegistryOpened")
    assert (event.market_id, event.actor) == (cover.market, cover.payer)
    registry = cover.registry_state
    assert (registry.market_id, registry.next_sequence) == (cover.market, 1)
    names = [
        field.name for field in registry.layout.subcons if field.name not in ("market_id", "next_sequence", "bump")
    ]
    values = [getattr(registry, name) for name in names]
    assert not any(value if isinstance(value, int) else any(bytes(value)) for value in values)
    with cover.refused("ACCOUNT_EXISTS", cover.at.registry):
        cover.send(insolvency_handler.open_registry(cover.payer, cover.market))
