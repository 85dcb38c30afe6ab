"""Public keys and their base58, each written once: the same few hundred keys make up nearly everything."""

from solders.pubkey import Pubkey

MAX_KEPT = 100_000


class KeyTexts(dict[bytes, tuple[Pubkey, str]]):
    """32 bytes -> the key and its base58."""

    def __missing__(self, raw: bytes) -> tuple[Pubkey, str]:
        if len(self) >= MAX_KEPT:
            self.clear()
        key = Pubkey.from_bytes(raw)
        found = self[raw] = (key, str(key))
        return found


KEYS = KeyTexts()
"""Of this process."""
