"""Keys from files: a user's own, and the public, worthless ones that local chains are made with."""

import json
from functools import cache
from pathlib import Path

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.errors import PercosecError
from offchain.settings.paths import DEV_ADMIN, DEV_KEYS

SECRET_BYTES = 64


class KeyFileError(PercosecError):
    """A key file is missing or holds no key. The message never shows what the file holds."""


def read_keypair(path: Path) -> Keypair:
    """The keypair of a Solana JSON file (a list of 64 bytes), as `solana-keygen new` writes it."""
    path = path.expanduser()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KeyFileError(
            f"the key file {path} can't be read ({error.strerror}): name another one, "
            f"or make one with `solana-keygen new -o {path}`"
        ) from error
    except ValueError:
        # The parser's own message may quote the file.
        raise KeyFileError(f"{path} is no key file: it must hold a JSON list of 64 bytes") from None
    if not isinstance(stored, list) or len(stored) != SECRET_BYTES or not all(_is_byte(item) for item in stored):
        raise KeyFileError(f"{path} is no key file: it must hold a JSON list of 64 bytes")
    try:
        key = Keypair.from_bytes(bytes(stored))
    except ValueError:
        raise KeyFileError(f"{path} holds no key: secret and public half don't match") from None
    if bytes(Keypair.from_seed(bytes(stored[:32]))) != bytes(stored):
        raise KeyFileError(f"{path} holds no key: secret and public half don't match")
    return key


def dev_key(name: str) -> Keypair:
    """A worthless key of `offchain/settings/dev_keys`. Never use it beyond a local chain."""
    path = DEV_KEYS / f"{name}.json"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in DEV_KEYS.glob("*.json")))
        raise KeyFileError(f"there is no development key {name!r}: choose one of {known}")
    return read_keypair(path)


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


@cache
def development_keys() -> frozenset[Pubkey]:
    """The public keys that everybody can sign for: the admin's and those of `dev_keys`."""
    names = sorted(found.stem for found in DEV_KEYS.glob("*.json"))
    return frozenset({development_admin().pubkey(), *(dev_key(name).pubkey() for name in names)})


def _is_byte(item: object) -> bool:
    return type(item) is int and 0 <= item <= 255
