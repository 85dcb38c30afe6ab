"""Whatever comes in over JSON-RPC, an answer goes out and nothing breaks."""

import json
import random
from base64 import b64encode
from typing import Any

import pytest
from solders.keypair import Keypair

from offchain.localnet import LocalChain
from offchain.localnet.errors import INTERNAL_ERROR
from offchain.localnet.rpc.dispatch import answer, methods_of
from tests.localnet.wallet import START, driven_chain, payment, rich

_DRIVING = {"percosec_clock", "percosec_warpTo", "percosec_advance"}
_NEEDED = """
getHealth getVersion getLatestBlockhash isBlockhashValid getAccountInfo getMultipleAccounts getProgramAccounts
getBalance getMinimumBalanceForRentExemption requestAirdrop sendTransaction simulateTransaction getSignatureStatuses
getTransaction getSignaturesForAddress getSlot getBlockHeight getBlockTime getEpochInfo getTokenAccountBalance
getFeeForMessage
"""


def _call(chain: LocalChain, method: str, *params: Any) -> Any:
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return json.loads(answer(chain, json.dumps(request).encode()))


def test_every_needed_method_is_there() -> None:
    assert set(_NEEDED.split()) <= set(methods_of(LocalChain(clock="real")))


def test_an_answer_holds_for_a_slot_in_which_nothing_lands_any_more() -> None:
    chain = driven_chain()
    key = rich(chain)
    before = chain.send(payment(chain, key, Keypair().pubkey()))
    told = _call(chain, "getBalance", str(key.pubkey()))["result"]["context"]["slot"]
    after = chain.send(payment(chain, key, Keypair().pubkey()))
    assert before.slot <= told < after.slot


def test_driving_methods_exist_on_driven_chains_only() -> None:
    assert set(methods_of(driven_chain())) - set(methods_of(LocalChain(clock="real"))) == _DRIVING


def test_driving() -> None:
    chain = driven_chain()
    assert _call(chain, "percosec_warpTo", START + 60)["result"] == {
        "unixTimestamp": START + 60,
        "slot": 151,
        "blockHeight": 151,
    }
    assert _call(chain, "percosec_advance", 2)["result"]["unixTimestamp"] == START + 62
    height = _call(chain, "percosec_clock")["result"]["blockHeight"]
    assert _call(chain, "percosec_advance", 825, 1)["result"]["blockHeight"] == height + 1
    assert _call(chain, "percosec_warpTo", START + 900, 2)["result"]["blockHeight"] == height + 3
    assert "cannot go back" in _call(chain, "percosec_warpTo", START)["error"]["message"]
    assert _call(chain, "percosec_advance", 2**63)["error"]["code"] == -32602
    assert chain.unix_timestamp == START + 900


_VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**63,
    2**64 - 1,
    "",
    "x",
    "base64",
    "11111111111111111111111111111111",
    "AAAA",
    [],
    [None],
    ["11111111111111111111111111111111"],
    {},
    {"encoding": "base64"},
    {"encoding": ["base64"]},
    {"encoding": 5},
    {"encoding": "jsonParsed"},
    {"commitment": []},
    {"commitment": "confirmed"},
    {"minContextSlot": "x"},
    {"filters": [{"memcmp": {"offset": 0, "bytes": [1, 300]}}]},
    {"filters": [{"memcmp": {"offset": -1, "bytes": "1"}}]},
    {"filters": [[]]},
    {"dataSlice": {"offset": 2**64 - 1, "length": 2**64 - 1}, "encoding": "base64"},
    {"dataSlice": {"offset": 0}},
    {"limit": 5, "before": "x"},
    {"accounts": {"addresses": [5]}},
    {"accounts": []},
    {"skipPreflight": "yes", "encoding": "base64"},
    {"mint": "11111111111111111111111111111111"},
    {"programId": 7},
    {"maxSupportedTransactionVersion": -1},
]


def test_no_parameters_cause_an_internal_error() -> None:
    chain = driven_chain()
    key = rich(chain)
    record = chain.send(payment(chain, key, Keypair().pubkey()))
    values = [*_VALUES, str(record.signature), [str(record.signature)], str(key.pubkey())]
    dice = random.Random(4)
    for method in methods_of(chain):
        for _ in range(400):
            params = [dice.choice(values) for _ in range(dice.randrange(4))]
            answered = _call(chain, method, *params)
            code = answered.get("error", {}).get("code")
            assert code != INTERNAL_ERROR, (method, params)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"5", b'"text"', b"{}", b'{"method": 5}', b'{"method": "getSlot", "params": 5, "id": 1}'],
)
def test_malformed_requests(body: bytes) -> None:
    assert json.loads(answer(driven_chain(), body))["error"]["code"] in (-32700, -32600, -32602)


def test_random_bytes_as_transactions() -> None:
    chain = driven_chain()
    good = bytearray(bytes(payment(chain, rich(chain), Keypair().pubkey())))
    dice = random.Random(5)
    count = chain.transaction_count
    for _ in range(1_000):
        bad = bytearray(good)
        for _ in range(dice.randrange(1, 4)):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        if bad == good:
            continue
        answered = _call(chain, "sendTransaction", b64encode(bytes(bad)).decode(), {"encoding": "base64"})
        assert answered["error"]["code"] in (-32002, -32602), answered
        answered = _call(chain, "simulateTransaction", b64encode(bytes(bad)).decode(), {"encoding": "base64"})
        assert answered.get("error", {}).get("code") in (None, -32602), answered
    assert chain.transaction_count == count
