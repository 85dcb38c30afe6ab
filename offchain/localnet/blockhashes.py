"""The blockhashes a transaction may name, each for 150 blocks."""

from hashlib import sha256

from solders.hash import Hash

from offchain.localnet.limits import MAX_BLOCKHASH_AGE


class BlockhashRing:
    """Blockhashes with the block height at which they were made, oldest first.

    Several may belong to one height: every transaction gives a new one, so that two equal transfers in a row do not
    collide, while their age is counted in blocks, as a validator counts it.
    """

    def __init__(self, first: Hash, height: int) -> None:
        """Start with `first`, made at `height`."""
        self._heights = {first: height}
        self.latest = first

    def roll(self, height: int, salt: bytes) -> None:
        """Make the next hash from the last one and `salt`, and drop those that are too old."""
        self.latest = Hash.from_bytes(sha256(bytes(self.latest) + salt).digest())
        self._heights[self.latest] = height
        expired = []
        for hash_, made in self._heights.items():
            if height - made <= MAX_BLOCKHASH_AGE:
                break
            expired.append(hash_)
        for hash_ in expired:
            del self._heights[hash_]

    def is_valid(self, blockhash: Hash, height: int) -> bool:
        """Whether a transaction that names `blockhash` may land at block `height`."""
        made = self._heights.get(blockhash)
        return made is not None and height - made <= MAX_BLOCKHASH_AGE

    def last_valid_height(self) -> int:
        """The last block height at which the latest hash is accepted."""
        return self._heights[self.latest] + MAX_BLOCKHASH_AGE
