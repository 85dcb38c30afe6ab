"""What creators and executors do with theirs."""

from litestar import post
from litestar.params import JSONBody

from offchain.api.build import stakes
from offchain.api.build.given import Context
from offchain.api.build.schemas.built import BuiltTransaction
from offchain.api.build.schemas.requests import ClaimFeeRequest, StakeAmountRequest, StakeRequest
from offchain.api.openapi import problems

RESPONSES = problems(404, 422)


@post("/fund-stake", operation_id="buildStakeFunding", status_code=200, responses=RESPONSES)
async def fund_stake(context: Context, data: JSONBody[StakeAmountRequest]) -> BuiltTransaction:
    """Add to a market's first-loss stake, which pays claims before providers do."""
    return await stakes.build_funding(context, data)


@post("/request-stake", operation_id="buildStakeRequest", status_code=200, responses=RESPONSES)
async def request_stake(context: Context, data: JSONBody[StakeAmountRequest]) -> BuiltTransaction:
    """Ask for a part of the stake; it can be paid after the notice, while no position is open."""
    return await stakes.build_request(context, data)


@post("/execute-stake", operation_id="buildStakePayment", status_code=200, responses=RESPONSES)
async def execute_stake(context: Context, data: JSONBody[StakeRequest]) -> BuiltTransaction:
    """Have the requested part of the stake paid."""
    return await stakes.build_payment(context, data)


@post("/cancel-stake", operation_id="buildStakeCancellation", status_code=200, responses=RESPONSES)
async def cancel_stake(context: Context, data: JSONBody[StakeRequest]) -> BuiltTransaction:
    """Take the request for the stake back."""
    return await stakes.build_cancellation(context, data)


@post("/collect-claim-fee", operation_id="buildClaimFeeCollection", status_code=200, responses=RESPONSES)
async def collect_claim_fee(context: Context, data: JSONBody[ClaimFeeRequest]) -> BuiltTransaction:
    """Collect the executor's part of a claim fee."""
    return await stakes.build_fee_collection(context, data)


HANDLERS = [fund_stake, request_stake, execute_stake, cancel_stake, collect_claim_fee]
