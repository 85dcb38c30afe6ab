"""The terms of a pool on one card."""

from offchain.admin.power import Power as Held
from offchain.admin.powers import POWERS
from offchain.api.reading import View
from offchain.api.rows import MarketRows
from offchain.api.schemas.pools import FeeTerm, Power, Terms
from offchain.chain.units import format_bps
from offchain.plain_words.risks import LOSS_WARNING


def pool_terms(view: View, rows: MarketRows) -> Terms:
    """What a deposit of this moment would be bound to."""
    pool, parameters, length = rows.pool, view.context.parameters, view.schedule.epoch_seconds
    return Terms(
        lock_epochs=pool.lock_epochs,
        lock_seconds=pool.lock_epochs * length,
        notice_epochs=pool.notice_epochs,
        notice_seconds=pool.notice_epochs * length,
        forced_after_notice_seconds=parameters.force_after * length,
        min_deposit=str(parameters.min_deposit),
        utilisation_cap_bps=parameters.util_cap_bps,
        insolvency_threshold=str(rows.config.insolvency_threshold),
        vest_seconds=parameters.vest_epochs * length,
        fees=_fees(view, rows),
        powers=[*(_power(held) for held in POWERS), *_others()],
        warning=LOSS_WARNING,
    )


def _fees(view: View, rows: MarketRows) -> list[FeeTerm]:
    p = view.context.parameters
    base, most = p.early_fee_base_bps, p.early_fee_base_bps + p.early_fee_slope_bps
    return [
        FeeTerm(name="deposit", bps=0, words="a deposit costs nothing but the network fee"),
        FeeTerm(
            name="performance",
            bps=rows.pool.performance_fee_bps,
            words="of what lifts the share price above its highest, to the protocol's treasury",
        ),
        FeeTerm(
            name="early_withdrawal_most",
            bps=most,
            words=f"of a withdrawal requested right after the deposit, falling to {format_bps(base)} just before the "
            "lock ends; to the providers who stay",
        ),
        FeeTerm(name="withdrawal", bps=0, words="of a withdrawal requested after the lock"),
        FeeTerm(name="claim", bps=p.claim_fee_bps, words="of a payout, out of it: the market pays, providers don't"),
        FeeTerm(
            name="bounty", bps=p.bounty_bps, words="of premiums at most, to the keeper who brings them to the pool"
        ),
    ]


def _power(held: Held) -> Power:
    return Power(who=held.role.words, can=held.sentence, cannot=held.cannot)


def _others() -> list[Power]:
    return [
        Power(
            who="market creator",
            can="Funds the first-loss stake and takes it back after the notice, while the market has no open interest.",
            cannot="It can't change a term of the market, reach deposits, or stop a claim or a withdrawal.",
        ),
        Power(
            who="anyone",
            can="Turns cranks, liquidates, completes claims, pays arrears, executes withdrawals that may be forced.",
            cannot="None of these pays anybody but those whom the rules name.",
        ),
    ]
