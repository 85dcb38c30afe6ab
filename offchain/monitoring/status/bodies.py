"""Alerts and jobs as bodies; also for `/v1/status` and live updates."""

import time

from sqlalchemy import select
from sqlmodel import col

from offchain.api.reading import View
from offchain.database.tables.alert import Alert
from offchain.monitoring.alerts.store import active_alerts
from offchain.monitoring.facts.jobs import Job, read_jobs
from offchain.monitoring.rules.all import BY_NAME
from offchain.monitoring.rules.rule import RETIRED, Severity
from offchain.monitoring.status.schemas import AlertRow, JobRow
from offchain.monitoring.watcher.report import JobState

ORDER = ("critical", "warning", "info")


def standing(view: View) -> list[AlertRow]:
    """Alerts that stand, the gravest first."""
    rows = [alert_row(alert) for alert in active_alerts(view.session).values()]
    return sorted(rows, key=lambda row: (ORDER.index(row.severity), row.rule, row.subject))


def past(view: View, limit: int, before: int | None) -> list[AlertRow]:
    """All alerts, newest first; with `before` those of a smaller id."""
    query = select(Alert).order_by(col(Alert.id).desc()).limit(limit)
    if before is not None:
        query = query.where(col(Alert.id) < before)
    return [alert_row(alert) for alert in view.session.execute(query).scalars()]


def jobs(view: View) -> list[JobRow]:
    """Every job of every process."""
    now_ms, silent_seconds = time.time_ns() // 1_000_000, view.context.settings.monitoring.silent_seconds
    return [job_row(job, job.is_well(now_ms, silent_seconds)) for job in read_jobs(view.session)]


def alert_row(alert: Alert) -> AlertRow:
    """One alert."""
    rule = BY_NAME.get(alert.rule)
    return AlertRow(
        id=alert.id or 0,
        rule=rule.name if rule else RETIRED,
        title=rule.title if rule else alert.rule,
        subject=alert.subject,
        severity=Severity(alert.severity),
        message=alert.message,
        action=rule.action if rule else "",
        slot=alert.slot,
        chain_time=alert.chain_time,
        raised_ms=alert.raised_ms,
        seen_ms=alert.seen_ms,
        cleared_ms=alert.cleared_ms or None,
    )


def job_row(job: Job, well: bool) -> JobRow:
    """One job."""
    return JobRow(
        instance=job.instance,
        name=job.name,
        state=JobState(job.state),
        well=well,
        since_ms=job.since_ms,
        failures=job.failures,
        failures_in_row=job.failures_in_row,
        last_error=job.last_error.partition(":")[0],
        stale=job.stale,
        progress_age_ms=job.progress_age_ms,
        delay_ms=job.delay_ms,
        seen_ms=job.seen_ms,
    )
