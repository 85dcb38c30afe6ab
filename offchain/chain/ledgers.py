"""What each vault owes, by name: the ledgers that its token account has to cover. Amounts are atoms."""

from typing import Protocol

INDEX_ONE = 1_000_000_000
"""Profit units at index 1.0 are atoms."""


class Pool(Protocol):
    """What is read of an InsurancePool account."""

    available_balance: int
    unvested: int
    first_loss: int
    residual: int
    reserved: int
    treasury_fees: int
    claim_fees: int


class Market(Protocol):
    """What is read of a PerpMarket account."""

    margins: int
    house: int
    fund: int
    claimable: int
    unvested_units: int
    profit_index: int


def pool_ledger(pool: Pool) -> dict[str, int]:
    """Of a pool's vault."""
    return {
        "available_balance": pool.available_balance,
        "unvested_premium": pool.unvested,
        "first_loss": pool.first_loss,
        "residual": pool.residual,
        "reserved": pool.reserved,
        "treasury_fees": pool.treasury_fees,
        "claim_fees": pool.claim_fees,
    }


def market_ledger(market: Market) -> dict[str, int]:
    """Of the demo market's vault."""
    return {
        "margins": market.margins,
        "house": market.house,
        "insurance_fund": market.fund,
        "claimable": market.claimable,
        "unvested_profit": market.unvested_units * market.profit_index // INDEX_ONE,
    }
