"""Running one transaction on LiteSVM under a validator's rules, and taking it back.

LiteSVM of this version charges no priority fee, does not check rent and refuses some transactions for nothing that a
validator lands for the fee; all that is made good here, from the accounts before and after.
"""

import json
from dataclasses import dataclass

from solders.account import Account
from solders.instruction import CompiledInstruction
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction_metadata import FailedTransactionMetadata, SimulatedTransactionInfo, TransactionMetadata

from offchain.localnet.accounts import AccountStore
from offchain.localnet.addresses import INCINERATOR, SYSTEM
from offchain.localnet.decode import Decoded
from offchain.localnet.errors import Json, TransactionRefusedError
from offchain.localnet.fees import priority_fee, signature_fee
from offchain.localnet.privileges import demote_reserved
from offchain.localnet.records import InnerCall
from offchain.localnet.rent import may_become

_LANDS_FOR_THE_FEE = {"ProgramAccountNotFound", "InvalidProgramForExecution", "MaxLoadedAccountsDataSizeExceeded"}
"""Failures to load what the transaction needs: it lands, pays and does nothing (SIMD-82)."""

_NOT_EXECUTED = Signature.default()
"""The signature LiteSVM reports for a transaction that it did not start, and that of an unsigned simulation."""

_NO_PROGRAM = bytes(32)


@dataclass(slots=True)
class Execution:
    """What running a transaction did."""

    err: Json
    fee: int
    before: list[Account | None]
    """Each account before, in the order of the transaction's keys."""
    after: list[Account | None]
    inner: dict[int, list[InnerCall]]
    logs: list[str]
    units: int
    return_program: bytes
    return_data: bytes


class Executor:
    """Runs transactions on one LiteSVM."""

    def __init__(self, svm: LiteSVM, accounts: AccountStore) -> None:
        """`accounts` must wrap the same `svm`."""
        self._svm = svm
        self._accounts = accounts

    def run(self, decoded: Decoded) -> Execution:
        """Run the transaction and keep its effects. Raises TransactionRefusedError if it may not land at all."""
        message = decoded.transaction.message
        payer = decoded.keys[0]
        base, priority = signature_fee(message), priority_fee(message)
        before = [self._accounts.get(key) for key in decoded.keys]
        self._check_payer(before[0], base + priority)
        if priority:
            self._charge(payer, priority)
        transaction, order = demote_reserved(decoded.transaction)
        result = self._svm.simulate_transaction(transaction)
        meta, err = _outcome(result)
        if err is not None and meta.signature() == _NOT_EXECUTED and not meta.logs():
            err = self._landing_error(err, decoded)
            if not isinstance(err, str) or err not in _LANDS_FOR_THE_FEE:
                self._accounts.put(payer, before[0])
                raise TransactionRefusedError(err)
        if isinstance(result, FailedTransactionMetadata):
            self._charge(payer, base)
        else:
            self._keep(decoded, dict(result.post_accounts()))
        after = [self._accounts.get(key) for key in decoded.keys]
        if err is None:
            err = _rent_error(decoded, before, after)
            if err is not None:
                after = self._undo_all_but_fee(decoded, before, base + priority)
        returned = meta.return_data()  # type: ignore[attr-defined]  # missing in the stubs
        return Execution(
            err=err,
            fee=base + priority,
            before=before,
            after=after,
            inner=_inner_calls(meta, order),
            logs=meta.logs(),
            units=meta.compute_units_consumed(),
            return_program=bytes(returned.program_id) if returned.data else _NO_PROGRAM,
            return_data=bytes(returned.data),
        )

    def take_back(self, decoded: Decoded, execution: Execution) -> None:
        """Put every account back to what it was before the run."""
        self._accounts.put_all(
            (key, before)
            for key, before, after in zip(decoded.keys, execution.before, execution.after, strict=True)
            if before != after
        )

    def _check_payer(self, payer: Account | None, fee: int) -> None:
        if payer is None:
            raise TransactionRefusedError("AccountNotFound")
        if payer.owner != SYSTEM:
            raise TransactionRefusedError("InvalidAccountForFee")
        if payer.lamports < fee:
            raise TransactionRefusedError("InsufficientFundsForFee")
        if not may_become(payer, _with_lamports(payer, payer.lamports - fee)):
            raise TransactionRefusedError({"InsufficientFundsForRent": {"account_index": 0}})

    def _charge(self, payer: Pubkey, lamports: int) -> None:
        account = self._accounts.get(payer)
        if account is None:
            raise TransactionRefusedError("InsufficientFundsForFee")
        self._accounts.put(payer, _with_lamports(account, account.lamports - lamports))

    def _landing_error(self, err: Json, decoded: Decoded) -> Json:
        if err != "InvalidProgramForExecution":
            return err
        called = {decoded.keys[ix.program_id_index] for ix in decoded.transaction.message.instructions}
        missing = any(self._accounts.get(key) is None for key in called)
        return "ProgramAccountNotFound" if missing else err

    def _keep(self, decoded: Decoded, outcome: dict[Pubkey, Account]) -> None:
        """Store what the transaction wrote.

        LiteSVM's own way of sending stores every writable account, and loads each program among them anew, changed or
        not: 15 ms for each program that a transaction hands over as writable, as Seahorse's do.
        """
        self._accounts.put_all(
            (key, outcome[key])
            for key, writable in zip(decoded.keys, decoded.writable, strict=True)
            if writable and key in outcome and outcome[key] != self._accounts.get(key)
        )

    def _undo_all_but_fee(self, decoded: Decoded, before: list[Account | None], fee: int) -> list[Account | None]:
        self._accounts.put_all(
            (key, account)
            for key, writable, account in zip(decoded.keys, decoded.writable, before, strict=True)
            if writable
        )
        self._charge(decoded.keys[0], fee)
        return [self._accounts.get(decoded.keys[0]), *before[1:]]


def _outcome(result: SimulatedTransactionInfo | FailedTransactionMetadata) -> tuple[TransactionMetadata, Json]:
    if isinstance(result, FailedTransactionMetadata):
        return result.meta(), json.loads(result.to_json())["err"]
    return result.meta(), None


def _rent_error(decoded: Decoded, before: list[Account | None], after: list[Account | None]) -> Json:
    for index, (key, old, new) in enumerate(zip(decoded.keys, before, after, strict=True)):
        if decoded.writable[index] and key != INCINERATOR and not may_become(old, new):
            return {"InsufficientFundsForRent": {"account_index": index}}
    return None


def _inner_calls(meta: TransactionMetadata, order: list[int] | None) -> dict[int, list[InnerCall]]:
    calls = {}
    for index, group in enumerate(meta.inner_instructions()):
        if group:
            calls[index] = [
                _inner_call(inner.instruction(), inner.stack_height(), order)  # type: ignore[attr-defined]  # missing in the stubs
                for inner in group
            ]
    return calls


def _inner_call(call: CompiledInstruction, height: int, order: list[int] | None) -> InnerCall:
    program, accounts = call.program_id_index, bytes(call.accounts)
    if order is not None:
        moved = [order[index] if index < len(order) else index for index in (program, *accounts)]
        program, accounts = moved[0], bytes(moved[1:])
    return InnerCall(program, accounts, bytes(call.data), height)


def _with_lamports(account: Account, lamports: int) -> Account:
    return Account(lamports, account.data, account.owner, account.executable, account.rent_epoch)
