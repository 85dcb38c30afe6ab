"""What a measurement has shown: slots from price to payment, transactions and lamports."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.events.generated.insurance_pool import FundsReleased
from offchain.chain.events.parse import parse_events
from scripts.benches.errors import BenchError


@dataclass(frozen=True)
class Landed:
    """One landed transaction as the chain's process saw it."""

    signature: str
    slot: int
    """In slots of 400 ms: on the embedded chain the block height."""
    milliseconds: int
    """By the machine's clock, from any fixed moment."""
    failed: bool
    payer: str
    lamports: int
    """What the payer's wallet lost: fees and rent."""
    logs: Sequence[str]


@dataclass(frozen=True)
class Figures:
    """One contender's figures. Slots count from the block of the price to the block of the payment."""

    name: str
    claims: int
    slots: tuple[int, ...]
    """For each claim, in rising order."""
    milliseconds: tuple[int, ...]
    transactions: int
    """All that the contender sent from the price to the last payment, failed ones included."""
    failed: int
    lamports: int

    def document(self) -> dict[str, Any]:
        """For `--json`; thousandths where a figure is not whole."""
        return {
            "name": self.name,
            "claims": self.claims,
            "slots_p50": percentile(self.slots, 50),
            "slots_p99": percentile(self.slots, 99),
            "slots": list(self.slots),
            "milliseconds_p50": percentile(self.milliseconds, 50),
            "milliseconds_p99": percentile(self.milliseconds, 99),
            "transactions": self.transactions,
            "failed": self.failed,
            "lamports": self.lamports,
            "transactions_per_claim_milli": self.transactions * 1_000 // self.claims,
            "lamports_per_claim": self.lamports // self.claims,
        }


def percentile(values: Sequence[int], percent: int) -> int:
    """The nearest-rank percentile of rising values."""
    return values[max(0, -(-len(values) * percent // 100) - 1)]


def figures(name: str, landed: Sequence[Landed], price: str, payer: str, markets: Sequence[Pubkey]) -> Figures:
    """The figures of the contender `payer` from the transaction `price` on, which made each of `markets` breach.

    BenchError unless each of these markets, and no other, was paid exactly once.
    """
    start = next((one for one in landed if one.signature == price), None)
    if start is None:
        raise BenchError(f"the price's transaction {price} never landed")
    after = list(landed[landed.index(start) + 1 :])
    paid = [(event.market_id, one) for one in after if not one.failed for event in _releases(one)]
    _check(paid, markets)
    last = after.index(paid[-1][1])
    own = [one for one in after[: last + 1] if one.payer == payer]
    if len([one for _, one in paid if one.payer == payer]) != len(paid):
        raise BenchError("somebody else released a payout: the chain was not the contender's alone")
    return Figures(
        name=name,
        claims=len(paid),
        slots=tuple(sorted(one.slot - start.slot for _, one in paid)),
        milliseconds=tuple(sorted(one.milliseconds - start.milliseconds for _, one in paid)),
        transactions=len(own),
        failed=sum(one.failed for one in own),
        lamports=sum(one.lamports for one in own),
    )


def released(landed: Sequence[Landed]) -> int:
    """How many payouts were released."""
    return sum(len(_releases(one)) for one in landed if not one.failed)


def _releases(one: Landed) -> list[FundsReleased]:
    return [event for event in parse_events(list(one.logs)).events if isinstance(event, FundsReleased)]


def _check(paid: Sequence[tuple[Pubkey, Landed]], markets: Sequence[Pubkey]) -> None:
    times = [market for market, _ in paid]
    if len(set(times)) != len(times):
        raise BenchError("a market was paid twice for one position")
    if set(times) != set(markets):
        missing, others = len(set(markets) - set(times)), len(set(times) - set(markets))
        raise BenchError(f"{missing} of {len(markets)} claims were not paid, {others} other markets were")
