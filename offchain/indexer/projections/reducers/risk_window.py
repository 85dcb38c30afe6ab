"""The window behind two factors, packed as on the chain (docs/spec.md, 1.1): days of returns, a ring of rates."""

from offchain.chain.generated.risk_engine.accounts import PriceFeed, RiskWindow
from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import toward_zero
from offchain.verify.replay.risk.window import DAYS, RATE_MAX, RATES, ln_ratio

COUNT_BITS, SUM_BITS = 10, 38
HALF_SUM = 1 << (SUM_BITS - 1)
RATES_A_WORD, RATE_BITS = 4, 32
RATE_OFFSET = 1 << (RATE_BITS - 1)


def take_price(window: RiskWindow, feed: PriceFeed, parameters: Parameters) -> None:
    """The feed's sample of the epoch, once."""
    epoch = feed.sample_epoch
    if not feed.has_sample or (window.has_sample and epoch <= window.last_sample_epoch):
        return
    day = epoch // parameters.epochs_per_day
    gap = epoch - window.last_sample_epoch
    if not window.has_sample:
        window.day, window.has_sample = day, True
        window.updates += 1
    elif gap <= parameters.gap_max:
        _add_return(window, ln_ratio(feed.sample_price, window.last_sample_price), gap, day)
        window.updates += 1
    window.last_sample_epoch, window.last_sample_price = epoch, feed.sample_price


def take_funding(window: RiskWindow, cumulative: int, epoch: int, parameters: Parameters) -> None:
    """The funding of each whole 8-hour window since the last one."""
    current = epoch // parameters.funding_epochs
    passed = current - window.last_window
    if window.has_funding and passed <= 0:
        return
    if window.has_funding:
        rate = toward_zero(cumulative - window.last_cum, passed)
        for _ in range(min(passed, RATES)):
            _push_rate(window, max(-RATE_MAX, min(RATE_MAX, rate)))
    window.has_funding, window.last_cum, window.last_window = True, cumulative, current


def _add_return(window: RiskWindow, value: int, epochs: int, day: int) -> None:
    for _ in range(min(day - window.day, DAYS)):
        window.head = (window.head + 1) % DAYS
        _forget_day(window)
    window.day = day
    window.days[window.head] += (value * value << COUNT_BITS + SUM_BITS) + (value << COUNT_BITS) + epochs
    window.total_n += epochs
    window.total_sum += value
    window.total_square += value * value


def _forget_day(window: RiskWindow) -> None:
    word = window.days[window.head]
    above = (word >> COUNT_BITS) + HALF_SUM
    window.total_n -= word % (1 << COUNT_BITS)
    window.total_sum -= above % (1 << SUM_BITS) - HALF_SUM
    window.total_square -= above >> SUM_BITS
    window.days[window.head] = 0


def _push_rate(window: RiskWindow, rate: int) -> None:
    word, shift = window.funding_head // RATES_A_WORD, window.funding_head % RATES_A_WORD * RATE_BITS
    code = window.funding[word] >> shift & (1 << RATE_BITS) - 1
    window.funding[word] += (rate + RATE_OFFSET - code) << shift
    if window.funding_count == RATES:
        window.funding_sum -= code - RATE_OFFSET
        window.funding_square -= (code - RATE_OFFSET) ** 2
    else:
        window.funding_count += 1
    window.funding_sum += rate
    window.funding_square += rate * rate
    window.funding_head = (window.funding_head + 1) % RATES
