"""What the raw readers say of a market's whole life is what people then got, and what the programs did."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.generated.insolvency_handler import ClaimFeeCollected
from offchain.chain.events.generated.insurance_pool import Deposited, ToppedUp, WithdrawalExecuted
from offchain.chain.events.generated.premium_manager import PremiumsRouted
from offchain.chain.events.parse import parse_events
from offchain.chain.units import atoms
from offchain.localnet.server import serving
from tests.support.keys import User
from tests.support.lives import play_on
from tests.support.market import Market
from tests.support.raw.claims import losses, records, small_reports
from tests.support.raw.keepers import keepers
from tests.support.raw.landed import Landed, history
from tests.support.raw.node import Calendar, now
from tests.support.raw.payments import payments
from tests.support.raw.perps import Perp, open_positions
from tests.support.raw.pools import holdings
from tests.support.world import World
from tests.verify.story import Story


@dataclass(frozen=True)
class Told:
    """A market after its story, behind a node."""

    market: Market
    leaving: User
    rpc: str
    landed: list[Landed]

    @property
    def world(self) -> World:
        """Its chain."""
        return self.market.world


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    story = Story()
    story.play()
    _, leaving, _, _ = play_on(story)
    with serving(story.world.local) as endpoints:
        yield Told(story.market, leaving, endpoints.http, history(endpoints.http))


def test_nothing_is_missing_and_the_order_is_the_chains(told: Told) -> None:
    programs = set(told.world.at.programs.values())
    ours = [str(each.signature) for each in told.world.local.transactions() if programs & set(each.keys)]
    assert [each.signature for each in told.landed] == ours
    assert now(told.rpc) == told.world.now
    assert Calendar(told.rpc).epoch() == told.world.epoch


def test_tokens_that_moved_are_what_events_say(told: Told) -> None:
    """Two ways to the same sums: inner transfers, and the programs' own words."""
    paid: Counter[str] = Counter()
    for record in told.world.local.transactions():
        for event in () if record.err else parse_events(record.logs).events:
            if isinstance(event, PremiumsRouted):
                paid["bounties"] += event.bounty
            if isinstance(event, PositionLiquidated):
                paid["liquidations"] += event.keeper_paid
            if isinstance(event, ClaimFeeCollected):
                paid["claim_fees"] += event.amount
            if isinstance(event, Deposited | ToppedUp):
                paid["in"] += event.amount
            if isinstance(event, WithdrawalExecuted):
                paid["out"] += event.net
    kept = keepers(told.landed).values()
    moved = payments(told.landed).values()
    assert {name: sum(getattr(each, name) for each in kept) for name in ("bounties", "liquidations", "claim_fees")} == {
        name: paid[name] for name in ("bounties", "liquidations", "claim_fees")
    }
    assert (sum(each.paid_in for each in moved), sum(each.paid_out for each in moved)) == (paid["in"], paid["out"])
    assert all(paid.values())
    assert len(paid) == 5


def test_a_claim_settles_the_losses_since_the_one_before(told: Told) -> None:
    found, behind = records(told.rpc), losses(told.landed)
    assert sorted(record.sequence for record in found.values()) == [1, 2, 3, 4]
    for record in found.values():
        settled = behind[str(record.market_id), record.sequence]
        assert sum(each.told.counted for each in settled) == record.deficit_amount
    (small,) = small_reports(told.landed)
    assert 0 < small.deficit == small.unsettled <= small.threshold


def test_a_threshold_is_the_first_price_that_liquidates(told: Told) -> None:
    found = open_positions(told.rpc, str(told.market.id))
    sides = {each.position.is_long for each in found if each.threshold is not None}
    assert sides == {True, False}
    for perp in found:
        step = 1 if perp.position.is_long else -1
        if perp.threshold is None:
            assert not _breached_at(perp, 1)
        else:
            assert _breached_at(perp, perp.threshold)
            assert not _breached_at(perp, perp.threshold + step)


def _breached_at(perp: Perp, price: int) -> bool:
    return Perp(perp.address, replace(perp.market, price=price, lag_price=0), perp.position).is_breached


def test_a_holding_is_worth_what_is_paid_for_it(world: World) -> None:
    """Asked for within the lock, half of it, and paid after the notice: the chain has the last word."""
    market = world.market
    market.cover("20000")
    provider = world.user(usdc="5000")
    market.deposit(provider, "3000")
    entry = market.entries[provider.key]
    world.crank_epoch()
    with serving(world.local) as endpoints:
        (before,) = holdings(endpoints.http, str(provider.key))
        market.request(provider, entry, before.position.shares // 2)
        (asked,) = holdings(endpoints.http, str(provider.key))
        assert asked.worth == pytest.approx(before.worth, abs=1)
        world.crank_epochs(asked.payable_epoch - world.epoch)
        (due,) = holdings(endpoints.http, str(provider.key))
        rate, fee, _ = before.leaving(before.epoch)
        held = world.balance(provider.token)
        market.withdraw(provider, entry)
        paid = world.balance(provider.token) - held
        (left,) = holdings(endpoints.http, str(provider.key))
    assert asked.position.request_fee_bps == rate
    assert paid == due.pays_now - -(-due.pays_now * rate // 10_000)
    assert paid > atoms("1490")
    assert fee == -(-before.worth * rate // 10_000)
    assert not left.is_closed
    assert left.worth + due.pays_now >= before.worth - 1
