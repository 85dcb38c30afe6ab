"""Metrics of this process, and of the requests that it answered."""

import os
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from offchain.monitoring.metrics.metric import Metric, Sample

START = time.time_ns() // 1_000_000_000
STATUS = Path("/proc/self/status")
DESCRIPTORS = Path("/proc/self/fd")
BUCKETS_MS = (5, 10, 20, 50, 100, 250, 500, 1_000, 5_000)
"""Upper bounds of the counted durations, milliseconds."""

MEMORY = Metric("process_resident_memory_bytes", "gauge", "Memory of this process, bytes.")
CPU = Metric("process_cpu_seconds_total", "counter", "Time that this process has computed, seconds.")
STARTED = Metric("process_start_time_seconds", "gauge", "When this process started, unix seconds.")
OPEN = Metric("process_open_fds", "gauge", "Open files and sockets of this process.")
REQUESTS = Metric("percosec_http_requests_total", "counter", "Answered HTTP requests by status.", ("status",))
DURATION = Metric(
    "percosec_http_requests_within_total",
    "counter",
    "HTTP requests that took at most `le` milliseconds until their answer was sent whole.",
    ("le",),
)
METRICS = (MEMORY, CPU, STARTED, OPEN, REQUESTS, DURATION)


class Requests:
    """Counts answers of this process."""

    def __init__(self) -> None:
        self._statuses: Counter[int] = Counter()
        self._within: Counter[int] = Counter()
        self._all = 0

    def note(self, status: int, milliseconds: float) -> None:
        """One request was answered."""
        self._statuses[status] += 1
        self._all += 1
        for bound in BUCKETS_MS:
            if milliseconds <= bound:
                self._within[bound] += 1

    def samples(self) -> Iterator[Sample]:
        """Since the process started."""
        for status, count in sorted(self._statuses.items()):
            yield Sample(REQUESTS, count, {"status": str(status)})
        for bound in BUCKETS_MS:
            yield Sample(DURATION, self._within[bound], {"le": str(bound)})
        yield Sample(DURATION, self._all, {"le": "+Inf"})


def samples() -> Iterator[Sample]:
    """Of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    yield Sample(CPU, f"{used.ru_utime + used.ru_stime:.2f}", {})
    yield Sample(STARTED, START, {})
    if STATUS.exists():
        yield Sample(MEMORY, _resident(), {})
        yield Sample(OPEN, len(os.listdir(DESCRIPTORS)), {})  # noqa: PTH208  (a path for each is not needed)


def _resident() -> int:
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1_024
