"""Duties on a test world, without a network: what is due, and doing it as the keeper would."""

from solders.hash import Hash

from offchain.chain.directory import load_directory
from offchain.chain.market_view import MarketView
from offchain.chain.transactions import MAX_BYTES, MAX_UNITS, Options, build_unsigned, size_of
from offchain.keeper.duties import DUTIES
from offchain.keeper.job import Job, Steps
from offchain.keeper.moment import Moment
from tests.support.keys import User
from tests.support.market import Market
from tests.support.sent import Sent
from tests.support.world import World

WIDE = Options(MAX_UNITS, 1)


def moment_of(world: World, keeper: User, sync_bps: int = 100) -> Moment:
    """Now, for this keeper."""
    return Moment(world.now, world.schedule, world.parameters, world.at, keeper.key, keeper.token, sync_bps)


def view_of(market: Market) -> MarketView:
    """The market as the chain has it."""
    view = load_directory(market.world.chain, market.world.at).market(market.id)
    assert view is not None
    return view


def due(name: str, market: Market, keeper: User | None = None) -> list[Job]:
    """What a duty finds in a market now."""
    who = keeper or market.world.keeper
    return DUTIES[name](view_of(market), moment_of(market.world, who))


def the_job(name: str, market: Market, keeper: User | None = None) -> Job:
    """The one job that a duty finds; fails when there is none or more."""
    (job,) = due(name, market, keeper)
    return job


def chosen(market: Market, job: Job, keeper: User | None = None) -> Steps:
    """The first variant that fits the network and passes a simulation, as the keeper chooses it."""
    who = keeper or market.world.keeper
    for steps in job.variants:
        if size_of(steps, who.key, WIDE) > MAX_BYTES:
            continue
        if market.world.chain.simulate(build_unsigned(steps, who.key, Hash.default(), WIDE)).err is None:
            return steps
    raise AssertionError(f"no variant of {job.key} passes")


def carry_out(market: Market, job: Job, keeper: User | None = None) -> Sent:
    """Do a job."""
    who = keeper or market.world.keeper
    return market.world.send(*chosen(market, job, who), payer=who, options=WIDE)
