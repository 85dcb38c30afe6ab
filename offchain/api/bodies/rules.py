"""Parameters, fees and risks as documents."""

import ast
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from inspect import getsource
from itertools import pairwise

from sqlalchemy import select

from offchain import words
from offchain.api.reading import View
from offchain.api.schemas.kinds import ParameterUnit
from offchain.api.schemas.rules import FeeRow, Fees, ParameterRow, Params, RiskRow, Risks, TermRow
from offchain.api.texts.fees import every_fee
from offchain.api.texts.risks import every_risk
from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.creation.terms import TERMS
from offchain.database.tables.projections import TABLES
from offchain.plain_words.risks import LOSS_WARNING
from offchain.settings import parameters as source
from offchain.settings.parameters import Parameters

UNITS: dict[ParameterUnit, list[str]] = {
    "atoms": [
        "threshold_min",
        "threshold_max",
        "threshold_default",
        "min_deposit",
        "bounty_max",
        "min_margin",
        "keeper_min_max",
        "virtual",
    ],
    "leverage": ["max_leverage_cap", "leverage_cap"],
    "score": ["score_restrict", "score_release"],
    "price": ["price_max"],
    "nano": ["funding_max_8h"],
    "bit": ["reason_score", "reason_stale", "reason_arrears", "reason_exit", "reason_delisted"],
    "seconds": [
        "epoch_seconds",
        "pause_seconds",
        "pause_cooldown",
        "price_max_age",
        "sync_max_age",
        "confirm_wait",
        "lag_wait",
    ],
    "epochs": [
        "epochs_per_day",
        "epochs_per_year",
        "stale_epochs",
        "change_epochs",
        "lock_min",
        "lock_max",
        "lock_default",
        "notice_min",
        "notice_max",
        "notice_default",
        "vest_epochs",
        "exit_after",
        "force_after",
        "arrears_epochs",
        "floor_cap_epochs",
        "better_epochs",
        "release_epochs",
        "gap_max",
        "funding_epochs",
    ],
    "number": ["wipe_ratio", "warmup_updates", "warmup_funding"],
}
"""Unit -> the parameters in it; the others are ratios in basis points and say so by their name."""
_UNIT_OF = {name: unit for unit, names in UNITS.items() for name in names}
_RISK = TABLES[RiskConfig].c


def params(view: View) -> Params:
    """All parameters of the cluster's build."""
    row = view.session.execute(select(_RISK.genesis, _RISK.epoch_seconds, _RISK.dev).limit(1)).first()
    parameters = view.context.parameters
    schedule = Schedule(row.genesis, row.epoch_seconds) if row else Schedule(0, parameters.epoch_seconds)
    return Params(
        as_of_slot=view.slot,
        development=bool(row.dev) if row else False,
        epoch_seconds=row.epoch_seconds if row else None,
        genesis=row.genesis if row else None,
        items=list(_parameters(parameters)),
        terms=list(_terms(parameters, schedule)),
    )


def fees(view: View) -> Fees:
    """Every fee."""
    found = [FeeRow(**asdict(fee)) for fee in every_fee(view.context.parameters)]
    return Fees(as_of_slot=view.slot, items=found)


def risks(view: View) -> Risks:
    """Every risk."""
    found = [RiskRow(**asdict(risk)) for risk in every_risk(view.context.parameters)]
    return Risks(as_of_slot=view.slot, warning=LOSS_WARNING, items=found)


def unit_of(name: str) -> ParameterUnit:
    """The unit of a parameter by its name."""
    return _UNIT_OF.get(name, "bps")


@cache
def told() -> dict[str, tuple[str, str]]:
    """Parameter -> its group and meaning, from the comments and docstrings of their one source."""
    text = getsource(source)
    body = next(
        node for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == Parameters.__name__
    ).body
    lines = text.splitlines()
    found, group = {}, ""
    for field, after in pairwise(body):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        above = lines[field.lineno - 2].strip()
        group = above.removeprefix("# ") if above.startswith("# ") else group
        meaning = ast.literal_eval(after.value) if isinstance(after, ast.Expr) else ""
        found[field.target.id] = (group, str(meaning))
    return found


def _parameters(parameters: Parameters) -> Iterator[ParameterRow]:
    for name, (group, meaning) in told().items():
        value = getattr(parameters, name)
        values: list[tuple[words.Grade | None, int]] = [(None, value)]
        if not isinstance(value, int):
            values = [(words.grade(number), one) for number, one in enumerate(value)]
        for grade, one in values:
            yield ParameterRow(name=name, group=group, value=str(one), unit=unit_of(name), grade=grade, words=meaning)


def _terms(parameters: Parameters, schedule: Schedule) -> Iterator[TermRow]:
    for term in TERMS:
        low, high = term.bounds(parameters)
        default = term.default(parameters) if term.default else None
        low_shown, high_shown = term.show_bounds(schedule, parameters)
        yield TermRow(
            name=term.name,
            title=term.title,
            unit=term.unit,
            low=str(low),
            low_shown=low_shown,
            high=str(high),
            high_shown=high_shown,
            default=None if default is None else str(default),
            default_shown=None if default is None else term.show(default, schedule),
            fixed=term.fixed,
            words=term.explain(default, schedule, parameters),
        )
