"""report_reserve: balance, requests and utilisation reach the risk engine; a served exit is cleared first."""

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.risk_engine.accounts import MarketInputs
from tests.model.pool import requests
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_state, now

CEILING = 30_000
"""Two address searches, vesting, a call with 33 bytes, an event here and one there."""


def inputs(cover: Cover) -> MarketInputs:
    return cover.read(MarketInputs, LOCALNET.risk_engine, cover.at.inputs)


def pending(cover: Cover, lp: Provider, shares: int) -> None:
    position = cover.at.provider_position(lp.key, 100)
    cover.pool("request_withdrawal", {"shares": shares}, provider=lp.key, position=position)


def test_vests_and_reports(cover: Cover, lp: Provider) -> None:
    cover.premium(96 * USDC)
    pending(cover, lp, 250 * USDC)
    cover.set_risk(required=300 * USDC)
    cover.later(40)
    before = cover.pool_state
    expected = requests.report_reserve(now(cover), cover.epoch)
    events = cover.pool("report_reserve")
    assert cover.units <= CEILING
    assert [type(event).__name__ for event in events][-1] == "ReserveReported"
    event = events[-1]
    assert now(cover) == expected
    seen = inputs(cover)
    assert (seen.available_balance, seen.pending_withdrawals) == (expected.available, expected.pending_value)
    assert seen.utilization_bps == cover.pool_state.utilization_rate == 2_891
    assert (seen.reserve_epoch, seen.exit, seen.has_reserve) == (cover.epoch, False, True)
    assert (event.actor, event.epoch, event.slot) == (cover.payer, cover.epoch, cover.clock_slot)  # type: ignore[attr-defined]
    check_state(event.pool_before, before)  # type: ignore[attr-defined]
    check_state(event.pool_after, cover.pool_state)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("spare", "exit_after"), [(0, False), (-1, True)])
def test_exit_ends_when_all_requests_fit_under_the_cap(
    cover: Cover, lp: Provider, spare: int, exit_after: bool
) -> None:
    pending(cover, lp, 150 * USDC)
    cover.change_pool(exit=True)
    cover.set_risk(required=(850 * USDC - spare * 850_000) * 85 // 100)
    expected = requests.report_reserve(now(cover), cover.epoch)
    assert expected.exit is exit_after
    cover.pool("report_reserve")
    assert now(cover) == expected
    assert inputs(cover).exit is exit_after


def test_refuses_a_blank_pool() -> None:
    cover = Cover(terms=False)
    with cover.refused("E_STATE", cover.at.pool, cover.at.inputs):
        cover.pool("report_reserve")


def test_refuses_a_forged_program(cover: Cover) -> None:
    for forged in (LOCALNET.demo_market, LOCALNET.premium_manager, LOCALNET.insurance_pool):
        with cover.refused("E_PROGRAM", cover.at.pool, cover.at.inputs):
            cover.pool("report_reserve", risk_program=forged)


def test_refuses_the_inputs_of_another_market(cover: Cover, lp: Provider) -> None:
    other = cover.open_market(2)
    cover.open_peers(other)
    with cover.refused("E_RELATION", cover.at.pool, other.inputs):
        cover.pool("report_reserve", inputs=other.inputs)
