"""Random lives of a premium account on bytecode and in the twin, with a ledger of the escrow beside it."""

from random import Random

import pytest

from tests.model.premium import account as twin
from tests.model.refusals import Refused
from tests.programs.premium_manager.lab import Lab


class Life:
    """The chain's account and the twin's, moved together."""

    def __init__(self, lab: Lab, seed: int) -> None:
        self.lab, self.draw = lab, Random(seed)
        self.world = lab.market.world
        self.risk = lab.play("risk_authority").key
        self.payer = self.world.user(name="market", usdc=10**9)
        lab.edit(open_interest=10**11)
        self.premium = lab.stored()

    def rate(self) -> None:
        draw, restricted = self.draw, self.draw.random() < 0.1
        args = {
            "epoch": self.world.epoch,
            "score": draw.randrange(1_000_001),
            "grade": draw.randrange(5),
            "utilization_bps": draw.choice((0, 8_500, 8_501, 1_000_000)),
            "open_interest": draw.choice((0, 1, 10**9, 10**11, 10**13)),
            "reserve_bps": draw.choice((200, 700, 2_000)),
        }
        self.premium = twin.set_rate(self.premium, **args, restricted=restricted)
        self.lab.send("set_rate", args | {"score_restricted": restricted}, risk=self.risk)

    def fees(self) -> None:
        """The market is played by a key, which the account takes for the market just for this."""
        gross = self.draw.choice((0, 1, 9_999, 10**7, 10**9))
        self.premium = twin.collect_fees(self.premium, gross)
        self.lab.edit(market_id=self.payer.key)
        accounts = {"market": self.payer.key, "source": self.payer.token}
        self.lab.send("collect_fees", {"gross": gross}, **accounts)
        self.lab.edit(market_id=self.lab.market.id)

    def report(self) -> None:
        self.premium = twin.accrue(self.premium, self.world.epoch)
        self.lab.send("report_arrears")
        assert self.lab.market.inputs().arrears == twin.in_arrears(self.premium, self.world.epoch)

    def route(self) -> None:
        try:
            self.premium, _ = twin.route(self.premium, self.world.epoch)
        except Refused as refusal:
            with self.world.expect_error(refusal.code):
                self.lab.send("route_premiums")
        else:
            self.lab.send("route_premiums")

    def pay(self) -> None:
        amount = self.draw.choice((0, 1, 10**5, twin.arrears(twin.accrue(self.premium, self.world.epoch))))
        args, payer = {"amount": amount}, self.world.creator.key
        try:
            self.premium = twin.pay_arrears(self.premium, amount, self.world.epoch)
        except Refused as refusal:
            with self.world.expect_error(refusal.code):
                self.lab.send("pay_arrears", args, payer=payer)
        else:
            self.lab.send("pay_arrears", args, payer=payer)


@pytest.mark.parametrize("seed", range(4))
def test_random_life_equals_the_twin(lab: Lab, seed: int) -> None:
    life = Life(lab, seed)
    was_in_arrears = False
    for _ in range(250):
        life.world.advance(seconds=1, epochs=life.draw.choices((0, 1, 5, 300, 700), (45, 35, 8, 8, 4))[0])
        life.draw.choice((life.rate, life.fees, life.report, life.report, life.route, life.pay))()
        assert lab.stored() == life.premium
        assert life.world.balance(lab.market.m.escrow) == life.premium.escrow
        was_in_arrears |= twin.in_arrears(life.premium, life.world.epoch)
    assert was_in_arrears and life.premium.total_routed > 0
