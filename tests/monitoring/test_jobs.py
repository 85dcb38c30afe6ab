"""When a job is well: one answer for the status page, the metrics and the alerts."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from offchain.api.reading import reading
from offchain.monitoring.facts.facts import gather
from offchain.monitoring.facts.jobs import read_jobs, write_jobs
from offchain.monitoring.metrics.service import JOB_WELL, samples
from offchain.monitoring.rules.operations import job_failing
from offchain.monitoring.rules.rule import Limits
from offchain.monitoring.status.bodies import jobs
from offchain.monitoring.watcher.report import DutyReport, JobState
from tests.monitoring.deployment import Deployment
from tests.monitoring.rules.test_operations import well

SILENT = 60


@pytest.mark.parametrize(
    ("report", "silence_ms", "is_well"),
    [
        (well(), 0, True),
        (replace(well(), stale=True), 0, False),
        (well(), SILENT * 1_000 + 1, False),
        *((replace(well(), state=state), 0, False) for state in JobState if state is not JobState.RUNNING),
    ],
)
def test_status_page_and_metrics_say_the_same_of_a_job(
    watched: Deployment, report: DutyReport, silence_ms: int, is_well: bool
) -> None:
    assert watched.context.settings.monitoring.silent_seconds == SILENT
    write_jobs(watched.database, "here", [report])
    with watched.database.session() as session:
        session.execute(text("UPDATE job_reports SET seen_ms = seen_ms - :ms"), {"ms": silence_ms})
        session.commit()
    facts = gather(watched.context)
    told = [sample.value for sample in samples(facts, (), SILENT) if sample.metric is JOB_WELL]
    with reading(watched.context) as view:
        (row,), (job,) = jobs(view), read_jobs(view.session)
    assert (row.well, told, job.is_well(facts.now_ms, SILENT)) == (is_well, [int(is_well)], is_well)


def test_the_last_moment_in_which_a_silent_job_is_well(watched: Deployment) -> None:
    write_jobs(watched.database, "here", [well()])
    with watched.database.reading() as session:
        (job,) = read_jobs(session)
    last = job.seen_ms + SILENT * 1_000
    limits = Limits(watched.context.settings.monitoring, watched.world.parameters)
    for now_ms, is_well in ((last, True), (last + 1, False)):
        facts = replace(gather(watched.context), now_ms=now_ms)
        told = [sample.value for sample in samples(facts, (), SILENT) if sample.metric is JOB_WELL]
        found = list(job_failing(facts, limits))
        assert (job.is_well(now_ms, SILENT), told, bool(found)) == (is_well, [int(is_well)], not is_well)
