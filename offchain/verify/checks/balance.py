"""The balance sheet: every token account of the mint, from opening through flows to closing."""

from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.verify.checks.flows import Flow, Flows
from offchain.verify.evidence.model import Evidence
from offchain.verify.read.tokens import Holding, holding, supply
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.world import World


@dataclass(frozen=True, slots=True)
class Line:
    """One token account, atoms."""

    address: Pubkey
    owner: Pubkey
    role: str
    """`pool vault`, `market vault`, `fee vault`, `premium escrow`, or `wallet`."""
    market: Pubkey | None
    flow: Flow
    closing: int
    """What the account holds on chain."""
    ledger: int | None
    """What the replayed ledgers say a vault has to hold at least; None for a wallet."""

    def to_json(self) -> dict[str, Any]:
        """Integers in atoms, keys in base58."""
        return {
            "address": str(self.address),
            "owner": str(self.owner),
            "role": self.role,
            "market": str(self.market) if self.market else None,
            "opening": self.flow.opening,
            "minted": self.flow.minted,
            "received": self.flow.received,
            "sent": self.flow.sent,
            "burned": self.flow.burned,
            "closing": self.closing,
            "ledger": self.ledger,
            "by_instruction": dict(sorted(self.flow.causes.items())),
        }


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """All accounts of the mint; nothing balances it but what was found."""

    mint: Pubkey
    supply: int
    lines: list[Line]

    @property
    def total(self) -> int:
        """Sum of what all accounts hold."""
        return sum(line.closing for line in self.lines)

    @property
    def difference(self) -> int:
        """Supply less total: atoms that are nowhere (or too many)."""
        return self.supply - self.total

    def to_json(self) -> dict[str, Any]:
        """Every account in atoms."""
        return {
            "mint": str(self.mint),
            "supply": self.supply,
            "total": self.total,
            "difference": self.difference,
            "accounts": [line.to_json() for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class _Vault:
    role: str
    market: Pubkey
    ledger: int


def balance_sheet(evidence: Evidence, mint: Pubkey, flows: Flows, world: World, problems: Problems) -> BalanceSheet:
    """Draw the sheet and note everything on it that does not close."""
    vaults = _vaults(world)
    held = {key: one for key, account in evidence.accounts.items() if (one := holding(account)) and one.mint == mint}
    lines = [_line(key, one, flows, vaults, problems) for key, one in held.items()]
    for key, flow in flows.all.items():
        if key not in held:
            problems.compare(f"token account {key}, which is gone", 0, flow.balance)
    for key, vault in vaults.items():
        if key not in held:
            problems.add(f"{vault.role} {key} of market {vault.market}", "a token account", "none")
    sheet = BalanceSheet(mint, supply(evidence.accounts.get(mint)), sorted(lines, key=_order))
    problems.compare(f"sum of all token accounts of mint {mint}, against its supply", sheet.supply, sheet.total)
    issued = sum(flow.opening for flow in flows.all.values()) + flows.minted - flows.burned
    untouched = sum(one.amount for key, one in held.items() if key not in flows.all)
    problems.compare(f"supply of mint {mint}, against what was minted", issued + untouched, sheet.supply)
    return sheet


def _line(key: Pubkey, held: Holding, flows: Flows, vaults: dict[Pubkey, _Vault], problems: Problems) -> Line:
    flow = flows.all.get(key, Flow(opening=held.amount))
    vault = vaults.get(key)
    role = vault.role if vault else "wallet"
    problems.compare(f"closing balance of {role} {key}, against opening and flows", flow.balance, held.amount)
    if vault is not None and held.amount < vault.ledger:
        problems.add(f"{role} {key} of market {vault.market}", f"at least its ledger of {vault.ledger}", held.amount)
    return Line(
        key, held.owner, role, vault.market if vault else None, flow, held.amount, vault.ledger if vault else None
    )


def _vaults(world: World) -> dict[Pubkey, _Vault]:
    found: dict[Pubkey, _Vault] = {}
    for pool in world.pools.all.values():
        if pool.vault is not None:
            found[pool.vault] = _Vault("pool vault", pool.market, pool.ledger)
    for key, market in world.markets.all.items():
        if market.vault is not None:
            found[market.vault] = _Vault("market vault", key, market.ledger)
        if market.fee_vault is not None:
            found[market.fee_vault] = _Vault("fee vault", key, market.fees_due)
    for premium in world.premiums.all.values():
        if premium.escrow_account is not None:
            found[premium.escrow_account] = _Vault("premium escrow", premium.market, premium.escrow)
    return found


def _order(line: Line) -> tuple[str, str, str]:
    return str(line.market or ""), line.role, str(line.address)
