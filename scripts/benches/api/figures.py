"""What a run gave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """One contender. Times are microseconds."""

    name: str
    processes: int
    rate: int
    """Requests a second that were asked for in the first part."""
    answered: int
    """Answers in the first part."""
    unanswered: int
    """Of the first part: not answered half a minute after its end."""
    p50: int
    p99: int
    longest: int
    peak: int
    """Answers a second at full load."""
    cpu: int
    """Processor time of an answer at full load: what a busy machine does not change much."""
    refused: int
    """Answers other than 200, in both parts."""

    def document(self) -> dict[str, int | str]:
        """For --json."""
        return {
            "name": self.name,
            "processes": self.processes,
            "requests_per_second": self.rate,
            "answered": self.answered,
            "unanswered": self.unanswered,
            "microseconds_p50": self.p50,
            "microseconds_p99": self.p99,
            "microseconds_longest": self.longest,
            "peak_per_second": self.peak,
            "cpu_microseconds": self.cpu,
            "refused": self.refused,
        }


def quantile(sorted_values: list[int], per_mille: int) -> int:
    """The value that so many of a thousand do not exceed; 0 of none."""
    if not sorted_values:
        return 0
    return sorted_values[min(len(sorted_values) - 1, len(sorted_values) * per_mille // 1_000)]
