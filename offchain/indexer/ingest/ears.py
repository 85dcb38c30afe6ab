"""Hears of transactions by WebSocket, so that they are indexed at once and none is left out of a list unnoticed."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from solders.signature import Signature
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

AGAIN_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 15.0)
SILENCE_SECONDS = 20.0
MAX_MESSAGE = 16 * 1024 * 1024
MAX_HEARD = 100_000
_LOGGER = logging.getLogger(__name__)


class Ears:
    """Subscriptions to the logs of every program, renewed for ever, on the next node when one fails."""

    def __init__(self, urls: Sequence[str], programs: Mapping[str, str]) -> None:
        """`programs`: address by name."""
        self._urls = list(urls)
        self._programs = dict(programs)
        self.heard: dict[str, int] = {}
        """Signature -> slot of what was heard of and not stored yet; the indexer takes out what it has stored."""
        self.news = asyncio.Event()
        """Something was heard, or the connection is new: what happened before it must be looked up."""
        self.live = asyncio.Event()
        """Set while subscribed to every program."""
        self.drops = 0

    async def run(self) -> None:
        """Listen until cancelled."""
        failures = 0
        while True:
            url = self._urls[self.drops % len(self._urls)]
            try:
                async with connect(url, max_size=MAX_MESSAGE, ping_timeout=SILENCE_SECONDS, close_timeout=1) as socket:
                    await self._subscribe(socket)
                    waiting = set(range(len(self._programs)))
                    async for message in socket:
                        self._take(msgspec.json.decode(message), waiting)
                        if not waiting:
                            failures = 0
            except (OSError, TimeoutError, WebSocketException, msgspec.DecodeError):
                failures += 1
            except Exception:
                # Without ears the indexer goes on and takes what it does not hear for silence.
                _LOGGER.exception("indexer: the node's WebSocket can't be understood, it is opened again")
                failures += 1
            self.live.clear()
            self.drops += 1
            await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])

    async def _subscribe(self, socket: ClientConnection) -> None:
        for number, address in enumerate(self._programs.values()):
            params = [{"mentions": [address]}, {"commitment": "confirmed"}]
            request = {"jsonrpc": "2.0", "id": number, "method": "logsSubscribe", "params": params}
            await socket.send(json.dumps(request))

    def _take(self, told: Any, waiting: set[int]) -> None:
        """Note an answer to a subscription or a notification; whatever else is said is of no interest."""
        if not isinstance(told, dict):
            return
        number = told.get("id")
        if "result" in told and isinstance(number, int) and number in waiting:
            waiting.discard(number)
            if not waiting:
                self.live.set()
                self.news.set()
            return
        try:
            result = told["params"]["result"]
            # What is no signature would be refused by the node in every round that looks it up.
            signature = str(Signature.from_string(result["value"]["signature"]))
            slot = int(result["context"]["slot"])
        except (KeyError, TypeError, ValueError, OverflowError):
            return
        if len(self.heard) < MAX_HEARD:
            self.heard[signature] = slot
        self.news.set()
