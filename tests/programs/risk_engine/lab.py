"""The risk engine on bytecode, with the callers of its CPI instructions played by ordinary keys.

A peer's authority is an address without a key. Where a test plays it, the config is made to name a key of the test
instead: the instruction itself runs unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.generated.risk_engine.accounts import MarketInputs, RiskConfig
from tests.programs.calls import call, play, refusal, usual_accounts
from tests.support.keys import User
from tests.support.market import Market
from tests.support.sent import Sent

STATISTICS = {"oi_long": 0, "oi_short": 0, "oi_now": 0, "mean_leverage": 0, "depth": 1_000_000_000, "cum_funding": 0}


@dataclass(frozen=True)
class Lab:
    """One market of a world."""

    market: Market

    def build(self, name: str, args: Mapping[str, Any] | None = None, /, **accounts: Pubkey) -> Instruction:
        """An instruction of the risk engine; accounts not named are the usual ones."""
        config = {"config": self.market.world.at.risk_config}
        return call("risk_engine", name, usual_accounts(self.market) | config | accounts, args)

    def send(self, name: str, args: Mapping[str, Any] | None = None, /, **accounts: Pubkey) -> Sent:
        """Send it alone, paid by the keeper."""
        return self.market.world.send(self.build(name, args, **accounts), payer=self.market.world.keeper)

    def refusal(self, name: str, args: Mapping[str, Any] | None = None, /, **accounts: Pubkey) -> str:
        """The code with which a call fails whose signers include an address without a key: simulated."""
        return refusal(self.market.world, self.build(name, args, **accounts))

    def config(self) -> RiskConfig:
        """The engine's config."""
        return self.market.world.read(RiskConfig, self.market.world.at.risk_config)

    def play(self, authority: str) -> User:
        """A key that the config takes for the peer's authority (`pool_authority`, `premium_authority`)."""
        return play(self.market.world, RiskConfig, self.market.world.at.risk_config, authority)

    def play_market(self) -> User:
        """A key that the inputs take for the market."""
        actor = self.market.world.user(name="market")
        self.market.world.edit(MarketInputs, self.market.m.inputs, market_id=actor.key)
        return actor

    def set_statistics(self, **changed: int) -> None:
        """Statistics of the epoch that has just ended, as if the market had reported them."""
        world = self.market.world
        values = STATISTICS | changed
        world.edit(
            MarketInputs,
            self.market.m.inputs,
            stats_epoch=world.epoch - 1,
            open_interest_long=values["oi_long"],
            open_interest_short=values["oi_short"],
            open_interest_now=values["oi_now"],
            mean_leverage=values["mean_leverage"],
            depth=values["depth"],
            cum_funding=values["cum_funding"],
            has_stats=True,
        )

    def score(self, **statistics: int) -> Sent:
        """The next epoch's score after a price of this second, from these statistics."""
        world = self.market.world
        world.advance(epochs=1)
        world.push_price()
        self.set_statistics(**statistics)
        return self.send("update_score")
