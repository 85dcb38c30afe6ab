"""Buffers that a deployment left behind, and the lamports in them."""

from dataclasses import dataclass

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.deploy import idl, loader
from offchain.deploy.chunks import buffer_address
from offchain.deploy.idl_steps import buffer_of
from offchain.deploy.loader_state import read_buffer
from offchain.deploy.plan import Plan, Progress, Step
from offchain.deploy.target import Target


@dataclass(frozen=True)
class Leftover:
    """A buffer of the payer's."""

    title: str
    address: Pubkey
    lamports: int
    close: Instruction


def leftovers(target: Target) -> list[Leftover]:
    """Every buffer of this payer for a program of the project: their addresses are known, none can hide."""
    me = target.me
    found = []
    for artifact in target.artifacts:
        buffer, beside = buffer_address(me, artifact.name), buffer_of(target, artifact)
        account, idl_account = target.chain.accounts([buffer, beside])
        content = read_buffer(account)
        if account is not None and content is not None and content.authority == me:
            close = loader.close_buffer(buffer, me, me)
            found.append(Leftover(f"close the buffer of {artifact.name}", buffer, account.lamports, close))
        collected = idl.read_idl(idl_account, artifact.program)
        if idl_account is not None and collected is not None and collected.authority == me:
            close = idl.close(artifact.program, beside, me, me)
            found.append(
                Leftover(f"close the buffer of the IDL of {artifact.name}", beside, idl_account.lamports, close)
            )
    return found


def reclaim_plan(target: Target) -> Plan:
    """Steps that close every leftover; their lamports go to the payer."""
    return Plan(tuple(_step(target, found) for found in leftovers(target)), target.priority)


def _step(target: Target, found: Leftover) -> Step:
    def run(progress: Progress) -> None:
        target.send([found.close])
        progress(1)

    return Step("buffers", found.title, run, rent=-found.lamports, detail=str(found.address))
