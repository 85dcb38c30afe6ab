"""Cranks by hand."""

from typing import Annotated

from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from offchain.api.build import cranks
from offchain.api.build.given import Context
from offchain.api.build.schemas.built import BuiltTransaction
from offchain.api.build.schemas.cranks import DueJobs
from offchain.api.build.schemas.requests import CrankRequest
from offchain.api.openapi import problems

Payer = Annotated[
    str | None, QueryParameter(description="Public key, base58: simulate each job for it", min_length=32, max_length=44)
]


@get("/{market:str}/cranks", operation_id="listDueCranks", responses=problems(404, 422))
async def due(context: Context, market: FromPath[str], payer: Payer = None) -> DueJobs:
    """What anybody may do in a market now, with what it pays; read from the chain, not from the index."""
    return await cranks.list_due(context, market, payer)


@post("/crank", operation_id="buildCrank", status_code=200, responses=problems(404, 409, 422))
async def crank(context: Context, data: JSONBody[CrankRequest]) -> BuiltTransaction:
    """Do one thing that is due; ask again afterwards, as one makes the next one due."""
    return await cranks.build_crank(context, data)
