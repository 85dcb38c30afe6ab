"""set_risk: what the risk engine pushes each epoch, and the utilisation that follows."""

from dataclasses import replace

from offchain.chain.addresses import LOCALNET
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now, only

CEILING = 10_000
"""Half of it loads and stores pool and config; there is no transfer and no address search."""


def test_sets_reserve_interest_and_utilisation(cover: Cover, lp: Provider) -> None:
    before = now(cover)
    cover.later(1)
    event = only(cover.set_risk(required=333 * USDC, open_interest=5_000 * USDC, reasons=9), "RiskSet")
    assert cover.units <= CEILING
    expected = replace(before, required_reserve=333 * USDC, open_interest_now=5_000 * USDC, score_epoch=cover.epoch)
    assert now(cover) == expected
    assert cover.pool_state.reasons == 9
    assert cover.pool_state.utilization_rate == 3_330
    assert (event.market_id, event.actor, event.epoch) == (cover.market, LOCALNET.risk_config, cover.epoch)
    assert (event.required_before, event.required_after) == (0, 333 * USDC)
    assert (event.open_interest_before, event.open_interest_after) == (0, 5_000 * USDC)
    assert (event.reasons_before, event.reasons_after) == (0, 9)
    assert (event.utilization_before, event.utilization_after) == (0, 3_330)


def test_utilisation_rounds_up_and_is_bounded(cover: Cover, lp: Provider) -> None:
    cover.set_risk(required=1)
    assert now(cover).required_reserve == 1 and cover.pool_state.utilization_rate == 1
    cover.set_risk(required=2**63)
    now(cover)
    assert cover.pool_state.utilization_rate == 1_000_000


def test_utilisation_of_an_empty_pool_is_all_or_nothing(cover: Cover) -> None:
    cover.set_risk(required=1)
    assert cover.pool_state.utilization_rate == 1_000_000
    cover.set_risk()
    assert cover.pool_state.utilization_rate == 0


def test_refuses_anyone_but_the_risk_engine(cover: Cover) -> None:
    args = {"epoch": 100, "required_reserve": 0, "open_interest_now": 0, "reasons": 0}
    for stranger in (cover.admin, LOCALNET.handler_config, LOCALNET.premium_config, cover.market):
        with cover.refused("E_AUTHORITY", cover.at.pool):
            cover.pool("set_risk", args, risk=stranger)
