"""Parameters: seahorse.toml as it stands, of which the programs were built, and the twin's own copy."""

from typing import Any

from tests.model import parameters as P
from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.ledger import settings
from tests.support.figures.shown import missing
from tests.support.figures.told import bps, leverage

GRADES = ("A", "B", "C", "D", "Restricted")
HOUR, DAY = 3_600, 86_400
PROFILE = "development"
"""Of the programs on a local chain."""
UNIT_OF = {
    "atoms": "threshold_min threshold_max threshold_default min_deposit bounty_max min_margin keeper_min_max virtual",
    "leverage": "max_leverage_cap leverage_cap",
    "score": "score_restrict score_release",
    "price": "price_max",
    "nano": "funding_max_8h",
    "bit": "reason_score reason_stale reason_arrears reason_exit reason_delisted",
    "seconds": "epoch_seconds pause_seconds pause_cooldown price_max_age sync_max_age confirm_wait lag_wait",
    "epochs": "epochs_per_day epochs_per_year stale_epochs change_epochs lock_min lock_max lock_default notice_min "
    "notice_max notice_default vest_epochs exit_after force_after arrears_epochs floor_cap_epochs better_epochs "
    "release_epochs gap_max funding_epochs",
    "number": "wipe_ratio warmup_updates warmup_funding",
}
"""docs/spec.md; what is not named counts basis points."""


def compiled() -> dict[str, Any]:
    """Every parameter of the local chain's programs by its name."""
    known = settings()
    return known["parameters"] | known["profiles"][PROFILE]["parameters"]


def _unit(name: str) -> str:
    for unit, names in UNIT_OF.items():
        if name in names.split():
            return unit
    return "bps"


def _meanings(p: dict[str, Any]) -> dict[str, str]:
    """The meanings that hold numbers."""
    seconds = p["epoch_seconds"]
    released = settings()["parameters"]
    return {
        "epochs_per_day": f"Epochs in a day at {DAY // p['epochs_per_day']} s.",
        "epochs_per_year": f"Epochs in a year of {p['epochs_per_year'] * seconds // DAY} days at {seconds} s.",
        "pause_seconds": f"Length of a guardian's stop in seconds ({p['pause_seconds'] // HOUR} h).",
        "pause_cooldown": f"Seconds after a guardian's stop before another ({p['pause_cooldown'] // DAY} days).",
        "lock_min": f"Shortest lock in epochs ({released['lock_min'] * seconds // DAY} days on a public cluster).",
        "lock_max": f"Longest lock in epochs ({p['lock_max'] * seconds // DAY} days).",
        "lock_default": f"Lock in epochs where the creator names none ({p['lock_default'] * seconds // DAY} days).",
        "max_leverage_cap": f"Highest leverage a market may allow ({P.BPS:,} = 1x).".replace(",", " "),
        "rate_base_bps": "Premium rate at score 0, basis points of the trading fees.",
        "price_max": "Largest price, USD 1e-6.",
        "score_restrict": "Score above which a market is restricted (1e6 = 1.0).",
        "score_release": "Score below which a restriction can lift (1e6 = 1.0).",
        "funding_epochs": f"Epochs of a funding window ({p['funding_epochs'] * seconds // HOUR} h).",
        "funding_max_8h": "Funding of 8 h at full skew (1e9 = 100 %).",
    }


def _parameters() -> Expected:
    found: dict[str, str] = {}
    p = compiled()
    for name, value in p.items():
        graded = isinstance(value, list)
        for grade, one in zip(GRADES, value, strict=True) if graded else [("", value)]:
            row = f"table:Parameters/{name} {grade}"
            found[f"{row}/value"] = f"{one} {_unit(name)}"
            if graded:
                found[f"{row}/group"] = f"Grades in the order {', '.join(GRADES)} (numbered 0..{len(GRADES) - 1})"
            if name == "leverage_cap":
                found[f"{row}/words"] = "Leverage cap (10 000 = 1x)."
    named = {f"table:Parameters/{name} /words": words for name, words in _meanings(p).items()}
    return {**found, **named, "table:Parameters/funding_max_8h /name": "funding max 8h"}


