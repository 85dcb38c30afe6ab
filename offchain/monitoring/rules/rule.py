"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from offchain.monitoring.facts.facts import Facts
from offchain.settings.monitoring import MonitoringSettings
from offchain.settings.parameters import Parameters

RuleName = Literal[
    "vault_below_ledger",
    "payout_queued",
    "claim_large",
    "score_stale",
    "price_stale",
    "cranks_missing",
    "market_restricted",
    "keeper_low",
    "indexer_lag",
    "transaction_withheld",
    "failures_doubled",
    "program_upgraded",
    "job_failing",
    "index_differs",
]
"""Of every rule, in their order."""
RETIRED: Final = "retired"
"""Stands for the rule of an old alert which only an earlier version had."""


class Severity(StrEnum):
    """How soon somebody has to look."""

    CRITICAL = "critical"
    """Now: money is at risk, or nothing works."""
    WARNING = "warning"
    """Today."""
    INFO = "info"
    """Worth knowing."""


@dataclass(frozen=True)
class Limits:
    """What rules measure by."""

    settings: MonitoringSettings
    parameters: Parameters


@dataclass(frozen=True)
class Finding:
    """A condition that stands now."""

    subject: str
    """What it is about; one alert stands for each subject of a rule."""
    message: str
    """One sentence with the figures."""
    mark: str = ""
    """What stays the same while nothing gets on, such as the time of the newest price."""


@dataclass(frozen=True)
class Rule:
    """One alert rule; docs and Prometheus rules are generated from it."""

    name: RuleName
    severity: Severity
    title: str
    meaning: str
    """What it says to an operator, in a sentence."""
    threshold: str
    """When it is raised; `{name}` stands for a setting of `[monitoring]`."""
    action: str
    """What to do."""
    find: Callable[[Facts, Limits], Iterable[Finding]]
    expression: str
    """The same for Prometheus, over the metrics of `/metrics`; `{name}` as above."""
