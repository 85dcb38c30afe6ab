"""insurance_pool: what liquidity providers do."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.insurance_pool import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def deposit(
    provider: Pubkey,
    market_id: Pubkey,
    source: Pubkey,
    amount: int,
    min_shares: int,
    entry_epoch: int,
    at: Addresses = LOCALNET,
) -> Instruction:
    """Deposit atoms for at least `min_shares`; one position for each entry epoch, which must be the current one."""
    m = at.market(market_id)
    return raw.deposit(
        args={"amount": amount, "min_shares": min_shares, "entry_epoch": entry_epoch},
        accounts={
            "provider": provider,
            "config": at.pool_config,
            "pool": m.pool,
            "vault": m.pool_vault,
            "source": source,
            "position": m.provider_position(provider, entry_epoch),
        },
        program_id=at.insurance_pool,
    )


@checked
def top_up(
    provider: Pubkey,
    market_id: Pubkey,
    source: Pubkey,
    amount: int,
    min_shares: int,
    entry_epoch: int,
    at: Addresses = LOCALNET,
) -> Instruction:
    """Add to the position opened in this very epoch."""
    m = at.market(market_id)
    return raw.top_up(
        args={"amount": amount, "min_shares": min_shares},
        accounts={
            "provider": provider,
            "config": at.pool_config,
            "pool": m.pool,
            "vault": m.pool_vault,
            "source": source,
            "position": m.provider_position(provider, entry_epoch),
        },
        program_id=at.insurance_pool,
    )


@checked
def request_withdrawal(
    provider: Pubkey, market_id: Pubkey, entry_epoch: int, shares: int, at: Addresses = LOCALNET
) -> Instruction:
    """Request the withdrawal of shares: it fixes the value and the early fee, and starts the notice."""
    m = at.market(market_id)
    return raw.request_withdrawal(
        args={"shares": shares},
        accounts={"provider": provider, "pool": m.pool, "position": m.provider_position(provider, entry_epoch)},
        program_id=at.insurance_pool,
    )


@checked
def cancel_withdrawal(provider: Pubkey, market_id: Pubkey, entry_epoch: int, at: Addresses = LOCALNET) -> Instruction:
    """Take a request back, down to the lower of its value then and now."""
    m = at.market(market_id)
    return raw.cancel_withdrawal(
        accounts={"provider": provider, "pool": m.pool, "position": m.provider_position(provider, entry_epoch)},
        program_id=at.insurance_pool,
    )


@checked
def execute_withdrawal(
    caller: Pubkey,
    market_id: Pubkey,
    provider: Pubkey,
    entry_epoch: int,
    destination: Pubkey,
    min_assets: int,
    at: Addresses = LOCALNET,
) -> Instruction:
    """Withdraw after the notice, at least `min_assets` atoms; in part when the cap asks for it.

    The caller is the provider; from the forced date on anyone. `destination` must belong to the provider.
    """
    m = at.market(market_id)
    return raw.execute_withdrawal(
        args={"min_assets": min_assets},
        accounts={
            "caller": caller,
            "config": at.pool_config,
            "pool": m.pool,
            "position": m.provider_position(provider, entry_epoch),
            "vault": m.pool_vault,
            "destination": destination,
        },
        program_id=at.insurance_pool,
    )


@checked
def flag_exit(
    caller: Pubkey, market_id: Pubkey, provider: Pubkey, entry_epoch: int, at: Addresses = LOCALNET
) -> Instruction:
    """Restrict a market in which a request has waited a week beyond its notice; anyone may."""
    m = at.market(market_id)
    return raw.flag_exit(
        accounts={"caller": caller, "pool": m.pool, "position": m.provider_position(provider, entry_epoch)},
        program_id=at.insurance_pool,
    )
