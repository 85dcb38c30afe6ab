"""set_rules: the admin of the risk engine accepts a feed as it is, again after a change, and names a second opinion."""

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.events.generated.switchboard_adapter import RulesSet
from offchain.chain.generated.switchboard_adapter.accounts import Rules
from offchain.chain.oracles.feed_ids import SWITCHBOARD
from tests.programs.switchboard_adapter.lab import SECOND_FEED, SwitchboardLab


def rules(lab: SwitchboardLab) -> Rules:
    account = lab.world.chain.account(lab.world.at.feed_rules(SWITCHBOARD, lab.feed_id))
    assert account is not None
    return decode(Rules, account.data)


def test_the_feed_is_pinned_as_it_is(lab: SwitchboardLab) -> None:
    event = lab.accept().event(RulesSet)
    found = rules(lab)
    assert (found.feed_id, found.min_samples) == (lab.feed_id, 2)
    assert found.queue == event.queue == lab.genuine.queue
    assert bytes(found.feed_hash) == bytes(event.feed_hash) == lab.genuine.feed_hash
    assert (found.has_second, event.had_second, event.has_second) == (False, False, False)
    assert (event.admin, event.min_samples, event.second) == (lab.world.admin.key, 2, Pubkey.default())


def test_a_second_opinion_comes_and_goes(lab: SwitchboardLab) -> None:
    event = lab.accept(second=SECOND_FEED).event(RulesSet)
    assert (event.had_second, event.has_second, event.second) == (False, True, SECOND_FEED)
    assert (rules(lab).has_second, rules(lab).second) == (True, SECOND_FEED)
    event = lab.accept(min_samples=2).event(RulesSet)
    assert (event.had_second, event.has_second) == (True, False)
    assert not rules(lab).has_second
    lab.post()
    assert lab.feed().updates == 1


def test_a_redefined_feed_gives_prices_again_once_it_is_accepted(lab: SwitchboardLab) -> None:
    lab.accept()
    lab.write(feed_hash=bytes([5]) * 32)
    with lab.world.expect_error("E_CHANGED"):
        lab.post()
    lab.accept()
    lab.post()
    assert lab.feed().updates == 1


def test_units(lab: SwitchboardLab) -> None:
    # Creating the account is a call of the system program; the rest is two addresses and one read.
    assert lab.accept().units <= 14_000
