"""A background job: something that runs until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

Status = Mapping[str, object]


@dataclass(frozen=True)
class Duty:
    """One job of the watcher."""

    name: str
    """Short, in lower case; the label of metrics and alerts."""
    run: Callable[[asyncio.Event], Awaitable[None]]
    """Works until the event is set. It is called again after a failure, so it makes anew what can't be used twice."""
    status: Callable[[], Status]
    """A document of integers, texts and flags, at any time, without waiting."""
    stale_after: float
    """Seconds without progress after which the job counts as stale."""
    progress: Callable[[], object] | None = None
    """Something that changes whenever work was done, such as a count of rounds. Without it any change of the status is
    progress, and the job counts as well again after a minute's work instead of after its first progress."""
    delay: Callable[[], float] | None = None
    """Seconds by which the last step began too late; only for jobs with a pace."""
