"""Bodies as responses: JSON with an ETag, or 304 where the client has it already."""

from hashlib import blake2b
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder()
FRESH = "no-cache"
"""A cache may keep it, and has to ask before it shows it again: the next slot may change it."""


def answer(request: Request[Any, Any, Any], body: T, cache: str = FRESH) -> Response[T]:
    """200 with the body, or 304 when `If-None-Match` names the very same one.

    The tag is a hash of the body, which holds its slot: it can't outlive a dropped slot or a changed price.
    """
    content = _ENCODER.encode(body)
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"etag": tag, "cache-control": cache}
    if _matches(request.headers.get("if-none-match"), tag):
        return Response(b"", status_code=304, headers=headers)  # type: ignore[arg-type]
    return Response(content, media_type="application/json", headers=headers)  # type: ignore[arg-type]


def _matches(given: str | None, tag: str) -> bool:
    if given is None:
        return False
    return given.strip() == "*" or any(one.strip().removeprefix("W/") == tag for one in given.split(","))
