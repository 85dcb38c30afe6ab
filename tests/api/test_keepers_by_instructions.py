"""Keepers as the transactions themselves tell them: who called what, and which tokens reached whom."""

from typing import Any

from offchain.localnet.server import serving
from tests.api.conftest import Lived
from tests.support.raw.keepers import keepers
from tests.support.raw.landed import history


def test_keepers_are_who_called_what_anyone_may_call(lived: Lived, get: Any) -> None:
    """Not the trader who took a vested profit: that is nobody's work but the trader's."""
    world = lived.story.world
    with serving(world.local) as endpoints:
        landed = history(endpoints.http)
    assert any(call.instruction.name == "withdraw_profit" for one in landed for call in one.calls)
    told = {
        str(one["keeper"]): tuple(int(one[name]) for name in ("cranks", "bounties", "claim_fees", "liquidations"))
        for one in get("keepers")["items"]
    }
    found = {
        keeper: (kept.cranks, kept.bounties, kept.claim_fees, kept.liquidations)
        for keeper, kept in keepers(landed).items()
    }
    assert told == found
    assert all(sum(kept[place] for kept in found.values()) for place in range(4))
