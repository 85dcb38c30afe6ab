"""cancel_withdrawal: what the requested shares gained is given up to everyone."""

from solders.pubkey import Pubkey

from tests.model.pool import requests
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, check_state, now, only, position

CEILING = 17_000
"""A request, and the credit of what is given up."""


def named(cover: Cover, who: Provider) -> dict[str, Pubkey]:
    return {"provider": who.key, "position": cover.at.provider_position(who.key, 100)}


def request(cover: Cover, who: Provider, shares: int) -> None:
    cover.pool("request_withdrawal", {"shares": shares}, **named(cover, who))


def test_burns_the_gain_and_lets_it_vest_again(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 400 * USDC)
    cover.premium(50 * USDC)
    cover.later(50)
    before = cover.position_state(lp)
    pool, held = now(cover), position(cover, lp)
    expected_pool, expected = requests.cancel(pool, held, cover.epoch)
    event = only(cover.pool("cancel_withdrawal", **named(cover, lp)), "WithdrawalCancelled")
    assert cover.units <= CEILING
    assert (now(cover), position(cover, lp)) == (expected_pool, expected)
    assert expected.shares < 1_000 * USDC
    assert (expected_pool.pending_shares, expected_pool.pending_value) == (0, 0)
    check_moment(cover, event, lp.key)
    assert event.forgone > 0
    assert event.pool_before.vest_epoch == 100
    check_state(event.position_before, before)
    check_state(event.position_after, cover.position_state(lp))
    check_state(event.pool_after, cover.pool_state)


def test_without_a_gain_nothing_is_burnt(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 400 * USDC)
    cover.payout(300 * USDC)
    event = only(cover.pool("cancel_withdrawal", **named(cover, lp)), "WithdrawalCancelled")
    held = cover.position_state(lp)
    assert (event.forgone, held.shares, held.requested_shares) == (0, 1_000 * USDC, 0)
    assert held.deposited_amount == 1_000 * USDC
    assert now(cover).pending_value == 0


def test_request_of_a_wiped_generation_is_cleared_and_leaves_the_new_one_alone(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 400 * USDC)
    cover.payout(1_000 * USDC)
    heir = cover.provider()
    cover.deposit(heir, 100 * USDC)
    cover.later(1)
    pool = now(cover)
    only(cover.pool("cancel_withdrawal", **named(cover, lp)), "WithdrawalCancelled")
    held = cover.position_state(lp)
    assert (held.requested_shares, held.request_value, held.request_fee_bps, held.request_epoch) == (0, 0, 0, 0)
    assert now(cover) == pool


def test_refuses_without_a_request(cover: Cover, lp: Provider) -> None:
    with cover.refused("E_REQUEST", cover.at.pool, named(cover, lp)["position"]):
        cover.pool("cancel_withdrawal", **named(cover, lp))


def test_refuses_strangers_and_other_pools(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1)
    where = named(cover, lp)
    with cover.refused("E_AUTHORITY", cover.at.pool, where["position"]):
        cover.pool("cancel_withdrawal", **(where | {"provider": cover.wallet()}))
    other = cover.open_market(2)
    cover.open_peers(other)
    with cover.refused("E_STATE", other.pool, where["position"]):
        cover.pool("cancel_withdrawal", **(where | {"pool": other.pool}))
    cover.set_pool_terms(other)
    with cover.refused("E_RELATION", other.pool, where["position"]):
        cover.pool("cancel_withdrawal", **(where | {"pool": other.pool}))
