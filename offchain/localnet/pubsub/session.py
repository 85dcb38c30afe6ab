"""One WebSocket connection: its subscriptions and the messages that wait to go out."""

import asyncio
import logging
from itertools import count

import msgspec

from offchain.localnet.chain import LocalChain
from offchain.localnet.errors import INTERNAL_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, Json, RpcError
from offchain.localnet.events import Changes
from offchain.localnet.pubsub.subscriptions import SUBSCRIPTIONS, Subscription
from offchain.localnet.records import TransactionRecord
from offchain.localnet.rpc.params import Params, read_integer

MAX_WAITING = 100_000
"""Messages a client may leave unread; beyond them it is cut off, rather than missing some unnoticed."""

_INVALID_SUBSCRIPTION = -32602

_ids = count(1)
_log = logging.getLogger(__name__)


class Session:
    """Listens to the chain for one client. `outgoing` holds encoded messages; None means: close the connection."""

    def __init__(self, chain: LocalChain) -> None:
        """Must be made in the event loop that serves the client."""
        self._chain = chain
        self._loop = asyncio.get_running_loop()
        self._subscriptions: dict[int, Subscription] = {}
        self.outgoing: asyncio.Queue[bytes | None] = asyncio.Queue()

    def receive(self, text: str | bytes) -> None:
        """Handle one message of the client; the answers go to `outgoing`."""
        try:
            request = msgspec.json.decode(text)
        except msgspec.DecodeError:
            self._queue({"jsonrpc": "2.0", "id": None, "error": RpcError(PARSE_ERROR, "Parse error").body()})
            return
        for item in request if isinstance(request, list) else [request]:
            self._handle(item)

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        """Notify the subscriptions concerned."""
        for identifier, subscription in list(self._subscriptions.items()):
            if subscription.on_transaction is not None:
                self._notify(identifier, subscription, subscription.on_transaction(record, changes))

    def slot_changed(self, slot: int, parent: int) -> None:
        """Notify the subscriptions concerned."""
        for identifier, subscription in list(self._subscriptions.items()):
            if subscription.on_slot is not None:
                self._notify(identifier, subscription, subscription.on_slot(slot, parent))

    def _handle(self, request: Json) -> None:
        identifier = request.get("id") if isinstance(request, dict) else None
        answer: dict[str, Json] = {"jsonrpc": "2.0", "id": identifier}
        try:
            with self._chain.exclusive():
                self._execute(request, answer)
        except RpcError as refusal:
            self._queue({**answer, "error": refusal.body()})
        except Exception:
            _log.exception("WebSocket request failed")
            error = RpcError(INTERNAL_ERROR, "Internal error: see the local chain's log")
            self._queue({**answer, "error": error.body()})

    def _execute(self, request: Json, answer: dict[str, Json]) -> None:
        if not isinstance(request, dict) or not isinstance(request.get("method"), str):
            raise RpcError(INVALID_REQUEST, "Invalid request")
        params = Params(self._chain, request.get("params") or [])
        kind, _, end = request["method"].rpartition("Subscribe")
        if kind in SUBSCRIPTIONS and not end:
            self._subscribe(SUBSCRIPTIONS[kind](params), answer)
            return
        kind, _, end = request["method"].rpartition("Unsubscribe")
        if kind not in SUBSCRIPTIONS or end:
            raise RpcError(METHOD_NOT_FOUND, "Method not found")
        if self._subscriptions.pop(read_integer(params.at(0)), None) is None:
            raise RpcError(_INVALID_SUBSCRIPTION, "Invalid subscription id.")
        self._queue({**answer, "result": True})

    def _subscribe(self, subscription: Subscription, answer: dict[str, Json]) -> None:
        identifier = next(_ids)
        self._subscriptions[identifier] = subscription
        self._queue({**answer, "result": identifier})
        if subscription.at_once is not None:
            self._notify(identifier, subscription, subscription.at_once())

    def _notify(self, identifier: int, subscription: Subscription, results: list[Json]) -> None:
        for result in results:
            params = {"result": result, "subscription": identifier}
            self._queue({"jsonrpc": "2.0", "method": subscription.notification, "params": params})
            if subscription.once:
                self._subscriptions.pop(identifier, None)

    def _queue(self, message: Json) -> None:
        encoded = msgspec.json.encode(message)
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._put, encoded)

    def _put(self, encoded: bytes) -> None:
        if self.outgoing.qsize() < MAX_WAITING:
            self.outgoing.put_nowait(encoded)
        else:
            self.outgoing.put_nowait(None)
