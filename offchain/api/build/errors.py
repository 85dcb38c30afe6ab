"""Refusals of chain, node and rules as problem documents."""

from typing import Any

from litestar import Request, Response
from litestar.types import ExceptionHandlersMap

from offchain.admin.errors import PlanError
from offchain.api.build.inputs import REFUSED
from offchain.api.problems import MEDIA_TYPE, document
from offchain.chain.accounts import AccountError
from offchain.chain.backends.rpc import RpcError
from offchain.chain.errors import ProgramError
from offchain.chain.units import UnitError
from offchain.creation.errors import CreationError, TermError

Ask = Request[Any, Any, Any]
CODES: dict[type[Exception], str] = {
    PlanError: "creation",
    AccountError: "account",
    CreationError: "creation",
    TermError: "term",
    UnitError: "invalid_amount",
}


def _program(_request: Ask, error: ProgramError) -> Response[bytes]:
    """The chain would refuse it: `code` is the program's, `detail` its words and what to do."""
    return _respond(REFUSED, error.code, str(error))


def _node(_request: Ask, error: RpcError) -> Response[bytes]:
    return _respond(503, "node", str(error), {"retry-after": "5"})


def _rule(_request: Ask, error: Exception) -> Response[bytes]:
    code = next(code for kind, code in CODES.items() if isinstance(error, kind))
    return _respond(REFUSED, code, str(error))


def _respond(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(document(status, code, detail), status_code=status, media_type=MEDIA_TYPE, headers=headers)


HANDLERS: ExceptionHandlersMap = {ProgramError: _program, RpcError: _node, **dict.fromkeys(CODES, _rule)}
"""For the routes of this package; everything else is the application's."""
