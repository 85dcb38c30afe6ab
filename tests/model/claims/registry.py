"""A market's deficits at the insolvency handler: the counter, the threshold and the receipts."""

from dataclasses import dataclass, replace

from tests.model.pool.payouts import release, request_payout
from tests.model.pool.state import Pool, Reserved
from tests.model.refusals import require


@dataclass(frozen=True)
class Report:
    """What a market reports: cumulative sums since its start, and its unvested profit now."""

    counter: int
    margin_total: int
    fund_total: int
    unvested_profit: int


@dataclass(frozen=True)
class Receipt:
    """A claim: deficit and every tier, completed when the funds are released."""

    sequence: int
    deficit: int
    threshold: int
    margin_tier: int
    fund_tier: int
    unvested_profit: int
    payout: int = 0
    first_loss_tier: int = 0
    premium_tier: int = 0
    capital_tier: int = 0
    profit_tier: int = 0
    uncovered: int = 0
    arrears_offset: int = 0
    fee: int = 0
    executor_fee: int = 0
    net_paid: int = 0
    fully_covered: bool = False


@dataclass(frozen=True)
class Registry:
    """Counter and what of it is settled; `open` is the receipt whose payout is not yet released."""

    threshold: int
    counter: int = 0
    settled: int = 0
    settled_margin: int = 0
    settled_fund: int = 0
    next_sequence: int = 1
    open: Receipt | None = None
    no_claims: int = 0


@dataclass(frozen=True)
class NoClaim:
    """A report at or below the threshold; it adds up."""

    unsettled: int


def report(registry: Registry, pool: Pool, reported: Report) -> tuple[Registry, Pool, Receipt | NoClaim | None]:
    """Takes a report: a claim strictly above the threshold, otherwise NoClaim; None while a payout is reserved."""
    if registry.open is not None:
        return registry, pool, None
    require(reported.counter >= registry.counter, "E_COUNTER")
    claimable = reported.counter - registry.settled
    registry = replace(registry, counter=reported.counter)
    if claimable <= registry.threshold:
        counted = replace(registry, no_claims=registry.no_claims + 1)
        return counted, replace(pool, unsettled=claimable), NoClaim(claimable)
    receipt = Receipt(
        sequence=registry.next_sequence,
        deficit=claimable,
        threshold=registry.threshold,
        margin_tier=reported.margin_total - registry.settled_margin,
        fund_tier=reported.fund_total - registry.settled_fund,
        unvested_profit=reported.unvested_profit,
    )
    registry = replace(
        registry,
        settled=reported.counter,
        settled_margin=reported.margin_total,
        settled_fund=reported.fund_total,
        open=receipt,
    )
    return registry, request_payout(pool, receipt.sequence, claimable), receipt


def filled(receipt: Receipt, reserved: Reserved) -> Receipt:
    """The receipt with what the pool paid."""
    uncovered = receipt.deficit - reserved.payout
    return replace(
        receipt,
        payout=reserved.payout,
        first_loss_tier=reserved.first_loss,
        premium_tier=reserved.premium,
        capital_tier=reserved.capital,
        profit_tier=min(uncovered, receipt.unvested_profit),
        uncovered=uncovered,
        arrears_offset=reserved.offset,
        fee=reserved.fee,
        executor_fee=reserved.executor_fee,
        net_paid=reserved.net,
        fully_covered=reserved.payout == receipt.deficit,
    )


def complete(registry: Registry, pool: Pool) -> tuple[Registry, Pool, Receipt]:
    """Releases the reserved payout and completes the receipt."""
    require(registry.open is not None and pool.reserved is not None, "E_STATE")
    assert registry.open is not None and pool.reserved is not None
    receipt = filled(registry.open, pool.reserved)
    paid_pool, _ = release(pool)
    return replace(registry, open=None, next_sequence=registry.next_sequence + 1), paid_pool, receipt
