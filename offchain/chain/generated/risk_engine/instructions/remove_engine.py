from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class RemoveEngineAccounts(typing.TypedDict):
    admin: Pubkey
    config: Pubkey
    engine: Pubkey


def remove_engine(
    accounts: RemoveEngineAccounts,
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
    identifier = b"WUH:\x17\x19;\x93"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
