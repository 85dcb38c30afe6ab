# The thirty-day windows behind the volatility and the funding factor, kept as running totals so that an update never
# loops over the whole window.
from seahorse.prelude import *
from lib.fixed import ln_ratio
from lib.generated.params import EPOCHS_PER_DAY, FUNDING_EPOCHS, GAP_MAX
from lib.risk.accounts import PriceFeed, RiskWindow

DAYS = 30
FUNDING_SLOTS = 90


# Moves the head to the bucket of a day and empties the buckets passed on the way.
def advance_day(window: RiskWindow, day: u64):
    steps = min(day - window.day, DAYS)
    window.day = day
    while steps > 0:
        head = (window.head + 1) % DAYS
        window.head = head
        window.total_n -= u64(window.counts[head])
        window.total_sum -= i128(window.sums[head])
        window.total_square -= window.squares[head]
        window.counts[head] = 0
        window.sums[head] = 0
        window.squares[head] = 0
        steps -= 1


# A return over k epochs counts as k samples of one sum and one square.
def add_return(window: RiskWindow, r: i64, k: u64, day: u64):
    advance_day(window, day)
    head = window.head
    square = u128(i128(r) * i128(r))
    window.counts[head] = window.counts[head] + u32(k)
    window.sums[head] = window.sums[head] + r
    window.squares[head] = window.squares[head] + square
    window.total_n += k
    window.total_sum += i128(r)
    window.total_square += square


# Takes the feed's sample of the epoch, once. After more than GAP_MAX epochs without one the return is dropped.
def take_price(window: RiskWindow, feed: PriceFeed):
    epoch = feed.sample_epoch
    if feed.has_sample and (epoch > window.last_sample_epoch or not window.has_sample):
        day = epoch // EPOCHS_PER_DAY
        if window.has_sample:
            k = epoch - window.last_sample_epoch
            if k <= GAP_MAX:
                r = ln_ratio(feed.sample_price, window.last_sample_price)
                add_return(window, r, k, day)
                window.updates += 1
        else:
            window.day = day
            window.has_sample = True
            window.updates += 1
        window.last_sample_epoch = epoch
        window.last_sample_price = feed.sample_price


def push_funding(window: RiskWindow, rate: i64, square: u128):
    slot = window.funding_head
    if window.funding_count == FUNDING_SLOTS:
        old = i128(window.funding[slot])
        window.funding_sum -= old
        window.funding_square -= u128(old * old)
    else:
        window.funding_count += 1
    window.funding[slot] = rate
    window.funding_sum += i128(rate)
    window.funding_square += square
    window.funding_head = (slot + 1) % FUNDING_SLOTS


# Takes the funding of each whole 8-hour window since the last one; missed windows share the difference evenly.
def take_funding(window: RiskWindow, cum_funding: i64, epoch: u64):
    current = epoch // FUNDING_EPOCHS
    if not window.has_funding:
        window.has_funding = True
        window.last_cum = cum_funding
        window.last_window = current
    elif current > window.last_window:
        k = current - window.last_window
        rate = (cum_funding - window.last_cum) // i64(k)
        square = u128(i128(rate) * i128(rate))
        pushes = min(k, FUNDING_SLOTS)
        while pushes > 0:
            push_funding(window, rate, square)
            pushes -= 1
        window.last_cum = cum_funding
        window.last_window = current
