"""Reading Switchboard's accounts: two genuine ones, and everything that is none."""

from struct import unpack_from

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.oracles import switchboard
from offchain.chain.oracles.prices import OracleError, OraclePrice
from offchain.settings.project import load_project
from tests.support.oracles import changed, genuine

QUEUES = {
    "switchboard_mtbill_usd": "EYiAmGSdsQTuCw413V5BzaruWuCCSDgTPtBGvLkXHbe7",
    "switchboard_jupsol_usd": "A43DyUGA7s8eXPxqEjJY6EBu1KKbNgfxF8h17VAHn13w",
}
"""Fixture -> Switchboard's queue of oracles on that chain."""


def answers(data: bytes, low: int, high: int) -> list[int]:
    """What oracles answered for slots in this range: 32 entries of key, slot, landing slot and value."""
    found = []
    for offset in range(8, 8 + 32 * 64, 64):
        slot = unpack_from("<Q", data, offset + 32)[0]
        if low <= slot <= high:
            found.append(int.from_bytes(data[offset + 48 : offset + 64], "little", signed=True))
    return sorted(found)


def test_a_genuine_feed_of_devnet() -> None:
    address, account = genuine("switchboard_mtbill_usd")
    feed = switchboard.read_account(account, address, "devnet")
    assert (feed.name, feed.samples, feed.std_dev, feed.is_overridable) == ("mTBILL/USD", 2, 0, False)
    assert (feed.min_slot, feed.max_slot, feed.max_staleness) == (348_058_869, 348_058_869, 150)
    assert feed.micro == OraclePrice(1_011_997, 0, 1_734_607_233)


def test_a_genuine_feed_of_mainnet() -> None:
    address, account = genuine("switchboard_jupsol_usd")
    feed = switchboard.read_account(account, address, "mainnet")
    assert (feed.name, feed.samples, feed.is_overridable) == ("jupSOL / USD", 4, False)
    assert (feed.min_slot, feed.max_slot, feed.max_staleness) == (346_241_633, 346_241_830, 250)
    assert feed.micro == OraclePrice(177_351_466, 4_653, 1_749_705_238)


@pytest.mark.parametrize("name", QUEUES)
def test_the_result_is_the_median_of_the_answers_beside_it(name: str) -> None:
    account = genuine(name)[1]
    feed = switchboard.read_feed(account.data)
    found = answers(account.data, feed.min_slot, feed.max_slot)
    assert len(found) == feed.samples
    assert found[len(found) // 2] == feed.value
    assert str(feed.queue) == QUEUES[name]


def test_what_is_no_feed_is_refused_with_a_reason() -> None:
    address, account = genuine("switchboard_jupsol_usd")
    for data in (b"", account.data[:-1], account.data + b"\0", bytes(8) + account.data[8:]):
        with pytest.raises(OracleError, match="no Switchboard pull feed"):
            switchboard.read_feed(data)
    with pytest.raises(OracleError, match="there is no Switchboard feed at HX5WM3"):
        switchboard.read_account(None, address)
    with pytest.raises(OracleError, match="not to Switchboard"):
        switchboard.read_account(account, address, "devnet")
    with pytest.raises(OracleError, match="not to Switchboard"):
        switchboard.read_account(Account(1, account.data, Pubkey.default()), address)


def test_the_name_of_a_feed_may_be_anything() -> None:
    account = genuine("switchboard_jupsol_usd")[1]
    data = bytearray(account.data)
    data[2180:2183] = b"\xff\xfe\xfd"
    assert switchboard.read_feed(bytes(data)).name.endswith("SOL / USD")


def test_each_cluster_has_switchboards_own_program() -> None:
    found = {cluster: str(switchboard.program(cluster)) for cluster in load_project().clusters}
    assert found["mainnet"] == found["localnet"] != found["devnet"]
    assert changed(genuine("switchboard_jupsol_usd")[1], samples=9).data[2360] == 9
