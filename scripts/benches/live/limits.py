"""Thousands of connections need as many file descriptors."""

import resource

from scripts.benches.errors import BenchError

SPARE = 500
"""For everything that is no connection."""


def raise_limit(connections: int) -> None:
    """Let this process, and those it starts, hold so many connections; BenchError where the machine forbids it."""
    needed = connections + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise BenchError(f"{connections} clients need {needed} open files and {hard} are allowed: raise `ulimit -Hn`")
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
