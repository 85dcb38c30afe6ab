"""Metrics of what we run: indexer, background jobs, alerts."""

from collections.abc import Iterable, Iterator

from offchain.database.tables.alert import Alert
from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.facts.jobs import Job
from offchain.monitoring.metrics.metric import Metric, Sample
from offchain.monitoring.rules.operations import lag_ms, withheld

JOB = ("instance", "job")
LAG = Metric(
    "percosec_indexer_lag_seconds", "gauge", "Since the indexer last caught up with the chain.", (), "indexer_lag"
)
WITHHELD = Metric(
    "percosec_transaction_withheld_seconds",
    "gauge",
    "Since the indexer waits for a transaction that this node lists or is asked for, and does not show.",
    ("signature", "node"),
    "transaction_withheld",
)
JOB_WELL = Metric(
    "percosec_job_well",
    "gauge",
    "1 while a background job runs, gets on, and its process is heard of, else 0.",
    JOB,
    "job_failing",
)
JOB_FAILURES = Metric(
    "percosec_job_failures_total", "counter", "Failures of a background job since its process began.", JOB
)
JOB_DELAY = Metric("percosec_job_delay_milliseconds", "gauge", "By which a job's last step began too late.", JOB)
JOB_PROGRESS = Metric("percosec_job_progress_age_milliseconds", "gauge", "Since a job got something done.", JOB)
LOOP = Metric(
    "percosec_loop_delay_milliseconds",
    "gauge",
    "By which a process's event loop came back too late: some work on it belongs in a thread.",
    ("instance",),
)
MISMATCHES = Metric(
    "percosec_index_mismatches", "gauge", "Fields of the index that differ from the chain.", JOB, "index_differs"
)
ALERT = Metric("percosec_alert_active", "gauge", "1 for each alert that stands.", ("rule", "subject", "severity"))
METRICS = (LAG, WITHHELD, JOB_WELL, JOB_FAILURES, JOB_DELAY, JOB_PROGRESS, LOOP, MISMATCHES, ALERT)


def samples(facts: Facts, alerts: Iterable[Alert], silent_seconds: int) -> Iterator[Sample]:
    """Of one moment."""
    lag = lag_ms(facts)
    if lag is not None:
        yield Sample(LAG, lag // 1_000, {})
    for held in withheld(facts, silent_seconds):
        # Two nodes behind one host may bear the same name.
        for node in sorted(set(held.nodes)):
            yield Sample(WITHHELD, held.age_ms // 1_000, {"signature": held.signature, "node": node})
    for job in facts.jobs:
        yield from _job(job, job.is_well(facts.now_ms, silent_seconds))
    for alert in alerts:
        yield Sample(ALERT, 1, {"rule": alert.rule, "subject": alert.subject, "severity": alert.severity})


def _job(job: Job, well: bool) -> Iterator[Sample]:
    labels = {"instance": job.instance, "job": job.name}
    yield Sample(JOB_WELL, int(well), labels)
    yield Sample(JOB_FAILURES, job.failures, labels)
    yield Sample(JOB_DELAY, job.delay_ms, labels)
    yield Sample(JOB_PROGRESS, job.progress_age_ms, labels)
    late = job.status.get("loop_delay_ms")
    if isinstance(late, int):
        yield Sample(LOOP, late, {"instance": job.instance})
    mismatches = job.status.get("mismatches")
    if isinstance(mismatches, int):
        yield Sample(MISMATCHES, mismatches, labels)
