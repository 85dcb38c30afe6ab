"""Completed claims of one market."""

from sqlalchemy import select
from sqlmodel import Session

from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.database.tables.projections import TABLES
from offchain.processor.figures.losses import Claim

COMPLETE = 2
"""State of a claim that was paid."""


def completed_claims(session: Session, market: str) -> list[Claim]:
    """All of them, oldest first."""
    table = TABLES[ClaimRecord].c
    rows = session.execute(
        select(
            *(table.timestamp, table.deficit_amount, table.payout_amount, table.first_loss_tier),
            *(table.premium_tier, table.capital_tier, table.uncovered, table.arrears_offset),
        )
        .where(table.market_id == market, table.state == COMPLETE)
        .order_by(table.sequence)
    )
    return [Claim(*row) for row in rows]
