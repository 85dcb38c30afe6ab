"""The premium manager on bytecode, with the callers of its CPI instructions played by ordinary keys.

A peer's authority is an address without a key. Where a test plays it, config or account are made to name a key of the
test instead: the instruction itself runs unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.generated.premium_manager.accounts import PremiumAccount, PremiumConfig
from tests.model.premium.account import Premium
from tests.programs.calls import call, play, usual_accounts
from tests.support.keys import User
from tests.support.market import Market
from tests.support.sent import Sent

SAME = ("score", "grade", "utilization_bps", "open_interest", "reserve_bps", "score_epoch", "balance", "floor_epoch")
TOTALS = ("total_collected", "total_routed", "total_bounty", "acknowledged_offset")


@dataclass(frozen=True)
class Lab:
    """One market of a world."""

    market: Market

    def build(self, name: str, args: Mapping[str, Any] | None = None, /, **accounts: Pubkey) -> Instruction:
        """An instruction of the premium manager; accounts not named are the usual ones."""
        world = self.market.world
        more = {
            "config": world.at.premium_config,
            "keeper_token": world.keeper.token,
            "source": world.creator.token,
            "token": TOKEN_PROGRAM,
        }
        return call("premium_manager", name, usual_accounts(self.market) | more | accounts, args)

    def send(self, name: str, args: Mapping[str, Any] | None = None, /, **accounts: Pubkey) -> Sent:
        """Send it alone, paid by the keeper."""
        return self.market.world.send(self.build(name, args, **accounts), payer=self.market.world.keeper)

    def config(self) -> PremiumConfig:
        """The premium manager's config."""
        return self.market.world.read(PremiumConfig, self.market.world.at.premium_config)

    def play(self, authority: str) -> User:
        """A key that the config takes for the peer's authority (`risk_authority`, `pool_authority`)."""
        return play(self.market.world, PremiumConfig, self.market.world.at.premium_config, authority)

    def play_market(self, usdc: int = 1_000_000) -> User:
        """A key with money that the premium account takes for the market."""
        actor = self.market.world.user(name="market", usdc=usdc)
        self.edit(market_id=actor.key)
        return actor

    def edit(self, **fields: Any) -> None:
        """Overwrite fields of the premium account."""
        self.market.world.edit(PremiumAccount, self.market.m.premium, **fields)

    def fill_escrow(self, amount: int) -> None:
        """Premiums that have been collected and not routed."""
        self.market.world.set_balance(self.market.m.escrow, amount)
        self.edit(escrow_ledger=amount)

    def stored(self) -> Premium:
        """The premium account in the twin's words."""
        account = self.market.premium()
        same = {name: getattr(account, name) for name in (*SAME, *TOTALS)}
        return Premium(
            rate_bps=account.rate_bps if account.has_rate else None,
            escrow=account.escrow_ledger,
            negative_since=account.negative_since if account.negative else None,
            route_epoch=account.route_epoch if account.has_routed else None,
            **same,
        )
