"""Accounts of pool and handler as states of the Python twin, and events against accounts."""

from dataclasses import fields
from typing import Any

from offchain.chain.events import Event
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from tests.model.pool.payouts import claim_fee
from tests.model.pool.state import Pool, Position, Reserved, ledger
from tests.model.pool.utilization import utilization_bps
from tests.programs.bench.cover import Cover, Provider

RENAMED = {
    "available": "available_balance",
    "epoch_premium": "epoch_premium_accrued",
    "premium_epoch": "last_update_epoch",
}


def pool_twin(account: InsurancePool) -> Pool:
    """The pool's ledgers as the twin keeps them."""
    names = [field.name for field in fields(Pool) if field.name != "reserved"]
    reserved = None
    if account.reserved_sequence:
        parts = ("sequence", "payout", "first_loss", "premium", "capital", "offset", "fee")
        values = {part: getattr(account, f"reserved_{part}") for part in parts}
        reserved = Reserved(**values, executor_fee=claim_fee(account.reserved_payout)[1])
        assert reserved.net == account.reserved
    return Pool(**{name: getattr(account, RENAMED.get(name, name)) for name in names}, reserved=reserved)


def position_twin(account: ProviderPosition) -> Position:
    """A position as the twin keeps it."""
    renamed = {"deposited": "deposited_amount"}
    return Position(
        **{name: getattr(account, renamed.get(name, name)) for name in (field.name for field in fields(Position))}
    )


def now(cover: Cover) -> Pool:
    """The pool as it is now, its utilisation and its vault checked."""
    account = cover.pool_state
    twin = pool_twin(account)
    assert account.utilization_rate == utilization_bps(twin)
    assert cover.balance(cover.at.pool_vault) == ledger(twin)
    return twin


def position(cover: Cover, who: Provider, entry_epoch: int = 100) -> Position:
    """A provider's position as it is now."""
    return position_twin(cover.position_state(who, entry_epoch))


def only(events: list[Event], name: str) -> Any:
    """The one event that an instruction emitted."""
    assert [type(event).__name__ for event in events] == [name]
    return events[0]


def check_state(state: Any, account: Any) -> None:
    """A snapshot in an event equals the account."""
    for field in fields(state):
        assert getattr(state, field.name) == getattr(account, field.name), field.name


def check_moment(cover: Cover, event: Any, actor: Any) -> None:
    """Who, when and where an event says it happened."""
    assert (event.market_id, event.actor, event.epoch, event.slot) == (
        cover.market,
        actor,
        cover.epoch,
        cover.clock_slot,
    )
