"""open_pool and open_vault: blank accounts that anyone may pay for."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import insurance_pool
from offchain.chain.tokens import token_balance
from tests.programs.bench.cover import Cover
from tests.programs.bench.twin import only


def test_pool_is_blank_but_for_its_market() -> None:
    cover = Cover(opened=False)
    event = only(cover.send(insurance_pool.open_pool(cover.payer, cover.market)), "PoolOpened")
    pool = cover.pool_state
    assert pool.market_id == event.market_id == cover.market
    assert event.actor == cover.payer
    values = [getattr(pool, field.name) for field in pool.layout.subcons if field.name not in ("market_id", "bump")]
    assert not any(value if isinstance(value, int) else any(bytes(value)) for value in values)


def test_pool_opens_once(cover: Cover) -> None:
    with cover.refused("ACCOUNT_EXISTS", cover.at.pool):
        cover.send(insurance_pool.open_pool(cover.payer, cover.market))


def test_vault_belongs_to_the_pool() -> None:
    cover = Cover(opened=False)
    cover.send(insurance_pool.open_pool(cover.payer, cover.market))
    event = only(cover.send(insurance_pool.open_vault(cover.payer, cover.market, cover.mint)), "PoolVaultOpened")
    vault = token_balance(cover.store.get(cover.at.pool_vault), cover.at.pool_vault)
    assert (vault.owner, vault.mint, vault.amount) == (cover.at.pool, cover.mint, 0)
    assert cover.pool_state.vault == event.vault == cover.at.pool_vault
    assert (event.market_id, event.actor) == (cover.market, cover.payer)


def test_vault_refuses_another_mint() -> None:
    cover = Cover(opened=False)
    cover.send(insurance_pool.open_pool(cover.payer, cover.market))
    with cover.refused("E_MINT", cover.at.pool, cover.at.pool_vault):
        cover.send(insurance_pool.open_vault(cover.payer, cover.market, cover.new_mint()))


def test_vault_opens_once(cover: Cover) -> None:
    with cover.refused("ACCOUNT_EXISTS", cover.at.pool, cover.at.pool_vault):
        cover.send(insurance_pool.open_vault(cover.payer, cover.market, cover.mint))


def test_pool_address_that_somebody_funded_before_still_opens() -> None:
    cover = Cover(opened=False)
    cover.fund(cover.at.pool)
    cover.send(insurance_pool.open_pool(cover.payer, cover.market))
    assert cover.pool_state.market_id == cover.market
    assert LOCALNET.insurance_pool == cover.store.get(cover.at.pool).owner  # type: ignore[union-attr]
