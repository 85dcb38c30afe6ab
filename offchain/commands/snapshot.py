"""All markets as they are now, for commands that only look."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.chain.directory import Directory, load_directory
from offchain.chain.epochs import Schedule
from offchain.chain.market_view import MarketView
from offchain.chain.restriction import reasons_now
from offchain.commands.context import Context
from offchain.commands.naming import find_market
from offchain.errors import PercosecError
from offchain.settings.parameters import Parameters
from offchain.settings.safety import LOCALNET


@dataclass(frozen=True)
class Snapshot:
    """The chain's markets at one moment."""

    directory: Directory
    now: int
    """The chain's clock, unix time."""
    schedule: Schedule
    parameters: Parameters

    @property
    def epoch(self) -> int:
        """The current epoch."""
        return self.schedule.epoch(self.now)

    def reasons(self, market: MarketView) -> int:
        """What restricts a market now: the bits that its next synchronisation will have."""
        return reasons_now(market.score, market.inputs, market.engine, self.epoch, self.parameters)


def take_snapshot(context: Context) -> Snapshot:
    """Read everything; PercosecError where the programs are not configured."""
    at = context.at  # Before the first request: a cluster without programs needs none.
    chain = context.chain()
    now = chain.now()
    directory = load_directory(chain, at)
    if directory.risk is None:
        deploy = "percosec deploy" if context.settings.cluster != LOCALNET else "percosec deploy --cluster localnet"
        raise PercosecError(f"the programs are not configured on this {context.settings.cluster} chain: run {deploy}")
    return Snapshot(directory, now, directory.schedule, context.parameters)


def one_market(context: Context, snapshot: Snapshot, text: str) -> MarketView:
    """The market that MARKET means; PercosecError when it is not there or not live yet."""
    market_id = find_market(context, text)
    market = snapshot.directory.market(market_id)
    if market is None:
        begun = "is not registered yet" if market_id in snapshot.directory.ids else "is not on this chain"
        raise PercosecError(f"the market {text[:60]} {begun}: percosec markets list shows those that are")
    return market


def open_interest(market: MarketView) -> tuple[int, int]:
    """Long and short open interest at the last synchronised price, atoms."""
    perp = market.perp
    return perp.oi_long * perp.price // 10**6, perp.oi_short * perp.price // 10**6


def short(key: Pubkey) -> str:
    """The beginning of a key, for narrow tables."""
    return f"{str(key)[:8]}.."
