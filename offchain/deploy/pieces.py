"""Setting up the protocol, in pieces of one instruction each that know whether they are done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from solders.account import Account
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import transactions
from offchain.chain.transactions import MAX_BYTES

Reader = Callable[[Sequence[Pubkey]], list[Account | None]]
"""Several accounts in the order asked for."""
_BUDGET_BYTES = 60
"""What the compute limit and its price add to a transaction."""
_AT_ONCE = 4
"""Instructions in one transaction: four that create accounts stay within the compute limit."""


@dataclass(frozen=True)
class Piece:
    """One instruction of the set-up."""

    part: str
    title: str
    instructions: tuple[Instruction, ...]
    account: Pubkey
    """The account it creates or changes, which shows whether it is done."""
    creates: tuple[Pubkey, ...]
    """The accounts whose rent it pays."""
    is_done: Callable[[Account | None], bool]
    """Whether the account says that nothing is left to do."""
    signers: tuple[Keypair, ...] = ()


def exists(account: Account | None) -> bool:
    """For pieces that create an account of a program: lamports alone do not make one."""
    return account is not None and len(account.data) > 0


def left_to_do(pieces: Sequence[Piece], read: Reader) -> list[Piece]:
    """The pieces that are not done."""
    found = read([piece.account for piece in pieces])
    return [piece for piece, account in zip(pieces, found, strict=True) if not piece.is_done(account)]


def in_transactions(pieces: Iterable[Piece], payer: Pubkey) -> list[list[Piece]]:
    """The pieces in their order, as many in one transaction as it can carry of the same part and title."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _fits(groups[-1], piece, payer):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _fits(group: list[Piece], piece: Piece, payer: Pubkey) -> bool:
    if (group[0].part, group[0].title) != (piece.part, piece.title) or len(group) >= _AT_ONCE:
        return False
    together = [instruction for one in (*group, piece) for instruction in one.instructions]
    return transactions.size_of(together, payer) + _BUDGET_BYTES <= MAX_BYTES
