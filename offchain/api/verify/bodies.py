"""The verifier's answer as a body."""

from typing import Any

from offchain.api.verify.schemas import Difference, Figure, Underway, Verification

TIERS = ("margin", "fund", "first_loss", "premium", "capital", "profit")
FIGURES = {
    "deficit_amount": "deficit",
    "threshold": "threshold",
    "payout_amount": "recomputed_payout",
    "fee": "fee",
    "executor_fee": "executor_fee",
    "arrears_offset": "arrears_offset",
    "net_paid": "net",
    "uncovered": "uncovered",
}
"""Field of the record -> name in the verifier's claim."""


def verification(record_address: str, found: dict[str, Any]) -> Verification:
    """From `worker.document`."""
    claim, record = found["claim"], found["record"]
    clean = not found["differences"] and not found["others_in_all"]
    return Verification(
        claim=record_address,
        market_id=claim["market"],
        sequence=claim["sequence"],
        state="verified" if clean else "different",
        signature=claim["signature"],
        tiers=[_figure(f"{tier}_tier", claim["tiers"][tier], record) for tier in TIERS],
        figures=[_figure(field, claim[name], record) for field, name in FIGURES.items()],
        paid=str(claim["paid"]),
        differences=[Difference(**one) for one in found["differences"]],
        other_differences=[Difference(**one) for one in found["others"]],
        other_differences_in_all=found["others_in_all"],
        transactions=found["signatures"],
        transactions_replayed=found["replayed"],
        final=found["final"],
        as_of_slot=str(found["slot"]),
    )


def underway(record_address: str, progress: dict[str, int]) -> Underway:
    """How far it is."""
    return Underway(record_address, "running", progress["replayed"], progress["waiting"], str(progress["slot"]))


def _figure(field: str, recomputed: int, record: dict[str, Any]) -> Figure:
    recorded = record[field]
    return Figure(field, str(recomputed), str(recorded), recomputed == recorded)
