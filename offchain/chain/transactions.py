"""Building, measuring and sending transactions.

Each transaction carries the read-only key of the upgradeable loader on one instruction: without it the runtime makes
a program read-only that one instruction hands over as writable (as Seahorse does) and another one calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from solders.address_lookup_table_account import AddressLookupTableAccount
from solders.compute_budget import set_compute_unit_limit, set_compute_unit_price
from solders.hash import Hash
from solders.instruction import AccountMeta, Instruction
from solders.keypair import Keypair
from solders.message import Message, MessageV0, to_bytes_versioned
from solders.null_signer import NullSigner
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.addresses import LOCALNET, NATIVE_PROGRAMS, UPGRADEABLE_LOADER, Addresses
from offchain.chain.backends.base import AsyncChain, Chain, Outcome
from offchain.chain.errors import program_error

MAX_UNITS = 1_400_000
"""Compute units one transaction may use."""
MAX_BYTES = 1232
"""Bytes of the largest transaction that the network carries."""
_LOADER = AccountMeta(UPGRADEABLE_LOADER, False, False)


@dataclass(frozen=True, slots=True)
class Options:
    """How to send."""

    units: int | None = None
    """Compute-unit limit; None lets the runtime reserve 200 000 for each instruction."""
    priority: int = 0
    """Priority fee in micro-lamports per compute unit."""
    v0: bool = False
    """Message version 0 instead of legacy."""
    tables: tuple[AddressLookupTableAccount, ...] = ()
    """Address lookup tables, version 0 only."""


PLAIN = Options()


def build(
    instructions: Sequence[Instruction], signers: Sequence[Keypair], blockhash: Hash, options: Options = PLAIN
) -> VersionedTransaction:
    """A signed transaction; the first signer pays the fee.

    ValueError when it is too large for the network or a signer is missing.
    """
    by_key = {_public(signer): signer for signer in signers}
    message = _message(instructions, next(iter(by_key)), blockhash, options)
    needed = message.account_keys[: message.header.num_required_signatures]
    missing = [str(key) for key in needed if key not in by_key]
    if missing:
        raise ValueError(f"the signature of {', '.join(missing)} is missing: add its key to the signers")
    signed = to_bytes_versioned(message)
    transaction = VersionedTransaction.populate(message, [by_key[key].sign_message(signed) for key in needed])
    _check_size(transaction)
    return transaction


def build_unsigned(
    instructions: Sequence[Instruction], payer: Pubkey, blockhash: Hash, options: Options = PLAIN
) -> VersionedTransaction:
    """The same with empty signatures: for simulation, measuring, and wallets that sign themselves."""
    message = _message(instructions, payer, blockhash, options)
    empty = [NullSigner(key) for key in message.account_keys[: message.header.num_required_signatures]]
    transaction = VersionedTransaction(message, empty)
    _check_size(transaction)
    return transaction


def send(
    chain: Chain,
    instructions: Sequence[Instruction],
    signers: Sequence[Keypair],
    options: Options = PLAIN,
    at: Addresses = LOCALNET,
) -> Outcome:
    """Build, send, wait; ProgramError when the transaction fails."""
    outcome = chain.send(build(instructions, signers, chain.blockhash(), options))
    if outcome.err is not None:
        raise program_error(outcome.err, outcome.logs, at)
    return outcome


def measure(
    chain: Chain, instructions: Sequence[Instruction], payer: Pubkey, options: Options = PLAIN, at: Addresses = LOCALNET
) -> Options:
    """The options with a compute-unit limit from a simulation plus 10 %; ProgramError when the simulation fails."""
    trial = build_unsigned(instructions, payer, chain.blockhash(), _with_units(options, MAX_UNITS))
    return _with_units(options, _limit(chain.simulate(trial), at))


def send_measured(
    chain: Chain,
    instructions: Sequence[Instruction],
    signers: Sequence[Keypair],
    options: Options = PLAIN,
    at: Addresses = LOCALNET,
) -> Outcome:
    """Simulate first, then send with a fitting compute-unit limit; nothing is sent when the simulation fails."""
    return send(chain, instructions, signers, measure(chain, instructions, signers[0].pubkey(), options, at), at)


async def send_async(
    chain: AsyncChain,
    instructions: Sequence[Instruction],
    signers: Sequence[Keypair],
    options: Options = PLAIN,
    at: Addresses = LOCALNET,
) -> Outcome:
    """As `send_measured`, for asyncio; a limit in the options spares the simulation."""
    if options.units is None:
        trial = build_unsigned(
            instructions, signers[0].pubkey(), await chain.blockhash(), _with_units(options, MAX_UNITS)
        )
        options = _with_units(options, _limit(await chain.simulate(trial), at))
    outcome = await chain.send(build(instructions, signers, await chain.blockhash(), options))
    if outcome.err is not None:
        raise program_error(outcome.err, outcome.logs, at)
    return outcome


def size_of(instructions: Sequence[Instruction], payer: Pubkey, options: Options = PLAIN) -> int:
    """Bytes of the signed transaction, also where that is more than the network carries."""
    message = _message(instructions, payer, Hash.default(), options)
    return len(to_bytes_versioned(message)) + 1 + 64 * message.header.num_required_signatures


def with_loader(instructions: Sequence[Instruction]) -> list[Instruction]:
    """The instructions, the first one that calls a deployed program with the loader's key after its accounts."""
    for index, found in enumerate(instructions):
        if found.program_id not in NATIVE_PROGRAMS:
            marked = Instruction(found.program_id, found.data, [*found.accounts, _LOADER])
            return [*instructions[:index], marked, *instructions[index + 1 :]]
    return list(instructions)


def _public(pair: Keypair) -> Pubkey:
    """The public key as the pair stores it; `pubkey()` computes it, which takes as long as signing."""
    return Pubkey.from_bytes(bytes(pair)[32:])


def _message(
    instructions: Sequence[Instruction], payer: Pubkey, blockhash: Hash, options: Options
) -> Message | MessageV0:
    budget = [] if options.units is None else [set_compute_unit_limit(options.units)]
    if options.priority:
        budget.append(set_compute_unit_price(options.priority))
    every = [*budget, *with_loader(instructions)]
    if options.v0:
        return MessageV0.try_compile(payer, every, list(options.tables), blockhash)
    return Message.new_with_blockhash(every, payer, blockhash)


def _with_units(options: Options, units: int) -> Options:
    return Options(units, options.priority, options.v0, options.tables)


def _limit(trial: Outcome, at: Addresses) -> int:
    if trial.err is not None:
        raise program_error(trial.err, trial.logs, at)
    return min(MAX_UNITS, -(-trial.units * 11 // 10))


def _check_size(transaction: VersionedTransaction) -> None:
    size = len(bytes(transaction))
    if size > MAX_BYTES:
        raise ValueError(
            f"the transaction has {size} bytes, the network carries {MAX_BYTES}: split it, or use a lookup table"
        )
