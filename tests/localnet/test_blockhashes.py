"""Blockhashes and their age."""

from solders.hash import Hash

from offchain.localnet.blockhashes import BlockhashRing


def _ring(height: int = 1) -> BlockhashRing:
    return BlockhashRing(Hash.new_unique(), height)


def test_good_for_150_blocks_and_no_longer() -> None:
    ring = _ring(height=10)
    first = ring.latest
    assert ring.last_valid_height() == 160
    assert ring.is_valid(first, 160)
    assert not ring.is_valid(first, 161)


def test_unknown_hash() -> None:
    assert not _ring().is_valid(Hash.new_unique(), 1)


def test_every_roll_gives_another_hash() -> None:
    ring = _ring()
    seen = {ring.latest}
    for _ in range(100):
        ring.roll(1, b"same salt")
        seen.add(ring.latest)
    assert len(seen) == 101
    assert all(ring.is_valid(blockhash, 1) for blockhash in seen)


def test_same_input_same_hashes() -> None:
    one, two = (BlockhashRing(Hash.default(), 1) for _ in range(2))
    for ring in (one, two):
        ring.roll(1, b"a")
        ring.roll(2, b"b")
    assert one.latest == two.latest


def test_old_hashes_are_forgotten() -> None:
    ring = _ring()
    first = ring.latest
    ring.roll(152, b"")
    assert not ring.is_valid(first, 1)
    assert len(ring._heights) == 1
