"""SPL token accounts: reading balances, and the few token instructions that users and tests need."""

from dataclasses import dataclass
from struct import Struct

from solders.account import Account
from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey

from offchain.chain.accounts import AccountError
from offchain.chain.addresses import ASSOCIATED_PROGRAM, SYSTEM_PROGRAM, TOKEN_PROGRAM

ACCOUNT_SIZE = 165
MINT_SIZE = 82
_ACCOUNT = Struct("<32s32sQ")
_MINT = Struct("<36sQBB")
_CREATE_IDEMPOTENT, _TRANSFER, _MINT_TO = 1, 3, 7


@dataclass(frozen=True, slots=True)
class TokenBalance:
    """What a token account holds."""

    mint: Pubkey
    owner: Pubkey
    amount: int
    """Atoms."""


def token_balance(account: Account | None, address: Pubkey) -> TokenBalance:
    """Decode a token account; AccountError when it is none."""
    if account is None or account.owner != TOKEN_PROGRAM or len(account.data) != ACCOUNT_SIZE:
        raise AccountError(f"{address} is no SPL token account: create it first")
    mint, owner, amount = _ACCOUNT.unpack_from(account.data)
    return TokenBalance(Pubkey.from_bytes(mint), Pubkey.from_bytes(owner), amount)


def mint_supply(account: Account | None, address: Pubkey) -> int:
    """Atoms in existence; AccountError when the account is no mint."""
    return int(_MINT.unpack_from(_mint_data(account, address))[1])


def mint_authority(account: Account | None, address: Pubkey) -> Pubkey | None:
    """Who may make new atoms, None when nobody may; AccountError when the account is no mint."""
    data = _mint_data(account, address)
    there = int.from_bytes(data[:4], "little") == 1
    return Pubkey.from_bytes(data[4:36]) if there else None


def associated(owner: Pubkey, mint: Pubkey) -> Pubkey:
    """The owner's associated token account."""
    seeds = [bytes(owner), bytes(TOKEN_PROGRAM), bytes(mint)]
    return Pubkey.find_program_address(seeds, ASSOCIATED_PROGRAM)[0]


def create_associated(payer: Pubkey, owner: Pubkey, mint: Pubkey) -> Instruction:
    """Create it unless it exists; `payer` signs and pays the rent."""
    keys = [
        AccountMeta(payer, True, True),
        AccountMeta(associated(owner, mint), False, True),
        AccountMeta(owner, False, False),
        AccountMeta(mint, False, False),
        AccountMeta(SYSTEM_PROGRAM, False, False),
        AccountMeta(TOKEN_PROGRAM, False, False),
    ]
    return Instruction(ASSOCIATED_PROGRAM, bytes([_CREATE_IDEMPOTENT]), keys)


def transfer(source: Pubkey, destination: Pubkey, owner: Pubkey, amount: int) -> Instruction:
    """Move atoms between two token accounts; the source's owner signs."""
    keys = [AccountMeta(source, False, True), AccountMeta(destination, False, True), AccountMeta(owner, True, False)]
    return Instruction(TOKEN_PROGRAM, bytes([_TRANSFER]) + amount.to_bytes(8, "little"), keys)


def mint_to(mint: Pubkey, destination: Pubkey, authority: Pubkey, amount: int) -> Instruction:
    """Make new atoms; the mint's authority signs."""
    keys = [AccountMeta(mint, False, True), AccountMeta(destination, False, True), AccountMeta(authority, True, False)]
    return Instruction(TOKEN_PROGRAM, bytes([_MINT_TO]) + amount.to_bytes(8, "little"), keys)


def _mint_data(account: Account | None, address: Pubkey) -> bytes:
    if account is None or account.owner != TOKEN_PROGRAM or len(account.data) != MINT_SIZE:
        raise AccountError(f"{address} is no SPL mint: check the cluster")
    return account.data
