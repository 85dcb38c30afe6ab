"""One market as its actors see it: its accounts, its open positions and its part of the story."""

from dataclasses import dataclass, field
from typing import TypeVar

from solders.pubkey import Pubkey
from solders.signature import Signature

from offchain.chain.accounts import Decodable, decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated.demo_market import PositionLiquidated, PositionOpened
from offchain.chain.events.generated.insurance_pool import WithdrawalExecuted
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import RiskScore
from offchain.chain.tokens import token_balance
from offchain.demo.cast import MarketCast
from offchain.demo.session import Session
from offchain.demo.story import MarketState, Story, Tone
from offchain.demo.wallets import Wallet
from offchain.settings.parameters import GRADES

T = TypeVar("T", bound=Decodable)


@dataclass
class EpochRow:
    """One market at the end of an epoch's cranks."""

    epoch: int
    time: int
    price: int
    score: int
    factors: dict[str, int]
    provisional: bool
    grade: str
    rate_bps: int


@dataclass
class NoClaimRow:
    """A deficit at or below the threshold."""

    epoch: int
    unsettled: int
    threshold: int
    signature: Signature


@dataclass
class OpenPosition:
    """A position that the keepers watch."""

    owner: Wallet
    name: str
    account: PerpPosition


@dataclass
class Records:
    """What the result needs and accounts don't keep."""

    epochs: list[EpochRow] = field(default_factory=list)
    no_claims: list[NoClaimRow] = field(default_factory=list)
    claim_signatures: dict[int, Signature] = field(default_factory=dict)
    openings: list[tuple[str, PositionOpened]] = field(default_factory=list)
    """Name of the trader, and the fill."""
    liquidations: list[PositionLiquidated] = field(default_factory=list)
    withdrawals: list[tuple[str, WithdrawalExecuted]] = field(default_factory=list)
    """Name of the provider, and what it got."""


class Desk:
    """Reads one market; the actors of this market share it."""

    def __init__(self, session: Session, market: MarketCast, story: Story, state: MarketState) -> None:
        self.session = session
        self.plan = market.plan
        self.market_id = market.market_id
        self.feed = market.feed
        self.at = LOCALNET.market(market.market_id)
        self.story = story
        self.state = state
        self.open: dict[Pubkey, OpenPosition] = {}
        self.records = Records()
        self.epoch = 0
        """The epoch that is being played, as the chain numbers it."""
        self.played = 0
        """The same counted from the start of the recording."""
        self.refresh()

    def refresh(self) -> None:
        """Read the market, its score, premium account, pool and registry."""
        keys = [self.market_id, self.at.score, self.at.premium, self.at.pool, self.at.registry]
        found = self.session.chain.accounts(keys)
        self.market = decode_account(PerpMarket, found[0], LOCALNET.demo_market, keys[0])
        self.score = decode_account(RiskScore, found[1], LOCALNET.risk_engine, keys[1])
        self.premium = decode_account(PremiumAccount, found[2], LOCALNET.premium_manager, keys[2])
        self.pool = decode_account(InsurancePool, found[3], LOCALNET.insurance_pool, keys[3])
        self.registry = decode_account(ClaimRegistry, found[4], LOCALNET.insolvency_handler, keys[4])
        self._show()

    def refresh_market(self) -> None:
        """Read the market alone."""
        account = self.session.chain.account(self.market_id)
        self.market = decode_account(PerpMarket, account, LOCALNET.demo_market, self.market_id)

    def read(self, kind: type[T], address: Pubkey, program: Pubkey) -> T:
        """Any other account."""
        return decode_account(kind, self.session.chain.account(address), program, address)

    def balance(self, wallet: Wallet) -> int:
        """Atoms in a wallet."""
        return token_balance(self.session.chain.account(wallet.token), wallet.token).amount

    def tell(self, text: str, tone: Tone = "plain") -> None:
        """Add a line to the story."""
        self.story.tell(self.plan.name, text, tone)

    def note_epoch(self, time: int) -> None:
        """Keep this epoch's score for the result."""
        score = self.score
        self.records.epochs.append(
            EpochRow(
                epoch=self.played,
                time=time,
                price=self.market.price,
                score=score.composite_score,
                factors={
                    "leverage": score.leverage_factor,
                    "oi_ratio": score.oi_ratio_factor,
                    "volatility": score.volatility_factor,
                    "funding_variance": score.funding_variance_factor,
                },
                provisional=score.provisional,
                grade=GRADES[score.grade],
                rate_bps=self.premium.rate_bps,
            )
        )

    def _show(self) -> None:
        state, score = self.state, self.score
        state.price = self.market.price
        state.score = score.composite_score
        state.leverage_factor = score.leverage_factor
        state.oi_ratio_factor = score.oi_ratio_factor
        state.volatility_factor = score.volatility_factor
        state.funding_variance_factor = score.funding_variance_factor
        state.provisional = score.provisional
        if score.has_score:
            state.grade = GRADES[score.grade]
        state.rate_bps = self.premium.rate_bps
        state.open_interest = max(self.market.oi_long, self.market.oi_short) * self.market.price // 1_000_000
        state.pool = self.pool.available_balance
        state.utilization_bps = self.pool.utilization_rate
        state.premiums = self.premium.total_routed
        state.positions = len(self.open)
        state.claims = self.registry.claims
        state.no_claims = self.registry.no_claims
