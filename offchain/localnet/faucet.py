"""The account that airdrops come from."""

from hashlib import sha256

from solders.account import Account
from solders.hash import Hash
from solders.keypair import Keypair
from solders.message import Message
from solders.pubkey import Pubkey
from solders.system_program import TransferParams, transfer
from solders.transaction import VersionedTransaction

from offchain.localnet.addresses import SYSTEM
from offchain.localnet.limits import RENT_EXEMPT_EPOCH

OPENING_LAMPORTS = 500_000_000 * 10**9
"""500 million SOL, as much as a test validator's faucet holds."""


class Faucet:
    """A key derived from the chain's genesis hash; it is worth nothing anywhere else."""

    def __init__(self, genesis: Hash) -> None:
        """The same genesis gives the same faucet."""
        self._key = Keypair.from_seed(sha256(b"percosec localnet faucet" + bytes(genesis)).digest())
        self.address = self._key.pubkey()

    def account(self) -> Account:
        """The faucet's account at genesis."""
        return Account(OPENING_LAMPORTS, b"", SYSTEM, False, RENT_EXEMPT_EPOCH)

    def payment(self, to: Pubkey, lamports: int, blockhash: Hash) -> VersionedTransaction:
        """A signed transfer of `lamports` to `to`."""
        instruction = transfer(TransferParams(from_pubkey=self.address, to_pubkey=to, lamports=lamports))
        message = Message.new_with_blockhash([instruction], self.address, blockhash)
        return VersionedTransaction(message, [self._key])
