"""What a run has shown: the document of `--json`, and whether it is right."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.demo.balance import BalanceSheet
from offchain.demo.desk import Desk
from offchain.demo.session import Session
from offchain.demo.timeline import START_EPOCH

TIERS = ("margin", "fund", "first_loss", "premium", "capital", "profit")

Payouts = Mapping[tuple[Pubkey, int], int]
"""(market id, sequence) -> the payout as somebody else has recomputed it, in atoms."""


@dataclass(frozen=True)
class Claim:
    """A claim as its record stands on the chain, with the payout recomputed by the verifier."""

    market: str
    record: ClaimRecord
    recomputed: int | None
    signature: str

    @property
    def tiers(self) -> dict[str, int]:
        """Atoms from each tier of the waterfall."""
        return {tier: getattr(self.record, f"{tier}_tier") for tier in TIERS}

    def document(self) -> dict[str, Any]:
        """For `--json`."""
        record = self.record
        return {
            "market": self.market,
            "sequence": record.sequence,
            "deficit": record.deficit_amount,
            "threshold": record.threshold,
            "payout": record.payout_amount,
            "fee": record.fee,
            "uncovered": record.uncovered,
            "tiers": self.tiers,
            "recomputed_payout": self.recomputed,
            "signature": self.signature,
        }


@dataclass(frozen=True)
class Result:
    """One run."""

    backend: str
    session: Session
    desks: tuple[Desk, ...]
    claims: tuple[Claim, ...]
    sheet: BalanceSheet
    verifier_faults: tuple[str, ...]
    seconds: float
    shortened: str | None
    """What was shortened for a real validator, in a sentence."""

    def faults(self) -> list[str]:
        """Everything that must not be: each sentence names a claim, a vault or a balance."""
        found = [
            f"claim {claim.record.sequence} of market {claim.market} paid {claim.record.payout_amount} atoms, "
            f"recomputed from raw data it is {claim.recomputed}"
            for claim in self.claims
            if claim.record.payout_amount != claim.recomputed
        ]
        return found + self.sheet.faults() + list(self.verifier_faults)

    def document(self) -> dict[str, Any]:
        """The document of `--json`: amounts in atoms, prices in 1e-6 USD, scores 1e6 = 1.0, rates in basis points."""
        return {
            "backend": self.backend,
            "shortened": self.shortened,
            "claims": [claim.document() for claim in self.claims],
            "no_claims": [row for desk in self.desks for row in _no_claims(desk)],
            "openings": [row for desk in self.desks for row in _openings(desk)],
            "liquidations": [row for desk in self.desks for row in _liquidations(desk)],
            "withdrawals": [row for desk in self.desks for row in _withdrawals(desk)],
            "epochs": [row for desk in self.desks for row in _epochs(desk)],
            "pools": [self.pool(desk) for desk in self.desks],
            "balance_sheet": self.sheet.document(),
            "compute_units": self.session.meter.document(),
            "transactions": self.session.sent,
            "faults": self.faults(),
            "seconds": math.ceil(self.seconds),
        }

    def pool(self, desk: Desk) -> dict[str, Any]:
        """A market's pool at the end: what it has paid, and what is left; atoms."""
        pool = desk.pool
        return {
            "market": desk.plan.name,
            "paid": sum(claim.record.payout_amount for claim in self.claims if claim.market == desk.plan.name),
            "premiums": desk.premium.total_routed,
            "available_balance": pool.available_balance,
            "unvested_premium": pool.unvested,
            "first_loss": pool.first_loss,
            "total_shares": pool.total_shares,
            "generation": pool.generation,
        }


def read_claims(desk: Desk, payouts: Payouts) -> list[Claim]:
    """Every completed claim of a market, from its record on the chain."""
    claims = []
    for sequence in range(1, desk.registry.next_sequence):
        record = desk.read(ClaimRecord, desk.at.claim(sequence), LOCALNET.insolvency_handler)
        signature = str(desk.records.claim_signatures[sequence])
        claims.append(Claim(desk.plan.name, record, payouts.get((desk.market_id, sequence)), signature))
    return claims


def _no_claims(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "market": desk.plan.name,
            "epoch": row.epoch,
            "deficit": row.unsettled,
            "threshold": row.threshold,
            "signature": str(row.signature),
        }
        for row in desk.records.no_claims
    ]


def _openings(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "market": desk.plan.name,
            "trader": name,
            "price": event.entry_price,
            "notional": event.notional,
            "margin": event.margin,
            "fee": event.fee,
        }
        for name, event in desk.records.openings
    ]


def _liquidations(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "market": desk.plan.name,
            "owner": str(event.owner),
            "price": event.price,
            "equity": event.equity,
            "deficit": event.deficit,
            "counted": event.counted,
        }
        for event in desk.records.liquidations
    ]


def _withdrawals(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "market": desk.plan.name,
            "provider": name,
            "paid": event.net,
            "fee": event.fee,
            "epoch": event.epoch - START_EPOCH,
        }
        for name, event in desk.records.withdrawals
    ]


def _epochs(desk: Desk) -> list[dict[str, Any]]:
    return [
        {
            "market": desk.plan.name,
            "epoch": row.epoch,
            "time": row.time,
            "price": row.price,
            "score": row.score,
            "factors": row.factors,
            "provisional": row.provisional,
            "grade": row.grade,
            "rate": row.rate_bps,
        }
        for row in desk.records.epochs
    ]
