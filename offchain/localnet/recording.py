"""From an execution to the record that is kept of it."""

from offchain.localnet.decode import Decoded
from offchain.localnet.execution import Execution
from offchain.localnet.records import TransactionRecord
from offchain.localnet.token_balances import Reader, token_balances


def record_of(decoded: Decoded, execution: Execution, slot: int, block_time: int, read: Reader) -> TransactionRecord:
    """The record of a transaction that lands in `slot`; `read` gives the mints of its token accounts."""
    return TransactionRecord(
        raw_signature=bytes(decoded.transaction.signatures[0]),
        slot=slot,
        block_time=block_time,
        wire=bytes(decoded.transaction),
        loaded_writable=[bytes(key) for key in decoded.loaded_writable],
        loaded_readonly=[bytes(key) for key in decoded.loaded_readonly],
        err=execution.err,
        fee=execution.fee,
        pre_balances=[account.lamports if account is not None else 0 for account in execution.before],
        post_balances=[account.lamports if account is not None else 0 for account in execution.after],
        pre_tokens=token_balances(execution.before, read),
        post_tokens=token_balances(execution.after, read),
        inner=execution.inner,
        logs=execution.logs,
        units=execution.units,
        return_program=execution.return_program,
        return_data=execution.return_data,
    )
