"""USDC that reached keepers."""

from offchain.indexer.histories.told import Row, Told


def bounty(told: Told) -> Row | None:
    """The row of a PremiumsRouted; None where nothing was paid."""
    return _row(told, "bounty", told.event.bounty)


def claim_fee(told: Told) -> Row | None:
    """The row of a ClaimFeeCollected."""
    return _row(told, "claim_fee", told.event.amount, sequence=told.event.sequence)


def liquidation(told: Told) -> Row | None:
    """The row of a PositionLiquidated."""
    event = told.event
    position = told.state.at.market(event.market_id).perp_position(event.owner, event.nonce)
    return _row(told, "liquidation", event.keeper_paid, perp_position=str(position))


def _row(
    told: Told, kind: str, amount: int, sequence: int | None = None, perp_position: str | None = None
) -> Row | None:
    if not amount:
        return None
    parts = {"sequence": sequence, "perp_position": perp_position}
    return told.market_row(kind=kind, actor=told.decoded.actor, amount=amount, **parts)
