"""Keys and transactions for tests of the local chain as an object."""

from solders.account import Account
from solders.hash import Hash
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.message import Message
from solders.pubkey import Pubkey
from solders.system_program import TransferParams, transfer
from solders.transaction import VersionedTransaction

from offchain.localnet import LocalChain

SOL = 10**9
START = 1_583_798_400
"""10 March 2020."""


def driven_chain() -> LocalChain:
    """A chain in memory whose time stands at START."""
    return LocalChain(clock="driven", start=START)


def rich(chain: LocalChain, lamports: int = 100 * SOL) -> Keypair:
    """A new key with this many lamports."""
    key = Keypair()
    chain.airdrop(key.pubkey(), lamports)
    return key


def pay(source: Keypair, to: Pubkey, lamports: int) -> Instruction:
    """A transfer of lamports."""
    return transfer(TransferParams(from_pubkey=source.pubkey(), to_pubkey=to, lamports=lamports))


def signed(blockhash: Hash, payer: Keypair, *instructions: Instruction) -> VersionedTransaction:
    """A transaction signed by its payer."""
    return VersionedTransaction(Message.new_with_blockhash(list(instructions), payer.pubkey(), blockhash), [payer])


def payment(chain: LocalChain, source: Keypair, to: Pubkey, lamports: int = SOL) -> VersionedTransaction:
    """A transfer that may land now."""
    return signed(chain.latest_blockhash(), source, pay(source, to, lamports))


def accounts(chain: LocalChain) -> dict[Pubkey, Account]:
    """Every account of the chain that belongs to a wallet or a token program."""
    owners = ("11111111111111111111111111111111", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")
    return {key: account for owner in owners for key, account in chain.accounts_owned_by(Pubkey.from_string(owner))}
