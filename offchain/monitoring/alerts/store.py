"""The table of alerts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlmodel import Session, col

from offchain.database.tables.alert import Alert
from offchain.monitoring.alerts.damping import Changes, Key
from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.rules.all import BY_NAME
from offchain.monitoring.rules.rule import Finding

NOBODY = -1
"""Instead of a time: there was no webhook to be told."""


def active_alerts(session: Session) -> dict[Key, Alert]:
    """Those that stand, by rule and subject."""
    rows = session.execute(select(Alert).where(col(Alert.cleared_ms) == 0).order_by(col(Alert.id))).scalars()
    return {(row.rule, row.subject): row for row in rows}


def untold(session: Session, limit: int) -> list[Alert]:
    """Those whose being raised or cleared the webhook has not taken yet, oldest first."""
    waiting = or_(col(Alert.told_raised_ms) == 0, (col(Alert.cleared_ms) > 0) & (col(Alert.told_cleared_ms) == 0))
    return list(session.execute(select(Alert).where(waiting).order_by(col(Alert.id)).limit(limit)).scalars())


def note_told(session: Session, alert: Alert, cleared: bool, now_ms: int) -> None:
    """The webhook took it. The caller commits."""
    column = "told_cleared_ms" if cleared else "told_raised_ms"
    session.execute(update(Alert).where(col(Alert.id) == alert.id).values({column: now_ms}))


def forget_untold(session: Session) -> None:
    """Nobody has to be told of what is over already, should there be a webhook some day. The caller commits."""
    over = update(Alert).where(col(Alert.cleared_ms) > 0)
    session.execute(over.where(col(Alert.told_raised_ms) == 0).values(told_raised_ms=NOBODY))
    session.execute(over.where(col(Alert.told_cleared_ms) == 0).values(told_cleared_ms=NOBODY))


def write_changes(session: Session, changes: Changes, found: Mapping[Key, Finding], facts: Facts) -> None:
    """Raise and clear, and renew the words of what still stands. The caller commits."""
    rows: list[dict[str, Any]] = [
        {
            "rule": rule,
            "subject": subject,
            "severity": str(BY_NAME[rule].severity),
            "message": found[rule, subject].message,
            "slot": facts.slot,
            "chain_time": facts.now,
            "raised_ms": facts.now_ms,
            "seen_ms": facts.now_ms,
            "cleared_ms": 0,
            "told_raised_ms": 0,
            "told_cleared_ms": 0,
        }
        for rule, subject in changes.raised
    ]
    standing = active_alerts(session)
    for key in changes.cleared:
        session.execute(update(Alert).where(col(Alert.id) == standing[key].id).values(cleared_ms=facts.now_ms))
    for key, alert in standing.items():
        if key in found:
            values = {"message": found[key].message, "seen_ms": facts.now_ms}
            session.execute(update(Alert).where(col(Alert.id) == alert.id).values(values))
    if rows:
        session.execute(insert(Alert), rows)
