"""What keepers earned and spent."""

from collections import defaultdict
from collections.abc import Mapping

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


def spent(session: Session, wallets: list[str], after: int, newest: int) -> Mapping[str, Spent]:
    """By wallet that paid, later than the unix time `after`, up to slot `newest`; failed transactions too."""
    raw = col(Transaction.raw)
    payer = raw[PAYER].as_string()
    left = cast(raw[BEFORE].as_string(), BigInteger) - cast(raw[AFTER].as_string(), BigInteger)
    rows = session.execute(
        select(
            payer,
            func.count(),
            func.sum(case((col(Transaction.error_code).is_not(None), 1), else_=0)),
            func.sum(col(Transaction.fee)),
            func.sum(left),
        )
        .where(col(Transaction.slot) >= slot_at(session, after, newest), col(Transaction.slot) <= newest)
        .where(payer.in_(wallets))
        .group_by(payer)
    )
    return {row[0]: Spent(*(int(value) for value in row[1:])) for row in rows}
