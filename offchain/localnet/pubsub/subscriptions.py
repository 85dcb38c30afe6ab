"""One subscription: which events it is about and what its messages look like."""

from collections.abc import Callable
from dataclasses import dataclass

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.chain import LocalChain
from offchain.localnet.errors import INVALID_PARAMS, Json, RpcError
from offchain.localnet.events import Changes
from offchain.localnet.records import TransactionRecord
from offchain.localnet.rpc.encoding import encode_account
from offchain.localnet.rpc.filters import read_filters
from offchain.localnet.rpc.params import Params, read_address, read_signature


@dataclass
class Subscription:
    """Turns events into the `result` members of notifications. An event gives any number of them."""

    notification: str
    """The method name of its notifications."""
    on_transaction: Callable[[TransactionRecord, Changes], list[Json]] | None = None
    on_slot: Callable[[int, int], list[Json]] | None = None
    at_once: Callable[[], list[Json]] | None = None
    """What to send right after subscribing."""
    once: bool = False
    """Whether it ends with its first notification."""


def account_subscription(params: Params) -> Subscription:
    """Changes of one account."""
    address, config = params.address(0), params.config(1)

    def changed(record: TransactionRecord, changes: Changes) -> list[Json]:
        return [_at(record.slot, _encoded(params.chain, after, config)) for key, _, after in changes if key == address]

    return Subscription("accountNotification", on_transaction=changed)


def program_subscription(params: Params) -> Subscription:
    """Changes of a program's accounts that pass the filters."""
    program, config = params.address(0), params.config(1)
    filters = read_filters(config.get("filters"))

    def changed(record: TransactionRecord, changes: Changes) -> list[Json]:
        return [
            _at(record.slot, {"pubkey": str(key), "account": _encoded(params.chain, after, config)})
            for key, _, after in changes
            if after is not None and after.owner == program and all(passes(after.data) for passes in filters)
        ]

    return Subscription("programNotification", on_transaction=changed)


def logs_subscription(params: Params) -> Subscription:
    """Logs of every transaction, or of those that mention one address."""
    mentioned = _mentioned(params.at(0))
    params.config(1)

    def landed(record: TransactionRecord, _changes: Changes) -> list[Json]:
        if mentioned is not None and mentioned not in record.keys:
            return []
        value = {"signature": str(record.signature), "err": record.err, "logs": record.logs}
        return [_at(record.slot, value)]

    return Subscription("logsNotification", on_transaction=landed)


def signature_subscription(params: Params) -> Subscription:
    """The landing of one transaction, also if it landed before."""
    signature = read_signature(params.at(0))
    params.config(1)
    wanted = bytes(signature)

    def landed(record: TransactionRecord, _changes: Changes) -> list[Json]:
        return [_at(record.slot, {"err": record.err})] if record.raw_signature == wanted else []

    def landed_before() -> list[Json]:
        record = params.chain.transaction(signature)
        return landed(record, []) if record is not None else []

    return Subscription("signatureNotification", on_transaction=landed, at_once=landed_before, once=True)


def slot_subscription(_params: Params) -> Subscription:
    """Every new slot."""

    def changed(slot: int, parent: int) -> list[Json]:
        return [{"slot": slot, "parent": parent, "root": parent}]

    return Subscription("slotNotification", on_slot=changed)


def root_subscription(_params: Params) -> Subscription:
    """Every new root: what has landed is final here."""

    def changed(_slot: int, parent: int) -> list[Json]:
        return [parent]

    return Subscription("rootNotification", on_slot=changed)


def _mentioned(value: Json) -> Pubkey | None:
    if value in ("all", "allWithVotes"):
        return None
    if isinstance(value, dict) and isinstance(value.get("mentions"), list) and len(value["mentions"]) == 1:
        return read_address(value["mentions"][0])
    raise RpcError(INVALID_PARAMS, "Invalid Request: Only 1 address supported")


def _encoded(chain: LocalChain, account: Account | None, config: dict[str, Json]) -> Json:
    gone = {"lamports": 0, "owner": str(Pubkey.default()), "executable": False, "rentEpoch": 0, "space": 0}
    encoded = encode_account(account, config, chain.account)
    return encoded if encoded is not None else {**gone, "data": ["", "base64"]}


def _at(slot: int, value: Json) -> Json:
    return {"context": {"slot": slot}, "value": value}


SUBSCRIPTIONS: dict[str, Callable[[Params], Subscription]] = {
    "account": account_subscription,
    "program": program_subscription,
    "logs": logs_subscription,
    "signature": signature_subscription,
    "slot": slot_subscription,
    "root": root_subscription,
}
"""Name before `Subscribe` -> what makes the subscription."""
