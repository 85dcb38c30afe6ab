"""What keepers still have to do in a market, read from the chain alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offchain.chain.breach import find_breach, in_danger
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import PriceFeed, RiskScore
from offchain.chain.market_view import MarketView
from offchain.chain.units import format_price
from offchain.demo.words import lost, usdc
from offchain.settings.parameters import Parameters


@dataclass(frozen=True)
class Standing:
    """The accounts of one market that say what is due."""

    market: PerpMarket
    score: RiskScore
    premium: PremiumAccount
    pool: InsurancePool
    registry: ClaimRegistry
    feed: PriceFeed
    positions: Sequence[PerpPosition]
    """The open ones."""


def standing_of(view: MarketView) -> Standing:
    """The same accounts of a view of everything."""
    positions = tuple(view.positions.values())
    return Standing(view.perp, view.score, view.premium, view.pool, view.registry, view.feed, positions)


def outstanding(found: Standing, epoch: int, parameters: Parameters) -> list[str]:
    """Everything that is due at this moment, one sentence each.

    A synchronisation is due when a position could be liquidated; whoever trades on a price brings one along.
    """
    return [
        *_score(found, epoch),
        *_sync(found),
        *_claims(found, parameters),
        *_premiums(found, epoch),
    ]


def _score(found: Standing, epoch: int) -> Iterator[str]:
    score = found.score
    if not score.has_score or score.epoch < epoch:
        last = f"the last one is of epoch {score.epoch}" if score.has_score else "there is none yet"
        yield f"the score of epoch {epoch} ({last})"


def _sync(found: Standing) -> Iterator[str]:
    market, feed = found.market, found.feed
    behind = not market.synced or market.publish_time != feed.publish_time
    if behind and (not market.synced or in_danger(market, found.positions, feed.price)):
        yield f"the synchronisation to {format_price(feed.price)} USD"


def _claims(found: Standing, parameters: Parameters) -> Iterator[str]:
    market, registry = found.market, found.registry
    for position in found.positions:
        if find_breach(market, position, parameters.keeper_min_bps, parameters.keeper_min_max):
            yield f"the liquidation of {position.owner}'s position {position.nonce}"
    if market.deficit_counter > registry.counter:
        yield f"the report of a deficit of {lost(market.deficit_counter - registry.counter)}"
    if found.pool.reserved_sequence:
        yield f"the release of payout {found.pool.reserved_sequence}"


def _premiums(found: Standing, epoch: int) -> Iterator[str]:
    market, premium = found.market, found.premium
    waiting = market.fees_due + premium.escrow_ledger
    if waiting and (not premium.has_routed or premium.route_epoch < epoch):
        yield f"the premium on {usdc(market.fees_due)} of fees, with {usdc(premium.escrow_ledger)} in escrow"
