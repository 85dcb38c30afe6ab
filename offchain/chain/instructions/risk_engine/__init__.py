"""Instructions of the risk engine that users, keepers and admins send."""

from offchain.chain.instructions.risk_engine.admin import (
    allow_engine,
    announce_change,
    init_config,
    open_feed,
    remove_engine,
    restore_engine,
    stop_registrations,
)
from offchain.chain.instructions.risk_engine.crank import push_price, sync_market, update_score
from offchain.chain.instructions.risk_engine.market import (
    apply_change,
    open_inputs,
    open_market,
    open_score,
    open_window,
    push_terms_handler,
    push_terms_pool,
    push_terms_premium,
)

__all__ = [
    "allow_engine",
    "announce_change",
    "apply_change",
    "init_config",
    "open_feed",
    "open_inputs",
    "open_market",
    "open_score",
    "open_window",
    "push_price",
    "push_terms_handler",
    "push_terms_pool",
    "push_terms_premium",
    "remove_engine",
    "restore_engine",
    "stop_registrations",
    "sync_market",
    "update_score",
]
