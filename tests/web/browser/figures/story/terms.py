"""Terms of a new market as the protocol's description has them: first value, bounds and meaning."""

from dataclasses import dataclass

from tests.model import parameters as P


@dataclass(frozen=True)
class Term:
    """One term; texts as the page writes them."""

    title: str
    typed: str
    """What stands in the field at first."""
    shown: str
    """The same with its unit."""
    bounds: str
    meaning: str
    """A sentence with a hole for the value."""


def _percent(bps: int) -> str:
    return f"{bps // 100}.{bps % 100:02d} %"


_THRESHOLD = f"{P.THRESHOLD_DEFAULT // P.ONE:,} USDC"
_LOCK, _NOTICE = f"{P.LOCK_DEFAULT} epochs (14 d)", f"{P.NOTICE_DEFAULT} epochs (1 d)"
_FEE = _percent(P.PERF_FEE_DEFAULT_BPS)

TERMS = {
    "depth": Term(
        "depth",
        "",
        "so much",
        "above 0 to 1,000,000,000 USDC",
        "You state that {} trade within 2 % of the price. The score trusts it: overstated, the score is too good and "
        "providers are paid too little for the risk.",
    ),
    "max_leverage": Term(
        "max leverage",
        f"{P.MAX_LEVERAGE_CAP // P.BPS}",
        f"{P.MAX_LEVERAGE_CAP // P.BPS}x",
        f"1x to {P.MAX_LEVERAGE_CAP // P.BPS}x",
        "Traders may take up to {}, less where the grade caps it. Higher leverage: smaller gaps already reach "
        "the pool.",
    ),
    "insolvency_threshold": Term(
        "threshold",
        f"{P.THRESHOLD_DEFAULT // P.ONE}",
        _THRESHOLD,
        f"{P.THRESHOLD_MIN // P.ONE} USDC to {P.THRESHOLD_MAX // P.ONE:,} USDC",
        "The pool pays only once deficits since the last claim exceed {}; smaller sums wait. Lower: providers pay "
        "earlier and more often.",
    ),
    "lock_epochs": Term(
        "lock",
        f"{P.LOCK_DEFAULT}",
        _LOCK,
        f"1 epoch (15 min) to {P.LOCK_MAX} epochs (30 d)",
        f"A provider who leaves within {{}} of a deposit pays a fee: {_percent(P.EARLY_FEE_BASE_BPS)} and up to "
        f"{_percent(P.EARLY_FEE_SLOPE_BPS)} more for the time left.",
    ),
    "notice_epochs": Term(
        "notice",
        f"{P.NOTICE_DEFAULT}",
        _NOTICE,
        f"{P.NOTICE_MIN} epochs (1 h) to {P.NOTICE_MAX} epochs (7 d)",
        "A withdrawal is paid {} after its request at the earliest; until then it stays at risk.",
    ),
    "performance_fee_bps": Term(
        "performance fee",
        f"{P.PERF_FEE_DEFAULT_BPS // 100}",
        _FEE,
        f"{_percent(P.PERF_FEE_MIN_BPS)} to {_percent(P.PERF_FEE_MAX_BPS)}",
        "The protocol's treasury takes {} of what providers earn above their highest share price.",
    ),
    "trading_fee_bps": Term(
        "trading fee",
        "0.1",
        "0.10 %",
        "0.01 % to 1.00 %",
        "Each open and close pays {} of its size; the premium for providers is a part of that.",
    ),
    "maintenance_bps": Term(
        "maintenance",
        "2.5",
        "2.50 %",
        "0.50 % to 10.00 %",
        "Positions are liquidated below {} of their size. It is the cushion between a trader's margin and the pool.",
    ),
    "liquidation_fee_bps": Term(
        "liquidation fee",
        "0.5",
        "0.50 %",
        "0.00 % to 2.00 %",
        "Up to {} of a liquidated size, out of remaining margin: half to the keeper, half to the market's own "
        "insurance fund, which pays before providers.",
    ),
}
"""Those of the demo market by docs/spec.md, section 5."""
