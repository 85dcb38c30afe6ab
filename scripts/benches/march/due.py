"""What a keeper still has to do in a market, read from the chain alone."""

from collections.abc import Iterator

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.breach import find_breach, in_danger
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.units import format_price
from offchain.demo.desk import Desk
from offchain.demo.words import usdc
from offchain.settings.parameters import Parameters

OPEN = 1
"""State of a position that is open."""


def outstanding(desk: Desk, epoch: int, parameters: Parameters) -> list[str]:
    """Everything that is due at this moment, one sentence each; reads the chain.

    A synchronisation is due when a position could be liquidated; whoever trades on a price brings one along.
    """
    desk.refresh()
    feed = read_feed(desk)
    positions = open_positions(desk)
    return [
        *_score(desk, epoch),
        *_sync(desk, feed, positions),
        *_claims(desk, positions, parameters),
        *_premiums(desk, epoch),
    ]


def read_feed(desk: Desk) -> PriceFeed:
    """The market's price feed."""
    return desk.read(PriceFeed, desk.feed, LOCALNET.risk_engine)


def open_positions(desk: Desk) -> list[PerpPosition]:
    """The positions that the desk knows of and that are still open on the chain."""
    keys = list(desk.open)
    accounts = desk.session.chain.accounts(keys) if keys else []
    found = [
        decode_account(PerpPosition, account, LOCALNET.demo_market, key)
        for key, account in zip(keys, accounts, strict=True)
    ]
    return [position for position in found if position.state == OPEN]


def _score(desk: Desk, epoch: int) -> Iterator[str]:
    if not desk.score.has_score or desk.score.epoch < epoch:
        last = f"the last one is of epoch {desk.score.epoch}" if desk.score.has_score else "there is none yet"
        yield f"the score of epoch {epoch} ({last})"


def _sync(desk: Desk, feed: PriceFeed, positions: list[PerpPosition]) -> Iterator[str]:
    behind = not desk.market.synced or desk.market.publish_time != feed.publish_time
    if behind and (not desk.market.synced or in_danger(desk.market, positions, feed.price)):
        yield f"the synchronisation to {format_price(feed.price)} USD"


def _claims(desk: Desk, positions: list[PerpPosition], parameters: Parameters) -> Iterator[str]:
    market, registry = desk.market, desk.registry
    for position in positions:
        if find_breach(market, position, parameters.keeper_min_bps, parameters.keeper_min_max):
            yield f"the liquidation of {position.owner}'s position {position.nonce}"
    if market.deficit_counter > registry.counter:
        yield f"the report of a deficit of {usdc(market.deficit_counter - registry.counter)}"
    if desk.pool.reserved_sequence:
        yield f"the release of payout {desk.pool.reserved_sequence}"


def _premiums(desk: Desk, epoch: int) -> Iterator[str]:
    waiting = desk.market.fees_due + desk.premium.escrow_ledger
    if waiting and (not desk.premium.has_routed or desk.premium.route_epoch < epoch):
        yield f"the premium on {usdc(desk.market.fees_due)} of fees, with {usdc(desk.premium.escrow_ledger)} in escrow"
