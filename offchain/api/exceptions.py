"""From exceptions to problem documents."""

import logging
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException, NotFoundException, ValidationException
from litestar.types import ExceptionHandlersMap

from offchain.api.problems import MEDIA_TYPE, Problem, document
from offchain.database.errors import DatabaseError

LOG = logging.getLogger(__name__)
_CODES = {401: "unauthorized", 403: "forbidden", 413: "too_large", 415: "unsupported_media_type"}
_WHERE = "/v1/openapi.json lists every resource"


def handlers() -> ExceptionHandlersMap:
    """For Litestar's `exception_handlers`."""
    return {
        Problem: _problem,
        NotFoundException: _not_found,
        MethodNotAllowedException: _not_allowed,
        HTTPException: _http,
        DatabaseError: _database,
        Exception: _internal,
    }


def _problem(_request: Request[Any, Any, Any], error: Problem) -> Response[bytes]:
    return _respond(error.status, error.code, error.detail, error.headers)


def _not_found(request: Request[Any, Any, Any], _error: NotFoundException) -> Response[bytes]:
    return _respond(404, "not_found", f"there is nothing at {request.url.path}: {_WHERE}")


def _not_allowed(request: Request[Any, Any, Any], error: MethodNotAllowedException) -> Response[bytes]:
    detail = f"{request.method} is not possible at {request.url.path}: ask with OPTIONS what is"
    return _respond(405, "method_not_allowed", detail, error.headers)


def _http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    if isinstance(error, ValidationException):
        return _respond(400, "invalid_parameter", _explained(error))
    status = error.status_code
    if status >= 500:
        return _respond(status, "internal", "the request could not be answered: try again")
    return _respond(status, _CODES.get(status, "bad_request"), error.detail, error.headers)


def _explained(error: ValidationException) -> str:
    faults = error.extra if isinstance(error.extra, list) else []
    words = [
        f"{fault.get('key', 'the request')}: {fault.get('message', 'not valid')}"
        for fault in faults
        if isinstance(fault, Mapping)
    ]
    return f"{'; '.join(words) or error.detail}: correct it, {_WHERE} with its bounds"


def _database(_request: Request[Any, Any, Any], error: DatabaseError) -> Response[bytes]:
    LOG.error("database: %s", error)
    detail = "the database can't be read at the moment: try again in a few seconds"
    return _respond(503, "unavailable", detail, {"retry-after": "5"})


def _internal(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _respond(
        500, "internal", "the request could not be answered: try again, and report it if that does not help"
    )


def _respond(status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    return Response(
        document(status, code, detail), status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {})
    )
