# The ring of the last ninety 8-hour funding rates behind the funding factor, with running totals. Four rates share a
# word, because loading and storing an account costs by the element: each takes 32 bits, offset to be never negative.
from seahorse.prelude import *
from lib.generated.params import FUNDING_EPOCHS
from lib.risk.accounts import RiskWindow

FUNDING_SLOTS = 90
# Far beyond where the factor ends (0.10 % is 1 000 000), and it fits 32 bits.
RATE_MAX = 2_000_000_000
OFFSET = 2_147_483_648
CODES = 4_294_967_296


# Puts the code of a rate into a slot and gives back the code that was there.
def swap_code(window: RiskWindow, slot: u8, code: u128) -> u128:
    word = slot // 4
    shift = u128(slot % 4) * 32
    old = (window.funding[word] >> shift) % CODES
    window.funding[word] = window.funding[word] - (old << shift) + (code << shift)
    return old


def push_rate(window: RiskWindow, rate: i64):
    slot = window.funding_head
    old_code = swap_code(window, slot, u128(rate + OFFSET))
    if window.funding_count == FUNDING_SLOTS:
        old = i128(old_code) - OFFSET
        window.funding_sum -= old
        window.funding_square -= u128(old * old)
    else:
        window.funding_count += 1
    window.funding_sum += i128(rate)
    window.funding_square += u128(i128(rate) * i128(rate))
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
        rate = max(min(rate, RATE_MAX), 0 - RATE_MAX)
        pushes = min(k, FUNDING_SLOTS)
        while pushes > 0:
            push_rate(window, rate)
            pushes -= 1
        window.last_cum = cum_funding
        window.last_window = current