def _terms() -> Expected:
    p = compiled()
    base, slope = bps(p["early_fee_base_bps"]), bps(p["early_fee_slope_bps"])
    days = {name: p[name] * p["epoch_seconds"] // DAY for name in ("lock_default", "notice_default")}
    rows: dict[str, tuple[int, int, int | None, str]] = {
        "depth": (
            1,
            10**15,
            None,
            (
                "You state that 0.000001 USDC trade within 2 % of the price. The score trusts it: overstated, the "
                "score is too good and providers are paid too little for the risk."
            ),
        ),
        "max_leverage": (
            P.BPS,
            p["max_leverage_cap"],
            p["max_leverage_cap"],
            (
                f"Traders may take up to {leverage(p['max_leverage_cap'])}, less where the grade caps it. Higher "
                "leverage: smaller gaps already reach the pool."
            ),
        ),
        "insolvency_threshold": (
            p["threshold_min"],
            p["threshold_max"],
            p["threshold_default"],
            (
                "The pool pays only once deficits since the last claim exceed "
                f"{p['threshold_default'] // 10**6:,} USDC; smaller sums wait. "
                "Lower: providers pay earlier and more often."
            ),
        ),
        "lock_epochs": (
            p["lock_min"],
            p["lock_max"],
            p["lock_default"],
            (
                f"A provider who leaves within {p['lock_default']} epochs ({days['lock_default']} d) of a deposit "
                f"pays a fee: {base} and up to {slope} more for the time left."
            ),
        ),
        "notice_epochs": (
            p["notice_min"],
            p["notice_max"],
            p["notice_default"],
            (
                f"A withdrawal is paid {p['notice_default']} epochs ({days['notice_default']} d) after its request "
                "at the earliest; until then it stays at risk."
            ),
        ),
        "performance_fee_bps": (
            p["perf_fee_min_bps"],
            p["perf_fee_max_bps"],
            p["perf_fee_default_bps"],
            (
                f"The protocol's treasury takes {bps(p['perf_fee_default_bps'])} of what providers earn above "
                "their highest share price."
            ),
        ),
        "trading_fee_bps": (
            1,
            100,
            10,
            f"Each open and close pays {bps(10)} of its size; the premium for providers is a part of that.",
        ),
        "maintenance_bps": (
            50,
            1_000,
            250,
            (
                f"Positions are liquidated below {bps(250)} of their size. It is the "
                "cushion between a trader's margin and the pool."
            ),
        ),
        "liquidation_fee_bps": (
            0,
            200,
            50,
            (
                f"Up to {bps(50)} of a liquidated size, out of remaining margin: half to "
                "the keeper, half to the market's own insurance fund, which pays before providers."
            ),
        ),
    }
    found: dict[str, str] = {}
    for name, (low, high, default, words) in rows.items():
        row = f"table:Terms of a market/{name}"
        found |= {f"{row}/low": str(low), f"{row}/high": str(high), f"{row}/words": words}
        found[f"{row}/default"] = missing("none") if default is None else str(default)
    return found


def test_the_twin_has_the_same_numbers() -> None:
    """Two writers: the twin took its own from the description."""
    ours = compiled() | {"lock_min": settings()["parameters"]["lock_min"]}
    twins = {name.lower(): value for name, value in vars(P).items() if name.isupper()}
    shared = ours.keys() & twins.keys()
    assert {name: ours[name] for name in shared} == {
        name: list(twins[name]) if isinstance(twins[name], tuple) else twins[name] for name in shared
    }
    assert len(shared) > 60, sorted(ours.keys() - twins.keys())


def test_parameters(screen: Screen) -> None:
    screen.go("/parameters")
    compare(screen, {**_parameters(), **_terms()})
