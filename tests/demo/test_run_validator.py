"""The same demo on a real solana-test-validator and on the embedded chain, with the same epochs."""

from typing import Any

import pytest

from offchain.demo.options import Options
from offchain.demo.validator_stage import EPOCH_SECONDS
from tests.conformance.legs import absence
from tests.demo.runs import check_sound, document, played

MISSING = absence()

BEGIN, END = "2020-03-12T08:00", "2020-03-12T11:00"


def independent_of_time(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Fill prices, deficits, payouts and claim fees."""
    kept = ("market", "sequence", "deficit", "threshold", "payout", "fee", "uncovered", "tiers", "recomputed_payout")
    claims = [{name: claim[name] for name in kept} for claim in found["claims"]]
    refused = [{name: row[name] for name in ("market", "epoch", "deficit")} for row in found["no_claims"]]
    return [*claims, *refused, *found["liquidations"], *found["openings"]]


@pytest.mark.skipif(MISSING is not None, reason=MISSING or "")
def test_a_validator_gives_the_same_fills_deficits_payouts_and_fees() -> None:
    embedded = document(played(Options(begin=BEGIN, end=END, epoch_seconds=EPOCH_SECONDS)))
    validator = document(played(Options(begin=BEGIN, end=END, backend="test-validator")))
    for found in (embedded, validator):
        check_sound(found)
        assert found["claims"]
        assert found["liquidations"]
        assert f"an epoch lasts {EPOCH_SECONDS} s" in found["shortened"]
    assert independent_of_time(validator) == independent_of_time(embedded)
