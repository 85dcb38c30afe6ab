"""The foreign accounts behind price feeds: where they are, and the price in them. Anyone may bring it to the feed."""

from dataclasses import dataclass
from functools import cache

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.generated.pyth_adapter.accounts import Rules as PythRules
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.generated.switchboard_adapter.accounts import Rules as SwitchboardRules
from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SOURCES, SWITCHBOARD
from offchain.chain.oracles.prices import OracleError, OraclePrice

NAMES = {number: name for name, number in SOURCES.items() if name in (PYTH, SWITCHBOARD)}
"""Source of a feed -> the oracle whose adapter writes it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The price that an oracle has for a feed now."""

    price: OraclePrice
    second: Pubkey | None
    """The account of the second opinion, where the feed's rules name one."""


def oracle_of(feed: PriceFeed, at: Addresses) -> str | None:
    """The oracle that this deployment's adapter reads for a feed; None where somebody else writes it."""
    name = NAMES.get(feed.source)
    if name is None or name not in at.adapters or feed.writer != _writer(name, feed.feed_id, at):
        return None
    return name


def accounts_of(feed: PriceFeed, oracle: str, at: Addresses) -> list[Pubkey]:
    """What to read for a feed: the oracle's own account, and the feed's rules."""
    return _places(oracle, feed.feed_id, at)


def read(
    feed: PriceFeed, oracle: str, own: Account | None, rules: Account | None, at: Addresses, cluster: str
) -> Reading | None:
    """The price in these accounts; None where there is none that the adapter would take."""
    try:
        if oracle == PYTH:
            update = pyth.read_account(own, pyth.sponsored_account(feed.feed_id))
            return Reading(update.micro, _pyth_second(rules, at)) if update.is_full else None
        price = switchboard.read_account(own, feed.feed_id, cluster).micro
        return Reading(price, _switchboard_second(rules, at))
    except OracleError:
        return None


def instruction(feed: PriceFeed, oracle: str, reading: Reading, caller: Pubkey, at: Addresses) -> Instruction:
    """Bring the price to the feed."""
    if oracle == PYTH:
        return pyth.crank(caller, feed.feed_id, pyth.sponsored_account(feed.feed_id), reading.second, at)
    return switchboard.crank(caller, feed.feed_id, reading.second, at)


@cache
def _writer(oracle: str, feed_id: Pubkey, at: Addresses) -> Pubkey:
    """Derived addresses cost more than everything else that a cycle does with a feed."""
    return at.feed_writer(oracle, feed_id)


@cache
def _places(oracle: str, feed_id: Pubkey, at: Addresses) -> list[Pubkey]:
    own = pyth.sponsored_account(feed_id) if oracle == PYTH else feed_id
    return [own, at.feed_rules(oracle, feed_id)]


def _pyth_second(account: Account | None, at: Addresses) -> Pubkey | None:
    if account is None or account.owner != at.adapter(PYTH):
        return None
    rules = PythRules.decode(account.data)
    return rules.second if rules.has_second else None


def _switchboard_second(account: Account | None, at: Addresses) -> Pubkey | None:
    if account is None or account.owner != at.adapter(SWITCHBOARD):
        return None
    rules = SwitchboardRules.decode(account.data)
    return pyth.sponsored_account(rules.second) if rules.has_second else None
