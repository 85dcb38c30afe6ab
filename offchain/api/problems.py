"""Refusals as problem documents (RFC 9457): what is wrong and what to do, never an internal."""

from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import Meta

from offchain.errors import PercosecError

MEDIA_TYPE = "application/problem+json"


class ProblemBody(msgspec.Struct):
    """A refusal."""

    type: Annotated[str, Meta(description="URI of the kind of problem: urn:percosec:problem:CODE")]
    title: Annotated[str, Meta(description="The HTTP status in words")]
    status: Annotated[int, Meta(description="The HTTP status")]
    detail: Annotated[str, Meta(description="What is wrong here, and what to do")]
    code: Annotated[str, Meta(description="Stable name of the kind, for programs")]


class Problem(PercosecError):
    """Raised by handlers; the plugin turns it into its document."""

    def __init__(self, status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> None:
        """`detail` is shown to the client: no internals, and say what to do."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers or {}


def not_found(detail: str) -> Problem:
    """404."""
    return Problem(404, "not_found", detail)


def invalid(detail: str, code: str = "invalid_parameter") -> Problem:
    """400."""
    return Problem(400, code, detail)


def unavailable(detail: str, code: str = "unavailable", retry_after: int = 5) -> Problem:
    """503, with the seconds after which to ask again."""
    return Problem(503, code, detail, {"retry-after": str(retry_after)})


def document(status: int, code: str, detail: str) -> bytes:
    """The JSON document of a problem."""
    body = ProblemBody(f"urn:percosec:problem:{code}", HTTPStatus(status).phrase, status, detail, code)
    return msgspec.json.encode(body)
