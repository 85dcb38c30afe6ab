"""Parameters: seahorse.toml as it stands, of which the programs were built, and the twin's own copy."""

from typing import Any

from tests.model import parameters as P
from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.ledger import settings
from tests.support.figures.shown import missing, number
from tests.web.browser.figures.story.terms import TERMS

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
            found[f"{row}/value"] = f"{number(one, 0)} {_unit(name)}".removesuffix(" number")
            if graded:
                found[f"{row}/group"] = f"Grades in the order {', '.join(GRADES)} (numbered 0..{len(GRADES) - 1})"
            if name == "leverage_cap":
                found[f"{row}/words"] = "Leverage cap (10 000 = 1x)."
    named = {f"table:Parameters/{name} /words": words for name, words in _meanings(p).items()}
    return {**found, **named, "table:Parameters/funding_max_8h /name": "funding max 8h"}


def _terms() -> Expected:
    found: dict[str, str] = {}
    for name, term in TERMS.items():
        row = f"table:Terms of a market/{name}"
        low, high = term.bounds.split(" to ")
        found |= {f"{row}/low": low, f"{row}/high": high, f"{row}/words": term.meaning.format(term.shown)}
        found[f"{row}/default"] = term.shown if term.typed else missing("none")
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
