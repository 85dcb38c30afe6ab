"""What each process says of its background jobs, for processes that only look."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class JobReport(SQLModel, table=True):
    """How one background job of one process is doing; the process itself writes it every few seconds."""

    __tablename__ = "job_reports"

    instance: str = Field(primary_key=True)
    """Name of the process: host and roles."""
    name: str = Field(primary_key=True)
    state: str
    since_ms: int = big()
    starts: int = big()
    failures: int = big()
    failures_in_row: int = big()
    last_error: str
    last_failure_ms: int | None = big(default=None)
    progress_age_ms: int = big()
    stale: bool
    delay_ms: int = big()
    status: str
    """What the job says itself, as JSON text."""
    seen_ms: int = big()
    """When the row was written."""
