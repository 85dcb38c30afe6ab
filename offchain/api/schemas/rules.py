"""Parameters, fees and risks."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import ParameterUnit, Severity
from offchain.api.schemas.units import Body, Grade, Name, Words
from offchain.creation.terms import TermUnit


class ParameterRow(Struct, kw_only=True):
    """One number that the programs are compiled with."""

    name: Name
    group: Words
    value: Annotated[str, Meta(description="In `unit`, decimal integer")]
    unit: Annotated[ParameterUnit, Meta(description="score: 1e6 = 1.0, leverage: 10 000 = 1x, nano: 1e9 = 1.0")]
    grade: Annotated[Grade | None, Meta(description="The grade it is of; null: of all")]
    words: Words


class TermRow(Struct, kw_only=True):
    """One term that a creator chooses, within its bounds."""

    name: Name
    title: Words
    unit: Annotated[TermUnit, Meta(description="leverage: 10 000 = 1x")]
    low: Annotated[str, Meta(description="Lowest value, in `unit`")]
    low_shown: Annotated[str, Meta(description="The same as people write it; `above 0` for a single atom")]
    high: Annotated[str, Meta(description="Highest value, in `unit`")]
    high_shown: Annotated[str, Meta(description="The same as people write it")]
    default: Annotated[str | None, Meta(description="Where the creator chooses none; null: it has to be chosen")]
    default_shown: Annotated[str | None, Meta(description="The same as people write it")]
    fixed: Annotated[bool, Meta(description="It can never change once the market is registered")]
    words: Annotated[str, Meta(description="What the default means for providers, or in general where there is none")]


class Params(Body, kw_only=True):
    """All parameters, from their one source."""

    development: Annotated[bool, Meta(description="A build for tests: bounds are wider than in one for users' money")]
    epoch_seconds: Annotated[int | None, Meta(description="Of this deployment; null while none is indexed")]
    genesis: Annotated[int | None, Meta(description="Start of epoch 0, unix seconds; null while none is indexed")]
    items: Annotated[list[ParameterRow], Meta(description="Numbers compiled into the programs")]
    terms: Annotated[list[TermRow], Meta(description="What a creator chooses for a market")]


class FeeRow(Struct, kw_only=True):
    """One fee."""

    name: Name
    title: Words
    payer: Words
    receiver: Words
    of: Annotated[str, Meta(description="What it is a part of, in words")]
    low_bps: Annotated[int | None, Meta(description="Lowest, basis points of `of`; null: it is no ratio")]
    high_bps: Annotated[int | None, Meta(description="Highest, basis points of `of`; null: it is no ratio")]
    bound: Words
    providers: Annotated[bool, Meta(description="Whether it touches somebody who deposits")]


class Fees(Body, kw_only=True):
    """Every fee, with payer, receiver and bound."""

    items: Annotated[list[FeeRow], Meta(description="Those that touch providers first")]


class RiskRow(Struct, kw_only=True):
    """One risk of a deposit."""

    name: Name
    title: Words
    severity: Annotated[Severity, Meta(description="How bad")]
    failure: Annotated[str, Meta(description="How it fails")]
    mitigation: Annotated[str, Meta(description="What stands against it")]
    open: Annotated[str, Meta(description="What nothing stands against; may be empty")]


class Risks(Body, kw_only=True):
    """Every risk that is known."""

    warning: Words
    items: Annotated[list[RiskRow], Meta(description="Those of markets first")]
