"""Running a transaction once more, on the accounts it found, to have its whole logs.

The run is believed only if it comes out as the chain recorded it: the same calls with the same data, the same
lamports and tokens in every account, and every line that the node did show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from based58 import b58decode
from solders.clock import Clock
from solders.hash import Hash
from solders.instruction import CompiledInstruction
from solders.message import Message, MessageAddressTableLookup, MessageHeader, MessageV0
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import VersionedTransaction

from offchain.chain.logs import TRUNCATED
from offchain.indexer.decode.calls import calls_of
from offchain.indexer.raw import RawTransaction, storable_logs
from offchain.indexer.repair.evidence import Evidence, all_keys
from offchain.localnet.accounts import AccountStore
from offchain.localnet.addresses import SYSVARS
from offchain.localnet.decode import resolve
from offchain.localnet.errors import LocalnetError, TransactionRefusedError
from offchain.localnet.execution import Execution, Executor
from offchain.localnet.limits import SLOTS_PER_EPOCH
from offchain.localnet.machine import new_machine

_AMOUNT = slice(64, 72)
"""Where a token account holds its amount."""
_UNITS = " consumed "


class RerunError(Exception):
    """The run did not come out as the chain recorded it; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """What the run told."""

    logs: list[str]
    """All of them, as they can be stored."""
    units: int
    """Compute units."""


def rerun(raw: RawTransaction, before: Evidence, now: Evidence) -> Rerun:
    """The whole logs of a transaction; RerunError when the run is not to be believed."""
    machine = new_machine().with_log_bytes_limit(None)
    accounts = AccountStore(machine)
    epoch = raw.slot // SLOTS_PER_EPOCH
    machine.set_clock(Clock(raw.slot, raw.block_time or 0, epoch, epoch + 1, raw.block_time or 0))
    try:
        accounts.put_all((key, account) for key, account in now.items() if _foreign_program(accounts, key, account))
        accounts.put_all((key, account) for key, account in before.items() if key not in SYSVARS)
        decoded = resolve(_transaction(raw), accounts.get)
        execution = Executor(machine, accounts).run(decoded)
    except (LocalnetError, TransactionRefusedError) as error:
        raise RerunError(f"it can't be run again: {error}") from None
    found = Rerun(storable_logs(execution.logs), execution.units)
    _check(raw, decoded.keys, decoded.writable, execution)
    if not _in_order(_spoken(raw.logs), _spoken(found.logs)):
        raise RerunError("run again it says other things than the node shows")
    return found


def _foreign_program(accounts: AccountStore, key: Pubkey, account: Any) -> bool:
    """What is not on every machine: programs, their bytecode, lookup tables and the like."""
    return account is not None and accounts.get(key) is None


def _transaction(raw: RawTransaction) -> VersionedTransaction:
    told = raw.document["transaction"]
    body = told["message"]
    parts = (
        MessageHeader(
            body["header"]["numRequiredSignatures"],
            body["header"]["numReadonlySignedAccounts"],
            body["header"]["numReadonlyUnsignedAccounts"],
        ),
        [Pubkey.from_string(key) for key in body["accountKeys"]],
        Hash.from_string(body["recentBlockhash"]),
        [
            CompiledInstruction(call["programIdIndex"], b58decode(call["data"].encode()), bytes(call["accounts"]))
            for call in body["instructions"]
        ],
    )
    signatures = [Signature.from_string(signature) for signature in told["signatures"]]
    if raw.document.get("version", "legacy") == "legacy":
        header, keys, blockhash, calls = parts
        counts = (
            header.num_required_signatures,
            header.num_readonly_signed_accounts,
            header.num_readonly_unsigned_accounts,
        )
        return VersionedTransaction.populate(
            Message.new_with_compiled_instructions(*counts, keys, blockhash, calls), signatures
        )
    lookups = [
        MessageAddressTableLookup(
            Pubkey.from_string(lookup["accountKey"]),
            bytes(lookup["writableIndexes"]),
            bytes(lookup["readonlyIndexes"]),
        )
        for lookup in body.get("addressTableLookups") or ()
    ]
    return VersionedTransaction.populate(MessageV0(*parts, lookups), signatures)


def _check(raw: RawTransaction, keys: list[Pubkey], writable: list[bool], execution: Execution) -> None:
    meta = raw.document["meta"]
    if execution.err != raw.err:
        ended = "succeeds" if execution.err is None else f"fails ({execution.err})"
        raise RerunError(f"run again it {ended}")
    if [str(key) for key in keys] != all_keys(raw.document):
        raise RerunError("its lookup tables name other accounts now")
    if _calls(keys, execution) != [(call.depth, call.program, call.accounts, call.data) for call in _inner(raw)]:
        raise RerunError("run again it makes other calls")
    for index, (after, lamports) in enumerate(zip(execution.after, meta["postBalances"], strict=True)):
        if writable[index] and (after.lamports if after else 0) != lamports:
            raise RerunError(f"run again it leaves other lamports in {keys[index]}")
    for entry in meta.get("postTokenBalances") or ():
        after = execution.after[entry["accountIndex"]]
        amount = int.from_bytes(after.data[_AMOUNT], "little") if after else 0
        if amount != int(entry["uiTokenAmount"]["amount"]):
            raise RerunError(f"run again it leaves another amount in {keys[entry['accountIndex']]}")


def _inner(raw: RawTransaction) -> list[Any]:
    return [call for call in calls_of(raw) if call.depth > 1]


def _calls(keys: list[Pubkey], execution: Execution) -> list[tuple[int, str, list[str], bytes]]:
    return [
        (call.height, str(keys[call.program]), [str(keys[index]) for index in call.accounts], call.data)
        for _, group in sorted(execution.inner.items())
        for call in group
    ]


def _spoken(logs: Sequence[str]) -> list[str]:
    """Without the counts of compute units, which may differ between versions of the runtime."""
    return [line for line in logs if line != TRUNCATED and _UNITS not in line]


def _in_order(some: Sequence[str], all_lines: Sequence[str]) -> bool:
    """Whether all of `some` are among the others in the same order."""
    rest = iter(all_lines)
    return all(line in rest for line in some)
