"""Open perp positions: how healthy they are, and what they would cost a pool."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import PositionState, Side
from offchain.api.schemas.units import Address, Atoms, Body, Leverage, Page, Price, Size


class AtMove(Struct, kw_only=True):
    """A position after a sudden move of the price."""

    move_bps: Annotated[int, Meta(description="Basis points; negative: a fall")]
    price: Price
    equity: Annotated[str, Meta(description="Margin with profit or loss and funding there, USDC atoms")]
    liquidated: Annotated[bool, Meta(description="Below its maintenance margin there")]
    deficit: Annotated[str, Meta(description="Missing after its margin, keeper's minimum included, USDC atoms")]
    claimable: Annotated[
        str,
        Meta(description="Of it, what the pool may be asked: after the market's fund, at most its margin; atoms"),
    ]


class PerpPosition(Struct, kw_only=True):
    """One open position at the market's last price."""

    position: Address
    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    owner: Address
    nonce: Annotated[str, Meta(description="Number that the owner chose, decimal integer")]
    side: Annotated[Side, Meta(description="Which way")]
    state: Annotated[PositionState, Meta(description="How it stands")]
    size: Size
    entry_price: Price
    notional: Annotated[str, Meta(description="At the entry, USDC atoms")]
    margin: Atoms
    leverage: Leverage
    price: Annotated[str, Meta(description="The market's last price, 1e-6 USD")]
    liquidated_at: Annotated[
        str, Meta(description="Price a liquidation would use now: the better of newest and lagging one, 1e-6 USD")
    ]
    worth: Annotated[str, Meta(description="At the last price, USDC atoms")]
    equity: Annotated[str, Meta(description="Margin with profit or loss and funding, USDC atoms")]
    profit: Annotated[str, Meta(description="equity - margin, USDC atoms")]
    maintenance: Annotated[str, Meta(description="Below this equity it can be liquidated, USDC atoms")]
    health_bps: Annotated[
        int | None, Meta(description="equity / maintenance, basis points; below 10 000 it can be liquidated")
    ]
    liquidatable: Annotated[bool, Meta(description="Whether a liquidation would succeed now")]
    liquidation_price: Annotated[
        str | None, Meta(description="First price at which it can be liquidated, 1e-6 USD; null: at none")
    ]
    distance_bps: Annotated[
        int | None, Meta(description="Move of the price to there, basis points; negative: a fall; null: none")
    ]
    moves: Annotated[list[AtMove], Meta(description="After each move asked for")]


class PerpPositions(Page, kw_only=True):
    """Open perp positions."""

    items: Annotated[list[PerpPosition], Meta(description="In the order asked for")]
    price: Annotated[str | None, Meta(description="The market's last price, 1e-6 USD; null without a market")]


class PerpDetail(Body, kw_only=True):
    """One perp position."""

    position: Annotated[PerpPosition, Meta(description="The position as in the list")]
