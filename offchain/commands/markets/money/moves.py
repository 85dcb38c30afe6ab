"""Every way in which a creator's money moves: the table that `percosec markets stake` and `house` are made of."""

from collections.abc import Callable
from dataclasses import dataclass

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.addresses import Addresses
from offchain.chain.epochs import Schedule
from offchain.chain.events.generated.demo_market import HouseChanged, InsuranceFunded
from offchain.chain.events.generated.insurance_pool import StakeCancelled, StakeFunded, StakePaid, StakeRequested
from offchain.chain.instructions import demo_market, insurance_pool
from offchain.chain.market_view import MarketView
from offchain.commands.rpc import Trial
from offchain.commands.sending import found
from offchain.plain_words import stakes
from offchain.plain_words.rows import Rows

Builder = Callable[[Pubkey, Pubkey, Pubkey, int, Addresses], Instruction]
"""Creator, market, the creator's USDC account, atoms, addresses -> the instruction."""
Teller = Callable[[Trial, MarketView, Schedule], Rows]
"""Simulation, market, epochs -> what to read before saying yes."""


@dataclass(frozen=True, slots=True)
class Move:
    """One command."""

    name: str
    title: str
    sentence: str
    question: str
    pays_in: bool
    """Whether the creator's account pays; else it may have to be opened first."""
    amount: bool
    """Whether the creator says how much."""
    build: Builder
    tell: Teller


def _funded(trial: Trial, _market: MarketView, _schedule: Schedule) -> Rows:
    return stakes.funded_rows(found(trial, StakeFunded))


def _requested(trial: Trial, market: MarketView, schedule: Schedule) -> Rows:
    return stakes.requested_rows(found(trial, StakeRequested), market.pool.notice_epochs, schedule)


def _paid(trial: Trial, _market: MarketView, _schedule: Schedule) -> Rows:
    return stakes.paid_rows(found(trial, StakePaid))


def _cancelled(trial: Trial, market: MarketView, _schedule: Schedule) -> Rows:
    return stakes.cancelled_rows(found(trial, StakeCancelled), market.pool.first_loss)


def _house(trial: Trial, market: MarketView, _schedule: Schedule) -> Rows:
    return [("house", f"{words.usdc(market.perp.house)} -> {words.usdc(found(trial, HouseChanged).house)}")]


def _insured(trial: Trial, market: MarketView, _schedule: Schedule) -> Rows:
    event = found(trial, InsuranceFunded)
    return [
        ("fund", f"{words.usdc(market.perp.fund)} -> {words.usdc(event.fund)}"),
        ("no way back", "the fund pays deficits; it can't be taken out"),
    ]


STAKE: tuple[Move, ...] = (
    Move(
        name="fund",
        title="Add to the first-loss stake of",
        sentence="Add AMOUNT USDC to your first-loss stake, which pays claims before providers do.",
        question="Add to the stake?",
        pays_in=True,
        amount=True,
        build=insurance_pool.fund_first_loss,
        tell=_funded,
    ),
    Move(
        name="request",
        title="Ask for the first-loss stake of",
        sentence="Ask for AMOUNT USDC of your stake; it can be paid after the market's notice.",
        question="Request it?",
        pays_in=False,
        amount=True,
        build=lambda creator, market, _account, amount, at: insurance_pool.request_stake(creator, market, amount, at),
        tell=_requested,
    ),
    Move(
        name="execute",
        title="Take out the first-loss stake of",
        sentence="Have the requested part of your stake paid: after the notice, while no position is open.",
        question="Take it out?",
        pays_in=False,
        amount=False,
        build=lambda creator, market, account, _amount, at: insurance_pool.execute_stake(creator, market, account, at),
        tell=_paid,
    ),
    Move(
        name="cancel",
        title="Leave the first-loss stake in",
        sentence="Take the request for your stake back.",
        question="Take the request back?",
        pays_in=False,
        amount=False,
        build=lambda creator, market, _account, _amount, at: insurance_pool.cancel_stake(creator, market, at),
        tell=_cancelled,
    ),
)
HOUSE: tuple[Move, ...] = (
    Move(
        name="fund",
        title="Add to the house of",
        sentence="Add AMOUNT USDC to the house of the demo market, which pays winning traders.",
        question="Add to the house?",
        pays_in=True,
        amount=True,
        build=demo_market.fund_house,
        tell=_house,
    ),
    Move(
        name="withdraw",
        title="Take out of the house of",
        sentence="Take AMOUNT USDC out of the house; only while no position is open.",
        question="Take it out?",
        pays_in=False,
        amount=True,
        build=demo_market.withdraw_house,
        tell=_house,
    ),
    Move(
        name="insure",
        title="Add to the insurance fund of",
        sentence="Add AMOUNT USDC to the market's own insurance fund, which pays deficits before your stake; for good.",
        question="Add to the fund?",
        pays_in=True,
        amount=True,
        build=demo_market.fund_insurance,
        tell=_insured,
    ),
)
