"""Trying, sending and following a transaction."""

from typing import Annotated

from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from offchain.api.build import relay
from offchain.api.build.given import Context
from offchain.api.build.schemas.built import SimulatedTransaction
from offchain.api.build.schemas.requests import SendRequest, SimulationRequest
from offchain.api.build.schemas.sent import Confirmation, SentTransaction
from offchain.api.openapi import problems

Height = Annotated[
    int | None, QueryParameter(description="`last_valid_block_height` of the built transaction", ge=0, le=(1 << 53) - 1)
]


@post("/simulate", operation_id="simulateTransaction", status_code=200, responses=problems(422))
async def simulate(context: Context, data: JSONBody[SimulationRequest]) -> SimulatedTransaction:
    """Try a transaction of ours as it is, for example right before signing; its failure is part of the answer."""
    return await relay.simulate(context, data.transaction)


@post("/send", operation_id="sendTransaction", status_code=202, responses=problems(422))
async def send(context: Context, data: JSONBody[SendRequest]) -> SentTransaction:
    """Forward a signed transaction to the node; it takes calls of this deployment's programs only."""
    return await relay.send(context, data.transaction)


@get("/{signature:str}/confirmation", operation_id="getConfirmation", responses=problems())
async def confirmation(
    context: Context, signature: FromPath[str], last_valid_block_height: Height = None
) -> Confirmation:
    """How far a sent transaction has come, asked of the node."""
    return await relay.confirm(context, signature, last_valid_block_height)


HANDLERS = [simulate, send, confirmation]
