"""complete_claim: the receipt, to the atom, and the market's credit."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpMarket
from tests.model.claims import registry as model
from tests.programs.bench.cover import THRESHOLD, Cover
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now

CEILING = 60_000
"""Measured through release_funds, the only way to it."""
RECORD = {
    "deficit_amount": "deficit",
    "payout_amount": "payout",
    "fully_covered": "fully_covered",
    "fee": "fee",
    "uncovered": "uncovered",
    "threshold": "threshold",
    "margin_tier": "margin_tier",
    "fund_tier": "fund_tier",
    "first_loss_tier": "first_loss_tier",
    "premium_tier": "premium_tier",
    "capital_tier": "capital_tier",
    "profit_tier": "profit_tier",
    "arrears_offset": "arrears_offset",
    "net_paid": "net_paid",
    "executor_fee": "executor_fee",
}
"""Field of the record -> field of the twin's receipt."""
ARGS = {
    "sequence": 1,
    "payout": 900 * USDC,
    "first_loss": 0,
    "premium": 0,
    "capital": 900 * USDC,
    "offset": 0,
    "fee": 450_000,
    "executor_fee": 270_000,
    "net": 899_550_000,
    "epoch": 100,
    "now": 1_700_090_000,
}


def claim(cover: Cover, deficit: int, profit: int = 0) -> None:
    """Reports and releases; record and event must say what the twin says."""
    cover.open_claim()
    start = model.Registry(cover.registry_state.threshold)
    report = model.Report(deficit, 70 * USDC, 6 * USDC, profit)
    registry, pool, _ = model.report(start, now(cover), report)
    _, pool, receipt = model.complete(registry, pool)
    cover.report(deficit, 70 * USDC, 6 * USDC, profit)
    cover.later(2)
    events = cover.release()
    assert cover.units <= CEILING
    assert now(cover) == pool
    record = cover.claim_state()
    for name, twin in RECORD.items():
        assert getattr(record, name) == getattr(receipt, twin), name
    assert (record.state, record.fee_collected, record.epoch) == (2, False, cover.epoch)
    assert (record.timestamp, record.executor) == (cover.now, cover.payer)
    event = events[1]
    assert type(event).__name__ == "ClaimEvent"
    for name in (*RECORD, "sequence", "epoch", "timestamp", "market_id"):
        assert getattr(event, name) == getattr(record, name), name
    assert event.actor == cover.payer  # type: ignore[attr-defined]
    after = cover.registry_state
    assert (after.next_sequence, after.pending, after.claims) == (2, False, 1)


def test_worked_example(cover: Cover) -> None:
    cover.deposit(cover.provider(), 60_000 * USDC)
    claim(cover, 100_000 * USDC)
    record = cover.claim_state()
    assert (record.payout_amount, record.fee, record.net_paid) == (60_000 * USDC, 30 * USDC, 59_970 * USDC)
    assert (record.uncovered, record.fully_covered) == (40_000 * USDC, False)
    market = cover.read(PerpMarket, LOCALNET.demo_market, cover.market)
    assert (market.house, market.bad_debt) == (59_970 * USDC, 40_000 * USDC)
    assert cover.balance(cover.at.vault) == 59_970 * USDC


def test_fully_covered_is_gross_of_the_fee(cover: Cover) -> None:
    cover.deposit(cover.provider(), 60_000 * USDC)
    claim(cover, THRESHOLD + 1)
    record = cover.claim_state()
    assert record.fully_covered
    assert (record.uncovered, record.payout_amount) == (0, THRESHOLD + 1)
    assert record.net_paid == record.payout_amount - record.fee


def test_every_tier_is_on_the_receipt(cover: Cover) -> None:
    cover.deposit(cover.provider(), 1_000 * USDC)
    cover.stake(40 * USDC)
    cover.premium(20 * USDC, arrears=5 * USDC)
    claim(cover, 3_000 * USDC, profit=100 * USDC)
    record = cover.claim_state()
    assert (record.first_loss_tier, record.premium_tier, record.capital_tier) == (40 * USDC, 20 * USDC, 1_000 * USDC)
    assert (record.margin_tier, record.fund_tier, record.profit_tier) == (70 * USDC, 6 * USDC, 100 * USDC)
    assert (record.arrears_offset, record.uncovered) == (5 * USDC, 1_940 * USDC)


def test_profit_tier_is_at_most_what_is_uncovered(cover: Cover) -> None:
    cover.deposit(cover.provider(), 1_000 * USDC)
    claim(cover, 1_030 * USDC, profit=100 * USDC)
    assert cover.claim_state().profit_tier == 30 * USDC


@pytest.fixture
def reserved(cover: Cover) -> Cover:
    """A reported claim that was not released yet."""
    cover.deposit(cover.provider(), 900 * USDC)
    cover.open_claim()
    cover.report(1_500 * USDC)
    return cover


def refused(cover: Cover, code: str, args: dict[str, int] = ARGS, **accounts: Pubkey) -> None:
    touched = (cover.at.registry, cover.at.claim(1), cover.market, *accounts.values())
    with cover.refused(code, *touched):
        cover.handler("complete_claim", args, **({"claim": cover.at.claim(1)} | accounts))


def test_refuses_anyone_but_the_pool(reserved: Cover) -> None:
    for stranger in (reserved.payer, reserved.market, LOCALNET.risk_config, reserved.at.pool):
        refused(reserved, "E_AUTHORITY", pool_authority=stranger)


def test_refuses_a_forged_market_program(reserved: Cover) -> None:
    refused(reserved, "E_PROGRAM", market_program=LOCALNET.risk_engine)


def test_refuses_accounts_of_another_market(reserved: Cover) -> None:
    other = reserved.open_market(2)
    reserved.open_peers(other)
    reserved.set_handler_terms(other)
    reserved.handler("open_claim", {"sequence": 1}, registry=other.registry, claim=other.claim(1))
    refused(reserved, "E_RELATION", market=other.market_id)
    refused(reserved, "E_RELATION", registry=other.registry)
    refused(reserved, "E_RELATION", claim=other.claim(1))


def test_refuses_another_sequence_and_other_states(reserved: Cover) -> None:
    refused(reserved, "E_STATE", ARGS | {"sequence": 2})
    reserved.release()
    refused(reserved, "E_STATE")
    reserved.open_claim()
    refused(reserved, "E_STATE", ARGS | {"sequence": 2}, claim=reserved.at.claim(2))
