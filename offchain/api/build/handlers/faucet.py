"""Money for a demo wallet."""

from litestar import post
from litestar.params import JSONBody

from offchain.api.build import faucet
from offchain.api.build.given import Context
from offchain.api.build.schemas.gifts import Gift, GiftRequest
from offchain.api.openapi import problems


@post("/faucet", operation_id="giveTestMoney", status_code=200, responses=problems(403, 422))
async def give(context: Context, data: JSONBody[GiftRequest]) -> Gift:
    """SOL and test USDC, both worthless: on a local chain only, 403 everywhere else."""
    return await faucet.give(context, data)
