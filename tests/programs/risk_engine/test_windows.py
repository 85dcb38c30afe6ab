"""The window of returns and the ring of funding rates, sample by sample."""

import pytest

from offchain.chain.generated.risk_engine.accounts import RiskWindow
from tests.model.logarithm import ln_ratio
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

USD = 1_000_000
START = 8_000


def packed(samples: int, returns: int, squares: int) -> int:
    """A day of the window as one word (docs/spec.md, section 1.1)."""
    return samples + returns * 2**10 + squares * 2**48


@pytest.mark.parametrize(
    "price",
    ["8000.000001", "15999.999999", "16000", "16000.000001", "56000", "1000000000", "4000", "3999.999999", "0.000001"],
)
def test_a_return_is_the_logarithm_of_any_ratio(world: World, lab: Lab, price: str) -> None:
    world.advance(epochs=1)
    world.push_price(price)
    lab.set_statistics()
    lab.send("update_score")
    expected = ln_ratio(round(float(price) * USD), START * USD)
    window = lab.market.window()
    assert (window.total_n, window.total_sum, window.total_square) == (1, expected, expected**2)
    assert window.days[window.head] == packed(1, expected, expected**2)


@pytest.mark.parametrize(("gap", "samples"), [(1, 1), (95, 95), (96, 96), (97, 0), (5000, 0)])
def test_a_return_counts_for_each_epoch_it_spans_up_to_a_day(world: World, lab: Lab, gap: int, samples: int) -> None:
    before = lab.market.window()
    world.advance(epochs=gap)
    world.push_price("8100")
    lab.set_statistics()
    lab.send("update_score")
    window = lab.market.window()
    assert window.total_n == samples
    assert window.updates == before.updates + (1 if samples else 0)
    assert (window.last_sample_price, window.last_sample_epoch) == (8_100 * USD, world.epoch)


def test_thirty_days_later_a_return_is_forgotten(world: World, lab: Lab) -> None:
    """A jump on day 0 and quiet days: after the thirtieth day only the quiet ones count."""
    world.advance(epochs=1)
    world.push_price("8800")
    lab.set_statistics()
    lab.send("update_score")
    jump = ln_ratio(8_800 * USD, START * USD)
    for day in range(1, 31):
        world.go_to_epoch(day * 96)
        world.push_price("8800")
        lab.set_statistics()
        lab.send("update_score")
        window = lab.market.window()
        assert window.total_square == (jump**2 if day < 30 else 0)
        assert sum(word % 2**10 for word in window.days) == window.total_n
    assert lab.market.window().head == 0


@pytest.mark.parametrize("first", ["0.000001", "1000000000"])
def test_a_day_of_the_wildest_prices_fits_its_word(world: World, lab: Lab, first: str) -> None:
    """The largest gap, then every epoch of a day the lowest price after the highest: no part runs into the next."""
    prices = [first, "1000000000" if first == "0.000001" else "0.000001"]
    returns = []
    for number in range(97):
        world.go_to_epoch(96 * (2 if number else 1) + max(0, number - 1))
        world.push_price(prices[number % 2])
        lab.set_statistics()
        lab.send("update_score")
        if number:
            now, before = (round(float(prices[at % 2]) * USD) for at in (number, number - 1))
            returns.append(ln_ratio(now, before))
    window = lab.market.window()
    assert window.days[window.head] == packed(96 + 95, sum(returns), sum(value**2 for value in returns))
    others = [word for slot, word in enumerate(window.days) if slot != window.head]
    assert window.total_n == 96 + 95 + sum(word % 2**10 for word in others)
    world.advance(epochs=30 * 96)
    lab.score()  # too long a gap: only the last price is replaced
    lab.score()  # the first return after it empties all thirty days
    window = lab.market.window()
    assert (window.total_n, window.total_square) == (1, window.total_sum**2)


def rates(window: RiskWindow) -> list[int]:
    """The rates in the ring, unpacked, in the order of the slots."""
    return [(word >> 32 * place) % 2**32 - 2**31 for word in window.funding for place in range(4)][
        : window.funding_count
    ]


def fund(world: World, lab: Lab, windows: int, cumulative: int) -> RiskWindow:
    """A score so many 8-hour windows later, with this cumulative funding."""
    world.go_to_epoch((world.epoch // 32 + windows) * 32)
    world.push_price()
    lab.set_statistics(cum_funding=cumulative)
    lab.send("update_score")
    return lab.market.window()


def test_missed_windows_share_the_difference_toward_zero(world: World, lab: Lab) -> None:
    assert rates(fund(world, lab, 1, 5)) == [5]
    assert rates(fund(world, lab, 3, 5 + 11)) == [5, 3, 3, 3]
    window = fund(world, lab, 2, 16 - 7)
    assert rates(window) == [5, 3, 3, 3, -3, -3]
    assert (window.funding_sum, window.funding_square) == (8, 25 + 27 + 18)
    assert (window.last_cum, window.last_window) == (9, world.epoch // 32)


def test_within_a_window_nothing_is_taken(world: World, lab: Lab) -> None:
    fund(world, lab, 1, 5)
    lab.score(cum_funding=500)
    assert rates(lab.market.window()) == [5]


def test_the_ring_holds_ninety(world: World, lab: Lab) -> None:
    total, expected = 0, []
    for number in range(100):
        total += 1_000 * number
        expected.append(1_000 * number)
        window = fund(world, lab, 1, total)
    kept = expected[-90:]
    assert sorted(rates(window)) == kept
    assert (window.funding_count, window.funding_head) == (90, 10)
    assert (window.funding_sum, window.funding_square) == (sum(kept), sum(rate**2 for rate in kept))


@pytest.mark.parametrize("sign", [1, -1])
def test_absurd_rates_count_as_two_hundred_per_cent(world: World, lab: Lab, sign: int) -> None:
    edge = 2_000_000_000
    assert rates(fund(world, lab, 1, sign * edge)) == [sign * edge]
    assert rates(fund(world, lab, 1, sign * (2 * edge + 1))) == [sign * edge] * 2
    assert rates(fund(world, lab, 1, sign * 2**62)) == [sign * edge] * 3


def test_a_long_silence_fills_the_ring_once(world: World, lab: Lab) -> None:
    fund(world, lab, 1, 0)
    window = fund(world, lab, 200, 200 * 7)
    assert rates(window) == [7] * 90
    assert (window.funding_sum, window.funding_square) == (630, 90 * 49)
