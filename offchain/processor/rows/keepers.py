"""What keepers earned and spent."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import BigInteger, case, cast, func, select
from sqlmodel import Session, col

from offchain.database.tables.keeper_earning import KeeperEarning
from offchain.database.tables.score_history import ScoreHistory
from offchain.database.tables.transaction import Transaction
from offchain.processor.figures.keepers import Earned, Spent
from offchain.processor.rows.head import slot_at

PAYER = ("transaction", "message", "accountKeys", 0)
BEFORE, AFTER = ("meta", "preBalances", 0), ("meta", "postBalances", 0)


def keepers(session: Session) -> list[str]:
    """Every wallet that made a score or was paid for its work, base58."""
    made = session.execute(select(col(ScoreHistory.actor)).distinct()).scalars()
    paid = session.execute(select(col(KeeperEarning.actor)).distinct()).scalars()
    return sorted({*made, *paid})


def earned(session: Session, after: int, until: int) -> dict[str, Earned]:
    """By wallet, later than the unix time `after`, up to `until`."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = session.execute(
        select(col(KeeperEarning.actor), col(KeeperEarning.kind), func.sum(col(KeeperEarning.amount)))
        .where(col(KeeperEarning.block_time) > after, col(KeeperEarning.block_time) <= until)
        .group_by(col(KeeperEarning.actor), col(KeeperEarning.kind))
    )
    for actor, kind, amount in rows:
        sums[actor][kind] = int(amount)
    return {actor: Earned(each["bounty"], each["claim_fee"], each["liquidation"]) for actor, each in sums.items()}


def spent(session: Session, wallets: list[str], afters: Sequence[int], newest: int) -> list[dict[str, Spent]]:
    """By wallet that paid, for each of several unix times everything later, up to slot `newest`; failed ones too.

    Raw transactions are large: they are read once for all periods.
    """
    starts = [slot_at(session, after, newest) for after in afters]
    raw, slot = col(Transaction.raw), col(Transaction.slot)
    payer = raw[PAYER].as_string()
    left = cast(raw[BEFORE].as_string(), BigInteger) - cast(raw[AFTER].as_string(), BigInteger)
    failed = case((col(Transaction.error_code).is_not(None), 1), else_=0)
    parts = [
        func.coalesce(func.sum(case((slot >= start, value), else_=0)), 0)
        for start in starts
        for value in (1, failed, col(Transaction.fee), left)
    ]
    rows = session.execute(
        select(payer, *parts).where(slot >= min(starts), slot <= newest).where(payer.in_(wallets)).group_by(payer)
    ).all()
    return [
        {row[0]: Spent(*(int(value) for value in row[1 + 4 * number : 5 + 4 * number])) for row in rows}
        for number in range(len(starts))
    ]
