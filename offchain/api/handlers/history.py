"""Transactions and events."""

from typing import Annotated

from litestar import Response
from litestar.params import PathParameter, QueryParameter

from offchain.api.answers import answer
from offchain.api.bodies import history
from offchain.api.bodies.history import EventFilter
from offchain.api.handlers.given import Asked, Context, Cursor, Limit, OfMarket, Order, address_of, market_of
from offchain.api.handlers.read import read
from offchain.api.reading import reading
from offchain.api.schemas.history import Events, TransactionDetail, Transactions
from offchain.api.schemas.kinds import Commitment


@read("/v1/transactions", "listTransactions", "Transactions", "history")
def list_transactions(
    request: Asked,
    context: Context,
    failed: Annotated[bool | None, QueryParameter(description="Only those that were refused, or were not")] = None,
    code: Annotated[
        str | None, QueryParameter(max_length=64, description="Only those refused with this code, such as E_LOCKED")
    ] = None,
    commitment: Annotated[Commitment | None, QueryParameter(description="Only those of this commitment")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Transactions]:
    """Every transaction that touched our programs, failed ones too, newest first."""
    with reading(context) as view:
        return answer(request, history.transactions(view, failed, code, commitment, limit, cursor))


@read("/v1/transactions/{signature:str}", "getTransaction", "One transaction", "history", 404)
def get_transaction(
    request: Asked,
    context: Context,
    signature: Annotated[str, PathParameter(max_length=100, description="Base58")],
) -> Response[TransactionDetail]:
    """Calls, events and logs of one transaction."""
    with reading(context) as view:
        return answer(request, history.transaction(view, signature))


@read("/v1/events", "listEvents", "Events", "history", 404)
def list_events(
    request: Asked,
    context: Context,
    market: OfMarket = None,
    name: Annotated[
        str | None, QueryParameter(max_length=64, description="Only of this name, such as Deposited")
    ] = None,
    actor: Annotated[str | None, QueryParameter(max_length=64, description="Only of this actor, base58")] = None,
    signature: Annotated[str | None, QueryParameter(max_length=100, description="Only of this transaction")] = None,
    order: Order = "desc",
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Events]:
    """Events of our programs with every field, newest first unless asked otherwise."""
    with reading(context) as view:
        of, who = market_of(context, market), address_of(actor, "actor")
        which = EventFilter(of, name, who, signature, order == "asc")
        return answer(request, history.events(view, which, limit, cursor))


ROUTES = [list_transactions, get_transaction, list_events]
