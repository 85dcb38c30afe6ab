"""What time does: means over whole epochs, and funding between the sides at their ends."""

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import toward_zero
from offchain.verify.replay.market.state import Market
from offchain.verify.replay.market.value import worth


def start(market: Market, now: int, genesis: int, epoch_seconds: int) -> None:
    """The first sync gives the market its calendar."""
    market.synced = True
    market.genesis, market.epoch_seconds = genesis, epoch_seconds
    market.time, market.epoch = now, market.epoch_at(now)
    market.means = (max(0, market.epoch - 1), 0, 0, 0)


def accrue(market: Market, now: int, parameters: Parameters) -> None:
    """Bring integrals, means and funding up to a time, with the open interest unchanged since the last one."""
    if not market.synced or now <= market.time:
        return
    epoch = market.epoch_at(now)
    if epoch > market.epoch:
        _end_epochs(market, epoch)
        _charge_funding(market, epoch - market.epoch, parameters)
        market.epoch = epoch
    _add_time(market, now - market.time)
    market.time = now


def _add_time(market: Market, seconds: int) -> None:
    rates = (
        worth(market.oi_long, market.price),
        worth(market.oi_short, market.price),
        market.entry_notional,
        market.entry_weight,
    )
    long, short, notional, weight = (held + rate * seconds for held, rate in zip(market.integrals, rates, strict=True))
    market.integrals = (long, short, notional, weight)


def _end_epochs(market: Market, epoch: int) -> None:
    length = market.epoch_seconds
    _add_time(market, market.genesis + (market.epoch + 1) * length - market.time)
    if epoch > market.epoch + 1:
        market.integrals = (0, 0, 0, 0)
        _add_time(market, length)
    long, short, notional, weight = market.integrals
    market.means = (epoch - 1, long // length, short // length, weight // notional if notional else 0)
    market.integrals = (0, 0, 0, 0)
    market.time = market.genesis + epoch * length


def _charge_funding(market: Market, epochs: int, parameters: Parameters) -> None:
    both = market.oi_long + market.oi_short
    if both:
        rate = toward_zero(parameters.funding_max_8h * (market.oi_long - market.oi_short), both)
        market.cum_funding += toward_zero(epochs * rate, parameters.funding_epochs)
