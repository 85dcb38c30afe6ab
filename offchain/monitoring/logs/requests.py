"""A number for each request: in the answer's header, in every line of the log that belongs to it."""

import logging
import re
import secrets
from contextvars import ContextVar
from time import monotonic

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from offchain.monitoring.metrics.process import Requests

HEADER = b"x-request-id"
_GIVEN = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_SLOW_MS = 1_000
_LOGGER = logging.getLogger(__name__)
request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is being answered; empty outside of one."""


class RequestIds:
    """ASGI around an app: takes a proxy's number or makes one, counts, and logs what was slow or failed."""

    def __init__(self, app: ASGIApp, requests: Requests) -> None:
        self._app = app
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection; only HTTP is counted."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(HEADER, b"")
        name = given.decode() if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        token, began, status = request_id.set(name), monotonic(), 500

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (HEADER, name.encode())]
            await send(message)

        try:
            await self._app(scope, receive, answering)
        finally:
            took = (monotonic() - began) * 1_000
            self._requests.note(status, took)
            level = logging.WARNING if status >= 500 or took >= _SLOW_MS else logging.DEBUG
            # Without the query: it is the visitor's business.
            _LOGGER.log(
                level,
                "%s %s answered %d in %d ms",
                *(scope["method"], scope["path"], status, int(took)),
                extra={"method": scope["method"], "path": scope["path"], "status": status, "took_ms": int(took)},
            )
            request_id.reset(token)
