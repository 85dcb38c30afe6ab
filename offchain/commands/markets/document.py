"""One market as a JSON document; every figure from the accounts, amounts in atoms."""

from typing import Any

from offchain import words
from offchain.chain.market_view import MarketView
from offchain.chain.oracles.feed_ids import source_name
from offchain.commands.context import Context
from offchain.commands.naming import named_markets
from offchain.commands.snapshot import Snapshot, open_interest

STATUS = ("blank", "activated", "live")


def market_document(context: Context, snapshot: Snapshot, market: MarketView) -> dict[str, Any]:
    """Everything about a market that does not belong to its pool."""
    config, score, perp = market.config, market.score, market.perp
    named = next((each for each in named_markets(context) if each.market_id == market.id), None)
    long, short = open_interest(market)
    bits = snapshot.reasons(market)
    return {
        "market_id": str(market.id),
        "name": named.name if named else None,
        "pair": named.pair if named else None,
        "status": STATUS[config.status],
        "engine": str(config.engine),
        "creator": str(config.creator),
        "index": config.index,
        "grade": words.grade(config.grade),
        "restricted": bits != 0,
        "reasons": [text for bit, text in words.REASONS.items() if bits & bit],
        "price": perp.price,
        "price_time": perp.publish_time,
        "price_provisional": perp.provisional,
        "synced_at": perp.synced_at,
        "open_interest_long": long,
        "open_interest_short": short,
        "open_positions": perp.open_positions,
        "open_interest_cap": perp.oi_cap,
        "leverage_cap": perp.leverage_cap,
        "premium_rate_bps": market.premium.rate_bps,
        "house": perp.house,
        "insurance_fund": perp.fund,
        "bad_debt": perp.bad_debt,
        "score": _score(market),
        "feed": {
            "address": str(config.oracle_feed),
            "feed_id": str(market.feed.feed_id),
            "source": source_name(market.feed.source),
            "price": market.feed.price,
            "confidence": market.feed.conf,
            "publish_time": market.feed.publish_time,
            "provisional": market.feed.provisional,
            "updates": market.feed.updates,
        },
        "terms": _terms(market),
        "available": market.pool.available_balance,
        "claims": market.registry.claims,
        "score_age_epochs": snapshot.epoch - score.epoch if score.has_score else None,
    }


def _score(market: MarketView) -> dict[str, Any]:
    score = market.score
    return {
        "composite": score.composite_score,
        "leverage": score.leverage_factor,
        "oi_ratio": score.oi_ratio_factor,
        "volatility": score.volatility_factor,
        "funding_variance": score.funding_variance_factor,
        "provisional": score.provisional,
        "epoch": score.epoch,
        "required_reserve": score.required_reserve,
        "has_score": score.has_score,
    }


def _terms(market: MarketView) -> dict[str, Any]:
    config, perp = market.config, market.perp
    change = None
    if config.change_pending:
        change = {
            "lock_epochs": config.next_lock,
            "notice_epochs": config.next_notice,
            "max_leverage": config.next_max_leverage,
            "epoch": config.next_epoch,
        }
    return {
        "max_leverage": config.max_leverage,
        "insolvency_threshold": config.insolvency_threshold,
        "lock_epochs": config.lock_epochs,
        "notice_epochs": config.notice_epochs,
        "performance_fee_bps": config.performance_fee_bps,
        "reserve_bps": config.min_reserve_ratio,
        "depth": perp.depth,
        "trading_fee_bps": perp.trading_fee_bps,
        "maintenance_bps": perp.maintenance_bps,
        "liquidation_fee_bps": perp.liquidation_fee_bps,
        "epoch_seconds": config.epoch_seconds,
        "announced_change": change,
    }
