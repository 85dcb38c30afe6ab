"""Quotes."""

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from offchain.api.build import quotes
from offchain.api.build.given import Context
from offchain.api.build.schemas.quotes import DepositQuote, WithdrawalQuote
from offchain.api.openapi import problems

Key = Annotated[str, QueryParameter(description="Public key, base58", min_length=32, max_length=44)]
Market = Annotated[str, QueryParameter(description="Name or address of the market", min_length=1, max_length=64)]
AtomsText = Annotated[str, QueryParameter(description="Atoms, a decimal integer", pattern=r"^[0-9]{1,20}$")]
Value = Annotated[
    str | None,
    QueryParameter(description="So much at today's price; atoms, a decimal integer", pattern=r"^[0-9]{1,20}$"),
]
Shares = Annotated[
    str | None, QueryParameter(description="So many shares in 1e-6, a decimal integer", pattern=r"^[0-9]{1,20}$")
]
Entry = Annotated[int, QueryParameter(description="The position, by the epoch of its deposit", ge=0, le=(1 << 53) - 1)]


@get("/deposit", operation_id="quoteDeposit", responses=problems(404, 422))
async def deposit(context: Context, market: Market, amount: AtomsText) -> DepositQuote:
    """What a deposit would buy, and when it could leave."""
    return await quotes.quote_deposit(context, market, amount)


@get("/withdrawal", operation_id="quoteWithdrawal", responses=problems(404, 422))
async def withdrawal(
    context: Context,
    market: Market,
    provider: Key,
    entry_epoch: Entry,
    amount: Value = None,
    shares: Shares = None,
) -> WithdrawalQuote:
    """What leaving costs now against waiting for the end of the lock; of an open request what it would be paid."""
    return await quotes.quote_withdrawal(context, market, provider, entry_epoch, amount, shares)


HANDLERS = [deposit, withdrawal]
