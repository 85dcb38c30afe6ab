"""Reading Pyth's accounts: a genuine one, its address, and everything that is none."""

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.oracles import pyth
from offchain.chain.oracles.feed_ids import pyth_feed
from offchain.chain.oracles.prices import OracleError, OraclePrice
from tests.support.oracles import changed, genuine

SOL_USD = pyth_feed("ef0d8b6fda2ceba41da15d4095d1da392a0d2f8ed0c6c7bc0f4cfac8c280b56d")
BTC_USD = pyth_feed("e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43")
ETH_USD = pyth_feed("ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace")


def test_a_genuine_update() -> None:
    address, account = genuine("pyth_sol_usd")
    update = pyth.read_account(account, address)
    assert update == pyth.PriceUpdate(
        write_authority=address,
        is_full=True,
        feed_id=SOL_USD,
        price=10_820_161_736,
        conf=991_136,
        exponent=-8,
        publish_time=1_789_895_922,
        prev_publish_time=1_789_895_921,
        ema_price=10_827_285_670,
        ema_conf=1_401_306,
        posted_slot=448_688_892,
    )
    assert update.micro == OraclePrice(108_201_617, 9_912, 1_789_895_922)


@pytest.mark.parametrize(
    ("feed_id", "address"),
    [
        (SOL_USD, "7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE"),
        (BTC_USD, "4cSM2e6rvbGQUFiJbqytoVMi5GgghSMr8LwVrT9VPSPo"),
        (ETH_USD, "42amVS4KgzR9rA28tkVYqVXjq9Qa8dcZQMbH5EYFX6XC"),
    ],
)
def test_pyths_own_accounts_are_where_pyth_lists_them(feed_id: Pubkey, address: str) -> None:
    assert str(pyth.sponsored_account(feed_id)) == address
    assert pyth.sponsored_account(feed_id, shard=1) != pyth.sponsored_account(feed_id)


def test_with_partial_verification_everything_lies_a_byte_later() -> None:
    data = genuine("pyth_sol_usd")[1].data
    partial = data[:40] + bytes([0, 13]) + data[41:133]
    update = pyth.read_update(partial)
    assert not update.is_full
    assert (update.feed_id, update.price, update.posted_slot) == (SOL_USD, 10_820_161_736, 448_688_892)


def test_what_is_no_update_is_refused_with_a_reason() -> None:
    address, account = genuine("pyth_sol_usd")
    for data in (b"", account.data[:-1], account.data + b"\0", bytes(8) + account.data[8:]):
        with pytest.raises(OracleError, match="no Pyth price update"):
            pyth.read_update(data)
    with pytest.raises(OracleError, match="there is no Pyth price update at 7UVimf"):
        pyth.read_account(None, address)
    with pytest.raises(OracleError, match="not to Pyth's receiver"):
        pyth.read_account(changed(account, owner=Pubkey.default()), address)
    with pytest.raises(OracleError, match="not to Pyth's receiver"):
        pyth.read_account(Account(1, account.data, address), address)
