"""The arguments of powers: from an option's text, from a plan's file, or from the chain where they are left out."""

from collections.abc import Callable
from typing import Any

from solders.pubkey import Pubkey

from offchain.admin.errors import PlanError
from offchain.admin.power import GOVERNED, Argument, Power, Values
from offchain.admin.venue import Venue
from offchain.chain.accounts import decode_account
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from offchain.chain.oracles.feed_ids import PYTH, SOURCES, feed_id, source_name
from offchain.chain.tokens import associated
from offchain.creation.terms import BY_NAME
from offchain.settings.project import load_project

MAX_SAMPLES = 32
"""Answers that a Switchboard feed holds."""


def read_arguments(power: Power, texts: dict[str, str | None], venue: Venue) -> Values:
    """Every argument of the power from the options' texts; PlanError or another PercosecError names the wrong one."""
    values: Values = {}
    for argument in power.arguments:
        text = texts.get(argument.name)
        if text is not None:
            values[argument.name] = READERS[argument.kind](argument, text, values, venue)
        elif argument.default:
            values[argument.name] = DEFAULTS[argument.default](values, venue)
        else:
            raise PlanError(f"{power.name} needs --{argument.name.replace('_', '-')}: {argument.help}")
    return values


def to_json(values: Values) -> dict[str, Any]:
    """The arguments as a plan's file keeps them."""
    return {name: str(value) if isinstance(value, Pubkey) else value for name, value in values.items()}


def from_json(power: Power, stored: dict[str, Any]) -> Values:
    """The arguments out of a plan's file; PlanError when they are not this power's."""
    if set(stored) != {argument.name for argument in power.arguments}:
        raise PlanError(f"the plan's arguments are not those of {power.name}: make the plan again")
    return {argument.name: _revive(argument, stored[argument.name]) for argument in power.arguments}


def _revive(argument: Argument, stored: Any) -> Any:
    wanted = int if argument.kind in ("source", "samples", *BY_NAME) else str
    if type(stored) is not wanted:
        raise PlanError(f"the plan's argument {argument.name} is {stored!r}: make the plan again")
    if argument.kind == "program":
        return _program(argument, str(stored), {}, None)
    return stored if wanted is int else _key(argument, str(stored), {}, None)


Reader = Callable[[Argument, str, Values, Any], Any]


def _key(argument: Argument, text: str, _values: Values, _venue: object) -> Pubkey:
    try:
        return Pubkey.from_string(text.strip())
    except ValueError as error:
        raise PlanError(f"--{argument.name} {text!r} is no address: give 32 bytes in base58") from error


def _executable(argument: Argument, text: str, values: Values, venue: Venue) -> Pubkey:
    program = _key(argument, text, values, venue)
    account = venue.chain.account(program)
    if account is None or not account.executable:
        raise PlanError(f"there is no program at {program} on this chain: deploy it first, or check the address")
    return program


def _listed(argument: Argument, text: str, values: Values, venue: Venue) -> Pubkey:
    program = _key(argument, text, values, venue)
    if venue.chain.account(venue.at.engine(program)) is None:
        raise PlanError(f"{program} was never on the list of engines: `percosec admin show` lists them")
    return program


def _program(argument: Argument, text: str, _values: Values, _venue: object) -> str:
    if text not in (*GOVERNED, "all"):
        raise PlanError(f"--{argument.name} {text!r} is no program: choose one of {', '.join(GOVERNED)} or all")
    return text


def _source(argument: Argument, text: str, _values: Values, _venue: object) -> int:
    if text not in SOURCES:
        raise PlanError(f"--{argument.name} {text!r} is no source of prices: choose one of {', '.join(SOURCES)}")
    return SOURCES[text]


def _feed(_argument: Argument, text: str, values: Values, _venue: object) -> Pubkey:
    source = source_name(values["source"])
    return feed_id(source, text)


def _pyth_feed(_argument: Argument, text: str, _values: Values, _venue: object) -> Pubkey:
    return feed_id(PYTH, text)


def _or_none(read: Reader) -> Reader:
    """The word `none` as the key that nobody has: a protection is never taken away by leaving an option out."""
    return lambda argument, text, values, venue: (
        Pubkey.default() if text == "none" else read(argument, text, values, venue)
    )


def _samples(argument: Argument, text: str, _values: Values, _venue: object) -> int:
    lowest = load_project().oracles.switchboard.min_samples
    if not text.isascii() or not text.isdecimal() or not lowest <= int(text) <= MAX_SAMPLES:
        raise PlanError(f"--min-samples {text!r} is no number of oracles: choose {lowest} to {MAX_SAMPLES}")
    return int(text)


def _term(argument: Argument, text: str, _values: Values, venue: Venue) -> int:
    option = "--" + argument.name.replace("_", "-")
    return BY_NAME[argument.kind].parse(text, venue.schedule, venue.parameters, option)


READERS: dict[str, Reader] = {
    "key": _key,
    "market": _key,
    "executable": _executable,
    "listed": _listed,
    "program": _program,
    "source": _source,
    "feed": _feed,
    "pyth_feed": _pyth_feed,
    "key_or_none": _or_none(_key),
    "pyth_feed_or_none": _or_none(_pyth_feed),
    "samples": _samples,
    "lock_epochs": _term,
    "notice_epochs": _term,
    "max_leverage": _term,
}
"""Kind of an argument -> how its text is read."""


def _market(values: Values, venue: Venue) -> MarketConfig:
    address = venue.at.market(values["market"]).config
    return decode_account(MarketConfig, venue.chain.account(address), venue.at.risk_engine, address)


def _treasury_account(_values: Values, venue: Venue) -> Pubkey:
    address = venue.at.pool_config
    config = decode_account(PoolConfig, venue.chain.account(address), venue.at.insurance_pool, address)
    return associated(config.treasury, config.mint)


def _writer(values: Values, venue: Venue) -> Pubkey:
    source = source_name(values["source"])
    project = load_project()
    if values["source"] != 0:
        return Pubkey.from_string(project.adapter_id(source, venue.cluster))
    publisher = project.cluster(venue.cluster).publisher
    if not publisher:
        raise PlanError(f"clusters.{venue.cluster}.publisher is not set in seahorse.toml: give --writer")
    return Pubkey.from_string(publisher)


DEFAULTS: dict[str, Callable[[Values, Venue], Any]] = {
    "all": lambda values, venue: "all",
    "lock": lambda values, venue: _market(values, venue).lock_epochs,
    "notice": lambda values, venue: _market(values, venue).notice_epochs,
    "max_leverage": lambda values, venue: _market(values, venue).max_leverage,
    "creator": lambda values, venue: _market(values, venue).creator,
    "destination": _treasury_account,
    "writer": _writer,
    "samples": lambda values, venue: load_project().oracles.switchboard.min_samples,
}
"""Name of a default -> where the value comes from when an argument is left out."""
