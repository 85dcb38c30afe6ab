"""The keys that a server signs with, and SOL for them on local chains."""

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.keys import dev_key, development_keys, read_keypair
from offchain.deploy.node import Node
from offchain.errors import PercosecError
from offchain.prices.running import Keys
from offchain.serve.errors import ServeError
from offchain.settings.safety import LOCALNET
from offchain.settings.tree import Settings
from offchain.stage.running_market import keeper_key as local_keeper_key

LEAST_LAMPORTS = 10**9
GIVEN_LAMPORTS = 20 * 10**9


def keeper_key(settings: Settings) -> Keypair:
    """The keeper's key: the one given, else on a local chain a public, worthless one; ServeError elsewhere."""
    own = own_key(settings)
    if own is None and settings.cluster != LOCALNET:
        raise ServeError(f"the keeper needs a key with some SOL on {settings.cluster}: give --keypair FILE")
    return own or local_keeper_key()


def price_keys(settings: Settings) -> Keys | None:
    """Who writes the feeds: the publisher's public key on localnet, else the key given; None captures only."""
    own = own_key(settings)
    if settings.cluster == LOCALNET:
        publisher = dev_key("publisher")
        return Keys(own or publisher, publisher)
    return Keys(own, own) if own is not None else None


def own_key(settings: Settings) -> Keypair | None:
    """The key of the settings; ServeError for one that everybody has, beyond local chains."""
    if settings.keypair is None:
        return None
    key = read_keypair(settings.keypair)
    if settings.cluster != LOCALNET and key.pubkey() in development_keys():
        raise ServeError(
            f"{key.pubkey()} is a public development key, anyone can sign with it: "
            f"take a key of your own on {settings.cluster}"
        )
    return key


def fund(url: str, keys: list[Pubkey]) -> None:
    """SOL out of a local chain's faucet for each key that has little; ServeError where the node gives none."""
    node = Node(url)
    try:
        for key in keys:
            if node.balance(key) < LEAST_LAMPORTS:
                node.airdrop(key, GIVEN_LAMPORTS)
    except PercosecError as error:
        raise ServeError(f"the node's faucet gives no SOL to {key}: {error}") from error
    finally:
        node.close()
