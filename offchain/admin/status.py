"""What stands: who holds each power, and what is under way."""

from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.admin.holders import governing, read_configs
from offchain.admin.power import Power, Role
from offchain.admin.powers import POWERS
from offchain.chain.accounts import decode
from offchain.chain.addresses import UPGRADEABLE_LOADER, Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.epochs import Schedule
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, MarketConfig

LIVE = 2
"""MarketConfig.status of a market whose terms every program has."""
POOL_BIT = 2
"""MarketConfig.terms_pushed: the pool has the terms."""
_AUTHORITY = slice(13, 45)
"""Bytes of a program-data account that hold the upgrade authority, after a flag at 12."""


@dataclass(frozen=True)
class Status:
    """Everything of `percosec admin show`."""

    schedule: Schedule
    now: int
    dev: bool
    """A development build, for local chains only."""
    configs: dict[str, Any]
    upgraders: dict[str, str]
    """Program or adapter -> key that may replace its code; empty when nobody may any more."""
    engines: tuple[AllowedEngine, ...]
    markets: tuple[MarketConfig, ...]
    pools: tuple[InsurancePool, ...]

    def holder(self, power: Power, program: str) -> str:
        """The address that holds a power now; empty for what anyone may do, or where nobody is proposed."""
        if power.role is Role.ANYONE:
            return ""
        key: Pubkey = getattr(self.configs[governing(program)], power.role.value)
        waiting = power.role is not Role.PROPOSED or self.proposed(program) is not None
        return str(key) if waiting else ""

    def proposed(self, program: str) -> Pubkey | None:
        """The admin who is proposed and has not accepted yet."""
        config = self.configs[program]
        pending: Pubkey = config.pending_admin
        return None if pending in (Pubkey.default(), config.admin) else pending

    def changes(self) -> list[MarketConfig]:
        """Markets whose terms were announced to change and have not changed yet."""
        return [market for market in self.markets if market.change_pending]

    def untold(self) -> list[MarketConfig]:
        """Markets whose changed terms the pool has not been told."""
        return [market for market in self.markets if market.status == LIVE and not market.terms_pushed & POOL_BIT]

    def stops(self) -> dict[str, tuple[int, int]]:
        """Power of the guardian -> (stopped until, possible again from), unix seconds; 0 where it was never used."""
        return {
            power.name: (self.configs[power.programs[0]].paused_until, self.configs[power.programs[0]].pause_allowed_at)
            for power in POWERS
            if power.role is Role.GUARDIAN
        }


def read_status(chain: Chain, at: Addresses) -> Status:
    """Read it all; AccountError where the programs are not configured."""
    configs = read_configs(chain, at)
    risk = configs["risk_engine"]
    return Status(
        schedule=Schedule(risk.genesis, risk.epoch_seconds),
        now=chain.now(),
        dev=risk.dev,
        configs=configs,
        upgraders={program: _upgrader(chain, key) for program, key in at.deployed.items()},
        engines=tuple(_all(chain, at.risk_engine, AllowedEngine)),
        markets=tuple(market for market in _all(chain, at.risk_engine, MarketConfig) if market.status),
        pools=tuple(pool for pool in _all(chain, at.insurance_pool, InsurancePool) if pool.active),
    )


def powers_of(status: Status) -> list[tuple[Power, str, str]]:
    """Every power, program by program, with its holder's address."""
    return [(power, program, status.holder(power, program)) for power in POWERS for program in power.programs]


def _all(chain: Chain, program: Pubkey, kind: Any) -> list[Any]:
    found = chain.owned_by(program, bytes(kind.discriminator))
    return [decode(kind, account.data) for _, account in sorted(found, key=lambda pair: str(pair[0]))]


def _upgrader(chain: Chain, program: Pubkey) -> str:
    data_address = Pubkey.find_program_address([bytes(program)], UPGRADEABLE_LOADER)[0]
    account = chain.account(data_address)
    if account is None or account.owner != UPGRADEABLE_LOADER or not account.data[12]:
        return ""
    return str(Pubkey.from_bytes(account.data[_AUTHORITY]))
