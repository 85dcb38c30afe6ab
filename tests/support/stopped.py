"""Limits by time on a clock that stands still."""

from offchain.api.edge.buckets import Buckets


class StoppedBuckets(Buckets):
    """However long requests take here, no second passes in which another would be allowed."""

    def __init__(self, rate: int, burst: int) -> None:
        """See `Buckets`."""
        super().__init__(rate, burst, clock=lambda: 0.0)
