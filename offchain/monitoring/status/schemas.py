"""Alerts and jobs as documents."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from offchain.api.schemas.units import Count, Flag, Millis, Name, Page, Slot, Time, Words
from offchain.monitoring.rules.rule import RuleName, Severity
from offchain.monitoring.watcher.report import JobState


class AlertRow(Struct, kw_only=True):
    """One alert, standing or past."""

    id: Annotated[int, Meta(description="Number of the alert; later ones have larger numbers")]
    rule: Annotated[
        Literal[RuleName, "retired"],
        Meta(description="See docs/monitoring.md; retired: a rule of an earlier version, whose name is the title"),
    ]
    title: Words
    subject: Annotated[str, Meta(description="Market, feed, wallet, program or job; empty where there is only one")]
    severity: Annotated[Severity, Meta(description="How soon somebody has to look")]
    message: Words
    action: Annotated[str, Meta(description="What an operator does about it")]
    slot: Slot
    chain_time: Time
    raised_ms: Millis
    seen_ms: Annotated[int, Meta(description="When its condition was last seen, unix milliseconds")]
    cleared_ms: Annotated[int | None, Meta(description="Unix milliseconds; null while it stands")]


class Alerts(Page, kw_only=True):
    """Newest first."""

    items: list[AlertRow]


class JobRow(Struct, kw_only=True):
    """A background job of one process."""

    instance: Annotated[str, Meta(description="Which process: host, port and roles")]
    name: Name
    state: Annotated[JobState, Meta(description="waiting: it failed and will be tried again")]
    well: Annotated[bool, Meta(description="Running, getting on, and heard of")]
    since_ms: Annotated[int, Meta(description="When it came into this state, unix milliseconds")]
    failures: Count
    failures_in_row: Count
    last_error: Annotated[str, Meta(description="Kind of the last failure; empty for none. Its words are in the log")]
    stale: Flag
    progress_age_ms: Annotated[int, Meta(description="Since it got something done, milliseconds")]
    delay_ms: Annotated[int, Meta(description="By which its last step came too late, milliseconds")]
    seen_ms: Annotated[int, Meta(description="When its process told this, unix milliseconds")]
