"""One pool as a JSON document, as its next transaction would find it; amounts in atoms."""

from typing import Any

from offchain.chain.market_view import MarketView
from offchain.chain.pool_figures import pool_figures
from offchain.commands.context import Context
from offchain.commands.naming import name_of
from offchain.commands.snapshot import Snapshot


def pool_document(context: Context, snapshot: Snapshot, market: MarketView) -> dict[str, Any]:
    """The pool of a market: its worth, what is promised, what can leave, and the terms."""
    pool = market.pool
    figures = pool_figures(pool, snapshot.epoch, snapshot.parameters)
    return {
        "market_id": str(market.id),
        "name": name_of(context, market.id),
        "pool": str(context.at.market(market.id).pool),
        "vault": str(pool.vault),
        "nav": figures.nav,
        "priced_nav": figures.priced_nav,
        "share_price_e9": figures.share_price,
        "total_shares": pool.total_shares,
        "unvested": figures.unvested,
        "vest_end_epoch": pool.vest_end if figures.unvested else None,
        "reserved": pool.reserved,
        "first_loss": pool.first_loss,
        "residual": pool.residual,
        "unsettled": pool.unsettled,
        "utilisation_bps": figures.utilisation_bps,
        "required_reserve": pool.required_reserve,
        "withdrawable": figures.withdrawable if figures.fresh else 0,
        "withdrawals_fresh": figures.fresh,
        "pending_withdrawals": pool.pending_value,
        "exit": pool.exit,
        "generation": pool.generation,
        "treasury_fees": pool.treasury_fees,
        "claim_fees": pool.claim_fees,
        "premium_arrears": max(0, -market.premium.balance),
        "premiums_collected": market.premium.total_collected,
        "premiums_routed": market.premium.total_routed,
        "premium_rate_bps": market.premium.rate_bps,
        "providers": sum(1 for each in market.providers.values() if each.shares and each.generation == pool.generation),
        "terms": {
            "lock_epochs": pool.lock_epochs,
            "notice_epochs": pool.notice_epochs,
            "performance_fee_bps": pool.performance_fee_bps,
            "epoch_seconds": pool.epoch_seconds,
            "min_deposit": snapshot.parameters.min_deposit,
            "utilisation_cap_bps": snapshot.parameters.util_cap_bps,
        },
    }
