"""The arguments of powers: from an option's text, from a plan's file, or from the chain where they are left out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.admin.errors import PlanError
from offchain.admin.power import GOVERNED, Argument, Power, Values
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.epochs import Schedule
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.risk_engine.accounts import MarketConfig, RiskConfig
from offchain.chain.oracles.feed_ids import PYTH, SOURCES, feed_id
from offchain.chain.tokens import associated
from offchain.creation.terms import BY_NAME
from offchain.settings.parameters import Parameters
from offchain.settings.project import load_project

MAX_SAMPLES = 32
"""Answers that a Switchboard feed holds."""


@dataclass(frozen=True)
class Place:
    """Where arguments are read: a chain and what `seahorse.toml` says of its cluster."""

    chain: Chain
    at: Addresses
    cluster: str

    @property
    def config(self) -> RiskConfig:
        """The risk engine's configuration, read now; PlanError where there is none."""
        account = self.chain.account(self.at.risk_config)
        if account is None:
            raise PlanError("the programs are not configured on this chain: run percosec deploy, or check the cluster")
        return decode_account(RiskConfig, account, self.at.risk_engine, self.at.risk_config)

    @property
    def schedule(self) -> Schedule:
        """When epochs begin."""
        config = self.config
        return Schedule(config.genesis, config.epoch_seconds)

    @property
    def parameters(self) -> Parameters:
        """The numbers of the build that runs there: a development build says so in its configuration."""
        return load_project().profile("development" if self.config.dev else "release").parameters


def read_arguments(power: Power, texts: dict[str, str | None], place: Place) -> Values:
    """Every argument of the power from the options' texts; PlanError or another PercosecError names the wrong one."""
    values: Values = {}
    for argument in power.arguments:
        text = texts.get(argument.name)
        if text is not None:
            values[argument.name] = READERS[argument.kind](argument, text, values, place)
        elif argument.default:
            values[argument.name] = DEFAULTS[argument.default](values, place)
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


def _key(argument: Argument, text: str, _values: Values, _place: object) -> Pubkey:
    try:
        return Pubkey.from_string(text.strip())
    except ValueError as error:
        raise PlanError(f"--{argument.name} {text!r} is no address: give 32 bytes in base58") from error


def _executable(argument: Argument, text: str, values: Values, place: Place) -> Pubkey:
    program = _key(argument, text, values, place)
    account = place.chain.account(program)
    if account is None or not account.executable:
        raise PlanError(f"there is no program at {program} on this chain: deploy it first, or check the address")
    return program


def _listed(argument: Argument, text: str, values: Values, place: Place) -> Pubkey:
    program = _key(argument, text, values, place)
    if place.chain.account(place.at.engine(program)) is None:
        raise PlanError(f"{program} was never on the list of engines: `percosec admin show` lists them")
    return program


def _program(argument: Argument, text: str, _values: Values, _place: object) -> str:
    if text not in (*GOVERNED, "all"):
        raise PlanError(f"--{argument.name} {text!r} is no program: choose one of {', '.join(GOVERNED)} or all")
    return text


def _source(argument: Argument, text: str, _values: Values, _place: object) -> int:
    if text not in SOURCES:
        raise PlanError(f"--{argument.name} {text!r} is no source of prices: choose one of {', '.join(SOURCES)}")
    return SOURCES[text]


def _feed(_argument: Argument, text: str, values: Values, _place: object) -> Pubkey:
    source = next(name for name, number in SOURCES.items() if number == values["source"])
    return feed_id(source, text)


def _pyth_feed(_argument: Argument, text: str, _values: Values, _place: object) -> Pubkey:
    return feed_id(PYTH, text)


def _or_none(read: Reader) -> Reader:
    """The word `none` as the key that nobody has: a protection is never taken away by leaving an option out."""
    return lambda argument, text, values, place: (
        Pubkey.default() if text == "none" else read(argument, text, values, place)
    )


def _samples(argument: Argument, text: str, _values: Values, _place: object) -> int:
    lowest = load_project().oracles.switchboard.min_samples
    if not text.isascii() or not text.isdecimal() or not lowest <= int(text) <= MAX_SAMPLES:
        raise PlanError(f"--min-samples {text!r} is no number of oracles: choose {lowest} to {MAX_SAMPLES}")
    return int(text)


def _term(argument: Argument, text: str, _values: Values, place: Place) -> int:
    option = "--" + argument.name.replace("_", "-")
    return BY_NAME[argument.kind].parse(text, place.schedule, place.parameters, option)


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


def _market(values: Values, place: Place) -> MarketConfig:
    address = place.at.market(values["market"]).config
    return decode_account(MarketConfig, place.chain.account(address), place.at.risk_engine, address)


def _treasury_account(_values: Values, place: Place) -> Pubkey:
    address = place.at.pool_config
    config = decode_account(PoolConfig, place.chain.account(address), place.at.insurance_pool, address)
    return associated(config.treasury, config.mint)


def _writer(values: Values, place: Place) -> Pubkey:
    source = next(name for name, number in SOURCES.items() if number == values["source"])
    project = load_project()
    if values["source"] != 0:
        return Pubkey.from_string(project.adapter_id(source, place.cluster))
    publisher = project.cluster(place.cluster).publisher
    if not publisher:
        raise PlanError(f"clusters.{place.cluster}.publisher is not set in seahorse.toml: give --writer")
    return Pubkey.from_string(publisher)


DEFAULTS: dict[str, Callable[[Values, Place], Any]] = {
    "all": lambda values, place: "all",
    "lock": lambda values, place: _market(values, place).lock_epochs,
    "notice": lambda values, place: _market(values, place).notice_epochs,
    "max_leverage": lambda values, place: _market(values, place).max_leverage,
    "creator": lambda values, place: _market(values, place).creator,
    "destination": _treasury_account,
    "writer": _writer,
    "samples": lambda values, place: load_project().oracles.switchboard.min_samples,
}
"""Name of a default -> where the value comes from when an argument is left out."""
