"""risk_engine: setting it up, engines, feeds, announced changes and the guardian's stop."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.risk_engine import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def init_config(
    payer: Pubkey, mint: Pubkey, guardian: Pubkey, genesis: int, epoch_seconds: int, at: Addresses = LOCALNET
) -> Instruction:
    """Create the program's configuration; `payer` must be the admin of the project file."""
    return raw.init_config(
        args={
            "guardian": guardian,
            "premium_program": at.premium_manager,
            "pool_program": at.insurance_pool,
            "handler_program": at.insolvency_handler,
            "genesis": genesis,
            "epoch_seconds": epoch_seconds,
        },
        accounts={"payer": payer, "config": at.risk_config, "mint": mint},
        program_id=at.risk_engine,
    )


@checked
def allow_engine(admin: Pubkey, program_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Put a perp program on the list of engines whose markets may register."""
    return raw.allow_engine(
        args={"program_id": program_id},
        accounts={"admin": admin, "config": at.risk_config, "engine": at.engine(program_id), "program": program_id},
        program_id=at.risk_engine,
    )


@checked
def remove_engine(admin: Pubkey, program_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Take an engine off the list: its markets become restricted (DELISTED), claims go on."""
    return raw.remove_engine(
        accounts={"admin": admin, "config": at.risk_config, "engine": at.engine(program_id)},
        program_id=at.risk_engine,
    )


@checked
def restore_engine(admin: Pubkey, program_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Put a removed engine back on the list."""
    return raw.restore_engine(
        accounts={"admin": admin, "config": at.risk_config, "engine": at.engine(program_id)},
        program_id=at.risk_engine,
    )


@checked
def open_feed(admin: Pubkey, feed_id: Pubkey, source: int, writer: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create a price feed; `source` 0: a publisher's key (development), 1: Pyth, 2: Switchboard (adapter programs)."""
    return raw.open_feed(
        args={"feed_id": feed_id, "source": source, "writer": writer},
        accounts={"admin": admin, "config": at.risk_config, "feed": at.feed(feed_id)},
        program_id=at.risk_engine,
    )


@checked
def announce_change(
    admin: Pubkey, market_id: Pubkey, lock: int, notice: int, max_leverage: int, at: Addresses = LOCALNET
) -> Instruction:
    """Announce new terms of a market (epochs, epochs, 1x = 10 000); they apply after CHANGE_EPOCHS."""
    m = at.market(market_id)
    return raw.announce_change(
        args={"lock": lock, "notice": notice, "max_leverage": max_leverage},
        accounts={"admin": admin, "config": at.risk_config, "market_config": m.config},
        program_id=at.risk_engine,
    )


@checked
def stop_registrations(guardian: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Stop new registrations for 72 hours; not again for 30 days."""
    return raw.stop_registrations(
        accounts={"guardian": guardian, "config": at.risk_config},
        program_id=at.risk_engine,
    )
