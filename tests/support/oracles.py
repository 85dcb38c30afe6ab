"""Accounts of foreign oracles, genuine and forged, and a world with feeds that the adapters write."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from pathlib import Path
from struct import pack
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.instructions import risk_engine
from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SOURCES, SWITCHBOARD
from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import adapter_name
from tests.support.world import World

FIXTURES = Path(__file__).resolve().parents[1] / "chain" / "oracles" / "fixtures"
SLOT_SECONDS = 0.4
RENT = 10**9

UPDATE_FIELDS = {
    "write_authority": (8, "<32s"),
    "level": (40, "<B"),
    "feed_id": (41, "<32s"),
    "price": (73, "<q"),
    "conf": (81, "<Q"),
    "exponent": (89, "<i"),
    "publish_time": (93, "<q"),
}
"""Field of a Pyth price update -> where it lies and how."""
PULL_FIELDS = {
    "queue": (2088, "<32s"),
    "feed_hash": (2120, "<32s"),
    "overridable": (2213, "<B"),
    "last_update": (2216, "<q"),
    "value": (2264, "<16s"),
    "std_dev": (2280, "<16s"),
    "samples": (2360, "<B"),
    "min_slot": (2376, "<Q"),
    "max_slot": (2384, "<Q"),
}
"""Field of a Switchboard pull feed -> where it lies and how; the layout is written down apart from the client's."""


def genuine(name: str) -> tuple[Pubkey, Account]:
    """An account that a real chain held: address and content. See README.md beside the files."""
    document = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    found = document["account"]
    data = b64decode(found["data"][0], validate=True)
    account = Account(found["lamports"], data, Pubkey.from_string(found["owner"]))
    return Pubkey.from_string(document["pubkey"]), account


def dump(path: Path, address: Pubkey, account: Account) -> Path:
    """Write an account the way `genuine` reads it, for a validator to start with."""
    content = {
        "lamports": account.lamports,
        "data": [b64encode(account.data).decode(), "base64"],
        "owner": str(account.owner),
        "executable": False,
        "rentEpoch": (1 << 64) - 1,
        "space": len(account.data),
    }
    path.write_text(json.dumps({"pubkey": str(address), "account": content}), encoding="utf-8")
    return path


def changed(account: Account, **fields: Any) -> Account:
    """The account with some fields of its price update or pull feed overwritten; `owner` and `data` as a whole."""
    owner, data = fields.pop("owner", account.owner), bytearray(fields.pop("data", account.data))
    table = UPDATE_FIELDS if account.data[:8] == pyth.DISCRIMINATOR else PULL_FIELDS
    for name, value in fields.items():
        offset, form = table[name]
        raw = value.to_bytes(16, "little", signed=True) if form == "<16s" else value
        written = pack(form, bytes(raw) if form.endswith("s") else raw)
        data[offset : offset + len(written)] = written
    return Account(account.lamports, bytes(data), owner)


def world_at(now: int, slot: int = 1000) -> World:
    """A configured world with both adapters whose clock stands at `now` and near `slot`, as a real chain's did."""
    begin = now - int(slot * SLOT_SECONDS)
    world = World.bare(start=begin)
    for oracle in (PYTH, SWITCHBOARD):
        world.local.add_program(world.at.adapter(oracle), ARTIFACTS / "deploy" / f"{adapter_name(oracle)}.so")
    world.configure()
    world.local.warp_to(now)
    return world


def open_feed(world: World, oracle: str, feed_id: Pubkey) -> Pubkey:
    """A feed that the adapter of this oracle writes; becomes the world's feed."""
    world.send(risk_engine.open_feed(world.admin.key, feed_id, SOURCES[oracle], world.at.adapter(oracle)))
    world.feed_id, world.feed = feed_id, world.at.feed(feed_id)
    return world.feed


def feed_of(world: World) -> PriceFeed:
    """The world's feed."""
    return world.read(PriceFeed, world.feed)


def put(world: World, address: Pubkey, account: Account) -> Pubkey:
    """Let the oracle's program have written this account."""
    world.local.set_account(address, account)
    return address


def make_update(feed_id: Pubkey, price: int, publish_time: int, conf: int = 0, exponent: int = -8) -> Account:
    """A price update as Pyth's receiver writes it, in 10^exponent USD."""
    body = pack("<qQiqqqQQ", price, conf, exponent, publish_time, publish_time - 1, price, conf, 1)
    data = pyth.DISCRIMINATOR + bytes(32) + bytes([pyth.FULL]) + bytes(feed_id) + body
    return Account(RENT, data + bytes(pyth.LENGTH - len(data)), pyth.RECEIVER)


def make_pull_feed(value: int, now: int, slot: int, samples: int = 3, std_dev: int = 0) -> Account:
    """A pull feed as Switchboard writes it, in 1e-18 USD."""
    blank = Account(RENT, switchboard.DISCRIMINATOR + bytes(switchboard.LENGTH - 8), switchboard.program())
    return changed(
        blank,
        queue=bytes([7]) * 32,
        feed_hash=bytes([9]) * 32,
        last_update=now,
        value=value,
        std_dev=std_dev,
        samples=samples,
        min_slot=slot,
        max_slot=slot,
    )
