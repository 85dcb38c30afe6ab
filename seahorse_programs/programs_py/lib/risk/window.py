# The thirty-day window of returns behind the volatility factor: daily buckets with running totals, so that an update
# never loops over the window. A bucket is one word, because loading and storing an account costs by the element: the
# samples in its lowest 10 bits, the sum of the returns in the 38 above, the sum of their squares on top. The word is
# count + sum * 2^10 + squares * 2^48 with the sum's sign: never negative, since squares of integers outweigh their sum.
# It fits: a day holds at most 95 + GAP_MAX samples, its returns add up to less than ln(1e15) = 35e9 in amount, and 96
# squares stay below 2^77.
from seahorse.prelude import *
from lib.fixed import ln_ratio
from lib.generated.params import EPOCHS_PER_DAY, GAP_MAX
from lib.risk.accounts import PriceFeed, RiskWindow

DAYS = 30
COUNTS = 1_024
SUMS = 274_877_906_944
HALF_SUM = 137_438_953_472


# Moves the head to the bucket of a day and empties the buckets passed on the way.
def advance_day(window: RiskWindow, day: u64):
    steps = min(day - window.day, DAYS)
    window.day = day
    while steps > 0:
        head = (window.head + 1) % DAYS
        window.head = head
        word = window.days[head]
        above = (word >> 10) + HALF_SUM
        window.total_n -= u64(word % COUNTS)
        window.total_sum -= i128(above % SUMS) - HALF_SUM
        window.total_square -= above >> 38
        window.days[head] = 0
        steps -= 1


# A return over k epochs counts as k samples of one sum and one square.
def add_return(window: RiskWindow, r: i64, k: u64, day: u64):
    advance_day(window, day)
    head = window.head
    square = u128(i128(r) * i128(r))
    word = window.days[head] + (square << 48) + u128(k)
    window.days[head] = u128(i128(word) + i128(r) * COUNTS)
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
