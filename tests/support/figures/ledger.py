"""What the chain's accounts say (`tests/support/raw`), each kind read once: for a chain that stands still."""

import tomllib
from functools import cache, cached_property
from typing import Any, TypeVar, cast

from offchain.chain.accounts import Decodable
from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.settings.paths import ROOT
from tests.model.calendar import epoch_at
from tests.support.raw import node

T = TypeVar("T", bound=Decodable)


class Ledger:
    """Accounts of a chain that stands still."""

    def __init__(self, rpc: str) -> None:
        self.rpc = rpc
        self._read: dict[type[Any], dict[str, Any]] = {}

    @cached_property
    def now(self) -> int:
        """The chain's time, unix seconds."""
        return node.now(self.rpc)

    @cached_property
    def risk(self) -> RiskConfig:
        """The deployment's genesis and epochs."""
        return self.one(RiskConfig)

    @property
    def epoch(self) -> int:
        """The protocol's epoch now."""
        return self.epoch_of(self.now)

    def epoch_of(self, seconds: int) -> int:
        """The protocol's epoch at a moment."""
        return epoch_at(seconds, self.risk.genesis, self.risk.epoch_seconds)

    def time_of(self, epoch: int) -> int:
        """When an epoch begins, unix seconds."""
        return int(self.risk.genesis + epoch * self.risk.epoch_seconds)

    def all(self, kind: type[T]) -> dict[str, T]:
        """Every account of a generated class, by address."""
        if kind not in self._read:
            program = LOCALNET.programs[kind.__module__.split(".")[3]]
            self._read[kind] = node.accounts(self.rpc, program, kind)
        return cast("dict[str, T]", self._read[kind])

    def one(self, kind: type[T], **fields: object) -> T:
        """The only one with these values; AssertionError for none and for several."""
        found = [each for each in self.all(kind).values() if all(getattr(each, n) == v for n, v in fields.items())]
        assert len(found) == 1, f"{len(found)} {kind.__name__} with {fields}"
        return found[0]

    @cached_property
    def markets(self) -> dict[str, PerpMarket]:
        """The perp markets by the name that seahorse.toml gives to their index."""
        return {names()[market.index]: market for market in self.all(PerpMarket).values()}


@cache
def names() -> dict[int, str]:
    """Index of a market -> its name in seahorse.toml, which is not on the chain."""
    return {market["index"]: market["name"] for market in settings()["clusters"]["localnet"]["markets"]}


@cache
def settings() -> dict[str, Any]:
    """seahorse.toml as it stands."""
    return tomllib.loads((ROOT / "seahorse.toml").read_text())
