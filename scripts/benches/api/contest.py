"""One contender on one index: at a fixed rate first, then as fast as it can."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx

from offchain.localnet.ports import free_block
from scripts.benches.api.figures import Figures, quantile
from scripts.benches.api.load import PATIENCE
from scripts.benches.errors import BenchError
from scripts.benches.processes import python, running, tail

READY_SECONDS = 60.0
WARM_SECONDS = 3
OURS, PLAIN = "percosec api", "ORM, pydantic"


@dataclass(frozen=True, slots=True)
class Plan:
    """How one contender is asked."""

    rate: int
    """Requests a second in the first part."""
    seconds: int
    """Length of each part."""
    connections: int
    processes: int = 1
    """API processes that share the connections, as replicas behind a proxy do."""
    pinned: bool = False
    """Each is held on one processor core: its threads take turns anyway, and need not wait for each other's caches."""


def contest(contender: str, file: Path, now: int, paths: list[str], plan: Plan, log: Path) -> Figures:
    """BenchError when an answer is not 200."""
    rate, seconds, connections = plan.rate, plan.seconds, plan.connections
    with ExitStack() as stack:
        cores = sorted(os.sched_getaffinity(0)) if plan.pinned else [None]
        hosts = [
            stack.enter_context(hosted(contender, file, now, log, core))
            for core in islice(cycle(cores), plan.processes)
        ]
        urls, pids = [url for url, _ in hosts], [pid for _, pid in hosts]
        load(urls, paths, WARM_SECONDS, min(rate, 50), connections)
        steady = load(urls, paths, seconds, rate, connections)
        before = sum(used(pid) for pid in pids)
        peak = load(urls, paths, seconds, 0, connections)
        spent = sum(used(pid) for pid in pids) - before
    # What was never answered counts as long as was waited for it.
    found = sorted(steady["microseconds"]) + [PATIENCE * 10**6] * steady["unanswered"]
    refused = steady["refused"] + peak["refused"] + steady["lost"] + peak["lost"]
    if refused:
        raise BenchError(f"{contender}: {refused} requests had no good answer: {tail(log)}")
    return Figures(
        name=OURS if contender == "ours" else PLAIN,
        processes=plan.processes,
        rate=rate,
        answered=len(steady["microseconds"]),
        unanswered=steady["unanswered"],
        p50=quantile(found, 500),
        p99=quantile(found, 990),
        longest=found[-1],
        peak=peak["within"] // seconds,
        cpu=spent // max(1, len(peak["microseconds"])),
        refused=refused,
    )


def used(pid: int) -> int:
    """Microseconds of processor time that a process has taken; BenchError where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        raise BenchError("processor time is read from /proc: run this on Linux") from None
    return (int(fields[11]) + int(fields[12])) * 10**6 // os.sysconf("SC_CLK_TCK")


def same_answers(file: Path, now: int, paths: list[str], log: Path) -> None:
    """BenchError where the two contenders differ in anything."""
    with hosted("ours", file, now, log) as (ours, _), hosted("plain", file, now, log) as (plain, _):
        for path in paths:
            first, second = (httpx.get(url + path, timeout=60) for url in (ours, plain))
            if first.status_code != 200 or first.json() != second.json():
                raise BenchError(f"{path} differs: {first.text[:300]} and {second.text[:300]}")


@contextmanager
def hosted(contender: str, file: Path, now: int, log: Path, core: int | None = None) -> Iterator[tuple[str, int]]:
    """The address of a contender, and its process, which is held on a core where one is named."""
    port = free_block(1)
    command = python("-m", "scripts.benches.api.host", contender, str(file), str(port), str(now))
    with running(command, log, os.environ) as process:
        if core is not None:
            os.sched_setaffinity(process.pid, {core})  # before it has threads, which inherit it
        url = f"http://127.0.0.1:{port}"
        deadline = monotonic() + READY_SECONDS
        while process.poll() is None and monotonic() < deadline:
            try:
                httpx.get(f"{url}/nothing", timeout=5)
            except httpx.TransportError:
                sleep(0.2)
            else:
                yield url, process.pid
                return
        raise BenchError(f"{contender} does not answer: {tail(log)}")


def load(urls: list[str], paths: list[str], seconds: int, rate: int, connections: int) -> Any:
    """What the load generator's process saw."""
    command = python(
        "-m", "scripts.benches.api.load", ",".join(urls), json.dumps(paths), str(seconds), str(rate), str(connections)
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"the load generator failed: {done.stderr[-500:]}")
    return json.loads(done.stdout)
