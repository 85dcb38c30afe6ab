"""Funding between the sides, at the ends of epochs."""

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import toward_zero
from offchain.verify.replay.market.state import Market


def start(market: Market, now: int, genesis: int, epoch_seconds: int) -> None:
    """The first sync gives the market its calendar."""
    market.synced = True
    market.genesis, market.epoch_seconds = genesis, epoch_seconds
    market.time, market.epoch = now, market.epoch_at(now)


def accrue(market: Market, now: int, parameters: Parameters) -> None:
    """Charge the funding of every epoch that has ended."""
    if not market.synced or now <= market.time:
        return
    epoch = market.epoch_at(now)
    both = market.oi_long + market.oi_short
    if epoch > market.epoch and both:
        rate = toward_zero(parameters.funding_max_8h * (market.oi_long - market.oi_short), both)
        market.cum_funding += toward_zero((epoch - market.epoch) * rate, parameters.funding_epochs)
    market.time, market.epoch = now, epoch
