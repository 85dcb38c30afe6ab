"""A feed id follows from the source and the name of a feed, and a wrong name is refused."""

import hashlib

import pytest
from solders.pubkey import Pubkey

from offchain.chain.oracles.feed_ids import FeedError, feed_id, publisher_feed, pyth_feed, switchboard_feed

BTC_USD = "e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43"


def test_a_publishers_feed_is_the_hash_of_its_pair() -> None:
    assert bytes(publisher_feed("BTC/USD")) == hashlib.sha256(b"BTC/USD").digest()
    assert publisher_feed("BTC/USD") != publisher_feed("ETH/USD")


def test_a_pyth_feed_is_pyths_own_id_in_any_spelling() -> None:
    assert bytes(pyth_feed(BTC_USD)).hex() == BTC_USD
    assert pyth_feed(f"0x{BTC_USD.upper()}") == pyth_feed(BTC_USD)


def test_a_switchboard_feed_is_the_address_of_its_account() -> None:
    address = Pubkey.new_unique()
    assert switchboard_feed(str(address)) == address


@pytest.mark.parametrize(
    ("source", "name", "message"),
    [
        ("publisher", "btc/usd", "write it as in BTC/USD"),
        ("publisher", "BTC", "write it as in BTC/USD"),
        ("pyth", BTC_USD[:-1], "give its 64 hexadecimal digits"),
        ("pyth", "BTC/USD", "give its 64 hexadecimal digits"),
        ("switchboard", BTC_USD, "give the address of its account"),
        ("chainlink", "BTC/USD", "choose one of publisher, pyth, switchboard"),
    ],
)
def test_a_wrong_name_is_refused_with_what_to_write(source: str, name: str, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        feed_id(source, name)


def test_each_source_reads_names_of_its_own() -> None:
    assert feed_id("publisher", "BTC/USD") == publisher_feed("BTC/USD")
    assert feed_id("pyth", BTC_USD) == pyth_feed(BTC_USD)
    assert feed_id("switchboard", "11111111111111111111111111111111") == Pubkey.default()
