"""The development admin: a public, worthless key that local chains are configured with."""

import json

from solders.keypair import Keypair

from offchain.errors import PercosecError
from offchain.settings.paths import DEV_ADMIN


def development_admin() -> Keypair:
    """The keypair of `dev_admin.json`. Never use it beyond a local chain."""
    try:
        stored = json.loads(DEV_ADMIN.read_text(encoding="utf-8"))
        key = Keypair.from_bytes(bytes(stored["secret_key"]))
    except (OSError, ValueError, KeyError) as error:
        raise PercosecError(f"{DEV_ADMIN.name} can't be read: restore it from the repository") from error
    if str(key.pubkey()) != stored["public_key"]:
        raise PercosecError(f"{DEV_ADMIN.name} holds two different keys: restore it from the repository")
    return key
