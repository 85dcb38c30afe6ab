"""Keepers, premiums and epochs."""

from typing import Annotated

from litestar import Response
from litestar.params import QueryParameter

from offchain.api.answers import answer
from offchain.api.bodies import epochs, keepers, premiums
from offchain.api.handlers.given import (
    AddressPath,
    Asked,
    Context,
    Cursor,
    Limit,
    MarketPath,
    OfMarket,
    address_of,
    market_of,
)
from offchain.api.handlers.read import read
from offchain.api.keys import sorted_page
from offchain.api.names import read_address, read_market
from offchain.api.reading import reading
from offchain.api.schemas.epochs import EpochClock, Epochs
from offchain.api.schemas.keepers import Earnings, KeeperDetail, Keepers
from offchain.api.schemas.kinds import FlowKind
from offchain.api.schemas.premiums import Flows, PremiumDetail, Premiums


@read("/v1/epochs", "listEpochs", "Epochs", "keepers")
def list_epochs(
    request: Asked,
    context: Context,
    limit: Annotated[int, QueryParameter(ge=1, le=200, description="Most epochs on the page")] = 50,
    cursor: Cursor = None,
) -> Response[Epochs]:
    """Epochs with the score and premiums of every market, the newest first."""
    with reading(context) as view:
        return answer(request, epochs.page(view, limit, cursor))


@read("/v1/epochs/current", "getCurrentEpoch", "The epoch of now", "keepers")
def get_epoch(
    request: Asked,
    context: Context,
) -> Response[EpochClock]:
    """Number, start and end of the present epoch."""
    with reading(context) as view:
        return answer(request, epochs.clock(view))


@read("/v1/premiums", "listPremiums", "Premiums", "pools")
def list_premiums(
    request: Asked,
    context: Context,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Premiums]:
    """Rate, balance and arrears of every market."""
    with reading(context) as view:
        found = premiums.every_premium(view)
        items, following = sorted_page(found, lambda one: ("", one.market_id), False, limit, cursor, "premiums")
        return answer(request, Premiums(as_of_slot=view.slot, items=items, next=following))


@read("/v1/premiums/{market:str}", "getPremium", "Premium of a market", "pools", 404)
def get_premium(
    request: Asked,
    context: Context,
    market: MarketPath,
) -> Response[PremiumDetail]:
    """Rate, balance and arrears of one market."""
    with reading(context) as view:
        return answer(request, premiums.detail(view, read_market(context, market)))


@read("/v1/premiums/{market:str}/flows", "listPremiumFlows", "Steps of premiums", "pools", 404)
def list_premium_flows(
    request: Asked,
    context: Context,
    market: MarketPath,
    kind: Annotated[
        FlowKind | None,
        QueryParameter(description="Only steps of this kind"),
    ] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Flows]:
    """Every step from trading fees to providers, newest first."""
    with reading(context) as view:
        return answer(request, premiums.flows(view, read_market(context, market), kind, limit, cursor))


@read("/v1/keepers", "listKeepers", "Keepers", "keepers")
def list_keepers(
    request: Asked,
    context: Context,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Keepers]:
    """Who turned which crank and what it earned, who cranked last first."""
    with reading(context) as view:
        found = keepers.every_keeper(view)
        items, following = sorted_page(found, lambda one: (one.last_slot, one.keeper), True, limit, cursor, "keepers")
        return answer(request, Keepers(as_of_slot=view.slot, items=items, next=following))


@read("/v1/keepers/{keeper:str}", "getKeeper", "One keeper", "keepers", 404)
def get_keeper(
    request: Asked,
    context: Context,
    keeper: AddressPath,
) -> Response[KeeperDetail]:
    """Who turned which crank and what it earned."""
    with reading(context) as view:
        return answer(request, keepers.detail(view, read_address(keeper, "keeper")))


@read("/v1/earnings", "listEarnings", "Keepers' earnings", "keepers", 404)
def list_earnings(
    request: Asked,
    context: Context,
    keeper: Annotated[str | None, QueryParameter(max_length=64, description="Only of this keeper, base58")] = None,
    market: OfMarket = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response[Earnings]:
    """Every bounty, claim fee and liquidation, newest first."""
    with reading(context) as view:
        who, of = address_of(keeper, "keeper"), market_of(context, market)
        return answer(request, keepers.earnings(view, who, of, limit, cursor))


ROUTES = [
    list_epochs,
    get_epoch,
    list_premiums,
    get_premium,
    list_premium_flows,
    list_keepers,
    get_keeper,
    list_earnings,
]
