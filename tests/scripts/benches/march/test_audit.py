"""The audit of a run finds nothing wrong in an honest one, and names each way of paying wrongly."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from offchain.data import MARCH_2020
from offchain.demo.candles import read_candles
from offchain.demo.recording import record
from offchain.demo.run import play
from offchain.demo.stage import EmbeddedStage
from offchain.demo.view import SilentView
from offchain.demo.window import choose_window, cut
from offchain.localnet.server import serving
from scripts.benches.march.audit import Audit, MarketAudit, audit

BEGIN, END = "2020-03-12T00:00", "2020-03-12T14:00"
"""The first crash: five claims and a deficit below the threshold."""


@pytest.fixture(scope="module")
def honest() -> Iterator[Audit]:
    """A day kept alive by the demo's own publisher and liquidator, read over RPC."""
    series = read_candles(MARCH_2020)
    recording = record(cut(series, choose_window(series, BEGIN, END, everything=False)), Fraction(1))
    stage = EmbeddedStage(recording.start)
    result = play(recording, stage, lambda _story: SilentView(), began=0.0)
    with serving(stage.local) as endpoints:
        yield audit(endpoints.http, result.desks)


@pytest.fixture
def market(honest: Audit) -> MarketAudit:
    """The market that crashed."""
    return honest.markets[0]


def test_an_honest_run_pays_what_is_due(honest: Audit, market: MarketAudit) -> None:
    assert honest.faults() == []
    assert len(market.records) == len(market.payments) == 5
    assert market.no_claims == 1
    assert market.paid == market.due == sum(record.deficit_amount for record in market.records) > 50_000 * 10**6


def test_a_payment_twice_is_found(market: MarketAudit) -> None:
    wrong = replace(market, payments=(*market.payments, market.payments[0]))
    assert any("belongs to no claim" in fault for fault in wrong.faults())
    assert any("were due" in fault for fault in wrong.faults())


def test_a_lost_payment_is_found(market: MarketAudit) -> None:
    wrong = replace(market, payments=market.payments[1:])
    assert any("never transferred" in fault for fault in wrong.faults())


def test_an_atom_too_few_is_found(market: MarketAudit) -> None:
    short = replace(market.payments[0], atoms=market.payments[0].atoms - 1)
    wrong = replace(market, payments=(short, *market.payments[1:]))
    assert len(wrong.faults()) == 3


def test_a_payout_that_nobody_released_is_found(market: MarketAudit) -> None:
    last = market.records[-1]
    wrong = replace(market, records=market.records[:-1], payments=market.payments[:-1], reserved_sequence=last.sequence)
    assert any(f"payout {last.sequence} was never released" in fault for fault in wrong.faults())
    assert any("were due" in fault for fault in wrong.faults())


def test_a_deficit_above_the_threshold_that_nobody_reported_is_found(market: MarketAudit) -> None:
    wrong = replace(market, deficit_counter=market.deficit_counter + market.threshold + 1)
    assert any("were due" in fault for fault in wrong.faults())
    assert any("its counter says" in fault for fault in wrong.faults())


def test_a_position_liquidated_twice_is_found(market: MarketAudit) -> None:
    wrong = replace(market, liquidations=(*market.liquidations, market.liquidations[0]))
    assert any("liquidated 2 times" in fault for fault in wrong.faults())


def test_a_record_that_differs_from_its_recomputation_is_found(market: MarketAudit) -> None:
    sequence = market.records[0].sequence
    claim = replace(market.recomputed[sequence], recomputed_payout=market.recomputed[sequence].recomputed_payout - 1)
    wrong = replace(market, recomputed=market.recomputed | {sequence: claim})
    assert any("recomputed it is" in fault for fault in wrong.faults())
    missing = replace(market, recomputed={})
    assert len(missing.faults()) == 5
