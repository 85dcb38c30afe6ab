"""note_unsettled: a deficit below the threshold lowers what shares are worth, and pays nothing."""

from dataclasses import replace

from offchain.chain.addresses import LOCALNET
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now, only

CEILING = 10_000
"""Loads pool and config; the only other work is an event."""


def test_notes_the_sum(cover: Cover, lp: Provider) -> None:
    before = now(cover)
    event = only(cover.pool("note_unsettled", {"unsettled": 12 * USDC}), "UnsettledNoted")
    assert cover.units <= CEILING
    assert now(cover) == replace(before, unsettled=12 * USDC)
    assert (event.market_id, event.actor) == (cover.market, LOCALNET.handler_config)
    assert (event.unsettled_before, event.unsettled_after) == (0, 12 * USDC)


def test_refuses_anyone_but_the_handler(cover: Cover) -> None:
    for stranger in (cover.admin, LOCALNET.risk_config, LOCALNET.premium_config, cover.market):
        with cover.refused("E_AUTHORITY", cover.at.pool):
            cover.pool("note_unsettled", {"unsettled": 1}, handler=stranger)
