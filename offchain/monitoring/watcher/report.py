"""What the watcher tells of a job: for the status page, metrics and alerts."""

from dataclasses import dataclass
from enum import StrEnum

from offchain.monitoring.watcher.duty import Status


class JobState(StrEnum):
    """Where a job stands."""

    NEW = "new"
    """Not started yet."""
    RUNNING = "running"
    WAITING = "waiting"
    """It failed and will be started again."""
    ENDED = "ended"
    """It failed in a way that trying again can't mend."""
    STOPPED = "stopped"
    """The app was told to stop."""


def gets_on(state: str, stale: bool) -> bool:
    """Whether a job runs and gets something done, as far as its own process can tell."""
    return state == JobState.RUNNING and not stale


@dataclass(frozen=True)
class DutyReport:
    """One job, now. Times are this machine's unix milliseconds, None for never; durations milliseconds."""

    name: str
    state: JobState
    since_ms: int
    """When it came into this state."""
    starts: int
    failures: int
    """Since the process started."""
    failures_in_row: int
    """0 once it works again."""
    last_error: str
    """Kind and sentence of the last failure; empty for none."""
    last_failure_ms: int | None
    next_start_ms: int | None
    """When it is tried again; only while waiting."""
    progress_age_ms: int
    """Since it last got something done (or since it was added)."""
    stale: bool
    """No progress for longer than the job allows itself."""
    delay_ms: int
    """How much too late the last step began; 0 for jobs without a pace."""
    status: Status
    """What the job says itself."""

    @property
    def well(self) -> bool:
        """Running, and getting on."""
        return gets_on(self.state, self.stale)
