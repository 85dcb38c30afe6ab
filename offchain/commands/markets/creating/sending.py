"""Sending what is missing, one transaction after another."""

from offchain.chain import transactions
from offchain.chain.errors import ProgramError
from offchain.commands.context import Context
from offchain.commands.markets.creating.draft import Draft
from offchain.creation.errors import CreationError


def send_steps(context: Context, draft: Draft) -> list[str]:
    """Simulate, send and confirm each; returns the signatures. CreationError says how far it came."""
    key, chain = context.keypair(), context.chain()
    signatures: list[str] = []
    with context.progress() as progress:
        task = progress.add_task("", total=len(draft.steps))
        for step in draft.steps:
            progress.update(task, description=step.title)
            try:
                outcome = transactions.send_measured(chain, step.instructions, [key], at=context.at)
            except ProgramError as error:
                raise CreationError(
                    f"could not {step.title} ({len(signatures)} of {len(draft.steps)} transactions are done and stay): "
                    f"{error} Then run the same command again, it goes on from there"
                ) from error
            signatures.append(str(outcome.signature))
            progress.advance(task)
    return signatures
