"""The actors' keys: derived from their names, so that a run can be repeated. They are worth nothing anywhere."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.tokens import associated


def keypair(name: str) -> Keypair:
    """The key of this name; anyone can derive it, so never send anything of value to it."""
    return Keypair.from_seed(sha256(f"percosec demo: {name}".encode()).digest())


@dataclass(frozen=True)
class Wallet:
    """An actor's key and USDC account."""

    name: str
    keypair: Keypair
    token: Pubkey

    @cached_property
    def key(self) -> Pubkey:
        """The public key; deriving it from the secret one takes a while."""
        return self.keypair.pubkey()


def wallet(name: str, mint: Pubkey) -> Wallet:
    """The wallet of an actor."""
    keys = keypair(name)
    return Wallet(name, keys, associated(keys.pubkey(), mint))
