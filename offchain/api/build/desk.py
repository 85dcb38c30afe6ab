"""Everything a builder reads of the chain for one user and one market, in two requests."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from solders.instruction import Instruction
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK

from offchain import words
from offchain.api.build.inputs import refused
from offchain.api.context import ApiContext
from offchain.api.problems import not_found, unavailable
from offchain.chain.accounts import Decodable, decode_account
from offchain.chain.addresses import Addresses, MarketAddresses
from offchain.chain.backends.failover import FailoverChain, clock_time
from offchain.chain.epochs import Schedule
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, PoolConfig, ProviderPosition
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.pool_figures import PoolFigures, pool_figures
from offchain.chain.tokens import associated, create_associated, token_balance
from offchain.settings.parameters import Parameters
from offchain.settings.safety import LOCALNET

T = TypeVar("T", bound=Decodable)


@dataclass(frozen=True)
class Desk:
    """A market's pool and a user's wallet as they are now."""

    context: ApiContext
    chain: FailoverChain
    market: Pubkey
    user: Pubkey
    slot: int
    now: int
    """The chain's clock, unix seconds."""
    risk: RiskConfig
    config: PoolConfig
    pool: InsurancePool
    usdc: Pubkey
    """The user's USDC account."""
    held: int | None
    """Atoms in it; None where there is none."""

    @property
    def at(self) -> Addresses:
        """The programs."""
        return self.context.at

    @property
    def m(self) -> MarketAddresses:
        """The market's addresses."""
        return self.at.market(self.market)

    @property
    def parameters(self) -> Parameters:
        """What the programs are compiled with."""
        return self.context.parameters

    @cached_property
    def schedule(self) -> Schedule:
        """When epochs begin."""
        return Schedule(self.risk.genesis, self.risk.epoch_seconds)

    @cached_property
    def epoch(self) -> int:
        """The current epoch."""
        return self.schedule.epoch(self.now)

    @cached_property
    def figures(self) -> PoolFigures:
        """The pool as the next transaction finds it."""
        return pool_figures(self.pool, self.epoch, self.parameters)

    def require_funds(self, amount: int) -> None:
        """Problem 422 unless the user's USDC account holds so many atoms."""
        help_text = "percosec faucet gives test USDC" if self.context.settings.cluster == LOCALNET else "fund it first"
        if self.held is None:
            raise refused("E_BALANCE", f"{self.user} has no account for USDC ({self.risk.mint}) yet: {help_text}")
        if self.held < amount:
            raise refused(
                "E_BALANCE",
                f"{self.user} holds {words.usdc(self.held)}, less than {words.usdc(amount)}: {help_text}",
            )

    async def position(self, provider: Pubkey, entry_epoch: int) -> ProviderPosition:
        """A provider's position in this market; Problem 404."""
        found = await self.read(ProviderPosition, self.m.provider_position(provider, entry_epoch))
        if found is None:
            raise not_found(
                f"{provider} has no position of epoch {entry_epoch} in this market: "
                f"/v1/providers/{provider}/positions lists those there are"
            )
        return found

    async def read(self, kind: type[T], address: Pubkey) -> T | None:
        """One account of the insurance pool's program, None where there is none."""
        account = await self.chain.account(address)
        if account is None or account.owner != self.at.insurance_pool:
            return None
        return decode_account(kind, account, self.at.insurance_pool, address)

    async def payout_account(self, payer: Pubkey, owner: Pubkey) -> tuple[Pubkey, list[Instruction]]:
        """An owner's USDC account, and the instruction that opens it where it is missing."""
        address = associated(owner, self.risk.mint)
        there = self.held is not None if owner == self.user else await self.chain.account(address) is not None
        return address, [] if there else [create_associated(payer, owner, self.risk.mint)]


def chain_of(context: ApiContext) -> FailoverChain:
    """The node; Problem 503 where the API has none."""
    if context.chain is None:
        raise unavailable("this API has no node to build transactions with: start it with an RPC node", "no_node", 60)
    return context.chain


NOBODY = Pubkey.default()
"""The user of a desk that only looks."""


async def open_desk(context: ApiContext, market: Pubkey, user: Pubkey = NOBODY) -> Desk:
    """Read it; Problem 404 for an unknown market, 422 for one without terms and for a user without SOL."""
    chain, at = chain_of(context), context.at
    m = at.market(market)
    wanted = [CLOCK, at.risk_config, at.pool_config, m.pool]
    slot, (clock, risk, config, pool) = await chain.accounts_in_slot(wanted)
    if risk is None or config is None:
        raise unavailable(f"the programs are not configured on this {context.settings.cluster} chain", retry_after=60)
    if pool is None or pool.owner != at.insurance_pool:
        raise not_found(f"there is no pool of a market {market}: /v1/markets lists the markets")
    risk_config = decode_account(RiskConfig, risk, at.risk_engine, at.risk_config)
    held_pool = decode_account(InsurancePool, pool, at.insurance_pool, m.pool)
    if not held_pool.active:
        raise refused("E_STATE", f"the market is not live yet: /v1/markets/{market}/checklist says what is missing")
    usdc = associated(user, risk_config.mint)
    wallet, token = (None, None) if user == NOBODY else await chain.accounts([user, usdc])
    if user != NOBODY and (wallet is None or wallet.lamports == 0):
        raise refused(
            "LAMPORTS",
            f"{user} holds no SOL on {context.settings.cluster}, which fees and rent are paid in: fund it",
        )
    return Desk(
        context=context,
        chain=chain,
        market=market,
        user=user,
        slot=slot,
        now=clock_time(clock),
        risk=risk_config,
        config=decode_account(PoolConfig, config, at.insurance_pool, at.pool_config),
        pool=held_pool,
        usdc=usdc,
        held=None if token is None else token_balance(token, usdc).amount,
    )
