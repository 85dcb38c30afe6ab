"""Each step of a premium from traders' fees to providers, and of what a market owes."""

from solders.pubkey import Pubkey

from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.indexer.histories.pool_moves import moves
from offchain.indexer.histories.told import Row, Told

NOTHING = dict.fromkeys(("gross", "premium", "bounty", "routed", "credited", "vested", "performance_fee", "offset"), 0)


def rate(told: Told) -> Row:
    """The row of a RateSet."""
    return _row(told, "rate")


def collected(told: Told) -> Row:
    """The row of a FeesCollected."""
    return _row(told, "collected", gross=told.event.gross, premium=told.event.share)


def routed(told: Told) -> Row:
    """The row of a PremiumsRouted."""
    return _row(told, "routed", bounty=told.event.bounty, routed=told.event.routed)


def arrears_paid(told: Told) -> Row:
    """The row of an ArrearsPaid."""
    return _row(told, "arrears_paid", premium=told.event.amount)


def arrears_reported(told: Told) -> Row:
    """The row of an ArrearsReported."""
    return _row(told, "arrears_reported")


def offset(told: Told) -> Row:
    """The row of an OffsetApplied."""
    return _row(told, "offset", offset=told.event.after - told.event.before)


def credited(told: Told) -> Row:
    """The row of a PremiumCredited."""
    moved = moves(told)
    amounts = {"credited": told.event.amount, "vested": moved.vested, "performance_fee": moved.performance_fee}
    return _row(told, "credited", **amounts)


def vested(told: Told) -> Row | None:
    """The row of another event of a pool; None where nothing vested."""
    moved = moves(told)
    if not moved.vested:
        return None
    return _row(told, "vested", vested=moved.vested, performance_fee=moved.performance_fee)


def _row(told: Told, kind: str, **amounts: int) -> Row:
    market_id: Pubkey = told.event.market_id
    account = told.after(PremiumAccount, told.state.at.market(market_id).premium)
    paid = amounts.get("premium", 0) + amounts.get("offset", 0)
    # The pool's events tell no balance: they don't move it.
    moved = getattr(told.event, "balance_before", 0) - getattr(told.event, "balance_after", 0)
    return told.market_row(
        **(NOTHING | amounts),
        kind=kind,
        floor=moved + paid,
        rate_bps=account.rate_bps,
        escrow=account.escrow_ledger,
        balance=account.balance,
        arrears=max(0, -account.balance),
        total_collected=account.total_collected,
        total_routed=account.total_routed,
        total_bounty=account.total_bounty,
    )
