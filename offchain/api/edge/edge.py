"""The outermost layer of the app, around routing itself, so that answers like 404 pass it too."""

from math import ceil
from typing import Any

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from offchain.api.edge.buckets import Buckets, client_key
from offchain.api.edge.cors import Origins
from offchain.api.edge.headers import Headers, security_headers
from offchain.api.options import ApiOptions
from offchain.api.problems import MEDIA_TYPE, Problem, document

Refusal = tuple[int, str, str, Headers]
"""Status, code, detail and headers of a problem."""


class Edge:
    """An ASGI application around another one."""

    def __init__(self, app: ASGIApp, options: ApiOptions) -> None:
        self._app = app
        self._options = options
        self._headers = security_headers(options)
        self._origins = Origins(options.origins)
        self._buckets = Buckets(options.rate, options.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection; only HTTP is looked at."""
        if scope["type"] == ScopeType.HTTP:
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        given = dict(scope["headers"])
        origin = given.get(b"origin")
        method = scope["method"]
        if method == "OPTIONS" and origin is not None and b"access-control-request-method" in given:
            await _answer(send, 204, [*self._headers, *self._origins.preflight_headers(origin)], b"")
            return
        headers = self._headers + self._origins.answer_headers(origin)
        refusal = self._refusal(scope, given)
        if refusal is not None:
            await _refuse(send, refusal, headers, method == "HEAD")
            return
        if method == "HEAD":
            scope["method"] = HttpMethod.GET
        outgoing = _Outgoing(send, headers, method == "HEAD")
        await self._app(scope, _Incoming(receive, self._options.max_body), outgoing)

    def _refusal(self, scope: HTTPScope, given: dict[bytes, bytes]) -> Refusal | None:
        client = scope.get("client")
        wait = self._buckets.take(client_key(client[0]) if client else "")
        if wait:
            seconds = max(1, ceil(wait))
            detail = f"too many requests from this address: wait {seconds} s, or use /v1/ws for what changes often"
            return 429, "too_many_requests", detail, [(b"retry-after", str(seconds).encode())]
        if len(scope["query_string"]) > self._options.max_query:
            return (
                414,
                "too_long",
                f"the query is longer than {self._options.max_query} bytes: ask for less at once",
                [],
            )
        length = given.get(b"content-length", b"0")
        if not length.isdigit():
            return 400, "bad_request", "content-length is not a number: correct the request", []
        if int(length) > self._options.max_body:
            return *too_large(self._options.max_body), []
        return None


def too_large(most: int) -> tuple[int, str, str]:
    """Status, code and detail."""
    return 413, "too_large", f"a request's body may have {most} bytes at most"


class _Incoming:
    """`receive` that stops a body without a stated length once it is too long."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most
        self._most = most

    async def __call__(self) -> Any:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise Problem(*too_large(self._most))
        return message


class _Outgoing:
    """`send` that adds our headers, and drops the body of an answer to HEAD."""

    def __init__(self, send: Send, headers: Headers, head: bool) -> None:
        self._send = send
        self._headers = headers
        self._head = head

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *self._headers]
        elif self._head and message["type"] == "http.response.body":
            message["body"] = b""
        await self._send(message)


async def _refuse(send: Send, refusal: Refusal, headers: Headers, head: bool) -> None:
    status, code, detail, own = refusal
    body = document(status, code, detail)
    about = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await _answer(send, status, [*about, *own, *headers], b"" if head else body)


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
