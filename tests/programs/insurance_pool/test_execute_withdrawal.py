"""execute_withdrawal: the lower of two values, after the notice, as far as the cap allows."""

from dataclasses import replace

from solders.pubkey import Pubkey

from tests.model import parameters as P
from tests.model.pool import withdrawals
from tests.programs.bench.cover import NOTICE, Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, check_state, now, only, position

CEILING = 30_000
"""Vesting, up to three prices, a token transfer and the largest event of the pool."""


def named(cover: Cover, who: Provider) -> dict[str, Pubkey]:
    return {
        "caller": who.key,
        "position": cover.at.provider_position(who.key, 100),
        "destination": who.tokens,
    }


def request(cover: Cover, who: Provider, shares: int) -> None:
    where = named(cover, who)
    cover.pool("request_withdrawal", {"shares": shares}, provider=who.key, position=where["position"])


def execute(cover: Cover, who: Provider, min_assets: int = 0, **accounts: Pubkey) -> object:
    """Runs it and compares pool, position, money and event with the twin."""
    before, held = cover.pool_state, cover.position_state(who)
    money = cover.balance(who.tokens)
    caller = accounts.get("caller", who.key)
    expected_pool, expected, paid = withdrawals.execute(
        now(cover), position(cover, who), cover.epoch, min_assets, by_provider=caller == who.key
    )
    event = only(
        cover.pool("execute_withdrawal", {"min_assets": min_assets}, **(named(cover, who) | accounts)),
        "WithdrawalExecuted",
    )
    assert cover.units <= CEILING
    assert (now(cover), position(cover, who)) == (expected_pool, expected)
    assert cover.balance(who.tokens) - money == paid.net
    check_moment(cover, event, caller)
    assert event.provider == who.key
    assert (event.gross, event.fee, event.net) == (paid.gross, paid.fee, paid.net)
    check_state(event.pool_before, before)
    check_state(event.pool_after, cover.pool_state)
    check_state(event.position_before, held)
    check_state(event.position_after, cover.position_state(who))
    return event


def after_notice(cover: Cover, required: int = 0) -> None:
    cover.later(NOTICE)
    cover.set_risk(required=required)


def test_whole_position_with_early_fee(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1_000 * USDC)
    after_notice(cover)
    event = execute(cover, lp, min_assets=997 * USDC)
    assert cover.units <= CEILING
    assert (event.gross, event.fee, event.burned) == (1_000 * USDC, 3 * USDC, 1_000 * USDC)  # type: ignore[attr-defined]
    pool = now(cover)
    assert (pool.total_shares, pool.total_deposits, pool.pending_shares, pool.unvested) == (0, 0, 0, 3 * USDC)
    assert cover.position_state(lp).request_epoch == 0


def test_gain_since_the_request_stays(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 500 * USDC)
    cover.premium(80 * USDC)
    after_notice(cover)
    event = execute(cover, lp)
    assert event.out > event.gross == 500 * USDC  # type: ignore[attr-defined]


def test_loss_since_the_request_counts(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 500 * USDC)
    cover.payout(400 * USDC)
    after_notice(cover)
    event = execute(cover, lp)
    assert event.gross < 301 * USDC  # type: ignore[attr-defined]


def test_what_the_last_provider_leaves_pays_the_known_deficit_first(cover: Cover, lp: Provider) -> None:
    cover.pool("note_unsettled", {"unsettled": 900 * USDC})
    request(cover, lp, 1_000 * USDC)
    after_notice(cover)
    execute(cover, lp)
    pool = now(cover)
    assert (pool.available, pool.total_shares, pool.high_water_mark) == (0, 0, 10**9)
    assert pool.residual == 1_000 * USDC - 100_899_100
    newcomer = cover.provider()
    cover.deposit(newcomer, 900 * USDC)
    cover.payout(1_000 * USDC)
    assert cover.pool_state.reserved_first_loss == pool.residual
    assert cover.pool_state.available_balance == 900 * USDC - (1_000 * USDC - pool.residual - pool.unvested)


