"""Token accounts of a local chain, read by hand."""

from solders.pubkey import Pubkey

from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.localnet.chain import LocalChain

ACCOUNT_BYTES = 165


def supply_of_all(chain: LocalChain, mint: Pubkey) -> int:
    """The sum of all token accounts of a mint, atoms."""
    return sum(
        int.from_bytes(account.data[64:72], "little")
        for _, account in chain.accounts_owned_by(TOKEN_PROGRAM)
        if len(account.data) == ACCOUNT_BYTES and account.data[:32] == bytes(mint)
    )
