"""stop_deposits: 72 hours, and not again for 30 days."""

from offchain.chain.addresses import LOCALNET
from tests.model import parameters as P
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import only

CEILING = 6_000
"""The config and one event."""


def test_stops_deposits_for_three_days_and_nothing_else(cover: Cover, lp: Provider) -> None:
    event = only(cover.pool("stop_deposits"), "DepositsStopped")
    assert cover.units <= CEILING
    end = cover.now + P.PAUSE_SECONDS
    assert (event.actor, event.paused_until_before, event.paused_until_after) == (cover.guardian, 0, end)
    assert event.pause_allowed_at == cover.pool_config.pause_allowed_at == cover.now + P.PAUSE_COOLDOWN
    position = cover.at.provider_position(lp.key, 100)
    cover.pool("request_withdrawal", {"shares": 1}, provider=lp.key, position=position)
    cover.to_time(end - 1)
    with cover.refused("E_PAUSED", cover.at.pool, lp.tokens):
        cover.deposit(lp, 10 * USDC)
    cover.to_time(end)
    cover.deposit(lp, 10 * USDC)


def test_refuses_a_second_stop_before_the_cooldown(cover: Cover) -> None:
    cover.pool("stop_deposits")
    again = cover.now + P.PAUSE_COOLDOWN
    cover.to_time(again - 1)
    with cover.refused("E_EARLY", LOCALNET.pool_config):
        cover.pool("stop_deposits")
    cover.to_time(again)
    cover.pool("stop_deposits")


def test_refuses_anyone_but_the_guardian(cover: Cover) -> None:
    with cover.refused("E_GUARDIAN", LOCALNET.pool_config):
        cover.pool("stop_deposits", guardian=cover.admin)
