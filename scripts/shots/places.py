"""Which pages are taken: every address of the app, its parts filled in from the running market."""

from dataclasses import dataclass
from typing import Any

from offchain.web.site import ADDRESSES
from scripts.shots.errors import ShotError

PARTS = ("pool", "deposit")
"""Pages of one market beside its own."""


@dataclass(frozen=True)
class Place:
    """One page."""

    name: str
    """Of its files; no slashes."""
    path: str


def places(claims: list[dict[str, Any]]) -> list[Place]:
    """Every address, with the largest paid claim and its market; ShotError where nothing was paid yet."""
    paid = [claim for claim in claims if claim["state"] == "paid"]
    if not paid:
        raise ShotError("no claim was paid, so there is no receipt to show")
    shown = max(paid, key=lambda claim: int(claim["payout"]))
    values = {"{market:str}": shown["market_id"], "{claim:str}": shown["claim"]}
    return [
        Place(_name(address, part), _path(address, {**values, "{part:str}": part}))
        for address in ADDRESSES
        for part in (PARTS if "{part:str}" in address else ("",))
    ]


def _path(address: str, values: dict[str, str]) -> str:
    for place, value in values.items():
        address = address.replace(place, value)
    if "{" in address:
        raise ShotError(f"{address} has a part that scripts/shots/places.py does not know")
    return address


def _name(address: str, part: str) -> str:
    if part:
        return part
    last = address.rsplit("/", 1)[-1]
    return {"": "home", "{market:str}": "market", "{claim:str}": "receipt"}.get(last, last)
