"""Every metric, once, and the page of all of them."""

from collections.abc import Iterable

from offchain.database.tables.alert import Alert
from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.metrics import deployment, process, service
from offchain.monitoring.metrics.metric import Metric, written

METRICS: tuple[Metric, ...] = (*deployment.METRICS, *service.METRICS, *process.METRICS)


def page(facts: Facts, alerts: Iterable[Alert], requests: process.Requests, silent_seconds: int) -> str:
    """What `/metrics` answers."""
    return written(
        [
            *deployment.samples(facts),
            *service.samples(facts, alerts, silent_seconds),
            *process.samples(),
            *requests.samples(),
        ]
    )
