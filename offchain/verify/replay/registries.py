"""The insolvency handler's counters, and the receipts that follow from them."""

from dataclasses import dataclass, field

from solders.pubkey import Pubkey

from offchain.verify.replay.market.state import Market
from offchain.verify.replay.pool.replay import Pools
from offchain.verify.replay.pool.state import Payout
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.step import Step

PAYOUT_FIELDS = ("sequence", "payout", "first_loss", "premium", "capital", "offset", "fee", "executor_fee", "net")


@dataclass(slots=True)
class Receipt:
    """A claim as the market's positions make it, before the pool pays."""

    market: Pubkey
    registry: Pubkey
    sequence: int
    deficit: int
    threshold: int
    margin_tier: int
    fund_tier: int
    unvested: int
    executor: Pubkey
    signature: str
    """Of the transaction that reported the deficit."""


@dataclass(slots=True)
class Registry:
    """One market's counters; `settled` holds deficits, margins and fund payments that earlier claims settled."""

    market: Pubkey
    threshold: int = 0
    settled: tuple[int, int, int] = (0, 0, 0)
    next_sequence: int = 1
    pending: bool = False
    no_claims: list[tuple[str, int]] = field(default_factory=list)
    """Transaction and unsettled deficit of each report that made no claim."""


class Registries:
    """Every registry. Counters come from the replayed markets and payouts from the replayed pools, never from what
    was reported."""

    def __init__(self, markets: dict[Pubkey, Market], pools: Pools, problems: Problems) -> None:
        self._markets = markets
        self._pools = pools
        self._problems = problems
        self._records: dict[Pubkey, tuple[Pubkey, int]] = {}
        """Claim record -> market and sequence."""
        self._collected: set[Pubkey] = set()
        self.all: dict[Pubkey, Registry] = {}
        self.receipts: list[Receipt] = []

    def open_registry(self, step: Step) -> None:
        """A blank registry."""
        self.all[step.at("registry")] = Registry(step.said.arguments["market_id"])

    def set_terms(self, step: Step) -> None:
        """The threshold has to be the one that the market registered with."""
        registry = self._registry(step)
        registry.threshold = self._markets[registry.market].threshold
        self._problems.compare(f"threshold in {step.place}", registry.threshold, step.number("threshold"))

    def report_deficit(self, step: Step) -> None:
        """A claim, strictly above the threshold; else the sum goes on; nothing while a payout is reserved."""
        registry = self._registry(step)
        market = self._markets[registry.market]
        totals = (market.deficit_counter, market.margin_counter, market.fund_counter)
        told = tuple(step.number(name) for name in ("counter", "margin_total", "fund_total"))
        self._problems.compare(f"deficit, margin and fund counters in {step.place}", totals, told)
        unvested = step.number("unvested_profit")
        self._problems.compare(f"unvested profit in {step.place}", market.unvested, unvested)
        if registry.pending:
            return
        deficit, margin, fund = (now - then for now, then in zip(totals, registry.settled, strict=True))
        if deficit <= registry.threshold:
            registry.no_claims.append((step.transaction.signature, deficit))
            self._check_told(step, "note_unsettled", deficit, 8)
            return
        registry.pending = True
        registry.settled = totals
        self._check_told(step, "request_payout", deficit, 16)
        self.receipts.append(
            Receipt(
                market=registry.market,
                registry=step.at("registry"),
                sequence=registry.next_sequence,
                deficit=deficit,
                threshold=registry.threshold,
                margin_tier=margin,
                fund_tier=fund,
                unvested=market.unvested,
                executor=step.at("executor"),
                signature=step.transaction.signature,
            )
        )

    def open_claim(self, step: Step) -> None:
        """A blank record for the next claim."""
        self._records[step.at("claim")] = (self._registry(step).market, step.number("sequence"))

    def complete_claim(self, step: Step) -> None:
        """The pool's result has to be the recomputed one, and so has what the market is told; the next may come."""
        registry = self._registry(step)
        payout = self._payout(registry.market, registry.next_sequence)
        told = {name: step.number(name) for name in PAYOUT_FIELDS}
        expected = {name: getattr(payout, name) for name in PAYOUT_FIELDS}
        self._problems.compare(f"result of the claim in {step.place}", expected, told)
        receipt = next(one for one in reversed(self.receipts) if one.market == registry.market)
        uncovered = receipt.deficit - payout.payout
        self._compare_told(
            step, (payout.net, uncovered, min(uncovered, receipt.unvested)), "the market (cover_deficit)"
        )
        registry.pending = False
        registry.next_sequence += 1

    def collect_claim_fee(self, step: Step) -> None:
        """The executor's part of a completed claim's fee, once."""
        record = step.at("claim")
        if record in self._collected:
            self._problems.add(step.place, "a claim fee is collected once", "again")
        self._collected.add(record)
        self._compare_told(step, (self._payout(*self._records[record]).executor_fee,), "the pool (pay_claim_fee)")

    def _payout(self, market: Pubkey, sequence: int) -> Payout:
        for released in reversed(self._pools.released):
            if (released.market, released.payout.sequence) == (market, sequence):
                return released.payout
        raise ValueError(f"claim {sequence} has not been released")

    def _compare_told(self, step: Step, expected: tuple[int, ...], whom: str) -> None:
        data = step.call.children[0].data
        told = tuple(int.from_bytes(data[8 + 8 * i : 16 + 8 * i], "little") for i in range(len(expected)))
        self._problems.compare(f"amounts told to {whom} by {step.place}", expected, told)

    def _check_told(self, step: Step, instruction: str, deficit: int, at: int) -> None:
        told = [int.from_bytes(child.data[at : at + 8], "little") for child in step.call.children]
        self._problems.compare(f"deficit told to the pool ({instruction}) by {step.place}", [deficit], told)

    def _registry(self, step: Step) -> Registry:
        return self.all[step.at("registry")]
