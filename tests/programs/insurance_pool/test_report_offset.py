"""report_offset: arrears deducted from payouts count as premium paid."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC

CEILING = 22_000
"""An address search, a call with one number, an event here and one there."""


def acknowledged(cover: Cover) -> int:
    return cover.read(PremiumAccount, LOCALNET.premium_manager, cover.at.premium).acknowledged_offset


def test_reports_the_total_and_repeats_without_effect(cover: Cover, lp: Provider) -> None:
    cover.premium(0, arrears=7 * USDC)
    cover.payout(100 * USDC)
    assert cover.pool_state.total_offset == 7 * USDC
    event = cover.pool("report_offset")[-1]
    assert cover.units <= CEILING
    assert type(event).__name__ == "OffsetReported"
    assert (event.actor, event.total_offset, event.acknowledged_offset) == (cover.payer, 7 * USDC, 0)  # type: ignore[attr-defined]
    assert acknowledged(cover) == 7 * USDC
    before = cover.pool_state
    cover.pool("report_offset")
    assert acknowledged(cover) == 7 * USDC
    assert cover.pool_state == before


def test_refuses_a_forged_program(cover: Cover) -> None:
    with cover.refused("E_PROGRAM", cover.at.pool, cover.at.premium):
        cover.pool("report_offset", premium_program=LOCALNET.risk_engine)


def test_refuses_the_premium_account_of_another_market(cover: Cover) -> None:
    other = cover.open_market(2)
    cover.open_peers(other)
    with cover.refused("E_RELATION", cover.at.pool, other.premium):
        cover.pool("report_offset", premium=other.premium)
