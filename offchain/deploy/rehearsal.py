"""The whole set-up tried out on a chain inside this process, with the very programs that are to be deployed.

It proves that nothing will be refused on the way, and shows how large each account becomes: what its rent will be.
"""

from collections.abc import Sequence

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain import transactions
from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.errors import ProgramError
from offchain.chain.tokens import MINT_SIZE
from offchain.deploy.errors import DeployError
from offchain.deploy.pieces import Piece, in_transactions
from offchain.deploy.target import Target
from offchain.localnet.chain import LocalChain
from offchain.localnet.programs import program_accounts

_LAMPORTS = 10**15


def rehearse(target: Target, pieces: Sequence[Piece], now: int) -> dict[Pubkey, int]:
    """Bytes of each account that these pieces create, run from nothing at chain time `now`.

    DeployError names the piece that would be refused, and why.
    """
    local = LocalChain(clock="driven", start=now)
    for artifact in target.artifacts:
        for address, program in program_accounts(artifact.program, artifact.elf, target.me):
            local.set_account(address, program)
    local.set_account(target.me, Account(_LAMPORTS, b"", Pubkey.default()))
    if not any(target.mint in piece.creates for piece in pieces):
        local.set_account(target.mint, _mint(target))
    created = [account for piece in pieces for account in piece.creates]
    for address, account in zip(created, target.chain.accounts(created), strict=True):
        if account is not None and not account.data:
            local.set_account(address, account)  # lamports that somebody sent ahead
    chain = EmbeddedChain(local)
    for group in in_transactions(pieces, target.me):
        steps = [instruction for piece in group for instruction in piece.instructions]
        signers = [target.payer, *(key for piece in group for key in piece.signers)]
        try:
            transactions.send_measured(chain, steps, signers, at=target.at)
        except ProgramError as error:
            raise DeployError(f"nothing was sent, as one step would fail: {group[0].title}: {error}") from error
    return {account: _size(local.account(account)) for account in created}


def _mint(target: Target) -> Account:
    """The cluster's own mint as it is, so that the programs find it."""
    found = target.chain.account(target.mint)
    if found is not None:
        return found
    return Account(_LAMPORTS, bytes(MINT_SIZE), TOKEN_PROGRAM)


def _size(account: Account | None) -> int:
    return len(account.data) if account is not None else 0
