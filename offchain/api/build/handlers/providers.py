"""What providers do with their capital."""

from litestar import post
from litestar.params import JSONBody

from offchain.api.build import deposits, withdrawals
from offchain.api.build.given import Context
from offchain.api.build.schemas.built import BuiltTransaction
from offchain.api.build.schemas.requests import (
    CancellationRequest,
    DepositRequest,
    ExecutionRequest,
    WithdrawalRequest,
)
from offchain.api.openapi import problems

RESPONSES = problems(404, 422)


@post("/deposit", operation_id="buildDeposit", status_code=200, responses=RESPONSES)
async def deposit(context: Context, data: JSONBody[DepositRequest]) -> BuiltTransaction:
    """Deposit USDC into a market's insurance pool; a second deposit of an epoch joins the first one."""
    return await deposits.build_deposit(context, data)


@post("/request-withdrawal", operation_id="buildWithdrawalRequest", status_code=200, responses=RESPONSES)
async def request_withdrawal(context: Context, data: JSONBody[WithdrawalRequest]) -> BuiltTransaction:
    """Request a withdrawal: it fixes value and early fee, and starts the notice."""
    return await withdrawals.build_request(context, data)


@post("/cancel-withdrawal", operation_id="buildWithdrawalCancellation", status_code=200, responses=RESPONSES)
async def cancel_withdrawal(context: Context, data: JSONBody[CancellationRequest]) -> BuiltTransaction:
    """Take a withdrawal request back, down to the lower of its value then and now."""
    return await withdrawals.build_cancellation(context, data)


@post("/execute-withdrawal", operation_id="buildWithdrawalExecution", status_code=200, responses=RESPONSES)
async def execute_withdrawal(context: Context, data: JSONBody[ExecutionRequest]) -> BuiltTransaction:
    """Have a request paid after its notice, in part where open interest needs the pool."""
    return await withdrawals.build_execution(context, data)


HANDLERS = [deposit, request_withdrawal, cancel_withdrawal, execute_withdrawal]
