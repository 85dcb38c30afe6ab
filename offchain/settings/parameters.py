"""Protocol parameters: the numbers compiled into the programs, with their units."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from offchain.settings.table import SettingsError, Table

GRADES = ("A", "B", "C", "D", "RESTRICTED")
U64 = 1 << 64

ByGrade = tuple[int, int, int, int, int]
"""One value for each of `GRADES`."""


@dataclass(frozen=True)
class Parameters:
    """Every number that the programs are compiled with; defaults and overrides stand in `seahorse.toml`."""

    # Time
    epoch_seconds: int
    """Length of an epoch in seconds; the only value the release build accepts."""
    epochs_per_day: int
    """Epochs in a day at 900 s."""
    epochs_per_year: int
    """Epochs in a year of 365 days at 900 s."""
    stale_epochs: int
    """A score or report older than this many epochs is stale."""
    change_epochs: int
    """Epochs between the announcement of a parameter change and its effect."""
    pause_seconds: int
    """Length of a guardian's stop in seconds (72 h)."""
    pause_cooldown: int
    """Seconds after a guardian's stop before another (30 days)."""

    # Market terms
    lock_min: int
    """Shortest lock in epochs (7 days on a public cluster)."""
    lock_max: int
    """Longest lock in epochs (30 days)."""
    lock_default: int
    """Lock in epochs where the creator names none (14 days)."""
    notice_min: int
    """Shortest withdrawal notice in epochs."""
    notice_max: int
    """Longest withdrawal notice in epochs."""
    notice_default: int
    """Withdrawal notice in epochs where the creator names none."""
    perf_fee_min_bps: int
    """Lowest performance fee, basis points of yield."""
    perf_fee_max_bps: int
    """Highest performance fee, basis points of yield."""
    perf_fee_default_bps: int
    """Performance fee where the creator names none, basis points."""
    threshold_min: int
    """Lowest insolvency threshold in atoms."""
    threshold_max: int
    """Highest insolvency threshold in atoms."""
    threshold_default: int
    """Insolvency threshold where the creator names none, atoms."""
    max_leverage_cap: int
    """Highest leverage a market may allow (10 000 = 1x)."""

    # Pool
    min_deposit: int
    """Smallest deposit in atoms."""
    virtual: int
    """Virtual shares and virtual atoms in the share price."""
    vest_epochs: int
    """Epochs over which premiums and profits vest."""
    util_cap_bps: int
    """Utilisation above which withdrawals wait, basis points."""
    util_max_bps: int
    """Utilisation of an empty pool, basis points."""
    early_fee_base_bps: int
    """Constant part of the early withdrawal fee, basis points."""
    early_fee_slope_bps: int
    """Part of the early withdrawal fee that shrinks with the remaining lock, basis points."""
    exit_after: int
    """Epochs after notice end when an unpaid request may set EXIT."""
    force_after: int
    """Epochs after notice end when a request is payable whatever cap and freshness say."""
    wipe_ratio: int
    """A pool with available * this < total shares starts a new generation."""

    # Claims
    claim_fee_bps: int
    """Claim fee, basis points of the payout."""
    executor_share_bps: int
    """The executor's part of the claim fee, basis points."""

    # Premiums
    rate_base_bps: int
    """Premium rate at score 0, basis points of the trading fees."""
    rate_span_bps: int
    """What the rate adds up to the restricting score, basis points."""
    rate_max_bps: int
    """Highest premium rate, basis points."""
    rate_fall_bps: int
    """Largest fall of the rate in one update, basis points."""
    bounty_bps: int
    """Keeper's bounty, basis points of the routed premium."""
    bounty_max: int
    """Largest bounty in atoms."""
    arrears_epochs: int
    """Epochs below zero without a break before ARREARS."""
    floor_cap_epochs: int
    """Epochs of premium floor that can be held as credit."""

    # Prices
    price_max_age: int
    """Oldest price accepted, seconds."""
    sync_max_age: int
    """Oldest market sync that allows trading, seconds."""
    confirm_wait: int
    """Seconds until a provisional price can be confirmed."""
    lag_wait: int
    """Age of the lagged price a liquidation also looks at, seconds."""
    step_bps: int
    """Largest step between two prices that is not provisional, basis points."""
    conf_bps: int
    """Confidence above which a price is provisional, basis points."""
    conf_refuse_bps: int
    """Confidence above which a price is refused, basis points."""
    price_max: int
    """Largest price, USD 1e-6."""

    # Score
    score_restrict: int
    """Score above which a market is restricted (1e6 = 1.0)."""
    score_release: int
    """Score below which a restriction can lift (1e6 = 1.0)."""
    better_epochs: int
    """Epochs a better grade must hold before it applies."""
    release_epochs: int
    """Epochs below the release score before a restriction lifts."""
    warmup_updates: int
    """Price updates before the volatility factor is measured."""
    warmup_funding: int
    """Funding samples before the funding factor is measured."""
    gap_max: int
    """Longest gap in epochs that still gives a return sample."""
    funding_epochs: int
    """Epochs of a funding window (8 h)."""

    # Demo market
    min_margin: int
    """Smallest margin of a position in atoms."""
    keeper_min_bps: int
    """The keeper's minimum at a liquidation, basis points of the notional."""
    keeper_min_max: int
    """Cap of the keeper's minimum in atoms."""
    funding_max_8h: int
    """Funding of 8 h at full skew (1e9 = 100 %)."""
    depth_slip_bps: int
    """Slippage of a fill as large as the depth, basis points."""
    extreme_bps: int
    """Negative equity beyond this part of the notional can be resolved by the pool, basis points."""

    # Restriction reasons, bits of one byte
    reason_score: int
    """The score is above the restricting one."""
    reason_stale: int
    """The score is stale."""
    reason_arrears: int
    """Premiums are in arrears."""
    reason_exit: int
    """A withdrawal has waited too long."""
    reason_delisted: int
    """The market's engine was removed from the list."""

    # Grades in the order A, B, C, D, Restricted (numbered 0..4)
    reserve_bps: ByGrade
    """Required reserve, basis points of open interest."""
    floor_bps: ByGrade
    """Yearly premium floor, basis points of the required reserve."""
    leverage_cap: ByGrade
    """Leverage cap (10 000 = 1x)."""

    def constants(self) -> Iterator[tuple[str, int]]:
        """(NAME, value) of each constant as the programs know it; a list becomes one constant for each grade."""
        for field in fields(self):
            name, value = field.name.upper(), getattr(self, field.name)
            if isinstance(value, int):
                yield name, value
            else:
                yield from zip((f"{name}_{grade}" for grade in GRADES), value, strict=True)


def read_parameters(common: Table, overrides: Table) -> Parameters:
    """The common parameters with a profile's own on top; every one must be set, none may be unknown."""
    names = [field.name for field in fields(Parameters)]
    common.refuse_others(names)
    overrides.refuse_others(names)
    values: dict[str, Any] = {}
    for field in fields(Parameters):
        table = overrides if field.name in overrides.values else common
        values[field.name] = _integer(table, field.name) if field.type is int else _by_grade(table, field.name)
    return Parameters(**values)


def _integer(table: Table, name: str) -> int:
    return _check(table, name, table.get(name))


def _by_grade(table: Table, name: str) -> tuple[int, ...]:
    values = table.get(name)
    if not isinstance(values, list) or len(values) != len(GRADES):
        raise SettingsError(
            f"{table.key(name)} must be a list of {len(GRADES)} integers, one for each grade, not {values!r}"
        )
    return tuple(_check(table, name, value) for value in values)


def _check(table: Table, name: str, value: Any) -> int:
    if type(value) is not int or not 0 <= value < U64:
        raise SettingsError(f"{table.key(name)} must be an integer from 0 to 2^64 - 1 in seahorse.toml, not {value!r}")
    return value
