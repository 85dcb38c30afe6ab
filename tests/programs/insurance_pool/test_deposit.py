"""deposit: shares at the full value after vesting, at risk at once."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from tests.model.pool import deposits
from tests.programs.bench.cover import LOCK, NOTICE, Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, check_state, now, only, position

CEILING = 30_000
"""Address search of the new position (1.5 k a try, here at the first), its creation, a transfer, a large event."""


def test_first_deposit_buys_a_share_an_atom(cover: Cover) -> None:
    who = cover.provider(amount=60_000 * USDC)
    expected_pool, expected = deposits.deposit(now(cover), 60_000 * USDC, cover.epoch)
    event = only(cover.deposit(who, 60_000 * USDC), "Deposited")
    assert (now(cover), position(cover, who)) == (expected_pool, expected)
    assert expected.shares == 60_000 * USDC
    held = cover.position_state(who)
    assert (held.provider, held.market_id) == (who.key, cover.market)
    assert (held.unlock_epoch, held.lock_epochs, held.notice_epochs) == (cover.epoch + LOCK, LOCK, NOTICE)
    assert cover.balance(who.tokens) == 0
    check_moment(cover, event, who.key)
    assert (event.amount, event.minted) == (60_000 * USDC, 60_000 * USDC)
    assert event.position == cover.at.provider_position(who.key, cover.epoch)
    assert event.pool_before.total_shares == 0
    check_state(event.pool_after, cover.pool_state)
    check_state(event.position_after, held)


def test_price_follows_vesting_and_ignores_the_unsettled_deficit(cover: Cover, lp: Provider) -> None:
    cover.premium(77 * USDC + 7)
    cover.pool("note_unsettled", {"unsettled": 900 * USDC})
    cover.later(31)
    who = cover.provider()
    amount = 123_456_789
    expected_pool, expected = deposits.deposit(now(cover), amount, cover.epoch)
    event = only(cover.deposit(who, amount, min_shares=expected.shares), "Deposited")
    assert (now(cover), position(cover, who, cover.epoch)) == (expected_pool, expected)
    assert expected.shares < amount
    assert expected_pool.treasury_fees > 0
    assert event.pool_before.vest_epoch == 100
    assert event.pool_after.vest_epoch == cover.epoch


def test_donation_to_the_vault_buys_nothing(cover: Cover, lp: Provider) -> None:
    before = cover.pool_state
    donated = cover.tokens(cover.at.pool, 5_000 * USDC)
    vault = cover.store.get(donated)
    cover.store.put(cover.at.pool_vault, vault)
    who = cover.provider()
    cover.deposit(who, 100 * USDC)
    assert cover.position_state(who).shares == 100 * USDC
    assert cover.pool_state.available_balance == before.available_balance + 100 * USDC


def test_compute_units(cover: Cover, lp: Provider) -> None:
    cover.premium(50 * USDC)
    cover.later(5)
    who = cover.provider()
    while not found_at_once(cover, who):
        who = cover.provider()
    cover.deposit(who, 100 * USDC)
    assert cover.units <= CEILING


def found_at_once(cover: Cover, who: Provider) -> bool:
    """Whether the first try of the address search gives the position of this provider."""
    seeds = [b"position", bytes(cover.market), bytes(who.key), cover.epoch.to_bytes(8, "little")]
    return Pubkey.find_program_address(seeds, LOCALNET.insurance_pool)[1] == 255


def test_refuses_a_blank_pool() -> None:
    cover = Cover(terms=False)
    who = cover.provider()
    with cover.refused("E_STATE", cover.at.pool, who.tokens):
        cover.deposit(who, 100 * USDC)


def test_refuses_less_than_the_minimum(cover: Cover) -> None:
    who = cover.provider()
    with cover.refused("E_MIN_DEPOSIT", cover.at.pool, who.tokens):
        cover.deposit(who, 10 * USDC - 1)
    cover.deposit(who, 10 * USDC)


def test_refuses_another_vault(cover: Cover) -> None:
    who = cover.provider()
    own = cover.tokens(who.key)
    for vault in (own, cover.tokens(cover.at.pool)):
        with cover.refused("E_VAULT", cover.at.pool, who.tokens, vault):
            cover.deposit(who, 100 * USDC, vault=vault)


@pytest.mark.parametrize("offset", [-1, 1])
def test_refuses_another_epoch(cover: Cover, offset: int) -> None:
    who = cover.provider()
    epoch = cover.epoch + offset
    args = {"amount": 100 * USDC, "min_shares": 0, "entry_epoch": epoch}
    where = cover.at.provider_position(who.key, epoch)
    with cover.refused("E_EPOCH", cover.at.pool, who.tokens, where):
        cover.pool("deposit", args, provider=who.key, source=who.tokens, position=where)


def test_refuses_fewer_shares_than_asked_for(cover: Cover) -> None:
    who = cover.provider()
    with cover.refused("E_SLIPPAGE", cover.at.pool, who.tokens):
        cover.deposit(who, 100 * USDC, min_shares=100 * USDC + 1)


def test_refuses_a_deposit_that_buys_no_share(cover: Cover, lp: Provider) -> None:
    cover.change_pool(total_shares=1, available_balance=10**15)
    who = cover.provider()
    with cover.refused("E_SLIPPAGE", cover.at.pool, who.tokens):
        cover.deposit(who, 10 * USDC)


def test_refuses_a_second_position_in_the_same_epoch(cover: Cover, lp: Provider) -> None:
    with cover.refused("ACCOUNT_EXISTS", cover.at.pool, lp.tokens):
        cover.deposit(lp, 100 * USDC)


def test_refuses_money_of_somebody_else(cover: Cover, lp: Provider) -> None:
    thief = cover.wallet()
    with cover.refused("TOKEN_OWNER", cover.at.pool, lp.tokens):
        cover.deposit(Provider(thief, lp.tokens), 100 * USDC)


def test_refuses_a_vault_as_the_source(cover: Cover, lp: Provider) -> None:
    thief = cover.wallet()
    with cover.refused("TOKEN_OWNER", cover.at.pool, cover.at.pool_vault):
        cover.deposit(Provider(thief, cover.at.pool_vault), 100 * USDC)
