"""The programs' own accounts against the replay: each ledger field by field."""

from collections.abc import Callable
from typing import Any

from solders.pubkey import Pubkey

from offchain.verify.evidence.model import Evidence
from offchain.verify.read.programs import Programs
from offchain.verify.replay.market.state import Market
from offchain.verify.replay.pool.state import Pool, Position
from offchain.verify.replay.premiums import Premium
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.world import World

Expected = dict[str, int | bool]


def check_states(evidence: Evidence, programs: Programs, world: World, problems: Problems) -> None:
    """Compare every account that the replay knows."""
    known: dict[str, tuple[dict[Pubkey, Any], Callable[[Any], Expected]]] = {
        "PerpMarket": (world.markets.all, _market),
        "InsurancePool": (world.pools.all, _pool),
        "ProviderPosition": (world.pools.positions, _position),
        "PremiumAccount": (world.premiums.all, _premium),
    }
    for key, account in evidence.accounts.items():
        held = programs.held(account)
        if held is None or held[0] not in known:
            continue
        kind, fields = held
        replayed, expect = known[kind]
        if key not in replayed:
            problems.add(f"{kind} {key}", "an account that the transactions made", "another one")
            continue
        for name, value in expect(replayed[key]).items():
            problems.compare(f"{name} of {kind} {key}", value, fields[name])


def _market(market: Market) -> Expected:
    names = (
        "price", "lag_price", "provisional", "oi_long", "oi_short", "cum_funding", "margins", "house", "fund",
        "claimable", "fees_due", "unvested_units", "profit_index", "profit_generation", "deficit_counter",
        "margin_counter", "fund_counter", "bad_debt", "open_positions",
    )  # fmt: skip
    return {name: getattr(market, name) for name in names}


def _pool(pool: Pool) -> Expected:
    names = (
        "total_deposits", "total_shares", "unvested", "vest_end", "vest_epoch", "pending_shares", "pending_value",
        "generation", "first_loss", "residual", "unsettled", "treasury_fees", "claim_fees", "total_offset",
    )  # fmt: skip
    payout = pool.reserved
    return {name: getattr(pool, name) for name in names} | {
        "available_balance": pool.available,
        "high_water_mark": pool.mark,
        "reserved": payout.net if payout else 0,
        "reserved_payout": payout.payout if payout else 0,
    }


def _position(position: Position) -> Expected:
    return {
        "deposited_amount": position.deposited,
        "shares": position.shares,
        "unlock_epoch": position.unlock_epoch,
        "requested_shares": position.requested,
        "request_value": position.value,
    }


def _premium(premium: Premium) -> Expected:
    return {
        "escrow_ledger": premium.escrow,
        "balance": premium.balance,
        "rate_bps": premium.rate_bps or 0,
        "acknowledged_offset": premium.acknowledged,
    }
