# Integer arithmetic for money, ratios and the factors of the score.
# Operands are widened to 128 bits in between; a result that does not fit its type panics.
# Literals that start an accumulator are cast, because the compiler drops annotations on local literals.
from seahorse.prelude import *

LN_ONE = 1_000_000_000
LN_TWO = 693_147_181
LARGE = 65_535


# a * b / c, rounded down.
def mul_div(a: u64, b: u64, c: u64) -> u64:
    return u64(u128(a) * u128(b) // u128(c))


# a * b / c, rounded up.
def mul_div_up(a: u64, b: u64, c: u64) -> u64:
    return u64((u128(a) * u128(b) + u128(c) - 1) // u128(c))


# a / b, rounded up.
def div_up(a: u128, b: u128) -> u128:
    return (a + b - 1) // b


# a - b, at least 0.
def sub_floor(a: u64, b: u64) -> u64:
    return a - min(a, b)


# |a - b|
def distance(a: u64, b: u64) -> u64:
    return max(a, b) - min(a, b)


# Largest r with r * r <= x, by Newton's method from a power of two above the root.
def isqrt(x: u128) -> u128:
    if x == 0:
        return 0
    r = u128(1)
    y = x
    while y > LARGE:
        y = y >> 16
        r = r << 8
    while y > 0:
        y = y >> 2
        r = r << 1
    t = (r + x // r) >> 1
    while t < r:
        r = t
        t = (r + x // r) >> 1
    return r


# ln(p / q) at scale 1e9: halvings bring the ratio into [1/2, 2], then 2 * atanh by eight terms
# (the error stays below 2e-8). Both prices are above 0 and at most 1e15.
def ln_ratio(p: u64, q: u64) -> i64:
    a = i128(p)
    b = i128(q)
    twos = i64(0)
    while a > 2 * b:
        b = b * 2
        twos += 1
    while 2 * a < b:
        a = a * 2
        twos -= 1
    y = i64((a - b) * LN_ONE // (a + b))
    y2 = y * y // LN_ONE
    term = y
    total = y
    k = i64(3)
    while k < 16:
        term = term * y2 // LN_ONE
        total += term // k
        k += 2
    return 2 * total + twos * LN_TWO
