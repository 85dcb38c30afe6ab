"""What addresses are called in a summary, and what the accounts are that a transaction creates."""

from collections.abc import Mapping

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.api.build.decoded import name_of_program
from offchain.chain.addresses import TOKEN_PROGRAM, Addresses, MarketAddresses
from offchain.chain.directory import KINDS

Labels = Mapping[Pubkey, str]
_WHAT = {
    "ProviderPosition": "your position",
    "InsurancePool": "insurance pool",
    "MarketConfig": "market's terms",
    "RiskScore": "risk score",
    "MarketInputs": "reports to the risk engine",
    "RiskWindow": "price and funding window",
    "PremiumAccount": "premium account",
    "ClaimRegistry": "claim registry",
    "ClaimRecord": "claim record",
    "PerpMarket": "market",
}


def market_labels(m: MarketAddresses) -> dict[Pubkey, str]:
    """The token accounts of a market."""
    return {
        m.pool_vault: "vault of the insurance pool",
        m.vault: "vault of the market",
        m.fee_vault: "fee vault of the market",
        m.escrow: "premium escrow",
    }


def what_is(account: Account, at: Addresses) -> tuple[str, str]:
    """What a new account is, and the name of its program."""
    program = name_of_program(account.owner, at)
    if account.owner == TOKEN_PROGRAM:
        return "USDC account", program
    for kind in KINDS.get(program, ()):
        if account.data[:8] == bytes(kind.discriminator):
            return _WHAT.get(kind.__name__, kind.__name__), program
    return "account", program
