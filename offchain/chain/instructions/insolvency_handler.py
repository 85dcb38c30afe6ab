"""insolvency_handler: registries, claim records and the executor's fee."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM, Addresses
from offchain.chain.generated.insolvency_handler import instructions as raw
from offchain.chain.instructions.checked import checked


@checked
def init_config(payer: Pubkey, guardian: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the program's configuration; `payer` must be the admin of the project file."""
    return raw.init_config(
        args={"guardian": guardian, "risk_program": at.risk_engine, "pool_program": at.insurance_pool},
        accounts={"payer": payer, "config": at.handler_config},
        program_id=at.insolvency_handler,
    )


@checked
def open_registry(payer: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank ClaimRegistry."""
    m = at.market(market_id)
    return raw.open_registry(
        args={"market_id": market_id},
        accounts={"payer": payer, "registry": m.registry},
        program_id=at.insolvency_handler,
    )


@checked
def open_claim(keeper: Pubkey, market_id: Pubkey, sequence: int, at: Addresses = LOCALNET) -> Instruction:
    """Create the blank record of the next claim; left out of a claim transaction when it exists."""
    m = at.market(market_id)
    return raw.open_claim(
        args={"sequence": sequence},
        accounts={"keeper": keeper, "registry": m.registry, "claim": m.claim(sequence)},
        program_id=at.insolvency_handler,
    )


@checked
def collect_claim_fee(
    executor: Pubkey, market_id: Pubkey, sequence: int, destination: Pubkey, at: Addresses = LOCALNET
) -> Instruction:
    """Pay the executor's part of a completed claim's fee."""
    m = at.market(market_id)
    return raw.collect_claim_fee(
        accounts={
            "executor": executor,
            "config": at.handler_config,
            "registry": m.registry,
            "claim": m.claim(sequence),
            "pool_program": at.insurance_pool,
            "pool_config": at.pool_config,
            "pool": m.pool,
            "pool_vault": m.pool_vault,
            "destination": destination,
            "token": TOKEN_PROGRAM,
        },
        program_id=at.insolvency_handler,
    )
