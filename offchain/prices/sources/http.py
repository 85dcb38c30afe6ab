"""One GET request to a source, and its failures by name."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import httpx
import msgspec

from offchain.prices.errors import SourceError

T = TypeVar("T")
TOO_MANY = {418, 429}
"""What Hermes and Binance answer to too many requests."""
WAIT_SECONDS = 60
"""How long to leave such a server alone when it does not say."""
MOST_SECONDS = 600
"""Longest it can ask for: a mistaken header must not silence a source for a day."""
DENIED = {401, 403}
MOST_BYTES = 1 << 20
"""An answer about a hundred pairs has a tenth of it."""
MOST_SAID = 120
"""Bytes of a server's own words that are shown."""


async def fetch(
    client: httpx.AsyncClient, path: str, query: Sequence[tuple[str, str]], kind: type[T], key_name: str = ""
) -> T:
    """Ask and decode the JSON answer as `kind`; SourceError says what failed. `key_name` is the key it may lack."""
    try:
        answer, body = await _get(client, path, query)
    except httpx.TimeoutException:
        raise SourceError("timeout", f"{client.base_url.host} did not answer in time") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceError("unreachable", f"{client.base_url.host} can't be reached: {error}") from None
    if answer.status_code != httpx.codes.OK:
        raise _refusal(client.base_url.host, answer, body, key_name)
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SourceError("garbage", f"{client.base_url.host} answered nonsense: {error}") from None


def connect(url: str, timeout_ms: int, headers: Mapping[str, str] | None = None) -> httpx.AsyncClient:
    """A client for one server; SourceError when the address is none."""
    try:
        # Proxies of the environment are for people's browsing; a price has to come from the address that is configured.
        return httpx.AsyncClient(base_url=url, timeout=timeout_ms / 1_000, headers=headers, trust_env=False)
    except httpx.InvalidURL as error:
        raise SourceError("unreachable", f"{url} is no address: {error}") from None


async def _get(client: httpx.AsyncClient, path: str, query: Sequence[tuple[str, str]]) -> tuple[httpx.Response, bytes]:
    """The answer and its body, which may not be longer than any honest one."""
    body = bytearray()
    async with client.stream("GET", path, params=list(query)) as answer:
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > MOST_BYTES:
                raise SourceError("garbage", f"{client.base_url.host} answered more than {MOST_BYTES} bytes")
    return answer, bytes(body)


def _refusal(host: str, answer: httpx.Response, body: bytes, key_name: str) -> SourceError:
    status = answer.status_code
    message = f"{host} answered HTTP {status}"
    if status in DENIED and key_name:
        message += f": set {key_name} to a valid key"
    wait = 0
    if status in TOO_MANY:
        said = answer.headers.get("retry-after", "")
        wait = min(int(said), MOST_SECONDS) if said.isdecimal() and len(said) < 9 else WAIT_SECONDS
        message += f": too many requests, next one in {wait} s"
    elif status in (httpx.codes.BAD_REQUEST, httpx.codes.NOT_FOUND):
        said = "".join(letter for letter in body[:MOST_SAID].decode("utf-8", "replace") if letter.isprintable())
        message += f": {said}"  # names the symbol or id that it does not know
    return SourceError("http", message, wait)
