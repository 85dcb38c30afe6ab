"""getBlock: the order of the transactions in a slot."""

import json
from typing import Any

from offchain.localnet import LocalChain
from offchain.localnet.rpc.dispatch import answer
from tests.localnet.wallet import driven_chain, pay, rich, signed

SIGNATURES = {"transactionDetails": "signatures"}


def _ask(chain: LocalChain, *params: Any) -> Any:
    request = {"jsonrpc": "2.0", "id": 1, "method": "getBlock", "params": params}
    return json.loads(answer(chain, json.dumps(request).encode()))


def test_a_block_tells_its_signatures_in_order() -> None:
    chain = driven_chain()
    payers = [rich(chain) for _ in range(3)]
    with chain.one_slot():
        records = [chain.send(signed(chain.latest_blockhash(), key, pay(key, key.pubkey(), 1))) for key in payers]
    (slot,) = {record.slot for record in records}
    told = _ask(chain, slot, SIGNATURES)["result"]
    assert told["signatures"] == [str(record.signature) for record in records]
    assert told["blockTime"] == records[0].block_time
    assert _ask(chain, chain.slot + 1, SIGNATURES)["error"]["code"] == -32004


def test_an_empty_slot_and_details_that_are_not_kept() -> None:
    chain = driven_chain()
    chain.advance(60)
    assert _ask(chain, chain.slot, SIGNATURES)["result"]["signatures"] == []
    assert "signatures" not in _ask(chain, chain.slot, {"transactionDetails": "none"})["result"]
    assert "signatures only" in _ask(chain, chain.slot)["error"]["message"]
