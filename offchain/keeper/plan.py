"""Which of a job's transactions to send: the first one that fits the network and passes simulation."""

from dataclasses import dataclass
from typing import Any

from solders.hash import Hash
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.errors import program_error
from offchain.chain.transactions import MAX_BYTES, MAX_UNITS, Options, build_unsigned, size_of
from offchain.errors import PercosecError
from offchain.keeper.income import fee, foreseen, rents
from offchain.keeper.job import Job, Steps

MOVED_ON = frozenset({"ACCOUNT_EXISTS", "E_SEQUENCE", "E_COUNTER"})
"""Refusals after which no smaller variant is tried: the chain is ahead of what the job was made from."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be sent."""

    steps: Steps
    options: Options
    lamports: int
    """Expected costs: fee and rent."""
    usdc: int
    """Expected income, atoms."""


class TooLargeError(PercosecError):
    """No variant of a job fits into a transaction."""


async def choose(job: Job, chain: FailoverChain, keeper: Pubkey, at: Addresses, priority: int) -> Plan:
    """Simulate the variants in order; ProgramError of the last one tried when none passes."""
    refusal: PercosecError = TooLargeError(f"no transaction for {job.key} has less than {MAX_BYTES} bytes")
    widest = Options(MAX_UNITS, priority)
    failed: list[Instruction] = []
    for steps in job.variants:
        if size_of(steps, keeper, widest) > MAX_BYTES or any(step in steps for step in failed):
            continue
        trial = await chain.try_out(build_unsigned(steps, keeper, Hash.default(), widest))
        if trial.err is None:
            units = min(MAX_UNITS, -(-trial.units * 11 // 10))
            costs = fee(units, priority) + rents(steps, job.subject, at)
            return Plan(steps, Options(units, priority), costs, foreseen(trial.logs, keeper, at))
        refusal = error = program_error(trial.err, trial.logs, at)
        if error.code in MOVED_ON:
            raise error
        failed += _failed(steps, trial.err, widest)
    raise refusal


def _failed(steps: Steps, err: Any, options: Options) -> Steps:
    """The instruction that failed: a variant that holds it would fail as well."""
    if not isinstance(err, dict) or "InstructionError" not in err:
        return ()
    budget = 2 if options.priority else 1
    index = int(err["InstructionError"][0]) - budget
    return steps[index : index + 1] if index >= 0 else ()
