"""A claim with its cause: which liquidations it settled, and which transactions made it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from offchain import words
from offchain.api.bodies.claims import claim, find_claim
from offchain.api.problems import not_found
from offchain.api.reading import View
from offchain.api.schemas.claims import Liquidation, Receipt, Step
from offchain.chain.units import format_price
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
"""Event that names a claim's sequence -> what it means."""
_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_PRICES: Any = SharePrice.__table__  # type: ignore[attr-defined]


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
    query = select(_EVENTS).where(
        OF_CLAIMS,
        _EVENTS.c.market_id == row.market_id,
        _EVENTS.c.name.in_(list(TOLD)),
        _EVENTS.c.data["sequence"].as_string() == str(row.sequence),
    )
    return _in_order(view, query)


def _liquidations(view: View, row: Any, steps: Sequence[Any]) -> list[Liquidation]:
    """Those whose counter lies in what the claim settled."""
    reported = next((event.data for event in steps if event.name == "DeficitReported"), None)
    if reported is None:
        return []
    low, high = int(reported["settled_before"]), int(reported["settled_after"])
    query = select(_EVENTS).where(
        OF_CLAIMS, _EVENTS.c.market_id == row.market_id, _EVENTS.c.name == "PositionLiquidated"
    )
    found = _in_order(view, query)
    return [
        _liquidation(event)
        for event in found
        if int(event.data["counted"]) and low < int(event.data["deficit_counter"]) <= high
    ]


def _in_order(view: View, query: Select[Any]) -> list[Any]:
    """Sorted here: asked to sort, SQLite would read all of the market's events in order instead of these few."""
    rows = view.session.execute(query).all()
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
    key = (_PRICES.c.signature == requested.signature) & (_PRICES.c.number == requested.number)
    after = view.session.execute(select(_PRICES).where(key)).first()
    if after is None:
        return None, None
    earlier = (
        (_PRICES.c.slot < after.slot)
        | ((_PRICES.c.slot == after.slot) & (_PRICES.c.position < after.position))
        | ((_PRICES.c.slot == after.slot) & (_PRICES.c.position == after.position) & (_PRICES.c.number < after.number))
    )
    order = (_PRICES.c.slot.desc(), _PRICES.c.position.desc(), _PRICES.c.number.desc())
    query = select(_PRICES.c.share_price).where(_PRICES.c.market_id == after.market_id, earlier)
    before = view.session.execute(query.order_by(*order).limit(1)).scalar()
    return None if before is None else str(before), str(after.share_price)


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
