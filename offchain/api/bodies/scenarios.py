"""What a pool would lose, as documents."""

from collections.abc import Sequence

from offchain.api.figures.losses import Loss, loss_at
from offchain.api.figures.recorded import Move, worst_falls
from offchain.api.reading import View
from offchain.api.rows import load, load_market
from offchain.api.schemas.pools import Scenario, Scenarios
from offchain.chain.distance import moved
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.market_view import OPEN
from offchain.chain.pool_figures import up
from offchain.chain.units import BPS, format_bps

MOVES = (-1_000, -2_000, -3_000, -4_000, -5_000, 1_000, 2_500, 5_000)
"""Basis points."""
ASSUMPTION = (
    "The price jumps at once: no position is liquidated, closed or given margin on the way. Each open position is then "
    "liquidated at the new price, in the order of their addresses; the market's own fund pays first, the pool at most "
    "each position's initial margin, and nothing up to the threshold. What is left of margins after liquidations, and "
    "the fund's part of it, is not counted in."
)


def scenarios(view: View, market_id: str, moves: Sequence[int]) -> Scenarios:
    """The recorded crash and so many moves in basis points, on the positions of this moment."""
    rows = load_market(view, market_id)
    positions = load(view, PerpPosition, market=market_id, state=OPEN)
    named = [*worst_falls(), *(Move(f"move_{bps}", _title(bps), bps, 0) for bps in moves)]
    found = []
    for move in named:
        price = moved(rows.perp.price, move.bps)
        found.append(_scenario(move, loss_at(rows, positions, price, view.epoch, view.context.parameters)))
    return Scenarios(
        as_of_slot=view.slot,
        market_id=market_id,
        price=str(rows.perp.price),
        positions=len(positions),
        items=found,
        assumption=ASSUMPTION,
    )


def _title(bps: int) -> str:
    return f"the price {'falls' if bps < 0 else 'rises'} by {format_bps(abs(bps))} at once"


def _scenario(move: Move, loss: Loss) -> Scenario:
    before, after = loss.before.share_price, loss.after.share_price
    wiped = loss.before.total_shares > 0 and loss.after.total_shares == 0
    return Scenario(
        name=move.name,
        title=move.title,
        move_bps=move.bps,
        price=str(loss.price),
        liquidated=loss.liquidated,
        deficit=str(loss.deficit),
        insurance_fund=str(loss.fund),
        beyond_margin=str(loss.beyond),
        claimable=str(loss.claimable),
        claim=loss.claim,
        payout=str(loss.payout),
        first_loss=str(loss.first_loss),
        premium=str(loss.premium),
        capital=str(loss.capital),
        uncovered=str(loss.uncovered),
        fee=str(loss.fee),
        share_price_before=str(before),
        share_price_after="0" if wiped else str(after),
        loss_bps=BPS if wiped else up(max(0, before - after) * BPS, max(1, before)),
        wiped=wiped,
    )
