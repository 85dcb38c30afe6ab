"""A claim with its cause: which liquidations it settled, and which transactions made it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, bindparam, cast, select

from offchain import words
from offchain.api.bodies.claims import claim, find_claim
from offchain.api.pages import neighbour
from offchain.api.problems import not_found
from offchain.api.reading import View
from offchain.api.schemas.claims import Liquidation, Receipt, Step
from offchain.chain.units import format_price
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.event import OF_CLAIMS, Event
from offchain.database.tables.share_price import SharePrice

TOLD = {
    "ClaimOpened": "the record of the next claim was opened",
    "DeficitReported": "the market reported its deficits, and the handler made them a claim",
    "PayoutRequested": "the pool split the claim over its tiers and reserved the payout",
    "FundsReleased": "the payout reached the market",
    "ClaimEvent": "the handler closed the receipt",
    "ClaimFeeCollected": "the executor took their part of the claim fee",
}
"""Event that names a claim's sequence -> what it means, in the order in which one leads to the other. In the logs of a
transaction a call's event comes before that of its caller."""
_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_TABLE: Any = SharePrice.__table__  # type: ignore[attr-defined]
_PRICES = select(_TABLE)
_AFTER = Prepared(_PRICES.where(equal(_TABLE.c.signature, "signature"), equal(_TABLE.c.number, "number")))
_OF_MARKET = select(_EVENTS).where(OF_CLAIMS, equal(_EVENTS.c.market_id, "market_id"))
_STEPS = Prepared(
    _OF_MARKET.where(_EVENTS.c.name.in_(list(TOLD)), equal(_EVENTS.c.data["sequence"].as_string(), "sequence"))
)
_COUNTER = cast(_EVENTS.c.data["deficit_counter"].as_string(), BigInteger)
_LIQUIDATED = Prepared(
    _OF_MARKET.where(_EVENTS.c.name == "PositionLiquidated", bindparam("low") < _COUNTER, bindparam("high") >= _COUNTER)
)


def receipt(view: View, address: str) -> Receipt:
    """The receipt of one claim; Problem 404."""
    row = find_claim(view, address)
    if row is None:
        raise not_found(f"{address} is no claim: /v1/claims lists them")
    steps = _steps(view, row)
    liquidations = _liquidations(view, row, steps)
    before, after = _share_prices(view, steps)
    return Receipt(
        as_of_slot=view.slot,
        claim=claim(view, row),
        cause=_cause(row, liquidations),
        liquidations=liquidations,
        steps=[_step(event) for event in steps],
        share_price_before=before,
        share_price_after=after,
        verify=f"percosec verify --cluster {view.context.settings.cluster}",
    )


def _steps(view: View, row: Any) -> Sequence[Any]:
    found = _in_order(view.rows(_STEPS, market_id=row.market_id, sequence=str(row.sequence)))
    causes = list(TOLD)
    return sorted(found, key=lambda event: (event.slot, event.position, causes.index(event.name)))


def _liquidations(view: View, row: Any, steps: Sequence[Any]) -> list[Liquidation]:
    """Those whose counter lies in what the claim settled."""
    reported = next((event.data for event in steps if event.name == "DeficitReported"), None)
    if reported is None:
        return []
    low, high = int(reported["settled_before"]), int(reported["settled_after"])
    found = _in_order(view.rows(_LIQUIDATED, market_id=row.market_id, low=low, high=high))
    return [_liquidation(event) for event in found if int(event.data["counted"])]


def _in_order(rows: list[Any]) -> list[Any]:
    """Sorted here: asked to sort, SQLite would read all of the market's events in order instead of these few."""
    return sorted(rows, key=lambda row: (row.slot, row.position, row.number))


def _liquidation(event: Any) -> Liquidation:
    told = event.data
    return Liquidation(
        signature=event.signature,
        slot=event.slot,
        time=event.block_time,
        owner=told["owner"],
        nonce=str(told["nonce"]),
        keeper=event.actor,
        price=str(told["price"]),
        equity=str(told["equity"]),
        margin=str(told["margin"]),
        deficit=str(told["deficit"]),
        insurance_fund=str(told["fund_paid"]),
        counted=str(told["counted"]),
        excess=str(told["excess"]),
        forced=told["forced"],
    )


def _step(event: Any) -> Step:
    return Step(
        event=event.name,
        words=TOLD[event.name],
        signature=event.signature,
        slot=event.slot,
        time=event.block_time,
        actor=event.actor,
    )


def _share_prices(view: View, steps: Sequence[Any]) -> tuple[str | None, str | None]:
    """Of the pool right before and right after its payout was requested."""
    requested = next((event for event in steps if event.name == "PayoutRequested"), None)
    if requested is None:
        return None, None
    after = view.first(_AFTER, signature=requested.signature, number=requested.number)
    if after is None:
        return None, None
    before = neighbour(view, _PRICES, {"market_id": after.market_id}, after)
    return None if before is None else str(before.share_price), str(after.share_price)


def _cause(row: Any, liquidations: list[Liquidation]) -> str:
    if not liquidations:
        return "the liquidations behind it are not known here"
    prices = sorted(int(one.price) for one in liquidations)
    between = format_price(prices[0])
    if prices[-1] != prices[0]:
        between += f" to {format_price(prices[-1])}"
    count = words.number(len(liquidations), "liquidation")
    return (
        f"{count} at {between} USD left {words.usdc(row.deficit_amount)} unpaid, "
        f"above the threshold of {words.usdc(row.threshold)}"
    )
