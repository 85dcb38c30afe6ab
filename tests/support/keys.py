"""Keys of the people in the tests: the same names always give the same keys."""

from dataclasses import dataclass
from hashlib import sha256

from solders.keypair import Keypair
from solders.pubkey import Pubkey


@dataclass(frozen=True)
class User:
    """Somebody with a key and a USDC account."""

    name: str
    pair: Keypair
    key: Pubkey
    token: Pubkey
    """Their USDC token account."""


def keypair(name: str) -> Keypair:
    """The key of that name; worthless outside of the tests."""
    return Keypair.from_seed(sha256(f"percosec test key {name}".encode()).digest())
