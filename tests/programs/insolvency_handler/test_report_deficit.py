"""report_deficit: strictly above the threshold a claim on the pool, otherwise NoClaim; nothing twice."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from tests.model.claims import registry as model
from tests.programs.bench.cover import THRESHOLD, Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now, only, pool_twin

CEILING = 30_000
"""An address search, config, registry and record, a call into the pool, two events."""


@pytest.fixture
def opened(cover: Cover, lp: Provider) -> Cover:
    """A pool of 1 000 USDC and a blank record."""
    cover.open_claim()
    return cover


def twin(cover: Cover) -> model.Registry:
    """The registry as the twin keeps it, without an open receipt."""
    r = cover.registry_state
    return model.Registry(
        r.threshold, r.counter, r.settled, r.settled_margin, r.settled_fund, r.next_sequence, None, r.no_claims
    )


def test_claim_is_filled_and_booked_in_the_pool(opened: Cover) -> None:
    cover = opened
    reported = model.Report(1_500 * USDC, 320 * USDC, 41 * USDC, 77 * USDC)
    registry, pool, receipt = model.report(twin(cover), now(cover), reported)
    executor = cover.wallet()
    events = cover.report(1_500 * USDC, 320 * USDC, 41 * USDC, 77 * USDC, executor=executor)
    assert cover.units <= CEILING
    assert [type(event).__name__ for event in events] == ["PayoutRequested", "DeficitReported"]
    event = events[-1]
    assert now(cover) == pool
    assert isinstance(receipt, model.Receipt)
    record = cover.claim_state()
    assert (record.state, record.executor, record.sequence) == (1, executor, receipt.sequence)
    assert (record.deficit_amount, record.threshold) == (receipt.deficit, THRESHOLD)
    assert (record.margin_tier, record.fund_tier, record.profit_tier) == (320 * USDC, 41 * USDC, 77 * USDC)
    after = cover.registry_state
    assert (after.counter, after.settled) == (registry.counter, registry.settled) == (1_500 * USDC, 1_500 * USDC)
    assert (after.settled_margin, after.settled_fund) == (registry.settled_margin, registry.settled_fund)
    assert (after.margin_total, after.fund_total) == (320 * USDC, 41 * USDC)
    assert (after.pending, after.next_sequence, after.claims, after.no_claims) == (True, 1, 0, 0)
    assert (event.market_id, event.actor, event.sequence) == (cover.market, executor, 1)  # type: ignore[attr-defined]
    assert (event.deficit, event.threshold) == (1_500 * USDC, THRESHOLD)  # type: ignore[attr-defined]
    assert (event.margin_tier, event.fund_tier, event.unvested_profit) == (320 * USDC, 41 * USDC, 77 * USDC)  # type: ignore[attr-defined]
    assert (event.counter, event.settled_before, event.settled_after) == (1_500 * USDC, 0, 1_500 * USDC)  # type: ignore[attr-defined]


@pytest.mark.parametrize("amount", [0, 1, THRESHOLD - 1, THRESHOLD])
def test_at_or_below_the_threshold_is_no_claim(opened: Cover, amount: int) -> None:
    cover = opened
    registry, pool, outcome = model.report(twin(cover), now(cover), model.Report(amount, 3, 2, 1))
    record = cover.claim_state()
    events = cover.report(amount, 3, 2, 1)
    assert cover.units <= CEILING
    assert [type(event).__name__ for event in events] == ["UnsettledNoted", "NoClaim"]
    event = events[-1]
    assert isinstance(outcome, model.NoClaim)
    assert now(cover) == pool
    assert twin(cover) == registry
    assert cover.claim_state() == record
    assert not cover.registry_state.pending
    assert (cover.registry_state.margin_total, cover.registry_state.fund_total) == (3, 2)
    assert (event.market_id, event.actor, event.unsettled) == (cover.market, cover.payer, amount)  # type: ignore[attr-defined]
    assert (event.threshold, event.settled) == (THRESHOLD, 0)  # type: ignore[attr-defined]
    assert (event.counter_before, event.counter_after) == (0, amount)  # type: ignore[attr-defined]


def test_one_atom_above_the_threshold_is_a_claim(opened: Cover) -> None:
    opened.report(THRESHOLD + 1)
    assert opened.claim_state().deficit_amount == THRESHOLD + 1


def test_small_deficits_add_up(opened: Cover) -> None:
    cover = opened
    cover.report(600 * USDC, 50, 5)
    assert now(cover).unsettled == 600 * USDC
    cover.report(1_200 * USDC, 90, 7)
    record = cover.claim_state()
    assert (record.deficit_amount, record.margin_tier, record.fund_tier) == (1_200 * USDC, 90, 7)
    assert now(cover).unsettled == 0


def test_repeated_report_pays_nothing_twice(opened: Cover) -> None:
    cover = opened
    cover.report(1_500 * USDC)
    cover.release()
    cover.open_claim()
    pool = now(cover)
    only(cover.report(1_500 * USDC)[1:], "NoClaim")
    assert now(cover) == pool


def test_report_while_a_payout_is_reserved_changes_nothing(opened: Cover) -> None:
    cover = opened
    cover.report(1_500 * USDC)
    touched = (cover.at.registry, cover.at.claim(1), cover.at.pool)
    before = [cover.data(key) for key in touched]
    assert cover.report(99_000 * USDC, 1, 1, 1) == []
    assert [cover.data(key) for key in touched] == before
    cover.release()
    cover.open_claim()
    cover.report(99_000 * USDC, 1, 1, 1)
    assert cover.claim_state(2).deficit_amount == 97_500 * USDC


def test_tiers_of_the_second_claim_start_where_the_first_ended(opened: Cover) -> None:
    cover = opened
    cover.report(1_500 * USDC, 300, 30)
    cover.release()
    cover.open_claim()
    cover.report(4_000 * USDC, 1_000, 31)
    record = cover.claim_state(2)
    assert (record.deficit_amount, record.margin_tier, record.fund_tier) == (2_500 * USDC, 700, 1)


def refused(cover: Cover, code: str, counter: int = 1_500 * USDC, **accounts: Pubkey) -> None:
    touched = [cover.at.registry, cover.at.claim(1), cover.at.pool, *accounts.values()]
    with cover.refused(code, *touched):
        cover.report(counter, **accounts)


def test_refuses_anyone_but_the_market(opened: Cover) -> None:
    for stranger in (opened.payer, opened.creator, LOCALNET.pool_config, LOCALNET.risk_config):
        refused(opened, "E_AUTHORITY", market=stranger)


def test_refuses_a_registry_without_terms() -> None:
    cover = Cover(terms=False)
    cover.open_claim()
    refused(cover, "E_STATE")


def test_refuses_a_forged_pool_program(opened: Cover) -> None:
    for forged in (LOCALNET.demo_market, LOCALNET.risk_engine):
        refused(opened, "E_PROGRAM", pool_program=forged)


def test_refuses_pool_and_record_of_another_market(opened: Cover) -> None:
    cover = opened
    other = cover.open_market(2)
    cover.open_peers(other)
    cover.set_pool_terms(other)
    cover.set_handler_terms(other)
    cover.handler("open_claim", {"sequence": 1}, registry=other.registry, claim=other.claim(1))
    refused(cover, "E_RELATION", pool=other.pool)
    refused(cover, "E_RELATION", claim=other.claim(1))
    refused(cover, "E_AUTHORITY", registry=other.registry)


def test_refuses_an_old_record(opened: Cover) -> None:
    cover = opened
    cover.report(1_500 * USDC)
    cover.release()
    with cover.refused("E_SEQUENCE", cover.at.registry, cover.at.claim(1), cover.at.pool):
        cover.report(9_000 * USDC, claim=cover.at.claim(1))


def test_refuses_counters_that_fall(opened: Cover) -> None:
    opened.report(900 * USDC, 50, 5)
    for counter, margin, fund in ((900 * USDC - 1, 50, 5), (900 * USDC, 49, 5), (900 * USDC, 50, 4)):
        with opened.refused("E_COUNTER", opened.at.registry, opened.at.pool):
            opened.report(counter, margin, fund)
    opened.report(900 * USDC, 50, 5)
    assert pool_twin(opened.pool_state).unsettled == 900 * USDC
