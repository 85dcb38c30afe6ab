"""Routes that recompute claims: from the chain, by a process of its own, without the index."""

from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.params import PathParameter
from litestar.types import ControllerRouterHandler
from solders.pubkey import Pubkey

from offchain.api.build.errors import HANDLERS
from offchain.api.build.given import Context
from offchain.api.build.limits import spare_the_node
from offchain.api.openapi import problems
from offchain.api.problems import invalid, not_found
from offchain.api.verify.bodies import underway, verification
from offchain.api.verify.desk import RETRY_SECONDS
from offchain.api.verify.plugin import desk_of
from offchain.api.verify.schemas import Underway, Verification

ClaimId = Annotated[str, PathParameter(description="Address of the claim's record, base58")]
_IMMUTABLE = "public, max-age=86400, immutable"


@post("/{claim:str}/verify", operation_id="verifyClaim", status_code=200, responses=problems(404, 422))
async def verify(
    request: Request[Any, Any, Any], context: Context, claim: ClaimId
) -> Response[Verification | Underway]:
    """Recompute a paid claim from raw transactions: 200 with every tier beside its record, or 202 while it runs.

    429 while too many are being verified. Ask again after `Retry-After` seconds: nothing is read twice.
    """
    record = _record(claim)
    found = await desk_of(request.app, context).verify(record)
    if "progress" in found:
        body = underway(record, found["progress"])
        return Response(body, status_code=202, headers={"retry-after": str(RETRY_SECONDS)})
    return _answer(record, found["verified"])


@get("/{claim:str}/verification", operation_id="getClaimVerification", responses=problems(404))
async def result(request: Request[Any, Any, Any], context: Context, claim: ClaimId) -> Response[Verification]:
    """A final verification that was made before; caches may keep it."""
    record = _record(claim)
    found = desk_of(request.app, context).known(record)
    if found is None:
        raise not_found(f"this claim has no final verification here yet: POST /v1/claims/{record}/verify makes one")
    return _answer(record, found["verified"])


def _record(text: str) -> str:
    try:
        return str(Pubkey.from_string(text))
    except ValueError:
        raise invalid("this is no address of a claim's record: give 32 bytes in base58", "invalid_key") from None


def _answer(record: str, found: dict[str, Any]) -> Response[Any]:
    cache = _IMMUTABLE if found["final"] else "no-store"
    return Response(verification(record, found), headers={"cache-control": cache})


ROUTES: list[ControllerRouterHandler] = [
    Router(
        "/v1/claims",
        route_handlers=[verify, result],
        before_request=spare_the_node,
        exception_handlers=HANDLERS,
        tags=["claims"],
    )
]
