"""Instructions of the insurance pool that providers, creators and keepers send."""

from offchain.chain.instructions.insurance_pool.crank import (
    force_resolution,
    release_funds,
    report_offset,
    report_reserve,
)
from offchain.chain.instructions.insurance_pool.provider import (
    cancel_withdrawal,
    deposit,
    execute_withdrawal,
    flag_exit,
    request_withdrawal,
    top_up,
)
from offchain.chain.instructions.insurance_pool.setup import (
    collect_treasury,
    init_config,
    open_pool,
    open_vault,
    stop_deposits,
)
from offchain.chain.instructions.insurance_pool.stake import cancel_stake, execute_stake, fund_first_loss, request_stake

__all__ = [
    "cancel_stake",
    "cancel_withdrawal",
    "collect_treasury",
    "deposit",
    "execute_stake",
    "execute_withdrawal",
    "flag_exit",
    "force_resolution",
    "fund_first_loss",
    "init_config",
    "open_pool",
    "open_vault",
    "release_funds",
    "report_offset",
    "report_reserve",
    "request_stake",
    "request_withdrawal",
    "stop_deposits",
    "top_up",
]
