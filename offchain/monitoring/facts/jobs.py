"""The background jobs of every process: written by each, read by whoever looks."""

import time
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from offchain.database.database import Database
from offchain.database.tables.job_report import JobReport
from offchain.monitoring.watcher.report import DutyReport, gets_on


class Job(msgspec.Struct, frozen=True):
    """A job as its process last told; times are that machine's unix milliseconds."""

    instance: str
    name: str
    state: str
    since_ms: int
    starts: int
    failures: int
    failures_in_row: int
    last_error: str
    last_failure_ms: int | None
    progress_age_ms: int
    stale: bool
    delay_ms: int
    status: dict[str, Any]
    seen_ms: int

    def is_heard(self, now_ms: int, silent_seconds: int) -> bool:
        """Whether its process said something in the last so many seconds."""
        return self.seen_ms >= now_ms - silent_seconds * 1_000

    def is_well(self, now_ms: int, silent_seconds: int) -> bool:
        """Whether it runs, gets on, and is heard of: what status page and metrics call well."""
        return gets_on(self.state, self.stale) and self.is_heard(now_ms, silent_seconds)


FORGET_MS = 86_400_000
"""A process that said nothing for a day is gone for good."""


def write_jobs(database: Database, instance: str, reports: Sequence[DutyReport]) -> None:
    """Replace everything that this process has told before, and forget those that are gone for good."""
    now_ms = time.time_ns() // 1_000_000
    rows = [
        {
            "instance": instance,
            "name": report.name,
            "state": str(report.state),
            "since_ms": report.since_ms,
            "starts": report.starts,
            "failures": report.failures,
            "failures_in_row": report.failures_in_row,
            "last_error": report.last_error,
            "last_failure_ms": report.last_failure_ms,
            "progress_age_ms": report.progress_age_ms,
            "stale": report.stale,
            "delay_ms": report.delay_ms,
            "status": msgspec.json.encode(report.status, enc_hook=str).decode(),
            "seen_ms": now_ms,
        }
        for report in reports
    ]
    with database.session() as session:
        gone = (col(JobReport.instance) == instance) | (col(JobReport.seen_ms) < now_ms - FORGET_MS)
        session.execute(delete(JobReport).where(gone))
        if rows:
            session.execute(insert(JobReport), rows)
        session.commit()


def remove_jobs(database: Database, instance: str) -> None:
    """A process that stops is not missed."""
    with database.session() as session:
        session.execute(delete(JobReport).where(col(JobReport.instance) == instance))
        session.commit()


def read_jobs(session: Session) -> list[Job]:
    """Of every process, by instance and name."""
    table = JobReport.__table__  # type: ignore[attr-defined]
    rows = session.execute(select(table).order_by(col(JobReport.instance), col(JobReport.name))).mappings()
    return [Job(**{**row, "status": msgspec.json.decode(row["status"])}) for row in rows]
