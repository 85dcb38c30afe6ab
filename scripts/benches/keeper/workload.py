"""The workload: how many markets, how many of them breach, and everybody's keys."""

from dataclasses import dataclass
from hashlib import sha256

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.epochs import NOMINAL_SECONDS, Schedule

FIRST_EPOCH = 96
"""Number of the epoch in which everything is opened."""
FIRST_PRICE = 8_000_000_000
"""USD 1e-6."""
CRASH_PRICE = 6_960_000_000
"""13 % lower: beyond the margin of a tenfold position, yet no extreme breach, and below the bound of a single step."""
USDC = 1_000_000
DEPOSIT = 100_000 * USDC
DEPTH = 20_000_000 * USDC
SIZE = 10_000_000
"""Ten coins: a notional of 80 000 USDC."""
RISKY_MARGIN = 8_000 * USDC
"""Tenfold leverage."""
CALM_MARGIN = 40_000 * USDC
"""Twofold leverage."""


@dataclass(frozen=True)
class Workload:
    """`breaching` markets share the feed that falls; the others share feeds of the same size each."""

    markets: int
    breaching: int
    epoch_seconds: int = NOMINAL_SECONDS
    """Shorter ones shorten every wait, for tests."""

    def __post_init__(self) -> None:
        if not 1 <= self.breaching <= self.markets:
            raise ValueError("between one and all of the markets can breach")

    def schedule(self, start: int) -> Schedule:
        """The epochs, of which number FIRST_EPOCH begins at unix time `start`."""
        return Schedule(start - FIRST_EPOCH * self.epoch_seconds, self.epoch_seconds)

    @property
    def feeds(self) -> int:
        """Price feeds; the first one falls."""
        return -(-self.markets // self.breaching)

    def feed_of(self, market: int) -> Pubkey:
        """The feed's address of a market; the first `breaching` markets are on the falling one."""
        return LOCALNET.feed(feed_id(market // self.breaching))

    def breaches(self, market: int) -> bool:
        """Whether its position is liquidated with a deficit when the price falls."""
        return market < self.breaching

    def market_id(self, market: int) -> Pubkey:
        """The market's address."""
        return LOCALNET.market_id(person("creator").pubkey(), market)

    def sentence(self) -> str:
        """The workload in a sentence."""
        return (
            f"{self.markets} registered markets on {self.feeds} feeds, each with a pool, a provider and an open "
            f"position; one price falls by 13 % and {self.breaching} positions in as many markets breach at once"
        )


def person(name: str) -> Keypair:
    """A key that anyone can derive; worth nothing outside of a bench."""
    return Keypair.from_seed(sha256(f"percosec bench: {name}".encode()).digest())


def feed_id(number: int) -> Pubkey:
    """The id of a feed."""
    return person(f"feed {number}").pubkey()
