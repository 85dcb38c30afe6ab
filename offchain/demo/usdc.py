"""The demo's own USDC: a mint with six decimals, and accounts filled from it."""

from collections.abc import Iterable, Iterator

from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey
from solders.system_program import CreateAccountParams, create_account

from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.tokens import MINT_SIZE, create_associated, mint_to
from offchain.chain.units import USDC_DECIMALS
from offchain.demo.session import Session
from offchain.demo.wallets import Wallet

MINT_RENT = 1_461_600
"""Lamports that exempt a mint from rent."""

INITIALIZE_MINT = 20
ACCOUNTS_AT_ONCE = 5


def create_mint(session: Session, admin: Wallet, mint: Wallet) -> None:
    """Create the mint; the admin may make new atoms, nobody may freeze."""
    params = CreateAccountParams(
        from_pubkey=admin.key, to_pubkey=mint.key, lamports=MINT_RENT, space=MINT_SIZE, owner=TOKEN_PROGRAM
    )
    data = bytes([INITIALIZE_MINT, USDC_DECIMALS]) + bytes(admin.key) + bytes(1)
    initialize = Instruction(TOKEN_PROGRAM, data, [AccountMeta(mint.key, False, True)])
    session.send(admin, create_account(params), initialize, also=[mint])


def fill(session: Session, admin: Wallet, mint: Pubkey, purses: Iterable[tuple[Wallet, int]]) -> None:
    """Open everyone's USDC account and put their atoms into it."""
    for group in _groups(list(purses)):
        instructions = [create_associated(admin.key, wallet.key, mint) for wallet, _ in group]
        instructions += [mint_to(mint, wallet.token, admin.key, atoms) for wallet, atoms in group if atoms]
        session.send(admin, *instructions)


def _groups(purses: list[tuple[Wallet, int]]) -> Iterator[list[tuple[Wallet, int]]]:
    for start in range(0, len(purses), ACCOUNTS_AT_ONCE):
        yield purses[start : start + ACCOUNTS_AT_ONCE]
