"""From nothing to a live market in a handful of transactions; what exists is left out, so that anyone can resume."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.accounts import Decodable, decode
from offchain.chain.addresses import TOKEN_PROGRAM, Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import MarketConfig, MarketInputs, RiskScore, RiskWindow
from offchain.chain.instructions import demo_market, insurance_pool
from offchain.chain.recipes import MarketDesign
from offchain.chain.tokens import ACCOUNT_SIZE
from offchain.creation.costs import Cost, Rent, account_bytes, fees

TITLES = (
    "create the market and its USDC accounts",
    "open the risk engine's accounts",
    "open the accounts of premiums, pool and claims",
    "register the terms",
    "hand the terms to premium manager and insolvency handler",
    "hand the terms to the pool: the market is live",
)
"""One for each transaction of `recipes.open_market`."""

BITS = {"push_terms_premium": 1, "push_terms_pool": 2, "push_terms_handler": 4}
"""Instruction -> its bit in MarketConfig.terms_pushed."""

Purpose = Literal["stake", "house", "fund"]
"""What USDC is paid into a market for."""

LIVE = 2
"""MarketConfig.status when every program has the terms."""


@dataclass(frozen=True)
class Blueprint:
    """The market that is wanted."""

    creator: Pubkey
    index: int
    mint: Pubkey
    feed: Pubkey
    """Address of its price feed."""
    design: MarketDesign
    stake: int = 0
    """First-loss stake, atoms."""
    house: int = 0
    """Capital that pays winning traders, atoms."""
    fund: int = 0
    """The market's own insurance fund, atoms."""


@dataclass(frozen=True)
class Made:
    """What an instruction of the recipe makes."""

    program: str
    instruction: str
    address: Pubkey
    kind: type[Decodable] | None
    """None: a token account."""

    @property
    def bytes(self) -> int:
        """Its size."""
        return ACCOUNT_SIZE if self.kind is None else account_bytes(self.kind)


@dataclass(frozen=True)
class Site:
    """What exists of a market."""

    accounts: dict[Pubkey, Account]
    perp: PerpMarket | None
    config: MarketConfig | None
    pool: InsurancePool | None

    @property
    def status(self) -> int:
        """0 nothing or blank, 1 registered, 2 live."""
        return self.config.status if self.config else 0


@dataclass(frozen=True)
class Step:
    """One transaction that is still to be sent."""

    title: str
    instructions: tuple[Instruction, ...]


def parts(at: Addresses, market_id: Pubkey) -> tuple[Made, ...]:
    """Every account of a market, with the instruction that makes it."""
    m = at.market(market_id)
    return (
        Made("demo_market", "create_market", market_id, PerpMarket),
        Made("demo_market", "open_vault", m.vault, None),
        Made("demo_market", "open_fee_vault", m.fee_vault, None),
        Made("risk_engine", "open_market", m.config, MarketConfig),
        Made("risk_engine", "open_score", m.score, RiskScore),
        Made("risk_engine", "open_inputs", m.inputs, MarketInputs),
        Made("risk_engine", "open_window", m.window, RiskWindow),
        Made("premium_manager", "open_premium", m.premium, PremiumAccount),
        Made("premium_manager", "open_escrow", m.escrow, None),
        Made("insurance_pool", "open_pool", m.pool, InsurancePool),
        Made("insurance_pool", "open_vault", m.pool_vault, None),
        Made("insolvency_handler", "open_registry", m.registry, ClaimRegistry),
    )


def survey(chain: Chain, at: Addresses, market_id: Pubkey) -> Site:
    """Read what exists. An address that only holds lamports counts as empty: anyone can send some there."""
    made = parts(at, market_id)
    found = chain.accounts([part.address for part in made])
    ours = {TOKEN_PROGRAM, *at.programs.values()}
    there = {
        part.address: account
        for part, account in zip(made, found, strict=True)
        if account is not None and account.owner in ours
    }
    m = at.market(market_id)
    return Site(
        accounts=there,
        perp=decode(PerpMarket, there[market_id].data) if market_id in there else None,
        config=decode(MarketConfig, there[m.config].data) if m.config in there else None,
        pool=decode(InsurancePool, there[m.pool].data) if m.pool in there else None,
    )


def remaining(blueprint: Blueprint, site: Site, at: Addresses, money: Pubkey) -> list[Step]:
    """The transactions that are missing, in order; `money` is the creator's USDC account."""
    market_id = at.market_id(blueprint.creator, blueprint.index)
    groups = recipes.open_market(
        blueprint.creator, blueprint.index, blueprint.mint, blueprint.feed, blueprint.design, at
    )
    done = _Done(site, at, market_id)
    steps = [
        Step(title, tuple(instruction for instruction in group if not done.has(instruction)))
        for title, group in zip(TITLES, groups, strict=True)
    ]
    steps.append(Step("put up the money", tuple(_funding(blueprint, site, at, market_id, money))))
    return [step for step in steps if step.instructions]


def missing_rent(site: Site, at: Addresses, market_id: Pubkey, rent: Rent) -> dict[str, int]:
    """`program.account type` -> lamports, for each account that is still to be made."""
    return {
        f"{part.program}.{part.instruction}": rent.of(part.bytes)
        for part in parts(at, market_id)
        if part.address not in site.accounts
    }


def cost(site: Site, at: Addresses, market_id: Pubkey, rent: Rent, steps: Sequence[Step]) -> Cost:
    """What the missing transactions cost."""
    return Cost(sum(missing_rent(site, at, market_id, rent).values()), fees(len(steps)))


def missing_money(blueprint: Blueprint, site: Site) -> dict[Purpose, int]:
    """Atoms still to be paid in, by purpose; only those above zero."""
    held: dict[Purpose, int] = {
        "stake": site.pool.first_loss if site.pool else 0,
        "house": site.perp.house if site.perp else 0,
        "fund": site.perp.fund if site.perp else 0,
    }
    return {name: wanted - held[name] for name in held if (wanted := getattr(blueprint, name)) > held[name]}


def _funding(blueprint: Blueprint, site: Site, at: Addresses, market_id: Pubkey, money: Pubkey) -> list[Instruction]:
    builders = {
        "stake": insurance_pool.fund_first_loss,
        "house": demo_market.fund_house,
        "fund": demo_market.fund_insurance,
    }
    missing = missing_money(blueprint, site)
    return [builders[name](blueprint.creator, market_id, money, amount, at) for name, amount in missing.items()]


class _Done:
    """Which instructions of the recipe have done their work."""

    def __init__(self, site: Site, at: Addresses, market_id: Pubkey) -> None:
        self._site = site
        self._at = at
        self._made = {(part.program, part.instruction): part.address for part in parts(at, market_id)}

    def has(self, instruction: Instruction) -> bool:
        program, name = self._name(instruction)
        if name == "register":
            return self._site.status >= 1
        if name in BITS:
            return self._site.config is not None and self._site.config.terms_pushed & BITS[name] != 0
        return self._made[program, name] in self._site.accounts

    def _name(self, instruction: Instruction) -> tuple[str, str]:
        program = self._at.name_of(instruction.program_id) or ""
        known = [*(name for owner, name in self._made if owner == program), "register", *BITS]
        head = bytes(instruction.data[:8])
        return program, next(name for name in known if sha256(f"global:{name}".encode()).digest()[:8] == head)
