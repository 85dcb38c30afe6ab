"""Switchboard On-Demand: reading its pull feeds, and bringing a price to the risk engine."""

from dataclasses import dataclass
from struct import Struct

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.switchboard_adapter import instructions as raw
from offchain.chain.instructions.checked import checked
from offchain.chain.oracles.feed_ids import SWITCHBOARD
from offchain.chain.oracles.prices import OracleError, OraclePrice, scaled
from offchain.settings.project import load_project

DISCRIMINATOR = bytes.fromhex("c41b6cc40ad7db28")
LENGTH = 3208
EXPONENT = -18
"""Results are in 1e-18 USD."""
_OWNER = Struct("<32s32s32s")
_OWNER_AT = 2056
_LABEL = Struct("<32sxBBBq")
_LABEL_AT = 2180
_RESULT = Struct("<16s16s64xBB6xQQQI")
_RESULT_AT = 2264


@dataclass(frozen=True, slots=True)
class PullFeed:
    """The parts of a `PullFeedAccountData` account that matter for its price."""

    authority: Pubkey
    """Who may redefine the feed."""
    queue: Pubkey
    """The oracles that may sign for it."""
    feed_hash: bytes
    """Hash of the jobs that the oracles run."""
    name: str
    is_overridable: bool
    """Whether the authority may write results by hand."""
    last_update: int
    """Unix seconds."""
    value: int
    """Median of the answers in 1e-18 USD."""
    std_dev: int
    """Their standard deviation in 1e-18 USD."""
    samples: int
    """Answers behind the result."""
    min_slot: int
    """Lowest slot that an answer is for."""
    max_slot: int
    max_staleness: int
    """Slots after which Switchboard leaves an answer out."""

    @property
    def micro(self) -> OraclePrice:
        """The price as the adapter hands it on."""
        return scaled(self.value, self.std_dev, EXPONENT, self.last_update)


def program(cluster: str = "localnet") -> Pubkey:
    """Switchboard's program on a cluster."""
    return Pubkey.from_string(load_project().oracles.switchboard.programs[cluster])


def read_feed(data: bytes) -> PullFeed:
    """Decode the data of a pull feed; OracleError when they are of another type or length."""
    if len(data) != LENGTH or data[:8] != DISCRIMINATOR:
        raise OracleError("this account is no Switchboard pull feed: check its address")
    authority, queue, feed_hash = _OWNER.unpack_from(data, _OWNER_AT)
    name, overridable, _, _, last_update = _LABEL.unpack_from(data, _LABEL_AT)
    value, std_dev, samples, _, _, min_slot, max_slot, max_staleness = _RESULT.unpack_from(data, _RESULT_AT)
    return PullFeed(
        authority=Pubkey.from_bytes(authority),
        queue=Pubkey.from_bytes(queue),
        feed_hash=feed_hash,
        name=name.rstrip(b"\0").decode("utf-8", "replace"),
        is_overridable=overridable != 0,
        last_update=last_update,
        value=int.from_bytes(value, "little", signed=True),
        std_dev=int.from_bytes(std_dev, "little", signed=True),
        samples=samples,
        min_slot=min_slot,
        max_slot=max_slot,
        max_staleness=max_staleness,
    )


def read_account(account: Account | None, address: Pubkey, cluster: str = "localnet") -> PullFeed:
    """As `read_feed`, and the account must exist and belong to Switchboard's program on that cluster."""
    if account is None:
        raise OracleError(f"there is no Switchboard feed at {address}: give another address")
    if account.owner != program(cluster):
        raise OracleError(f"{address} belongs to {account.owner}, not to Switchboard: give another address")
    return read_feed(account.data)


@checked
def crank(caller: Pubkey, feed_id: Pubkey, second: Pubkey | None = None, at: Addresses = LOCALNET) -> Instruction:
    """Bring the result of the pull feed at `feed_id` to the feed of that id; anyone may.

    `second` is a Pyth price update of the feed's second opinion, needed where its rules name one.
    """
    return raw.post_price(
        args={"feed_id": feed_id},
        accounts={
            "caller": caller,
            "pull_feed": feed_id,
            "second": second,
            "rules": at.feed_rules(SWITCHBOARD, feed_id),
            "writer": at.feed_writer(SWITCHBOARD, feed_id),
            "config": at.risk_config,
            "feed": at.feed(feed_id),
            "risk_engine": at.risk_engine,
        },
        program_id=at.adapter(SWITCHBOARD),
    )


@checked
def set_rules(
    admin: Pubkey, feed_id: Pubkey, min_samples: int = 2, second: Pubkey | None = None, at: Addresses = LOCALNET
) -> Instruction:
    """Accept a pull feed as it is now; the risk engine's admin alone may, and must before the first price.

    `min_samples` is the fewest oracles behind a price, `second` a Pyth feed id whose price must agree, or None.
    """
    return raw.set_rules(
        args={"feed_id": feed_id, "min_samples": min_samples, "second": second},
        accounts={
            "admin": admin,
            "config": at.risk_config,
            "rules": at.feed_rules(SWITCHBOARD, feed_id),
            "pull_feed": feed_id,
        },
        program_id=at.adapter(SWITCHBOARD),
    )
