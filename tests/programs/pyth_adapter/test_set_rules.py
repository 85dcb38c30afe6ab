"""set_rules: the admin of the risk engine names a feed's second opinion, and takes it away again."""

from offchain.chain.accounts import decode
from offchain.chain.events.generated.pyth_adapter import RulesSet
from offchain.chain.generated.pyth_adapter.accounts import Rules
from offchain.chain.oracles import pyth
from offchain.chain.oracles.feed_ids import PYTH
from tests.programs.pyth_adapter.lab import SECOND, PythLab
from tests.support.forging import raw


def rules(lab: PythLab) -> Rules:
    account = lab.world.chain.account(lab.world.at.feed_rules(PYTH, lab.feed_id))
    assert account is not None
    assert account.owner == lab.world.at.adapter(PYTH)
    return decode(Rules, account.data)


def test_the_second_opinion_is_pinned_as_it_is(lab: PythLab) -> None:
    lab.write_second(100, queue=bytes([1]) * 32, feed_hash=bytes([2]) * 32)
    event = lab.need_second(min_samples=3).event(RulesSet)
    found = rules(lab)
    assert (found.feed_id, found.has_second) == (lab.feed_id, True)
    assert (found.second, found.min_samples) == (SECOND, 3)
    assert bytes(found.queue) == bytes([1]) * 32
    assert bytes(found.feed_hash) == bytes([2]) * 32
    assert (event.feed_id, event.admin, event.second) == (lab.feed_id, lab.world.admin.key, SECOND)
    assert (event.had_second, event.has_second, event.min_samples) == (False, True, 3)


def test_it_can_be_taken_away(lab: PythLab) -> None:
    lab.write_second(1)
    lab.need_second()
    with lab.world.expect_error("E_SECOND"):
        lab.post()
    sent = lab.world.send(pyth.set_rules(lab.world.admin.key, lab.feed_id, None))
    event = sent.event(RulesSet)
    assert (event.had_second, event.has_second, event.min_samples) == (True, False, 0)
    assert not rules(lab).has_second
    lab.post()
    assert lab.feed().updates == 1


def test_the_admin_of_the_risk_engine_is_the_admin_here_also_after_a_hand_over(lab: PythLab) -> None:
    world, heir = lab.world, lab.stranger
    config = {"config": world.at.risk_config, "admin": world.admin.key, "new_admin": heir.key}
    world.send(raw("risk_engine", "propose_admin", {"new_admin": heir.key}, config))
    world.send(raw("risk_engine", "accept_admin", {}, config))
    lab.write_second(1)
    with world.expect_error("E_ADMIN"):
        lab.need_second()
    world.send(pyth.set_rules(heir.key, lab.feed_id, SECOND))
    assert rules(lab).has_second


def test_units(lab: PythLab) -> None:
    # Creating the account is a call of the system program; the rest is three addresses and one read.
    lab.write_second(1)
    assert lab.need_second().units <= 13_000
