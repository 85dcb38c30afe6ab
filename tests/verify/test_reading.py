"""Order, nesting and decoding on small examples."""

import pytest
from solders.pubkey import Pubkey

from offchain.base58 import from_base58
from offchain.deploy import idl
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.model import Call, nested
from offchain.verify.evidence.order import merged
from offchain.verify.read.borsh import Cursor
from offchain.verify.read.programs import Programs, discriminator, snake
from offchain.verify.read.tokens import TOKEN_PROGRAM, Movement, movement


def test_histories_merge_by_slot_and_by_their_common_order() -> None:
    assert merged([[(1, "a"), (2, "c"), (2, "d")], [(2, "b"), (2, "c")], [(3, "e")]]) == ["a", "b", "c", "d", "e"]


def test_contradicting_histories_are_refused() -> None:
    with pytest.raises(VerifyError, match="contradicting"):
        merged([[(1, "a"), (1, "b")], [(1, "b"), (1, "a")]])


def test_calls_nest_by_depth() -> None:
    calls = [Call(TOKEN_PROGRAM, [], bytes([i])) for i in range(5)]
    first, last = nested(list(zip([1, 2, 3, 2, 1], calls, strict=True)))
    assert (first, last) == (calls[0], calls[4])
    assert first.children == [calls[1], calls[3]] and calls[1].children == [calls[2]]


def test_base58() -> None:
    key = Pubkey.from_bytes(bytes([0, 0, *range(30)]))
    assert from_base58(str(key)) == bytes(key)
    assert from_base58("") == b""
    with pytest.raises(ValueError, match="no base58"):
        from_base58("0OIl")


def test_borsh() -> None:
    cursor = Cursor(b"\x01\xff\xff\x02\x00\x03\x00" + bytes(32))
    assert cursor.read("bool") is True
    assert cursor.read("i16") == -1
    assert cursor.read({"array": ["u16", 2]}) == [2, 3]
    assert cursor.read("publicKey") == Pubkey.default()
    with pytest.raises(ValueError, match="1 bytes wanted, 0 left"):
        cursor.read("u8")


def test_discriminators_by_anchors_rule() -> None:
    assert discriminator("global", "deposit").hex() == "f223c68952e1f2b6"
    assert snake("minShares") == "min_shares" and snake("oiLong") == "oi_long"


def test_publishing_an_idl_is_no_instruction_of_the_protocol() -> None:
    programs = Programs()
    pool = programs.addresses["insurance_pool"]
    published = idl.create(pool, Pubkey.default())
    assert programs.said(Call(pool, [], bytes(published.data))) is None
    with pytest.raises(ValueError, match="insurance_pool has no instruction ff"):
        programs.said(Call(pool, [], bytes([255] * 8)))


@pytest.mark.parametrize(("kind", "place"), [(3, 1), (12, 2)])
def test_transfers(kind: int, place: int) -> None:
    keys = [Pubkey.from_bytes(bytes([i] * 32)) for i in range(4)]
    call = Call(TOKEN_PROGRAM, keys, bytes([kind]) + (7).to_bytes(8, "little") + b"\x06")
    assert movement(call) == Movement(keys[0], keys[place], 7)
