"""Claims: what the replay makes of them, against the records and against the money that moved."""

from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.verify.evidence.model import Evidence
from offchain.verify.read.programs import Programs
from offchain.verify.replay.pool.replay import Released
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.registries import Receipt
from offchain.verify.replay.world import World


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, recomputed from positions, pool ledger and parameters; atoms."""

    market: Pubkey
    sequence: int
    signature: str
    """Of the transaction that released the payout."""
    deficit: int
    threshold: int
    recomputed_payout: int
    fee: int
    executor_fee: int
    offset: int
    net: int
    uncovered: int
    tiers: dict[str, int]
    paid: int
    """What moved to the market's vault."""
    recorded_payout: int | None
    """What the claim record says; None without a record."""

    def to_json(self) -> dict[str, Any]:
        """Integers in atoms."""
        return {
            "market": str(self.market),
            "sequence": self.sequence,
            "signature": self.signature,
            "deficit": self.deficit,
            "threshold": self.threshold,
            "recomputed_payout": self.recomputed_payout,
            "recorded_payout": self.recorded_payout,
            "fee": self.fee,
            "executor_fee": self.executor_fee,
            "arrears_offset": self.offset,
            "net": self.net,
            "paid": self.paid,
            "uncovered": self.uncovered,
            "tiers": self.tiers,
        }


COMPLETE = 2
"""State of a claim record whose payout was released."""

Records = dict[tuple[Pubkey, int], tuple[Pubkey, dict[str, Any]]]


def claims(evidence: Evidence, programs: Programs, world: World, problems: Problems) -> list[Claim]:
    """Every claim that was paid, in the order of the reports; what differs is a problem."""
    records = _records(evidence, programs)
    released = {(one.market, one.payout.sequence): one for one in world.pools.released}
    found = []
    for receipt in world.registries.receipts:
        key = (receipt.market, receipt.sequence)
        address, record = records.pop(key, (None, {}))
        if key in released:
            claim = _claim(receipt, released[key], record)
            _compare(claim, receipt, address, record, problems)
            found.append(claim)
        elif record.get("state") == COMPLETE:
            _surplus(receipt.market, receipt.sequence, address, problems)
    for (market, sequence), (address, record) in records.items():
        if record["state"] == COMPLETE:
            _surplus(market, sequence, address, problems)
    return found


def _surplus(market: Pubkey, sequence: int, address: Pubkey | None, problems: Problems) -> None:
    place = f"claim {sequence} of market {market}: state of claim record {address}"
    problems.add(place, "not complete, as no payout was released", "complete")


def _records(evidence: Evidence, programs: Programs) -> Records:
    records: Records = {}
    for key, account in evidence.accounts.items():
        if account.owner == programs.addresses["insolvency_handler"]:
            held = programs.held(account)
            if held is not None and held[0] == "ClaimRecord":
                records[held[1]["market_id"], held[1]["sequence"]] = (key, held[1])
    return records


def _claim(receipt: Receipt, released: Released, record: dict[str, Any]) -> Claim:
    payout = released.payout
    uncovered = receipt.deficit - payout.payout
    tiers = {
        "margin": receipt.margin_tier,
        "fund": receipt.fund_tier,
        "first_loss": payout.first_loss,
        "premium": payout.premium,
        "capital": payout.capital,
        "profit": min(uncovered, receipt.unvested),
    }
    return Claim(
        market=receipt.market,
        sequence=receipt.sequence,
        signature=released.signature,
        deficit=receipt.deficit,
        threshold=receipt.threshold,
        recomputed_payout=payout.payout,
        fee=payout.fee,
        executor_fee=payout.executor_fee,
        offset=payout.offset,
        net=payout.net,
        uncovered=uncovered,
        tiers=tiers,
        paid=released.paid,
        recorded_payout=record.get("payout_amount"),
    )


def _compare(
    claim: Claim, receipt: Receipt, address: Pubkey | None, record: dict[str, Any], problems: Problems
) -> None:
    place = f"claim {claim.sequence} of market {claim.market}"
    problems.compare(f"{place}: money moved to the market's vault", claim.net, claim.paid)
    if address is None:
        problems.add(place, "a claim record", "none")
        return
    expected: dict[str, Any] = {
        "deficit_amount": claim.deficit,
        "payout_amount": claim.recomputed_payout,
        "fully_covered": claim.uncovered == 0,
        "fee": claim.fee,
        "uncovered": claim.uncovered,
        "executor": receipt.executor,
        "threshold": claim.threshold,
        "arrears_offset": claim.offset,
        "net_paid": claim.net,
        "executor_fee": claim.executor_fee,
        "state": COMPLETE,
    }
    expected |= {f"{tier}_tier": amount for tier, amount in claim.tiers.items()}
    for name, value in expected.items():
        problems.compare(f"{place}: {name} in claim record {address}", value, record[name])
