"""Everyone who takes part, with their keys."""

import json
from dataclasses import dataclass

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.tokens import associated
from offchain.demo.scenario import LpPlan, MarketPlan, TraderPlan
from offchain.demo.wallets import Wallet, keypair, wallet
from offchain.settings.paths import DEV_ADMIN


@dataclass(frozen=True)
class MarketCast:
    """The people of one market."""

    plan: MarketPlan
    creator: Wallet
    market_id: Pubkey
    feed_id: Pubkey
    feed: Pubkey
    lps: tuple[tuple[LpPlan, Wallet], ...]
    traders: tuple[tuple[TraderPlan, Wallet], ...]


@dataclass(frozen=True)
class Cast:
    """The people of the whole demo."""

    mint: Wallet
    admin: Wallet
    """The development key that the programs take as their initialiser."""
    guardian: Wallet
    treasury: Wallet
    publisher: Wallet
    """Publishes prices and turns the epoch's cranks."""
    liquidator: Wallet
    """Liquidates and executes claims."""
    markets: tuple[MarketCast, ...]

    def wallets(self) -> list[Wallet]:
        """Everyone who sends transactions."""
        people = [self.admin, self.guardian, self.treasury, self.publisher, self.liquidator]
        for market in self.markets:
            people += [market.creator, *(w for _, w in market.lps), *(w for _, w in market.traders)]
        return people

    def names(self) -> dict[Pubkey, str]:
        """Token accounts of the people and of the programs, by what they are."""
        names = {person.token: person.name for person in self.wallets()}
        for market in self.markets:
            at = LOCALNET.market(market.market_id)
            letter = market.plan.name
            names |= {
                at.pool_vault: f"pool {letter}",
                at.vault: f"market {letter}",
                at.fee_vault: f"trading fees {letter}",
                at.escrow: f"premium escrow {letter}",
            }
        return names


def gather(plans: tuple[MarketPlan, ...]) -> Cast:
    """The cast for these markets."""
    mint_keys = keypair("USDC mint")
    mint = mint_keys.pubkey()
    admin_keys = Keypair.from_bytes(bytes(json.loads(DEV_ADMIN.read_text())["secret_key"]))
    return Cast(
        mint=Wallet("USDC mint", mint_keys, mint),
        admin=Wallet("admin", admin_keys, associated(admin_keys.pubkey(), mint)),
        guardian=wallet("guardian", mint),
        treasury=wallet("treasury", mint),
        publisher=wallet("publisher", mint),
        liquidator=wallet("liquidator", mint),
        markets=tuple(_market(plan, index, mint) for index, plan in enumerate(plans)),
    )


def _market(plan: MarketPlan, index: int, mint: Pubkey) -> MarketCast:
    creator = wallet(f"creator {plan.name}", mint)
    feed_id = keypair(f"feed {plan.name}").pubkey()
    return MarketCast(
        plan=plan,
        creator=creator,
        market_id=LOCALNET.market_id(creator.key, index),
        feed_id=feed_id,
        feed=LOCALNET.feed(feed_id),
        lps=tuple((lp, wallet(f"LP {plan.name} {lp.name}", mint)) for lp in plan.lps),
        traders=tuple((trader, wallet(f"trader {plan.name} {trader.name}", mint)) for trader in plan.traders),
    )
