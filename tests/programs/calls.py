"""Any instruction of a program with its usual accounts, of which a test replaces some."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from solders.instruction import Instruction
from solders.message import to_bytes_versioned
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.accounts import Decodable
from offchain.chain.errors import program_error
from offchain.chain.transactions import build_unsigned
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


def usual_accounts(market: Market) -> dict[str, Pubkey]:
    """Account name -> address for one market, as an honest caller fills them in."""
    world, at, m = market.world, market.world.at, market.m
    keeper = world.keeper.key
    return {
        "payer": keeper,
        "caller": keeper,
        "keeper": keeper,
        "admin": world.admin.key,
        "guardian": world.guardian.key,
        "writer": world.publisher.key,
        "creator": market.creator.key,
        "mint": world.mint,
        "feed": world.feed,
        "engine": at.engine(at.demo_market),
        "engine_program": at.demo_market,
        "program": at.demo_market,
        "market": market.id,
        "market_program": at.demo_market,
        "market_vault": m.vault,
        "market_config": m.config,
        "score": m.score,
        "inputs": m.inputs,
        "window": m.window,
        "premium": m.premium,
        "escrow": m.escrow,
        "pool": m.pool,
        "pool_vault": m.pool_vault,
        "registry": m.registry,
        "risk_program": at.risk_engine,
        "risk_config": at.risk_config,
        "premium_program": at.premium_manager,
        "premium_config": at.premium_config,
        "pool_program": at.insurance_pool,
        "pool_config": at.pool_config,
        "handler_program": at.insolvency_handler,
        "handler_config": at.handler_config,
    }


def call(program: str, name: str, accounts: Mapping[str, Pubkey], args: Mapping[str, Any] | None = None) -> Instruction:
    """The instruction `name` of a program; `accounts` may hold more than it needs."""
    module = import_module(f"offchain.chain.generated.{program}.instructions.{name}")
    wanted = getattr(module, "".join(word.title() for word in name.split("_")) + "Accounts").__annotations__
    given = {key: accounts[key] for key in wanted}
    builder = getattr(module, name)
    built: Instruction = builder(given) if args is None else builder(dict(args), given)
    return built


def play(world: World, config: type[Decodable], address: Pubkey, authority: str) -> User:
    """A key of the test that a program's config takes for a peer's authority from now on."""
    actor = world.user(name=authority)
    world.edit(config, address, **{authority: actor.key})
    return actor


def refusal(world: World, instruction: Instruction) -> str:
    """The code with which an instruction fails whose signers include an address without a key: simulated.

    Only the fee payer's signature is a real one.
    """
    payer = world.keeper
    unsigned = build_unsigned([instruction], payer.key, world.chain.blockhash())
    signatures = [payer.pair.sign_message(to_bytes_versioned(unsigned.message)), *unsigned.signatures[1:]]
    tried = world.chain.simulate(VersionedTransaction.populate(unsigned.message, signatures))
    assert tried.err is not None, "the instruction should have failed"
    return program_error(tried.err, tried.logs, world.at).code
