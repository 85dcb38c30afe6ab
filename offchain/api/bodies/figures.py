"""The processor's figures as the API shows them."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Text, cast, select
from sqlmodel import col

from offchain import words
from offchain.api.reading import View
from offchain.api.schemas.figures import (
    KeeperProfitFigures,
    LossFigures,
    MarketFiguresBody,
    PremiumFigures,
    UtilisationFigures,
    Yield,
)
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.figure import Figure
from offchain.processor.figures.keepers import KeeperProfit
from offchain.processor.figures.losses import Losses
from offchain.processor.figures.premiums import PremiumAdequacy
from offchain.processor.figures.utilisation import Utilisation
from offchain.processor.figures.yields import Yield as Counted
from offchain.processor.store import KINDS, MarketFigures

APY_DAYS = 7
"""The period that lists show."""


_WHOLE = Prepared(
    # As text, so that it is decoded once, into what is wanted of it.
    select(col(Figure.subject), cast(col(Figure.data), Text).label("data"), col(Figure.as_of_slot)).where(
        col(Figure.kind) == KINDS[MarketFigures.__name__], equal(col(Figure.subject), "markets", True)
    )
)


class _Listed(msgspec.Struct):
    yields: list[Counted]


def market_figures(view: View, market_id: str) -> MarketFiguresBody | None:
    """All of one market; None until they were counted for the first time."""
    row = view.first(_WHOLE, markets=[market_id])
    if row is None:
        return None
    found = msgspec.json.decode(row.data, type=MarketFigures)
    return MarketFiguresBody(
        as_of_slot=row.as_of_slot,
        yields=[_yield(one) for one in found.yields],
        losses=[_losses(one) for one in found.losses],
        premiums=[_premiums(one) for one in found.premiums],
        utilisation=[_utilisation(one) for one in found.utilisation],
    )


def listed_yields(view: View, markets: Sequence[str]) -> dict[str, Yield]:
    """market_id -> its yield over APY_DAYS; of the documents nothing else is read."""
    return {
        market_id: _yield(one)
        for market_id, data, _ in view.rows(_WHOLE, markets=list(markets))
        for one in msgspec.json.decode(data, type=_Listed).yields
        if one.days == APY_DAYS
    }


def keeper_profit(one: KeeperProfit) -> KeeperProfitFigures:
    """One period of one wallet."""
    return KeeperProfitFigures(
        days=one.days,
        from_time=one.from_time,
        to_time=one.to_time,
        transactions=one.spent.transactions,
        failed=one.spent.failed,
        lamports=str(one.spent.lamports),
        earned=str(one.earned_total),
        cost=str(one.cost),
        profit=str(one.profit),
        sol_price=str(one.sol_price),
    )


def _yield(one: Counted) -> Yield:
    reason = None
    if one.apy_e6 is None:
        since = (
            "nobody has held shares yet"
            if one.history_from is None
            else f"shares are held since {words.date(one.history_from)}"
        )
        reason = f"{since}: the yield is known after {one.days} days of it"
    return Yield(
        days=one.days,
        from_time=one.from_time,
        to_time=one.to_time,
        history_from=one.history_from,
        return_e6=one.return_e6,
        apr_e6=one.apr_e6,
        apy_e6=one.apy_e6,
        reason=reason,
    )


def _losses(one: Losses) -> LossFigures:
    return LossFigures(
        days=one.days,
        from_time=one.from_time,
        to_time=one.to_time,
        claims=one.claims,
        deficits=str(one.deficits),
        losses=str(one.losses),
        first_loss=str(one.first_loss),
        premium_lost=str(one.premium_lost),
        capital_lost=str(one.capital_lost),
        uncovered=str(one.uncovered),
        premium=str(one.premium),
        loss_ratio_bps=one.loss_ratio_bps,
    )


def _premiums(one: PremiumAdequacy) -> PremiumFigures:
    return PremiumFigures(
        days=one.days,
        from_time=one.from_time,
        to_time=one.to_time,
        gross=str(one.gross),
        premium=str(one.premium),
        due=str(one.due),
        adequacy_bps=one.adequacy_bps,
    )


def _utilisation(one: Utilisation) -> UtilisationFigures:
    return UtilisationFigures(
        days=one.days,
        from_time=one.from_time,
        to_time=one.to_time,
        now_bps=one.now_bps,
        mean_bps=one.mean_bps,
        max_bps=one.max_bps,
        above_cap_bps=one.above_cap_bps,
    )
