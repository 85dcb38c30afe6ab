"""Rules about what we run: keepers, indexer, jobs, and the programs on the chain."""

from collections.abc import Iterator
from dataclasses import dataclass

from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.facts.jobs import Job
from offchain.monitoring.rules.rule import Finding, Limits, Rule, Severity
from offchain.monitoring.watcher.report import JobState
from offchain.processor.figures.failures import Change

INDEXER = "indexer"


def keeper_low(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A keeper can't pay for transactions much longer."""
    for wallet in facts.chain.wallets if facts.chain else ():
        if wallet.lamports < limits.settings.keeper_lamports:
            yield Finding(
                wallet.address,
                f"keeper {wallet.address} holds {wallet.lamports} lamports, "
                f"fewer than {limits.settings.keeper_lamports}: send it SOL",
            )


def indexer_lag(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """What everybody is shown is old."""
    behind = lag_ms(facts)
    if behind is not None and behind > limits.settings.lag_seconds * 1_000:
        yield Finding("", f"the indexer has not caught up with the chain for {behind // 1_000} s")


def lag_ms(facts: Facts) -> int | None:
    """Since the last indexer that works caught up, milliseconds; None where no process indexes."""
    caught_up = [int(job.status.get("caught_up_ms") or job.since_ms) for job in _indexers(facts)]
    return max(0, facts.now_ms - max(caught_up)) if caught_up else None


def transaction_withheld(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A node lists a transaction that none shows."""
    for held in withheld(facts, limits.settings.silent_seconds):
        yield Finding(
            held.signature,
            f"transaction {held.signature} is listed in slot {held.slot}, and for {held.age_ms // 1_000} s it has not "
            f"been shown by {', '.join(held.nodes)}: nothing that follows it is indexed",
        )


@dataclass(frozen=True)
class Held:
    """What an indexer waits for."""

    signature: str
    slot: int
    nodes: tuple[str, ...]
    """Names of those that were asked and don't show it."""
    age_ms: int


def withheld(facts: Facts, silent_seconds: int) -> list[Held]:
    """By indexers that work and were heard of so lately."""
    heard = [job for job in _indexers(facts) if job.is_heard(facts.now_ms, silent_seconds)]
    told = [job.status.get("withheld") for job in heard]
    return [
        Held(one["signature"], one["slot"], tuple(one["nodes"]), max(0, facts.now_ms - one["since_ms"]))
        for one in told
        if one
    ]


def _indexers(facts: Facts) -> list[Job]:
    return [job for job in facts.jobs if job.name == INDEXER and not job.status.get("standing_by")]


def failures_doubled(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    """An instruction fails far more often than the day before."""
    for rate in facts.failures:
        if rate.change is Change.DOUBLED and rate.code:
            yield Finding(
                f"{rate.program}.{rate.instruction}:{rate.code}",
                f"{rate.program}.{rate.instruction} failed with {rate.code} in {rate.failed} of {rate.calls} calls of "
                f"the last hour, in {rate.baseline_failed} of {rate.baseline_calls} of the day before",
            )


def program_upgraded(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    """A program on the chain is not the one of this package."""
    for program in facts.chain.programs if facts.chain else ():
        if program.slot >= 0 and not program.ours:
            yield Finding(
                program.address,
                f"{program.name} at {program.address} was upgraded in slot {program.slot}: it is not the build of this "
                "package",
            )


def job_failing(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A background job has ended, hangs, or fails again and again; or its process is gone."""
    for job in facts.jobs:
        message = _trouble(job, facts.now_ms, limits)
        if message:
            yield Finding(f"{job.instance}/{job.name}", f"job {job.name} of {job.instance} {message}")


def _trouble(job: Job, now_ms: int, limits: Limits) -> str:
    kind = job.last_error.partition(":")[0]  # the rest may be for operators only
    if not job.is_heard(now_ms, limits.settings.silent_seconds):
        return f"has said nothing for {(now_ms - job.seen_ms) // 1_000} s: its process is gone or hangs"
    if job.state == JobState.ENDED:
        return f"has ended for good ({kind}): its log says why"
    if job.failures_in_row >= limits.settings.job_failures:
        return f"failed {job.failures_in_row} times in a row ({kind}): its log says why"
    if job.stale:
        return f"got nothing done for {job.progress_age_ms // 1_000} s"
    return ""


def index_differs(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    """The index says something else than the chain."""
    for job in facts.jobs:
        count = job.status.get("mismatches")
        if isinstance(count, int) and count:
            yield Finding(
                f"{job.instance}/{job.name}", f"{count} fields differ from the chain: {job.status.get('mismatch', '')}"
            )


RULES = (
    Rule(
        "keeper_low",
        Severity.WARNING,
        "Keeper balance low",
        "A keeper's wallet runs out of SOL; below its reserve it only liquidates and pays out, then nothing.",
        "fewer than {keeper_lamports} lamports",
        "Send SOL to the wallet.",
        keeper_low,
        "percosec_keeper_lamports < {keeper_lamports}",
    ),
    Rule(
        "indexer_lag",
        Severity.CRITICAL,
        "Indexer lag",
        "The index is behind the chain: API, web UI and all figures show the past.",
        "not caught up for {lag_seconds} s",
        "Look at the job `indexer` on the status page: a node that fails (add another `--rpc`), or a full disk.",
        indexer_lag,
        "percosec_indexer_lag_seconds > {lag_seconds}",
    ),
    Rule(
        "transaction_withheld",
        Severity.CRITICAL,
        "Transaction withheld",
        "Nodes list a transaction and none shows it. As none is left out, the index stands still before it.",
        "no node shows it",
        "Add another `--rpc`, or leave out the node that is named. The index goes on as soon as any node shows it.",
        transaction_withheld,
        "percosec_transaction_withheld_seconds >= 0",
    ),
    Rule(
        "failures_doubled",
        Severity.WARNING,
        "Failure rate doubled",
        "An instruction fails with one code at least twice as often as the day before, beyond chance.",
        "see docs/figures.md, Failures",
        "Look at the failed transactions of that code: a new client, a keeper gone wrong, or an attack.",
        failures_doubled,
        'percosec_instruction_failures_doubled{{code!=""}} > 0',
    ),
    Rule(
        "program_upgraded",
        Severity.CRITICAL,
        "Program upgraded",
        "The bytecode of a program on the chain is not the build of this package. Keepers stop by themselves.",
        "bytecode differs",
        "If it was you: update percosec everywhere. If not: warn everybody; docs/admin.md has the upgrade keys.",
        program_upgraded,
        "percosec_program_ours == 0",
    ),
    Rule(
        "job_failing",
        Severity.CRITICAL,
        "Background job failing",
        "A job has ended for good, hangs, fails again and again, or its process is gone.",
        "ended, stale, {job_failures} failures in a row, or silent for {silent_seconds} s",
        "The status page shows its last error, the log all. A process that is gone for good is forgotten after a day.",
        job_failing,
        "percosec_job_well == 0",
    ),
    Rule(
        "index_differs",
        Severity.CRITICAL,
        "Index differs from the chain",
        "A field of the index is not what the account on the chain holds.",
        "any field, after looking again",
        "`percosec audit` names every field, `percosec reindex` makes the index anew: a bug, or a lying node.",
        index_differs,
        "percosec_index_mismatches > 0",
    ),
)
