"""top_up: a second deposit in the epoch of the first."""

from offchain.chain.instructions import insurance_pool
from tests.model.pool import deposits
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, check_state, now, only, position

CEILING = 25_000
"""A deposit without a new account."""


def args(amount: int, min_shares: int = 0) -> dict[str, int]:
    return {"amount": amount, "min_shares": min_shares}


def named(cover: Cover, who: Provider) -> dict[str, object]:
    where = cover.at.provider_position(who.key, 100)
    return {"provider": who.key, "source": who.tokens, "position": where}


def test_adds_to_the_position(cover: Cover, lp: Provider) -> None:
    before = cover.position_state(lp)
    cover.change_pool(available_balance=1_500 * USDC)
    cover.store.put(cover.at.pool_vault, cover.store.get(cover.tokens(cover.at.pool, 1_500 * USDC)))
    pool, held = now(cover), position(cover, lp)
    expected_pool, expected = deposits.top_up(pool, held, 77 * USDC + 1, cover.epoch)
    event = only(
        cover.pool("top_up", args(77 * USDC + 1, expected.shares - held.shares), **named(cover, lp)), "ToppedUp"
    )
    assert cover.units <= CEILING
    assert (now(cover), position(cover, lp)) == (expected_pool, expected)
    assert expected.shares - held.shares < 77 * USDC
    check_moment(cover, event, lp.key)
    assert (event.amount, event.minted) == (77 * USDC + 1, expected.shares - held.shares)
    check_state(event.position_before, before)
    check_state(event.position_after, cover.position_state(lp))
    check_state(event.pool_after, cover.pool_state)
    assert event.pool_before.available_balance == 1_500 * USDC


def test_refuses_another_epoch(cover: Cover, lp: Provider) -> None:
    cover.later(1)
    with cover.refused("E_EPOCH", cover.at.pool, lp.tokens):
        cover.pool("top_up", args(10 * USDC), **named(cover, lp))


def test_refuses_a_wiped_generation(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    with cover.refused("E_GENERATION", cover.at.pool, lp.tokens):
        cover.pool("top_up", args(10 * USDC), **named(cover, lp))


def test_refuses_the_rules_of_a_deposit(cover: Cover, lp: Provider) -> None:
    where = named(cover, lp)
    with cover.refused("E_MIN_DEPOSIT", cover.at.pool, lp.tokens):
        cover.pool("top_up", args(10 * USDC - 1), **where)
    with cover.refused("E_SLIPPAGE", cover.at.pool, lp.tokens):
        cover.pool("top_up", args(10 * USDC, 10 * USDC + 1), **where)
    with cover.refused("E_VAULT", cover.at.pool, lp.tokens):
        cover.pool("top_up", args(10 * USDC), vault=cover.tokens(cover.at.pool), **where)
    cover.pool("stop_deposits")
    with cover.refused("E_PAUSED", cover.at.pool, lp.tokens):
        cover.pool("top_up", args(10 * USDC), **where)


def test_refuses_the_position_of_somebody_else(cover: Cover, lp: Provider) -> None:
    other = cover.provider()
    where = named(cover, lp) | {"provider": other.key, "source": other.tokens}
    with cover.refused("E_AUTHORITY", cover.at.pool, other.tokens):
        cover.pool("top_up", args(10 * USDC), **where)


def test_refuses_the_pool_of_another_market(cover: Cover, lp: Provider) -> None:
    other = cover.open_market(2)
    cover.open_peers(other)
    where = named(cover, lp) | {"pool": other.pool, "vault": other.pool_vault}
    with cover.refused("E_STATE", cover.at.pool, other.pool):
        cover.pool("top_up", args(10 * USDC), **where)
    cover.set_pool_terms(other)
    with cover.refused("E_RELATION", cover.at.pool, other.pool, lp.tokens):
        cover.pool("top_up", args(10 * USDC), **where)


def test_client_builds_it(cover: Cover, lp: Provider) -> None:
    cover.send(insurance_pool.top_up(lp.key, cover.market, lp.tokens, 10 * USDC, 0, 100))
    assert cover.position_state(lp).deposited_amount == 1_010 * USDC