def test_nothing_left_is_paid_as_nothing(cover: Cover, lp: Provider) -> None:
    cover.change_pool(available_balance=0)
    cover.store.put(cover.at.pool_vault, cover.store.get(cover.tokens(cover.at.pool)))
    request(cover, lp, 1_000 * USDC)
    after_notice(cover)
    event = execute(cover, lp)
    assert (event.net, event.burned) == (0, 1_000 * USDC)  # type: ignore[attr-defined]


def test_part_up_to_the_cap_and_the_rest_later(cover: Cover, lp: Provider) -> None:
    cover.premium(60 * USDC)
    request(cover, lp, 900 * USDC)
    after_notice(cover, required=700 * USDC)
    event = execute(cover, lp)
    assert 0 < event.gross < 300 * USDC  # type: ignore[attr-defined]
    held = cover.position_state(lp)
    assert 0 < held.requested_shares < 900 * USDC
    assert held.request_epoch == 100
    assert cover.pool_state.pending_shares == held.requested_shares
    assert cover.pool_state.pending_value == held.request_value
    cover.set_risk()
    execute(cover, lp)
    assert cover.position_state(lp).requested_shares == 0
    assert cover.position_state(lp).shares == 100 * USDC


def test_part_of_one_atom(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1_000 * USDC)
    cover.later(NOTICE)
    available = cover.pool_state.available_balance
    cover.set_risk(required=(available - 1) * P.UTIL_CAP_BPS // P.BPS)
    execute(cover, lp)


def test_principal_left_by_a_payout_never_locks_in(cover: Cover, lp: Provider) -> None:
    second = cover.provider()
    cover.deposit(second, 1_000 * USDC)
    cover.payout(1_500 * USDC)
    request(cover, lp, 1_000 * USDC)
    request(cover, second, 1_000 * USDC)
    after_notice(cover)
    execute(cover, lp)
    assert now(cover).total_deposits == 0
    execute(cover, second)
    assert now(cover).total_shares == 0


def test_forced_after_two_weeks_whatever_cap_and_freshness(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1_000 * USDC)
    cover.set_risk(required=10_000 * USDC)
    cover.later(NOTICE + P.FORCE_AFTER - 1)
    with cover.refused("E_STALE", cover.at.pool, lp.tokens):
        cover.pool("execute_withdrawal", {"min_assets": 0}, **named(cover, lp))
    cover.later(1)
    event = execute(cover, lp)
    assert event.gross == 1_000 * USDC  # type: ignore[attr-defined]


def test_anyone_may_have_it_paid_from_the_forced_date_on(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1_000 * USDC)
    stranger, where = cover.provider(), named(cover, lp)
    cover.later(NOTICE + P.FORCE_AFTER - 1)
    cover.set_risk()
    touched = (cover.at.pool, where["position"], lp.tokens, stranger.tokens)
    with cover.refused("E_AUTHORITY", *touched):
        cover.pool("execute_withdrawal", {"min_assets": 0}, **(where | {"caller": stranger.key}))
    cover.later(1)
    with cover.refused("E_RELATION", *touched):
        thief = {"caller": stranger.key, "destination": stranger.tokens}
        cover.pool("execute_withdrawal", {"min_assets": 0}, **(where | thief))
    event = execute(cover, lp, caller=stranger.key)
    # The early fee of the day of the request, 30 bps, still applies: the same as if the provider had come.
    assert (event.gross, event.fee, event.net) == (1_000 * USDC, 3 * USDC, 997 * USDC)  # type: ignore[attr-defined]
    assert cover.pool_state.pending_value == 0


def test_a_wiped_request_waits_for_the_provider_too(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 400 * USDC)
    cover.payout(1_000 * USDC)
    stranger = cover.provider()
    with cover.refused("E_AUTHORITY", cover.at.pool, named(cover, lp)["position"]):
        cover.pool("execute_withdrawal", {"min_assets": 0}, **(named(cover, lp) | {"caller": stranger.key}))


def test_wiped_generation_pays_nothing_at_any_time(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 400 * USDC)
    cover.payout(1_000 * USDC)
    heir = cover.provider()
    cover.deposit(heir, 100 * USDC)
    pool = now(cover)
    event = only(
        cover.pool("execute_withdrawal", {"min_assets": 5}, **named(cover, lp)),
        "WithdrawalExecuted",
    )
    assert event.wiped
    assert (event.burned, event.out, event.gross, event.fee, event.net) == (400 * USDC, 0, 0, 0, 0)
    assert now(cover) == pool
    held = cover.position_state(lp)
    assert (held.shares, held.deposited_amount, held.requested_shares, held.request_value) == (0, 0, 0, 0)


def test_score_may_be_two_epochs_old(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1)
    cover.later(NOTICE)
    cover.set_risk(epoch=cover.epoch - P.STALE_EPOCHS - 1)
    with cover.refused("E_STALE", cover.at.pool, lp.tokens):
        cover.pool("execute_withdrawal", {"min_assets": 0}, **named(cover, lp))
    cover.set_risk(epoch=cover.epoch - P.STALE_EPOCHS)
    execute(cover, lp)


def test_refuses_before_the_notice_ends(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1)
    cover.later(NOTICE - 1)
    cover.set_risk()
    with cover.refused("E_NOTICE", cover.at.pool, lp.tokens):
        cover.pool("execute_withdrawal", {"min_assets": 0}, **named(cover, lp))


def test_refuses_when_the_interest_needs_everything(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1)
    after_notice(cover, required=850 * USDC)
    with cover.refused("E_UTILIZATION", cover.at.pool, lp.tokens):
        cover.pool("execute_withdrawal", {"min_assets": 0}, **named(cover, lp))


def test_refuses_less_than_asked_for(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1_000 * USDC)
    after_notice(cover)
    with cover.refused("E_SLIPPAGE", cover.at.pool, lp.tokens):
        cover.pool("execute_withdrawal", {"min_assets": 997 * USDC + 1}, **named(cover, lp))


def test_refuses_without_a_request(cover: Cover, lp: Provider) -> None:
    with cover.refused("E_REQUEST", cover.at.pool, lp.tokens):
        cover.pool("execute_withdrawal", {"min_assets": 0}, **named(cover, lp))


def test_refuses_strangers_other_pools_vaults_and_destinations(cover: Cover, lp: Provider) -> None:
    request(cover, lp, 1)
    after_notice(cover)
    stranger, where = cover.provider(), named(cover, lp)
    other = cover.open_market(2)
    cover.open_peers(other)
    elsewhere = {"pool": other.pool, "vault": other.pool_vault}
    touched = (cover.at.pool, other.pool, where["position"], lp.tokens)

    def refused(code: str, changed: dict[str, Pubkey]) -> None:
        with cover.refused(code, *touched):
            cover.pool("execute_withdrawal", {"min_assets": 0}, **(where | changed))

    refused("E_AUTHORITY", {"caller": stranger.key})
    refused("E_AUTHORITY", {"caller": stranger.key, "destination": stranger.tokens})
    refused("E_STATE", elsewhere)
    cover.set_pool_terms(other)
    refused("E_RELATION", elsewhere)
    refused("E_VAULT", {"vault": other.pool_vault})
    refused("E_RELATION", {"destination": stranger.tokens})
    refused("E_RELATION", {"destination": cover.at.pool_vault})


def test_rest_of_the_twin_stays(cover: Cover, lp: Provider) -> None:
    """What an execution must not touch: stake, fees, offsets, reserve."""
    cover.stake(5 * USDC)
    cover.change_pool(arrears=7, total_offset=3, acknowledged_offset=1)
    request(cover, lp, 1_000 * USDC)
    after_notice(cover)
    before = now(cover)
    execute(cover, lp)
    after = now(cover)
    kept = ("first_loss", "residual", "treasury_fees", "claim_fees", "arrears", "total_offset", "acknowledged_offset")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert replace(after, reserved=None) == after
