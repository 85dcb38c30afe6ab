"""The balance sheet: where every atom of the USDC mint is, and what each vault owes, read from the chain alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM
from offchain.chain.backends.base import Chain
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.ledgers import market_ledger, pool_ledger
from offchain.chain.tokens import ACCOUNT_SIZE, mint_supply, token_balance


@dataclass(frozen=True)
class Holding:
    """One token account of the mint."""

    address: Pubkey
    owner: Pubkey
    name: str
    atoms: int


@dataclass(frozen=True)
class Vault:
    """A vault of a program, and the ledger that it must cover."""

    holding: Holding
    ledger: dict[str, int]

    @property
    def owed(self) -> int:
        """Sum of the ledger."""
        return sum(self.ledger.values())

    @property
    def spare(self) -> int:
        """Atoms above the ledger: rounding in the pool's favour, and gifts; never negative."""
        return self.holding.atoms - self.owed


@dataclass(frozen=True)
class BalanceSheet:
    """Every atom in existence and where it is."""

    supply: int
    holdings: tuple[Holding, ...]
    vaults: tuple[Vault, ...]

    @property
    def total(self) -> int:
        """Sum over every token account of the mint."""
        return sum(holding.atoms for holding in self.holdings)

    @property
    def difference(self) -> int:
        """Atoms that are missing (or too many): 0 unless something is wrong."""
        return self.supply - self.total

    def faults(self) -> list[str]:
        """What is wrong, in sentences."""
        found = [f"the token accounts hold {self.total} atoms, {self.supply} exist"] if self.difference else []
        found += [
            f"{vault.holding.name} holds {vault.holding.atoms} atoms but owes {vault.owed}"
            for vault in self.vaults
            if vault.spare < 0
        ]
        return found

    def document(self) -> dict[str, Any]:
        """For `--json`: atoms as integers."""
        return {
            "supply": self.supply,
            "accounts": [
                {"name": h.name, "address": str(h.address), "owner": str(h.owner), "atoms": h.atoms}
                for h in self.holdings
            ],
            "vaults": [
                {"name": v.holding.name, "atoms": v.holding.atoms, "ledger": v.ledger, "above_ledger": v.spare}
                for v in self.vaults
            ],
            "total": self.total,
            "difference": self.difference,
        }


def balance_sheet(chain: Chain, mint: Pubkey, names: Mapping[Pubkey, str]) -> BalanceSheet:
    """Read the balance sheet; `names` only labels accounts, an unknown one is listed under its address."""
    holdings = _holdings(chain, mint, names)
    by_address = {holding.address: holding for holding in holdings}
    vaults = [Vault(by_address[address], ledger) for address, ledger in _ledgers(chain) if address in by_address]
    vaults.sort(key=lambda vault: vault.holding.name)
    return BalanceSheet(mint_supply(chain.account(mint), mint), tuple(holdings), tuple(vaults))


def _holdings(chain: Chain, mint: Pubkey, names: Mapping[Pubkey, str]) -> list[Holding]:
    found = []
    for address, account in chain.owned_by(TOKEN_PROGRAM):
        if len(account.data) != ACCOUNT_SIZE:
            continue
        balance = token_balance(account, address)
        if balance.mint == mint:
            found.append(Holding(address, balance.owner, names.get(address, str(address)), balance.amount))
    return sorted(found, key=lambda holding: holding.name)


def _ledgers(chain: Chain) -> list[tuple[Pubkey, dict[str, int]]]:
    found = []
    for _, account in chain.owned_by(LOCALNET.demo_market):
        if account.data[:8] == PerpMarket.discriminator:
            market = decode(PerpMarket, account.data)
            found += [(market.vault, market_ledger(market)), (market.fee_vault, {"fees_due": market.fees_due})]
    for _, account in chain.owned_by(LOCALNET.insurance_pool):
        if account.data[:8] == InsurancePool.discriminator:
            pool = decode(InsurancePool, account.data)
            found.append((pool.vault, pool_ledger(pool)))
    for _, account in chain.owned_by(LOCALNET.premium_manager):
        if account.data[:8] == PremiumAccount.discriminator:
            premium = decode(PremiumAccount, account.data)
            found.append((premium.escrow, {"premiums_to_route": premium.escrow_ledger}))
    return found
