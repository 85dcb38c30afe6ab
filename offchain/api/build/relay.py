"""Signed transactions forwarded to the node, and simulations of what is about to be signed.

A browser could send by itself, but then it needs a node of its own, whose address and key it would show to everybody,
and a looser content policy. The relay can neither read more than the chain shows anyway nor change a signed byte. It
takes nothing but calls of this deployment's programs, so that it is no free node for anybody else.
"""

from base64 import b64decode

from solders.message import Message, MessageV0
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import SanitizeError, VersionedTransaction

from offchain.api.build import told
from offchain.api.build.decoded import instructions, name_of_program
from offchain.api.build.desk import chain_of
from offchain.api.build.inputs import refused
from offchain.api.build.schemas.built import SimulatedTransaction
from offchain.api.build.schemas.sent import Confirmation, SentTransaction
from offchain.api.build.trying import try_out
from offchain.api.context import ApiContext
from offchain.api.problems import invalid
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import ASSOCIATED_PROGRAM, COMPUTE_BUDGET, Addresses
from offchain.chain.errors import ProgramError, program_error
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.transactions import MAX_BYTES

BESIDE = frozenset({ASSOCIATED_PROGRAM, COMPUTE_BUDGET})
"""Programs that may be called beside ours."""
_CREATE_IDEMPOTENT = b"\x01"


async def simulate(context: ApiContext, wire: str) -> SimulatedTransaction:
    """What a transaction would do now, signed or not; a failure is part of the answer."""
    transaction = read_transaction(wire)
    _require_ours(transaction.message, context.at)
    chain, at = chain_of(context), context.at
    config = await chain.account(at.risk_config)
    mint = decode_account(RiskConfig, config, at.risk_engine, at.risk_config).mint
    trial = await try_out(chain, transaction, at)
    payer = transaction.message.account_keys[0]
    return SimulatedTransaction(
        fee_payer=str(payer),
        instructions=instructions(transaction.message, at),
        simulation=told.simulation(trial, mint, {payer: "your wallet"}, at),
        as_of_slot=str(trial.slot),
    )


async def send(context: ApiContext, wire: str) -> SentTransaction:
    """Forward it after a preflight; ProgramError says why the chain won't take it."""
    transaction = read_transaction(wire)
    _require_ours(transaction.message, context.at)
    _require_signatures(transaction)
    signature, chain = str(transaction.signatures[0]), chain_of(context)
    slot = str(await chain.slot())
    try:
        await chain.submit(transaction, resend=True)
    except ProgramError as error:
        if error.code == "REPEATED":
            return SentTransaction(signature, repeated=True, as_of_slot=slot)
        raise
    return SentTransaction(signature, repeated=False, as_of_slot=slot)


async def confirm(context: ApiContext, text: str, last_valid_block_height: int | None) -> Confirmation:
    """How far it has come; `expired` is only told where the height is given."""
    try:
        signature = Signature.from_string(text)
    except ValueError:
        raise invalid("this is no signature: give the 64 bytes in base58", "invalid_signature") from None
    chain = chain_of(context)
    height = None if last_valid_block_height is None else await chain.block_height()
    found = Confirmation(text, "unknown", None, None, None, as_of_slot=str(await chain.slot()))
    (status,) = await chain.statuses([signature], history=True)
    if status is None:
        # The height was read first: what had not landed by then, and is past it, never will.
        if height is not None and last_valid_block_height is not None and height > last_valid_block_height:
            found.state = "expired"
        return found
    found.slot = str(status.slot)
    found.state = "failed" if status.err is not None else "confirmed" if status.confirmed else "processed"
    if status.err is not None:
        landed = await chain.landed(signature)
        error = program_error(status.err, landed.logs if landed else [], context.at)
        found.code, found.advice = error.code, f"{error.message}. {error.advice}"
    return found


def read_transaction(wire: str) -> VersionedTransaction:
    """From base64; Problem 400 for anything else, 422 for lookup tables."""
    try:
        raw = b64decode(wire, validate=True)
        transaction = VersionedTransaction.from_bytes(raw)
        transaction.sanitize()
    except (ValueError, SanitizeError):
        raise invalid("this is no transaction: give its wire bytes in base64", "invalid_transaction") from None
    if len(raw) > MAX_BYTES or bytes(transaction) != raw:
        raise invalid(f"a transaction has at most {MAX_BYTES} bytes and nothing after it", "invalid_transaction")
    if isinstance(transaction.message, MessageV0) and transaction.message.address_table_lookups:
        raise refused("lookup_tables", "transactions with lookup tables hide what they touch: send without them")
    return transaction


def _require_ours(message: Message | MessageV0, at: Addresses) -> None:
    ours = frozenset(at.deployed.values())
    called = [(message.account_keys[one.program_id_index], bytes(one.data)) for one in message.instructions]
    foreign = [program for program, data in called if program not in ours and not _is_beside(program, data)]
    if foreign:
        name = name_of_program(foreign[0], at)
        raise refused("foreign_program", f"this relay takes PercoSec's instructions only, not those of {name}")
    if not any(program in ours for program, _ in called):
        raise refused("foreign_program", "the transaction calls no program of this deployment")


def _is_beside(program: Pubkey, data: bytes) -> bool:
    return program in BESIDE and (program != ASSOCIATED_PROGRAM or data == _CREATE_IDEMPOTENT)


def _require_signatures(transaction: VersionedTransaction) -> None:
    results = transaction.verify_with_results()
    signers = transaction.message.account_keys[: len(results)]
    wrong = [str(key) for key, right in zip(signers, results, strict=True) if not right]
    if wrong:
        raise refused("NOT_SIGNED", f"the signature of {', '.join(wrong)} is missing or wrong: sign these very bytes")
