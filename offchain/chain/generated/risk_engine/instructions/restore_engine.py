from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class RestoreEngineAccounts(typing.TypedDict):
    admin: Pubkey
    config: Pubkey
    engine: Pubkey


def restore_engine(
    accounts: RestoreEngineAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["admin"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["engine"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xaf\x96\xd9\xaf\xecN3c"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
