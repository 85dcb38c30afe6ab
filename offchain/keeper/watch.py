"""Hears of changed accounts by WebSocket. It only saves time: whatever it misses, the next full reading finds."""

import asyncio
import json
from base64 import b64decode
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from based58 import b58encode
from solders.account import Account
from solders.pubkey import Pubkey
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from offchain.chain.addresses import Addresses
from offchain.chain.backends.landed import read_account
from offchain.chain.directory import queries

Changed = Callable[[Pubkey, Account, int], None]
"""Called with address, account and slot."""

AGAIN_SECONDS = (0.5, 1.0, 2.0, 5.0, 15.0)
SILENCE_SECONDS = 20.0
MAX_MESSAGE = 16 * 1024 * 1024


class Watch:
    """Subscriptions to every account type of our programs, renewed for ever, on the next node when one fails."""

    def __init__(self, urls: Sequence[str], at: Addresses, changed: Changed, connected: Callable[[], None]) -> None:
        """`connected` is called after each new subscription: what changed in between was missed."""
        self._urls = list(urls)
        self._at = at
        self._changed = changed
        self._connected = connected
        self.live = False
        """Whether changes are heard of now."""
        self.drops = 0

    async def run(self) -> None:
        """Listen until cancelled."""
        failures = 0
        while True:
            url = self._urls[self.drops % len(self._urls)]
            try:
                async with connect(url, max_size=MAX_MESSAGE, ping_timeout=SILENCE_SECONDS, close_timeout=1) as socket:
                    waiting = await self._subscribe(socket)
                    async for message in socket:
                        self._take(message, waiting)
                        if not waiting and not self.live:
                            # Only now: what changes between a full reading and a subscription would be missed.
                            self.live, failures = True, 0
                            self._connected()
            except (OSError, TimeoutError, WebSocketException):
                failures += 1
            self.live = False
            self.drops += 1
            await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])

    async def _subscribe(self, socket: ClientConnection) -> set[int]:
        """Ask for all; returns the numbers of the requests, which the node will answer."""
        asked: set[int] = set()
        for number, (program, start) in enumerate(queries(self._at)):
            filters = [{"memcmp": {"offset": 0, "bytes": b58encode(start).decode()}}]
            options = {"encoding": "base64", "commitment": "confirmed", "filters": filters}
            params = [str(program), options]
            request = {"jsonrpc": "2.0", "id": number, "method": "programSubscribe", "params": params}
            await socket.send(json.dumps(request))
            asked.add(number)
        return asked

    def _take(self, message: str | bytes, waiting: set[int]) -> None:
        """Note an answer, pass on a notification; whatever else is said is of no interest, and what can't be read."""
        try:
            told: Any = msgspec.json.decode(message)
            if "id" in told:
                waiting.discard(told["id"])
                return
            result = told["params"]["result"]
            slot, value = int(result["context"]["slot"]), result["value"]
            address, account = Pubkey.from_string(value["pubkey"]), read_account(value["account"], b64decode)
        except (msgspec.DecodeError, KeyError, TypeError, ValueError):
            return
        if account is not None:
            self._changed(address, account, slot)
