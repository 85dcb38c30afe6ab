"""Accounts and clock of a chain, by plain RPC."""

from base64 import b64decode
from typing import Any, TypeVar

from solders.pubkey import Pubkey

from offchain.chain.accounts import Decodable, decode
from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from tests.model.calendar import epoch_at
from tests.support.browser import ask

T = TypeVar("T", bound=Decodable)

CLOCK = "SysvarC1ock11111111111111111111111111111111"
CONFIRMED = {"encoding": "base64", "commitment": "confirmed"}
_UNIX_TIMESTAMP = slice(32, 40)
"""The last of the clock's five numbers: slot, start of the epoch, epoch, leader's epoch, time."""


def accounts(rpc: str, program: Pubkey, kind: type[T], *where: tuple[int, str]) -> dict[str, T]:
    """Every account of this type by its address; `where` holds offsets behind the discriminator and base58 values."""
    filters = [{"memcmp": {"offset": 8 + offset, "bytes": value}} for offset, value in where]
    found = ask(rpc, "getProgramAccounts", str(program), {**CONFIRMED, "filters": filters})
    data = {each["pubkey"]: b64decode(each["account"]["data"][0]) for each in found}
    return {address: decode(kind, raw) for address, raw in data.items() if raw[:8] == kind.discriminator}


def account(rpc: str, kind: type[T], address: object) -> T:
    """One account; AssertionError where there is none."""
    return decode(kind, _data(rpc, address))


def now(rpc: str) -> int:
    """The chain's time, unix seconds."""
    return int.from_bytes(_data(rpc, CLOCK)[_UNIX_TIMESTAMP], "little", signed=True)


class Calendar:
    """Epochs of a chain, from the risk engine's own configuration."""

    def __init__(self, rpc: str) -> None:
        """Read once: neither number ever changes."""
        self._rpc = rpc
        config = account(rpc, RiskConfig, LOCALNET.risk_config)
        self.genesis, self.epoch_seconds = config.genesis, config.epoch_seconds

    def epoch(self) -> int:
        """The one that the chain is in."""
        return epoch_at(now(self._rpc), self.genesis, self.epoch_seconds)

    def start(self, epoch: int) -> int:
        """When an epoch begins, unix seconds."""
        return int(self.genesis + epoch * self.epoch_seconds)


def _data(rpc: str, address: object) -> bytes:
    value: Any = ask(rpc, "getAccountInfo", str(address), CONFIRMED)["value"]
    assert value is not None, f"there is no account {address}"
    return b64decode(value["data"][0])
