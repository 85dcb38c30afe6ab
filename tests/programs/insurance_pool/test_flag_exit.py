"""flag_exit: a request that has waited a week beyond its notice restricts the market."""

from solders.pubkey import Pubkey

from tests.model import parameters as P
from tests.model.pool import requests
from tests.programs.bench.cover import NOTICE, Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, now, only, position

CEILING = 12_000
"""Loads pool and position; no transfer."""


def where(cover: Cover, who: Provider) -> Pubkey:
    return cover.at.provider_position(who.key, 100)


def request(cover: Cover, who: Provider, shares: int = 1_000 * USDC) -> None:
    cover.pool("request_withdrawal", {"shares": shares}, provider=who.key, position=where(cover, who))


def test_anyone_flags_a_request_that_waited_a_week(cover: Cover, lp: Provider) -> None:
    request(cover, lp)
    cover.later(NOTICE + P.EXIT_AFTER - 1)
    with cover.refused("E_EARLY", cover.at.pool):
        cover.pool("flag_exit", position=where(cover, lp))
    cover.later(1)
    expected = requests.flag_exit(now(cover), position(cover, lp), cover.epoch)
    event = only(cover.pool("flag_exit", position=where(cover, lp)), "ExitFlagged")
    assert cover.units <= CEILING
    assert now(cover) == expected
    check_moment(cover, event, cover.payer)
    assert (event.position, event.exit_before, event.exit_after) == (where(cover, lp), False, True)


def test_refuses_without_a_request(cover: Cover, lp: Provider) -> None:
    cover.later(NOTICE + P.EXIT_AFTER)
    with cover.refused("E_REQUEST", cover.at.pool):
        cover.pool("flag_exit", position=where(cover, lp))


def test_refuses_a_wiped_generation(cover: Cover, lp: Provider) -> None:
    request(cover, lp)
    cover.payout(1_000 * USDC)
    cover.later(NOTICE + P.EXIT_AFTER)
    with cover.refused("E_GENERATION", cover.at.pool):
        cover.pool("flag_exit", position=where(cover, lp))


def test_refuses_the_pool_of_another_market(cover: Cover, lp: Provider) -> None:
    request(cover, lp)
    cover.later(NOTICE + P.EXIT_AFTER)
    other = cover.open_market(2)
    cover.open_peers(other)
    with cover.refused("E_STATE", cover.at.pool, other.pool):
        cover.pool("flag_exit", pool=other.pool, position=where(cover, lp))
    cover.set_pool_terms(other)
    with cover.refused("E_RELATION", cover.at.pool, other.pool):
        cover.pool("flag_exit", pool=other.pool, position=where(cover, lp))
