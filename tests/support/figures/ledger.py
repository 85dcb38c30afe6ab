"""What the chain's accounts say, by plain RPC and the generated decoders; index and API have no part in it."""

import tomllib
from base64 import b64decode
from functools import cache, cached_property
from typing import Any, TypeVar

from solders.sysvar import CLOCK

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.settings.paths import ROOT
from tests.support.browser import ask

T = TypeVar("T")
CONFIRMED = {"encoding": "base64", "commitment": "confirmed"}
UNIX_TIMESTAMP = slice(32, 40)
"""Of the Clock sysvar: the last of its five numbers of eight bytes."""


class Ledger:
    """Accounts of a chain that stands still: each kind is read once."""

    def __init__(self, rpc: str) -> None:
        self.rpc = rpc
        self._programs: dict[str, list[tuple[str, bytes]]] = {}

    @cached_property
    def now(self) -> int:
        """The chain's time, unix seconds."""
        value = ask(self.rpc, "getAccountInfo", str(CLOCK), CONFIRMED)["value"]
        return int.from_bytes(b64decode(value["data"][0])[UNIX_TIMESTAMP], "little", signed=True)

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
        return int((seconds - self.risk.genesis) // self.risk.epoch_seconds)

    def time_of(self, epoch: int) -> int:
        """When an epoch begins, unix seconds."""
        return int(self.risk.genesis + epoch * self.risk.epoch_seconds)

    def all(self, kind: type[T]) -> dict[str, T]:
        """Every account of a generated class, by address."""
        known: Any = kind
        program = kind.__module__.split(".")[3]
        return {
            address: known.decode(data)
            for address, data in self._of(program)
            if data.startswith(bytes(known.discriminator))
        }

    def one(self, kind: type[T], **fields: object) -> T:
        """The only one with these values; AssertionError for none and for several."""
        found = [each for each in self.all(kind).values() if all(getattr(each, n) == v for n, v in fields.items())]
        assert len(found) == 1, f"{len(found)} {kind.__name__} with {fields}"
        return found[0]

    @cached_property
    def markets(self) -> dict[str, PerpMarket]:
        """The perp markets by the name that seahorse.toml gives to their index."""
        return {names()[market.index]: market for market in self.all(PerpMarket).values()}

    def _of(self, program: str) -> list[tuple[str, bytes]]:
        if program not in self._programs:
            found = ask(self.rpc, "getProgramAccounts", str(LOCALNET.programs[program]), CONFIRMED)
            self._programs[program] = [(each["pubkey"], b64decode(each["account"]["data"][0])) for each in found]
        return self._programs[program]


@cache
def names() -> dict[int, str]:
    """Index of a market -> its name in seahorse.toml, which is not on the chain."""
    return {market["index"]: market["name"] for market in settings()["clusters"]["localnet"]["markets"]}


@cache
def settings() -> dict[str, Any]:
    """seahorse.toml as it stands."""
    return tomllib.loads((ROOT / "seahorse.toml").read_text())
