"""Pyth: reading its price updates, finding its own feed accounts, and bringing a price to the risk engine."""

from dataclasses import dataclass
from struct import Struct

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.pyth_adapter import instructions as raw
from offchain.chain.instructions.checked import checked
from offchain.chain.oracles.feed_ids import PYTH
from offchain.chain.oracles.prices import OracleError, OraclePrice, scaled
from offchain.settings.project import load_project

RECEIVER = Pubkey.from_string(load_project().oracles.pyth.receiver)
"""The program that verifies price updates and owns their accounts."""
PUSH_ORACLE = Pubkey.from_string(load_project().oracles.pyth.push_oracle)
"""The program whose derived addresses are Pyth's own, regularly updated accounts."""
DISCRIMINATOR = bytes.fromhex("22f123639d7ef4cd")
LENGTH = 134
FULL = 1
_HEAD = Struct("<8s32sB")
_BODY = Struct("<32sqQiqqqQQ")


@dataclass(frozen=True, slots=True)
class PriceUpdate:
    """A `PriceUpdateV2` account."""

    write_authority: Pubkey
    """Who may overwrite or close the account."""
    is_full: bool
    """Whether two thirds of the guardians' signatures were verified."""
    feed_id: Pubkey
    price: int
    """In 10^exponent USD, as `conf` and the two averages."""
    conf: int
    exponent: int
    publish_time: int
    """Unix seconds."""
    prev_publish_time: int
    ema_price: int
    ema_conf: int
    posted_slot: int

    @property
    def micro(self) -> OraclePrice:
        """The price as the adapter hands it on."""
        return scaled(self.price, self.conf, self.exponent, self.publish_time)


def read_update(data: bytes) -> PriceUpdate:
    """Decode the data of a price update; OracleError when they are of another type or length."""
    if len(data) != LENGTH or data[:8] != DISCRIMINATOR:
        raise OracleError("this account is no Pyth price update: check its address")
    _, authority, level = _HEAD.unpack_from(data)
    body = _BODY.unpack_from(data, _HEAD.size + (level != FULL))
    return PriceUpdate(Pubkey.from_bytes(authority), level == FULL, Pubkey.from_bytes(body[0]), *body[1:])


def read_account(account: Account | None, address: Pubkey) -> PriceUpdate:
    """As `read_update`, and the account must exist and belong to Pyth's receiver."""
    if account is None:
        raise OracleError(f"there is no Pyth price update at {address}: post one first, or give another address")
    if account.owner != RECEIVER:
        raise OracleError(f"{address} belongs to {account.owner}, not to Pyth's receiver: give another address")
    return read_update(account.data)


def sponsored_account(feed_id: Pubkey, shard: int = 0) -> Pubkey:
    """The account in which Pyth itself keeps a feed's price; shard 0 is the one it updates regularly."""
    return Pubkey.find_program_address([shard.to_bytes(2, "little"), bytes(feed_id)], PUSH_ORACLE)[0]


@checked
def crank(
    caller: Pubkey, feed_id: Pubkey, update: Pubkey, second: Pubkey | None = None, at: Addresses = LOCALNET
) -> Instruction:
    """Bring the price of an update account to the feed; anyone may.

    `second` is the Switchboard account of the feed's second opinion, needed where its rules name one.
    """
    return raw.post_price(
        args={"feed_id": feed_id},
        accounts={
            "caller": caller,
            "update": update,
            "second": second,
            "rules": at.feed_rules(PYTH, feed_id),
            "writer": at.feed_writer(PYTH, feed_id),
            "config": at.risk_config,
            "feed": at.feed(feed_id),
            "risk_engine": at.risk_engine,
        },
        program_id=at.adapter(PYTH),
    )


@checked
def set_rules(
    admin: Pubkey, feed_id: Pubkey, second: Pubkey | None, min_samples: int = 2, at: Addresses = LOCALNET
) -> Instruction:
    """Make a Switchboard account the feed's second opinion, or take it away (None); the risk engine's admin alone may.

    `min_samples` is the fewest oracles that must stand behind the second opinion.
    """
    return raw.set_rules(
        args={"feed_id": feed_id, "min_samples": min_samples},
        accounts={
            "admin": admin,
            "config": at.risk_config,
            "rules": at.feed_rules(PYTH, feed_id),
            "second": second,
        },
        program_id=at.adapter(PYTH),
    )
