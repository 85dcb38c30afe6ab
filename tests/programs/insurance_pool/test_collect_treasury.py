"""collect_treasury: performance fees and the treasury's part of claim fees."""

from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now, only

CEILING = 20_000
"""A token transfer, pool and config, one event."""


def test_pays_all_fees_once(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    to = cover.tokens(cover.treasury)
    event = only(cover.pool("collect_treasury", destination=to), "TreasuryCollected")
    assert cover.units <= CEILING
    assert cover.balance(to) == 200_000
    assert now(cover).treasury_fees == 0
    assert (event.market_id, event.actor, event.destination) == (cover.market, cover.treasury, to)
    assert (event.amount, event.treasury_fees_after) == (200_000, 0)
    cover.pool("collect_treasury", destination=to)
    assert cover.balance(to) == 200_000


def test_refuses_anyone_but_the_treasury(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    with cover.refused("E_AUTHORITY", cover.at.pool):
        cover.pool("collect_treasury", treasury=cover.admin, destination=cover.tokens(cover.admin))


def test_refuses_other_vaults_and_destinations(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    own = cover.tokens(cover.treasury)
    with cover.refused("E_VAULT", cover.at.pool):
        cover.pool("collect_treasury", destination=own, vault=cover.tokens(cover.at.pool, 5 * USDC))
    for destination in (cover.tokens(cover.payer), cover.at.pool_vault):
        with cover.refused("E_RELATION", cover.at.pool, destination):
            cover.pool("collect_treasury", destination=destination)
