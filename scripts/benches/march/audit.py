"""Whether what was paid is what was due: read from the chain after a run, by a path of its own and by the verifier.

The sums here come from raw token transfers, from the positions' liquidations and from the accounts; no line of a
keeper's ledger is believed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM
from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.demo.desk import Desk
from offchain.settings.project import load_project
from offchain.verify import report
from offchain.verify.checks.claims import Claim
from offchain.verify.evidence.model import Call, Evidence
from offchain.verify.evidence.rpc import read_rpc
from offchain.verify.read.programs import Programs

_TRANSFER = 3
"""The token program's plain transfer, which the pool uses."""
_BPS = 10_000
_COMPLETE = 2
"""State of a claim record whose payout was released."""


@dataclass(frozen=True)
class Payment:
    """Atoms that moved from a pool's vault to its market's vault."""

    signature: str
    atoms: int


@dataclass(frozen=True)
class MarketAudit:
    """One market after a run; amounts in atoms."""

    name: str
    liquidations: Sequence[PositionLiquidated]
    records: Sequence[ClaimRecord]
    payments: Sequence[Payment]
    recomputed: dict[int, Claim]
    """The verifier's claims by sequence."""
    deficit_counter: int
    """Deficits that the market has counted since it was opened."""
    settled: int
    threshold: int
    reserved_sequence: int
    """A payout that waits for its release; 0 when none does."""
    no_claims: int

    @property
    def due(self) -> int:
        """The deficits that a pool owes: everything counted, less what stays at or below the threshold."""
        open_rest = self.deficit_counter - self.settled
        return self.deficit_counter - (open_rest if open_rest <= self.threshold else 0)

    @property
    def paid(self) -> int:
        """What left the pool for deficits: transfers, with the claim fees and offsets that were kept from them."""
        kept = sum(record.fee + record.arrears_offset for record in self.records)
        return sum(payment.atoms for payment in self.payments) + kept

    @property
    def uncovered(self) -> int:
        """What the pool did not have."""
        return sum(record.uncovered for record in self.records)

    def faults(self) -> list[str]:
        """Everything that must not be, one sentence each."""
        return [f"market {self.name}: {fault}" for fault in (*self._counting(), *self._paying(), *self._claims())]

    def _counting(self) -> Iterator[str]:
        times = Counter((event.owner, event.nonce) for event in self.liquidations)
        for (owner, nonce), count in times.items():
            if count > 1:
                yield f"position {nonce} of {owner} was liquidated {count} times"
        counted = sum(event.counted for event in self.liquidations)
        if counted != self.deficit_counter:
            yield f"its liquidations left {counted} atoms of deficit, its counter says {self.deficit_counter}"

    def _paying(self) -> Iterator[str]:
        if self.paid + self.uncovered != self.due:
            yield f"deficits of {self.due} atoms were due, {self.paid} were paid and {self.uncovered} stayed uncovered"
        if self.reserved_sequence:
            yield f"payout {self.reserved_sequence} was never released"
        transfers = Counter(payment.atoms for payment in self.payments)
        owed = Counter(_net(record) for record in self.records)
        for atoms in (transfers - owed).elements():
            yield f"a transfer of {atoms} atoms belongs to no claim"
        for atoms in (owed - transfers).elements():
            yield f"a claim's {atoms} atoms were never transferred"

    def _claims(self) -> Iterator[str]:
        for record in self.records:
            claim = self.recomputed.get(record.sequence)
            if claim is None:
                yield f"the verifier finds no claim {record.sequence}"
            elif record.payout_amount != claim.recomputed_payout or record.deficit_amount != claim.deficit:
                yield (
                    f"claim {record.sequence} paid {record.payout_amount} atoms for {record.deficit_amount}, "
                    f"recomputed it is {claim.recomputed_payout} for {claim.deficit}"
                )


@dataclass(frozen=True)
class Audit:
    """The whole chain after a run."""

    markets: tuple[MarketAudit, ...]
    verifier_faults: tuple[str, ...]
    transactions: int

    def faults(self) -> list[str]:
        """What is wrong, the verifier's findings included."""
        return [*(fault for market in self.markets for fault in market.faults()), *self.verifier_faults]


def audit(url: str, desks: Sequence[Desk]) -> Audit:
    """Read everything from the chain behind `url`."""
    evidence = read_rpc(url, Programs())
    verdict = report(evidence)
    claims = {(claim.market, claim.sequence): claim for claim in verdict.all_claims}
    return Audit(
        markets=tuple(_market(desk, evidence, claims) for desk in desks),
        verifier_faults=tuple(verdict.faults),
        transactions=len(evidence.transactions),
    )


def _market(desk: Desk, evidence: Evidence, claims: dict[tuple[Pubkey, int], Claim]) -> MarketAudit:
    desk.refresh()
    registry = desk.registry
    records = [
        decode_account(ClaimRecord, desk.session.chain.account(address), LOCALNET.insolvency_handler, address)
        for address in (desk.at.claim(sequence) for sequence in range(1, registry.next_sequence))
    ]
    return MarketAudit(
        name=desk.plan.name,
        liquidations=tuple(desk.records.liquidations),
        records=tuple(record for record in records if record.state == _COMPLETE),
        payments=tuple(_payments(evidence, desk.at.pool_vault, desk.at.vault)),
        recomputed={sequence: claim for (market, sequence), claim in claims.items() if market == desk.market_id},
        deficit_counter=desk.market.deficit_counter,
        settled=registry.settled,
        threshold=registry.threshold,
        reserved_sequence=desk.pool.reserved_sequence,
        no_claims=registry.no_claims,
    )


def _net(record: ClaimRecord) -> int:
    fee_bps = load_project().profile("development").parameters.claim_fee_bps
    fee = -(-record.payout_amount * fee_bps // _BPS)
    return int(record.payout_amount - fee - record.arrears_offset)


def _payments(evidence: Evidence, source: Pubkey, destination: Pubkey) -> Iterator[Payment]:
    for transaction in evidence.transactions:
        if transaction.err is not None:
            continue
        for call in _every(transaction.calls):
            if (
                call.program == TOKEN_PROGRAM
                and call.data[0] == _TRANSFER
                and call.accounts[:2] == [source, destination]
            ):
                yield Payment(transaction.signature, int.from_bytes(call.data[1:9], "little"))


def _every(calls: list[Call]) -> Iterator[Call]:
    for call in calls:
        yield call
        yield from _every(call.children)
