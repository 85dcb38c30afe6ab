"""Reading the protocol's accounts for a command, with messages that say what to do when they are missing."""

from collections.abc import Sequence
from typing import TypeVar

from solders.pubkey import Pubkey

from offchain.chain.accounts import Decodable, decode_account
from offchain.chain.epochs import Schedule
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.tokens import associated, token_balance
from offchain.commands.context import Context
from offchain.errors import PercosecError

T = TypeVar("T", bound=Decodable)


def program_of(context: Context, kind: type[Decodable]) -> Pubkey:
    """The program that a generated account class belongs to."""
    return context.at.programs[kind.__module__.split(".")[3]]


def read(context: Context, kind: type[T], address: Pubkey) -> T:
    """One account; AccountError when it is missing or of another type."""
    return decode_account(kind, context.chain().account(address), program_of(context, kind), address)


def read_if_there(context: Context, kind: type[T], address: Pubkey) -> T | None:
    """One account, None where there is none."""
    account = context.chain().account(address)
    return None if account is None else decode_account(kind, account, program_of(context, kind), address)


def read_many(context: Context, kind: type[T], addresses: Sequence[Pubkey]) -> list[T | None]:
    """Several accounts of one type, None where there is none."""
    program = program_of(context, kind)
    found = context.chain().accounts(addresses)
    return [
        None if account is None else decode_account(kind, account, program, address)
        for address, account in zip(addresses, found, strict=True)
    ]


def risk_config(context: Context) -> RiskConfig:
    """The deployment's own configuration: mint, genesis, length of an epoch."""
    found = read_if_there(context, RiskConfig, context.at.risk_config)
    if found is None:
        raise PercosecError(
            f"the programs are not configured on this {context.settings.cluster} chain: run percosec deploy first"
        )
    return found


def schedule_of(context: Context) -> Schedule:
    """When epochs begin."""
    config = risk_config(context)
    return Schedule(config.genesis, config.epoch_seconds)


def pool_of(context: Context, market_id: Pubkey) -> InsurancePool:
    """A market's pool; PercosecError when there is no such market."""
    found = read_if_there(context, InsurancePool, context.at.market(market_id).pool)
    if found is None:
        raise _unknown(market_id)
    return found


def perp_of(context: Context, market_id: Pubkey) -> PerpMarket:
    """A market of the demo program; PercosecError when there is no such market."""
    found = read_if_there(context, PerpMarket, market_id)
    if found is None:
        raise _unknown(market_id)
    return found


def usdc_held(context: Context, owner: Pubkey, mint: Pubkey) -> int | None:
    """Atoms in the owner's associated token account, None where there is none."""
    address = associated(owner, mint)
    account = context.chain().account(address)
    return None if account is None else token_balance(account, address).amount


def _unknown(market_id: Pubkey) -> PercosecError:
    return PercosecError(f"there is no market {market_id} on this chain: percosec markets list shows them")
