"""Trying a transaction out on a node."""

import asyncio
from base64 import b64decode, b64encode
from typing import Any

from solders.account import Account
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.api.build.decoded import writable_keys
from offchain.api.build.flows import flows
from offchain.api.build.proof import is_a_strangers, reckoned, unexplained, with_later
from offchain.api.build.trial import Trial, network_fee
from offchain.api.problems import unavailable
from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.landed import read_account
from offchain.chain.events import parse_events

ATTEMPTS = 4
"""Accounts are read before and, where that does not fit, after the simulation: others may change them in between."""
PAUSE_SECONDS = 0.02
"""Before the second attempt; longer before each later one."""


async def try_out(chain: FailoverChain, transaction: VersionedTransaction, at: Addresses) -> Trial:
    """Simulate with any blockhash; Problem 503 when the node tells too little, or the chain moves too fast."""
    message = transaction.message
    keys = writable_keys(message)
    options = {
        "encoding": "base64",
        "commitment": "confirmed",
        "sigVerify": False,
        "replaceRecentBlockhash": True,
        "innerInstructions": True,
        "accounts": {"encoding": "base64", "addresses": [str(key) for key in keys]},
    }
    wire = b64encode(bytes(transaction)).decode()
    for attempt in range(ATTEMPTS):
        await asyncio.sleep(attempt * PAUSE_SECONDS)
        slot, before = await chain.accounts_in_slot(keys)
        answer = await chain.nodes.ask("simulateTransaction", wire, options, read=_value)
        trial = _trial(slot, answer, message, dict(zip(keys, before, strict=True)), at)
        if trial.err is not None or not unexplained(trial, message):
            return trial
        later = dict(zip(keys, await chain.accounts(keys), strict=True))
        trial = with_later(trial, later, unexplained(trial, message))
        if not unexplained(trial, message):
            return trial
    if all(is_a_strangers(trial, key, message.account_keys[0]) for key in unexplained(trial, message)):
        return reckoned(trial, unexplained(trial, message))
    raise unavailable("the accounts change faster than they can be simulated: try again in a moment", "chain_moves", 1)


def _value(answer: Any) -> Any:
    value = answer["value"]
    if value["err"] is None and (value.get("innerInstructions") is None or not value.get("accounts")):
        raise ValueError("a simulation without inner instructions or accounts")
    return value


def _trial(
    slot: int, value: Any, message: Message | MessageV0, before: dict[Pubkey, Account | None], at: Addresses
) -> Trial:
    logs, units, err = list(value["logs"] or []), int(value.get("unitsConsumed") or 0), value["err"]
    if err is not None:
        return Trial(slot, err, logs, units, network_fee(message), [], [], before, before)
    after = [read_account(found, b64decode) for found in value["accounts"]]
    return Trial(
        slot,
        None,
        logs,
        units,
        network_fee(message),
        parse_events(logs, at).events,
        flows(message, value["innerInstructions"]),
        before,
        dict(zip(before, after, strict=True)),
    )
