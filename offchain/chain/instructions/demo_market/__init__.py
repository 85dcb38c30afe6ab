"""Instructions of the demo market that traders, keepers and creators send."""

from offchain.chain.instructions.demo_market.crank import (
    check_liquidation,
    execute_liquidation,
    push_statistics,
    report,
    settle_fees,
    sweep_fees,
)
from offchain.chain.instructions.demo_market.market import (
    create_market,
    fund_house,
    fund_insurance,
    init_config,
    open_fee_vault,
    open_vault,
    register,
    withdraw_house,
)
from offchain.chain.instructions.demo_market.trading import (
    add_margin,
    close_position,
    open_position,
    open_trader,
    vest_profit,
    withdraw_profit,
)

__all__ = [
    "add_margin",
    "check_liquidation",
    "close_position",
    "create_market",
    "execute_liquidation",
    "fund_house",
    "fund_insurance",
    "init_config",
    "open_fee_vault",
    "open_position",
    "open_trader",
    "open_vault",
    "push_statistics",
    "register",
    "report",
    "settle_fees",
    "sweep_fees",
    "vest_profit",
    "withdraw_house",
    "withdraw_profit",
]
