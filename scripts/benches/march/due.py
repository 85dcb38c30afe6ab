"""What a keeper still has to do in a market, as one of the player's desks shows it."""

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.market_view import OPEN
from offchain.demo.desk import Desk
from offchain.settings.parameters import Parameters
from offchain.stage import due


def outstanding(desk: Desk, epoch: int, parameters: Parameters) -> list[str]:
    """Everything that is due at this moment, one sentence each; reads the chain."""
    desk.refresh()
    standing = due.Standing(
        desk.market, desk.score, desk.premium, desk.pool, desk.registry, read_feed(desk), open_positions(desk)
    )
    return due.outstanding(standing, epoch, parameters)


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
